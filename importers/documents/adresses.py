"""Postal addresses, where they start after the name of a service that no word parts from them.

« la direction générale du travail (DGT), 39-43 quai André Citroën, 75739 Paris Cedex 15 »: an address ends with a postcode
and starts at the first piece between commas that names no part of the service.
"""

import re

VOIE = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|quai|allées?|cours|chemin|route|impasse|esplanade|square|passage|rond-point|parvis|hôtel"
    r"|faubourg|promenade|villa|voie|sentier|mail)"
)
NUMERO_ET_VOIE = rf"\d{{1,4}}(?:\s?(?:bis|ter|quater)\b|\s?[-/]\s?\d{{1,4}})?\s?,?\s(?:bis\s|ter\s)?{VOIE}\b"
BATIMENT = (
    r"(?:grande arche|tour|immeuble|bâtiment|résidence|caserne|camp|quartier|cité|base|fort|château|domaine|palais|complexe|parc|zone"
    r"|technopole|campus|carré|arche|site|hôtel|ilôt|îlot)\s(?=\w)"
)
LIEU = rf"(?:{NUMERO_ET_VOIE}|{VOIE}\s[A-ZÀ-Þ]|{BATIMENT}|(?:BP|CS|TSA)\s\d|\d{{2}}\s?\d{{3}}\s[A-ZÀ-Þ])"
_LIEU = re.compile(LIEU, re.IGNORECASE)
_CODE_POSTAL = re.compile(r"(?<!\d)\d{2}\s?\d{3}(?!\d)\s[A-ZÀ-Þ]")
_VIRGULE = re.compile(rf"\s?,\s|\s[–—-]\s|\s(?={NUMERO_ET_VOIE})", re.IGNORECASE)


def split_adresse(texte: str) -> tuple[str, str]:
    """Cut a name from the address after it; no address, no cut."""
    code = _CODE_POSTAL.search(texte)
    for virgule in _VIRGULE.finditer(texte):
        suite = texte[virgule.end() :]
        lieu = _LIEU.match(suite)
        if lieu and (code is None or code.start() >= virgule.end()) and (code or re.match(r"\d", suite)):
            return texte[: virgule.start()], suite.strip(" ,;.")
    return texte, ""
