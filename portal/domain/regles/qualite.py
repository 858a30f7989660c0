"""Q: what the writing or the extraction of the text spoilt. Nothing is corrected: the editor decides."""

import re
from collections.abc import Iterator

from portal.domain.convention import Constat, Duree, Gravite, Qualite
from portal.domain.montants import format_montant
from portal.domain.regles.registre import Examen, constat, regle

_EXEMPLE = "convention MENJ-DINUM du 1er septembre 2024"
_COTES = re.compile(r"\bd[ée]l[ée]g(?:ant|ataire)s?\b", re.IGNORECASE)
# What follows « délégué » where it names an office and not a side: « délégué à l'égalité », « déléguée générale ».
# Other words come after it where a side does something: « confié par le délégué au délégataire », « à compter du… ».
_OFFICE = (
    r"(?:\s+(?:à\s+(?!compter|titre|tout|chaque|hauteur|son\b|sa\b|ses\b|leurs?\b|la\s+(?:demande|fin)|l['’](?:issue|exp))"
    r"|aux?\s+(?!d[ée]l[ée]g(?:ant|ataire))|du\s|des\s|de\s+(?!tout|son\b|sa\b|ses\b|rendre|cett?e?\b)|d['’]"
    r"|pour\s|en\s+charge|chargée?\s)"
    r"|[\s\-]+(?:(?:inter)?minist|g[ée]n[ée]ra[lu]|territoria[lu]|r[ée]giona[lu]|d[ée]partement|nationa[lu]|acad[ée]mique|"
    r"adjoint|sp[ée]cia[lu]|permanent|militaire|syndica[lu]|zona[lu]|loca[lu]|centra[lu]|europ[ée]en|technique|"
    r"suppl[ée]ant|titulaire|sous-|inter|ministre))"
)
_DELEGUE = re.compile(
    rf"(?:\b(?:les?|la|aux?|du|des)\s+|\bd[ée]l[ée]g(?:ant|ataire)s?\s*(?:/|et|ou)\s*)(?P<mot>d[ée]l[ée]gu[ée]e?s?)\b(?!{_OFFICE})",
    re.IGNORECASE,
)
_TITULAIRE = re.compile(rf"\bd[ée]l[ée]gu[ée]e?s?\b{_OFFICE}", re.IGNORECASE)
_LIGNE_DE_SIGNATURE = re.compile(r"[^\S\n]*l[ea]\s+d[ée]l[ée]gu[ée]e?[^\S\n]*[,.]?[^\S\n]*(?:\n|\Z)", re.IGNORECASE)


@regle(
    "Q1",
    gravite=Gravite.AVERTISSEMENT,
    source=f"{_EXEMPLE}, art. 5 et 6",
    titre="« Délégué » ne désigne pas une partie",
)
def check_delegue(examen: Examen) -> Iterator[Constat]:
    """« Le délégué », à côté de « délégant » et « délégataire », est équivoque ; un titre de délégué ne l'est pas."""
    texte = examen.texte
    if not _COTES.search(texte):
        return
    titulaire = _TITULAIRE.search(texte)
    for trouve in _DELEGUE.finditer(texte):
        if titulaire and _LIGNE_DE_SIGNATURE.fullmatch(texte, *_line_of(texte, trouve.start())):
            continue
        debut, fin = trouve.span("mot")
        message = (
            f"« {trouve['mot']} » peut désigner le délégant ou le délégataire : demandez au signataire lequel est "
            "visé. Le texte signé n'est pas corrigé."
        )
        yield constat("Q1", message=message, debut=debut, fin=fin, champ=examen.find_champ(debut, fin))


def _line_of(texte: str, position: int) -> tuple[int, int]:
    fin = texte.find("\n", position)
    return texte.rfind("\n", 0, position) + 1, len(texte) if fin < 0 else fin + 1


