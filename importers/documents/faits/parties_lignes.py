"""The lines of the parties' block: which go on with the sentence above, which start a party, a field, an address."""

import re
from collections.abc import Iterator, Sequence

from importers.documents.adresses import BATIMENT, LIEU, NUMERO_ET_VOIE, VOIE
from importers.documents.lignes import Ligne
from importers.documents.noms import SERVICE
from importers.documents.personnes import FONCTION, is_fonction, is_person

CHAMPS = re.compile(
    r"(?P<adresse>\b(?:adresse(?: postale)?\s?:|ayant (?:son|leur) siège (?:au|à)?|dont l(?:e siège (?:social )?|es bureaux )(?:est|sont|se situe(?:nt)?)(?: située?s?| fixée?s?| sise?s?)?"
    r"(?: au| à)?|(?:sise?s?|située?s?|domiciliée?s?)\b(?: au| à)?))"
    rf"|(?P<rue>,\s(?=(?:{BATIMENT}[^,;]{{2,60}},\s)?{NUMERO_ET_VOIE}))"
    r"|(?P<representant>\b(?:légalement |dûment )?représentée?s?(?: aux présentes| à cet effet| respectivement| conjointement| ici)?\s?(?:par\b|:)\s?:?|\b(?:et )?dont l[ea]s? représentante?s? (?:est|sont)\s|(?:\bprise?s? )?\ben la personne d(?:e\b|u\b|')\s?)"
    r"|(?P<libelle>\(?\b(?:ci[- ]?après|ci-dessous|désignée?s?|dénommée?s?|nommée?s?|appelée?s?|agissant en (?:sa |leur )?qualité"
    r"|en (?:sa |leur )?qualité d(?:e (?:la |l')?(?:co-?)?délég|u (?:co-?)?délég)|en tant que (?:co-?)?délég)"
    r"|[(,—–]\s?«?\s?(?:le |la |les )?(?:co-?)?délég(?:ant|ataire)e?s?\s?»?\s?(?=[),;.—–]|$))"
    r"|(?P<part>\bd'(?:une|autre) (?:première |deuxième |seconde |troisième )?part\b|\bde (?:première|deuxième|seconde|troisième) part\b)",
    re.IGNORECASE,
)
ET = re.compile(r"(?:et|et :|et,|&)\s?(?:d'autre part\s?[,:]?)?", re.IGNORECASE)
ROLE_EN_TETE = re.compile(
    r"(?:(?:[IVX]{1,4}|\d)\s?[.)]?\s?[–—-]?\s?)?(?:en qualité d(?:e\s|')|l[ea]s?\s|services?\s)?(?P<role>(?:co-?)?délég(?:ant|ataire)e?s?)"
    r"\s?(?:\(s\)\s?)?(?::\s?|$)",
    re.IGNORECASE,
)
ADRESSE_NUE = re.compile(
    rf"(?:{NUMERO_ET_VOIE}|{VOIE}\s.{{3,80}}\d{{5}}|(?:BP|CS|TSA)\s\d|\d{{2}}\s?\d{{3}}\s[A-Z])",
    re.IGNORECASE,
)
LIEU_NU = re.compile(LIEU, re.IGNORECASE)
_INACHEVEE = re.compile(r"(?:\b(?:d[eu]s?|l[ae]s?|à|aux?|par|pour|M\.|Mme)|')$", re.IGNORECASE)
_AUTRE_SERVICE = re.compile(
    rf"(?:l[ea]s?\s|l'){SERVICE}\b[^,;]{{2,200}}(?-i:\([A-ZÀ-Þ][\w .-]{{1,14}}\))\s?,\s(?:représenté|sise|\d)",
    re.IGNORECASE,
)
"""One more service of a list: « la DGPR, représentée par… » under « …le directeur général de l'énergie et du climat, »."""
_PUCE = re.compile(r"[-–—•●■➢*◦▪·]\s?")
TETE = re.compile(
    rf"(?:l[ea]s?\s|l'|monsieur\s|madame\s|mme\s|m\.\s|{SERVICE}\b|{FONCTION}|(?-i:[A-ZÀ-Þ]{{2,}})|l'État\b)",
    re.IGNORECASE,
)
_CODE_POSTAL = re.compile(r"\d{2}\s?\d{3}\s")


def find_departs(lignes: Sequence[Ligne]) -> Iterator[int]:
    """Yield the offsets of the passage where a line starts something new."""
    offset = 0
    for rang, ligne in enumerate(lignes):
        if rang and not _continues(lignes[rang - 1].texte, ligne):
            yield offset
        offset += len(" ".join(ligne.texte.split())) + 1


def _continues(precedente: str, suivante: Ligne) -> bool:
    """Say whether a line goes on with the sentence of the line before."""
    ligne = suivante.texte
    if _stands_alone(ligne) or ET.fullmatch(precedente) or precedente[-1] in ";:":
        return False
    if re.match(r"cedex\b", ligne, re.IGNORECASE):
        return True
    if precedente[-1] == "," and (LIEU_NU.match(ligne) or is_person(ligne.partition(",")[0].partition("(")[0])):
        return True
    if suivante.apres_vide:
        # A clerk breaks a paragraph anywhere: « M. Jean Petit, » goes on with « directeur, ».
        return precedente[-1] == "," and is_fonction(ligne) and ligne[0].islower()
    return bool(_INACHEVEE.search(precedente)) or _reads_on(precedente, ligne)


def _stands_alone(ligne: str) -> bool:
    """Say whether a line is an item, an address, a role or an « et » of its own."""
    adresse = ADRESSE_NUE.match(ligne) and not _CODE_POSTAL.match(ligne)
    return bool(_PUCE.match(ligne) or adresse or ROLE_EN_TETE.match(ligne) or ET.fullmatch(ligne))


def _reads_on(precedente: str, ligne: str) -> bool:
    """Say whether a line, no blank line above it, reads as what follows the words of the line before."""
    if LIEU_NU.match(ligne) or (precedente[-1] == "," and _AUTRE_SERVICE.match(ligne)):
        return False
    if precedente.isupper() and ligne.isupper() and precedente[-1].isalpha():
        return not re.match(r"(?:L[AE]S?\s|L'|ET\b)", ligne)
    if ligne[0].islower():
        # « …représentée par la directrice de l'eau / et de la biodiversité »: no service starts with « de ».
        return not re.match(r"et\s(?!d(?:e|u|es)\s|d')", ligne)
    if _CODE_POSTAL.match(ligne):
        return True
    return precedente[-1] not in '.,;:»"' and not TETE.match(ligne) and not CHAMPS.match(ligne)
