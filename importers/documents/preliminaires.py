"""What stands before the articles: header, parties, visas, préambule, in whatever order the act puts them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.documents.lignes import Ligne

_ENTRE_SEUL = re.compile(
    r"(?:les )?(?:contractants|parties contractantes)\s?:|(?:entre[\s,:]{0,3}){1,2}(?:d'une part[\s,:]{0,3})?(?:les\s+(?:soussigné(?:e)?s|services|parties)(?:\s+suivant(?:e)?s)?)?\s?[,:]*",
    re.IGNORECASE,
)
_ENTRE_A_LA_FIN = re.compile(
    r"(?:.{0,400}\W)?entre\s?(?:les (?:soussignée?s|parties|services|entités|directions|administrations)\s?(?:(?:ci-après )?(?:désignée?s|suivante?s|énumérée?s)\s?|ci-après\s?)?)?:"
    r"|.{0,300}\WENTRE",
    re.DOTALL | re.IGNORECASE,
)
_ENTRE_EN_PHRASE = re.compile(
    r"la présente? (?:convention|délégation|charte)[^.]{0,20} est [^.]{0,300}?\bentre,? (?P<suite>(?:l[ea]s? |l'|d'une part|monsieur |madame ).{10,})",
    re.IGNORECASE,
)
_ENTRE_AU_DEBUT = re.compile(r"(?:Entre|ENTRE)\b.{3,}", re.DOTALL)
_ROLE_EN_TETE = re.compile(r"(?:l[ea]s?\s+|services?\s+)?(?:co-?)?délég(?:ant|ataire)e?s?\s?:", re.IGNORECASE)
_SERVICE_REPRESENTE = re.compile(
    r"(?:[-–—•*]\s?)?l(?:a|e|es)?[\s'’][^.;]{3,300}?,?\sreprésentée?s? par\b", re.IGNORECASE
)
_PARTIE_PROBABLE = re.compile(r"délégant|délégataire|représenté|ci-après|d'une part", re.IGNORECASE)
_VU = re.compile(r"vus?\b(?!\s+(?:que|par|les faits))", re.IGNORECASE)
_TETE_DES_VISAS = re.compile(r"(?:les )?visas\s?:?", re.IGNORECASE)
_EXPOSE = re.compile(r"(?:il (?:est|a été) )?(?:\w+ )?(?:exposé|rappelé)(?: \w+)? ce qui suit\s?[:.]?", re.IGNORECASE)
_APPEL = re.compile(r"(?:chère? )?(?:monsieur|madame|mesdames|messieurs)\b.{0,60},", re.IGNORECASE)
_CONSIDERANT = re.compile(r"considérant\b|après avoir (?:été )?(?:exposé|rappelé)", re.IGNORECASE)
_LA_PRESENTE = re.compile(r"l[ea] présente? (?:convention|délégation|charte|avenant)\b", re.IGNORECASE)
_PHRASE = re.compile(
    r"(?:la|le|cette) présente?\b|il\s|en application|dans le cadre|par (?:le|la) présente?|conformément|après\s|les parties"
    r"|au titre d|depuis\s|afin d|l'objectif",
    re.IGNORECASE,
)
_REFERENCE_DE_VISA = re.compile(
    r"(?:[-–—•*◦▪]\s?)?(?:l[ea]s?\s|l'|du\s|la\s)?(?:décrets?|lois?|arrêtés?|ordonnances?|codes?|conventions?|circulaires?|avis|contrats?"
    r"|protocoles?|instructions?|décisions?|règlements?|directives?|constitution|chartes?|avenants?|notes?|délibérations?|articles?"
    r"|accords?|délégations?|lettres?|schéma|plan)\b",
    re.IGNORECASE,
)
_TITRE_ET_PARTIES = re.compile(
    r"(?P<titre>.{0,80}\b(?:charte|convention|délégation)\b.{0,200}?\bentre\s?:)\s?(?P<suite>\S.{10,})", re.IGNORECASE
)
_ACTE_ANNEXE = re.compile(
    r"annexe\s?(?:n°\s?)?(?:\d{1,2}|[IVX]{1,4})\s?[:.–-]\s?(?P<titre>(?:convention|délégation|charte)\b.{3,300})",
    re.IGNORECASE,
)
_PREAMBULE = re.compile(
    r"(?:pr[ée]ambule|exposé (?:des motifs|préalable)|contexte)\s?(?:[.:–-]\s?(?P<suite>.+)?)?",
    re.IGNORECASE | re.DOTALL,
)
_CONVENU = re.compile(
    r"\b(?:convenue?s?|conviennent|arrêtée?s?|décidée?s?|décident|entendue?s?)\b.{0,60}?\b(?:ce\s?qui\s?suit|comme suit|suivante?s)\s?[:.,;]{0,2}$"
    r"|\bil (?:est|a été) (?:donc )?(?:convenu|arrêté|décidé)(?: et (?:convenu|arrêté))?\s?:$"
    r"|^(?:ont )?(?:arrête|décide|arrêtent|arrêté|conviennent|convenu|décident|décidé)(?: et (?:conviennent|convenu|arrêtent|arrêté))?\s?:$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Preliminaires:
    """The lines of each part that comes before the articles."""

    entete: tuple[Ligne, ...] = ()
    parties: tuple[Ligne, ...] = ()
    visas: tuple[Ligne, ...] = ()
    preambule: tuple[Ligne, ...] = ()


def split_preliminaires(lignes: Sequence[Ligne], corps: Sequence[Ligne]) -> Preliminaires:
    """Share lines between the parts; `corps` are those of the articles, which hold the parties where a heading is above."""
    return _without_cover(_without_articles(_split_front(lignes), corps))


def opens_act(ligne: Ligne) -> bool:
    """Say whether a line is the « Entre » of an act."""
    return bool(_ENTRE_AU_DEBUT.match(ligne.texte) or _ENTRE_SEUL.fullmatch(ligne.texte))


def find_body(lignes: Sequence[Ligne], fin: int) -> int:
    """Give the rank where the body may start: after « il a été convenu », else after the parties and the visas."""
    convenu = [rang for rang in range(fin) if _is_convenu(lignes[rang])]
    if convenu:
        return convenu[0] + 1
    avant = _split_front(lignes[:fin])
    occupees = [ligne.debut for ligne in (*avant.entete, *avant.parties, *avant.visas)]
    derniere = max(occupees, default=-1)
    return next((rang for rang, ligne in enumerate(lignes[:fin]) if ligne.debut > derniere), fin)


def split_glued_parties(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Cut in two a line that holds a title and its parties (« CHARTE DE DÉLÉGATION DE GESTION ENTRE : Le directeur… »)."""
    coupees: list[Ligne] = []
    for ligne in lignes:
        trouve = _TITRE_ET_PARTIES.fullmatch(ligne.texte)
        if trouve:
            fin, debut = ligne.debut + trouve.end("titre"), ligne.debut + trouve.start("suite")
            coupees.append(replace(ligne, texte=trouve["titre"], fin=fin))
            coupees.append(Ligne(trouve["suite"], debut, debut, ligne.fin))
        else:
            coupees.append(ligne)
    return coupees