_DEFAUTS = (
    (
        re.compile(r"\([^\W\d][^()\n]{0,60}\)(?P<defaut>\d{1,3})(?![\w.,]*\d)(?!\w)"),
        "Un chiffre est collé à la parenthèse (« {} »), sans doute un appel de note : vérifiez le passage.",
    ),
    (
        re.compile(r"(?P<defaut>[\^_]\{[^{}\n]{0,20}\})"),
        "Une marque de composition (« {} ») est restée dans le texte : vérifiez le passage.",
    ),
    (
        re.compile(r"(?<!\w)(?P<defaut>[^\W\d]{1,30}-[^\S\n]*\n\s{0,3}[^\W\d]{1,30})"),
        "Un mot est coupé en fin de ligne (« {} ») : vérifiez s'il garde son trait d'union.",
    ),
    (
        re.compile(r"(?<!\w)(?P<defaut>[àÀ]l['’])"),
        "Des mots sont collés (« {} ») : vérifiez le passage.",
    ),
)


@regle(
    "Q2",
    gravite=Gravite.AVERTISSEMENT,
    source=f"{_EXEMPLE} ; recueil n° 85-2025-089",
    titre="Le texte extrait est propre",
)
def check_extraction(examen: Examen) -> Iterator[Constat]:
    """Chiffre collé après une parenthèse, exposant mal extrait, mot coupé en fin de ligne, mots collés."""
    for motif, modele in _DEFAUTS:
        for trouve in motif.finditer(examen.texte):
            debut, fin = trouve.span("defaut")
            message = modele.format(" ".join(trouve["defaut"].split()))
            yield constat("Q2", message=message, debut=debut, fin=fin, champ=examen.find_champ(debut, fin))


@regle(
    "Q3",
    gravite=Gravite.AVERTISSEMENT,
    source="essai d'OCR : un trait de tableau lu comme un chiffre",
    titre="Aucun montant lu par OCR",
)
def check_ocr_amounts(examen: Examen) -> Iterator[Constat]:
    """Un montant lu par reconnaissance de caractères est toujours à relire sur l'original."""
    if examen.qualite is not Qualite.OCR:
        return
    convention = examen.convention
    montants = [("montant_total", convention.montant_total)]
    for rang, ligne in enumerate(convention.echeancier):
        montants += [(f"echeancier[{rang}].ae", ligne.ae), (f"echeancier[{rang}].cp", ligne.cp)]
    for champ, montant in montants:
        if montant is not None:
            message = f"Le montant {format_montant(montant)} a été lu par OCR : comparez-le à l'original."
            yield constat("Q3", message=message, champ=champ)


_LUS = {
    "titre": "Le titre a été lu",
    "reference": "La référence a été lue",
    "nor": "Le NOR a été lu",
    "objet": "L'objet a été lu",
    "date_signature": "La date de signature a été lue",
    "parties": "Les parties ont été lues",
    "visas": "Les visas ont été lus",
    "preambule": "Le préambule a été lu",
    "articles": "Les articles ont été lus",
    "annexes": "Les annexes ont été lues",
    "imputations": "Les codes d'imputation ont été lus",
    "avenant": "La convention modifiée a été lue",
    "duree": "La durée a été lue",
    "publications_prevues": "Les publications prévues ont été lues",
    "copies": "Les copies ont été lues",
    "signataires": "Les signataires ont été lus",
}


@regle(
    "Q4",
    gravite=Gravite.INFO,
    source="essai d'OCR : des lettres et des chiffres pris l'un pour l'autre",
    titre="Aucun fait lu par OCR",
)
def check_ocr_facts(examen: Examen) -> Iterator[Constat]:
    """Ce qui est lu par reconnaissance de caractères est à relire sur l'original, fait par fait."""
    if examen.qualite is not Qualite.OCR:
        return
    for champ, lu in _LUS.items():
        valeur = getattr(examen.convention, champ)
        if valeur and valeur != Duree():
            message = f"{lu} par reconnaissance de caractères : comparez avec l'original."
            yield constat("Q4", message=message, champ=champ)
