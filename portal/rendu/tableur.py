"""What a file for a spreadsheet holds: no text of ours is run as a formula."""

_FORMULES = ("=", "+", "-", "@")


def write_cell(texte: str) -> str:
    """Write a text that a spreadsheet would run as a formula with the apostrophe that makes it a text."""
    runs = texte.startswith(("\t", "\r")) or texte.lstrip().startswith(_FORMULES)
    return f"'{texte}" if runs else texte