def _without_articles(avant: Preliminaires, corps: Sequence[Ligne]) -> Preliminaires:
    """Leave out of the header and the préambule what the articles hold, where the parties stand inside the first."""
    limite = corps[0].debut if corps else avant.entete[-1].fin if avant.entete else 0
    return replace(
        avant,
        entete=tuple(ligne for ligne in avant.entete if ligne.debut < limite),
        preambule=tuple(ligne for ligne in avant.preambule if ligne.debut < limite),
    )


def _without_cover(avant: Preliminaires) -> Preliminaires:
    """Leave out what stands above an act that is annexed to another (« Annexe n° 1 : Délégation de gestion entre… »)."""
    dessus = (*avant.entete, *avant.preambule)
    tetes = [(ligne, trouve) for ligne in dessus if (trouve := _ACTE_ANNEXE.fullmatch(ligne.texte))]
    if not tetes:
        return avant
    ligne, trouve = tetes[0]
    debut = ligne.debut + trouve.start("titre")
    titre = replace(ligne, texte=trouve["titre"], depart=debut, debut=debut)
    return replace(
        avant,
        entete=(titre, *(autre for autre in avant.entete if autre.debut > debut)),
        preambule=tuple(autre for autre in avant.preambule if autre.debut > debut),
    )


def _split_front(lignes: Sequence[Ligne]) -> Preliminaires:
    """Share what stands before the articles between header, parties, visas and préambule."""
    entre = _find_entre(lignes)
    parts: dict[str, list[Ligne]] = {"entete": [], "parties": [], "visas": [], "preambule": []}
    courante = "entete"
    for rang, ligne in enumerate(lignes):
        courante, gardee = _next_part(lignes, rang, courante, entre)
        if gardee is not None:
            parts[courante].append(gardee)
            if courante == "entete" and gardee is not ligne:
                courante = "parties"
    entete, parties, visas, preambule = (tuple(contenu) for contenu in parts.values())
    return Preliminaires(entete=entete, parties=parties, visas=visas, preambule=preambule)


