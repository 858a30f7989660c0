"""Whether a listing can be believed: nothing is found absent from one that was emptied, cut short or that fell."""

from portal.publications.entrees import Blocage, ListeBloquee

CHUTE = 0.7
"""A listing that holds less than this share of what it held last time has lost most of its rows, or was cut."""
CHUTE_MINIMUM = 4
"""Of so few entries, one that goes away is no fall."""


def guard(lues: int, total: int | None = None, precedentes: int | None = None) -> None:
    """Raises `ListeBloquee` where a listing of `lues` entries cannot be believed: none, fewer than the `total` that it
    declares, or far fewer than the `precedentes` of the last time that it was believed.
    """
    if not lues:
        raise ListeBloquee(
            Blocage.VIDE, "La liste ne montre aucun acte : vérifiez la page, rien n'est tenu pour absent."
        )
    if total is not None and lues != total:
        message = (
            f"La liste annonce {total} actes et en montre {lues} : lisez-la jusqu'au bout, rien n'est tenu pour absent."
        )
        raise ListeBloquee(Blocage.TRONQUEE, message)
    if precedentes is not None and precedentes >= CHUTE_MINIMUM and lues < CHUTE * precedentes:
        message = (
            f"La liste montre {lues} actes, contre {precedentes} la fois précédente : vérifiez la page, rien n'est "
            "tenu pour absent."
        )
        raise ListeBloquee(Blocage.CHUTE, message)
