"""The weight of a file, as French listings and pages write it."""


def write_poids(octets: int) -> str:
    """« 12,3 Ko », in units of 1 000."""
    for unite, facteur in (("Mo", 1_000_000), ("Ko", 1_000)):
        if octets >= facteur:
            return f"{octets / facteur:.1f}".replace(".", ",").removesuffix(",0") + f"\u00a0{unite}"
    return f"{octets}\u00a0octets"