def _next_part(lignes: Sequence[Ligne], rang: int, courante: str, entre: int | None) -> tuple[str, Ligne | None]:
    """Give the part to which a line belongs and the line to keep there, if any of it is to be kept."""
    ligne = lignes[rang]
    texte = ligne.texte
    if rang == entre:
        return _open_parties(ligne, _with_next(lignes, rang))
    if _VU.match(texte):
        return "visas", ligne
    if _TETE_DES_VISAS.fullmatch(texte):
        return "visas", None
    if _is_convenu(ligne):
        return ("parties", ligne) if courante == "parties" and _PARTIE_PROBABLE.search(texte) else ("preambule", None)
    if _EXPOSE.fullmatch(texte) or (courante == "entete" and _APPEL.fullmatch(texte)):
        return "preambule", None
    titre = _PREAMBULE.fullmatch(texte)
    if titre:
        return "preambule", _rest(ligne, titre.start("suite")) if titre["suite"] else None
    if _CONSIDERANT.match(texte):
        return "preambule", ligne
    if courante in ("entete", "parties") and (_LA_PRESENTE.match(texte) or (_PHRASE.match(texte) and len(texte) > 60)):
        return "preambule", ligne
    if courante == "visas" and ligne.apres_vide and not _REFERENCE_DE_VISA.match(texte):
        return "preambule", ligne
    return courante, ligne


def _open_parties(ligne: Ligne, paragraphe: str) -> tuple[str, Ligne | None]:
    """Give what a line with « entre » leaves: nothing, the parties that follow the word, or the title before it."""
    if _ENTRE_SEUL.fullmatch(ligne.texte):
        return "parties", None
    if _ENTRE_AU_DEBUT.fullmatch(ligne.texte) or _opens_alone(paragraphe):
        return "parties", ligne
    en_phrase = _ENTRE_EN_PHRASE.fullmatch(ligne.texte)
    if en_phrase:
        return "parties", _rest(ligne, en_phrase.start("suite"))
    if _PHRASE.match(ligne.texte):
        return "parties", None
    coupe = re.search(r"\s?\bentre\b[\s:]{0,3}(?:les soussigné(?:e)?s\s?:?)?$", ligne.texte, re.IGNORECASE)
    fin = coupe.start() if coupe else len(ligne.texte)
    return "entete", replace(ligne, texte=ligne.texte[:fin], fin=ligne.debut + fin)


def _rest(ligne: Ligne, debut: int) -> Ligne:
    return replace(ligne, texte=ligne.texte[debut:], depart=ligne.debut + debut, debut=ligne.debut + debut)


def _find_entre(lignes: Sequence[Ligne]) -> int | None:
    """Find the line that opens the parties: « Entre » alone, then « … conclue entre : », then « Entre la… »."""
    for motif in (_ENTRE_SEUL, _ENTRE_A_LA_FIN, _ENTRE_EN_PHRASE):
        for rang, ligne in enumerate(lignes):
            if motif.fullmatch(ligne.texte):
                return rang
    debuts = [
        rang
        for rang, ligne in enumerate(lignes)
        if _ENTRE_AU_DEBUT.fullmatch(ligne.texte)
        and any(_PARTIE_PROBABLE.search(suivante.texte) for suivante in lignes[rang : rang + 12])
    ]
    if debuts:
        return debuts[-1]
    return next((rang for rang in range(len(lignes)) if _opens_alone(_with_next(lignes, rang))), None)


def _with_next(lignes: Sequence[Ligne], rang: int) -> str:
    """Give a line and the one that goes on with its paragraph: « représentée par » often stands there."""
    suivante = lignes[rang + 1] if rang + 1 < len(lignes) else None
    return lignes[rang].texte + (f" {suivante.texte}" if suivante and not suivante.apres_vide else "")


def _opens_alone(texte: str) -> bool:
    """Say whether a line names a party though no « entre » comes before it."""
    return bool(_ROLE_EN_TETE.match(texte) or _SERVICE_REPRESENTE.match(texte))


def _is_convenu(ligne: Ligne) -> bool:
    return bool(_CONVENU.search(ligne.texte[-200:]))
