"""The parts of the text: header, parties, visas, préambule, articles, annexes, signature.

Each part is a run of lines that keep their place in the extracted text. What opens a part is one short pattern; a part
goes on until another opens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from importers.documents.intitules import Intitule, find_first_article, find_intitules, looks_like_title, next_line
from importers.documents.lignes import Ligne, without_noise
from importers.documents.passage import Etendue
from importers.documents.personnes import is_fonction, is_grade, is_person

_ENTRE_SEUL = re.compile(
    r"(?:entre[\s,:]{0,3}){1,2}(?:d'une part[\s,:]{0,3})?(?:les\s+(?:soussigné(?:e)?s|services|parties)(?:\s+suivant(?:e)?s)?)?\s?[,:]*",
    re.IGNORECASE,
)
_ENTRE_A_LA_FIN = re.compile(
    r"(?:.{0,400}\W)?entre\s?(?:les (?:soussigné(?:e)?s|parties)\s?)?:|.{0,300}\WENTRE", re.DOTALL | re.IGNORECASE
)
_TITRE_ET_PARTIES = re.compile(
    r"(?P<titre>.{0,80}\b(?:charte|convention|délégation)\b.{0,200}?\bentre\s?:)\s?(?P<suite>\S.{10,})", re.IGNORECASE
)
_ENTRE_AU_DEBUT = re.compile(r"(?:Entre|ENTRE)\b.{3,}", re.DOTALL)
_ROLE_EN_TETE = re.compile(r"(?:l[ea]s?\s+|services?\s+)?(?:co-?)?délég(?:ant|ataire)e?s?\s?:", re.IGNORECASE)
_SERVICE_REPRESENTE = re.compile(
    r"(?:[-–—•*]\s?)?l(?:a|e|es)?[\s'’][^.;]{3,300}?,?\sreprésentée?s? par\b", re.IGNORECASE
)
_PARTIE_PROBABLE = re.compile(r"délégant|délégataire|représenté|ci-après|d'une part", re.IGNORECASE)
_VU = re.compile(r"vus?\b(?!\s+(?:que|par|les faits))", re.IGNORECASE)
_PREAMBULE = re.compile(
    r"(?:préambule|preambule|exposé (?:des motifs|préalable)|contexte)\s?[.:–-]?\s?(?P<suite>.{0,})",
    re.IGNORECASE | re.DOTALL,
)
_CONSIDERANT = re.compile(r"considérant\b|après avoir (?:été )?(?:exposé|rappelé)", re.IGNORECASE)
_CONVENU = re.compile(
    r".{0,300}?(?:\bil (?:est|a été|est donc|a donc été)|\bceci exposé|\bcela exposé|\bles parties|\bont)\b.{0,60}?"
    r"(?:convenu|conviennent|arrêté|décidé|convenus)(?:e|es|s)?\b.{0,80}",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?:la|le|cette) présente?\b|il\s|en application|dans le cadre|par (?:le|la) présente?|conformément|après\s|les parties"
    r"|au titre d|depuis\s|afin d|l'objectif",
    re.IGNORECASE,
)
_FAIT = re.compile(r"(?:fait|signé|établi)\s?,?\s?(?:à|en|au|le)\b.{0,300}", re.IGNORECASE)
_ANNEXE = re.compile(
    r"annexes?\b\s?(?P<numero>(?:n°\s?)?(?:\d{1,2}|[IVX]{1,5}|[A-E])\b)?\s?(?P<suite>(?:[.:–—-]|\().{1,200}|[.:]|financière.{0,80}|technique.{0,80})?",
    re.IGNORECASE,
)
_REFERENCE_DE_VISA = re.compile(
    r"(?:[-–—•*◦▪]\s?)?(?:l[ea]s?\s|l'|du\s|la\s)?(?:décrets?|lois?|arrêtés?|ordonnances?|codes?|conventions?|circulaires?|avis|contrats?"
    r"|protocoles?|instructions?|décisions?|règlements?|directives?|constitution|chartes?|avenants?|notes?|délibérations?|articles?"
    r"|accords?|délégations?|lettres?|schéma|plan)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:pour|p/)\s?(?:l[ea]s?\b|l'|monsieur|madame).{2,160}|(?:l[ea]s?\s)(?:co-?)?délég(?:ant|ataire)e?s?\b.{0,80}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartieArticle:
    """An article's heading and the lines of its body."""

    intitule: Intitule
    tete: Etendue
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class PartieAnnexe:
    intitule: str
    tete: Etendue
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of an act. `groupes` are headings over several articles (« Titre II »), which belong to no article."""

    entete: tuple[Ligne, ...] = ()
    parties: tuple[Ligne, ...] = ()
    visas: tuple[Ligne, ...] = ()
    preambule: tuple[Ligne, ...] = ()
    articles: tuple[PartieArticle, ...] = ()
    groupes: tuple[PartieArticle, ...] = ()
    annexes: tuple[PartieAnnexe, ...] = ()
    signature: tuple[Ligne, ...] = ()


def find_plan(lignes: Sequence[Ligne]) -> Plan:
    """Cut the lines into the parts of an act."""
    lignes = _split_glued_parties(without_noise(lignes))
    premier = find_first_article(lignes)
    ouverture = _find_body(lignes, len(lignes) if premier is None else premier)
    intitules = find_intitules(lignes, ouverture)
    debut_articles = intitules[0].rang if intitules else ouverture
    dernier = intitules[-1].rang + 1 if intitules else ouverture
    fin_corps, annexe, signature = _find_ends(lignes, dernier)
    intitules = [intitule for intitule in intitules if intitule.rang < fin_corps]
    bornes = [intitule.rang for intitule in intitules] + [fin_corps]
    articles = [
        PartieArticle(intitule, _tete(lignes, intitule), _body(lignes, intitule, fin))
        for intitule, fin in zip(intitules, bornes[1:], strict=True)
    ]
    if not intitules and debut_articles < fin_corps:
        articles = [_whole_body(lignes, debut_articles, fin_corps)]
    avant = _without_articles(_split_front(lignes[: max(ouverture, debut_articles)]), lignes[debut_articles:])
    return replace(
        avant,
        articles=tuple(article for article in articles if not article.intitule.groupe),
        groupes=tuple(article for article in articles if article.intitule.groupe),
        annexes=tuple(_read_annexes(lignes[annexe : signature if signature > annexe else None])),
        signature=tuple(lignes[signature : annexe if annexe > signature else None]),
    )


def _split_glued_parties(lignes: Sequence[Ligne]) -> list[Ligne]:
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


def _without_articles(avant: Plan, corps: Sequence[Ligne]) -> Plan:
    """Leave out of the header and the préambule what the articles hold, where the parties stand inside the first."""
    limite = corps[0].debut if corps else None
    if limite is None:
        return avant
    return replace(
        avant,
        entete=tuple(ligne for ligne in avant.entete if ligne.debut < limite),
        preambule=tuple(ligne for ligne in avant.preambule if ligne.debut < limite),
    )


def _find_body(lignes: Sequence[Ligne], fin: int) -> int:
    """Give the rank where the body may start: after « il a été convenu », else after the parties and the visas."""
    convenu = [rang for rang in range(fin) if _is_convenu(lignes[rang])]
    if convenu:
        return convenu[0] + 1
    avant = _split_front(lignes[:fin])
    occupees = [ligne.debut for ligne in (*avant.entete, *avant.parties, *avant.visas)]
    derniere = max(occupees, default=-1)
    return next((rang for rang, ligne in enumerate(lignes[:fin]) if ligne.debut > derniere), fin)


def _whole_body(lignes: Sequence[Ligne], debut: int, fin: int) -> PartieArticle:
    """A text without articles: its body is kept as one, which bears no number."""
    seul = Intitule("", "", debut, 0)
    return PartieArticle(seul, Etendue(lignes[debut].debut, lignes[debut].debut), tuple(lignes[debut:fin]))


def _tete(lignes: Sequence[Ligne], intitule: Intitule) -> Etendue:
    derniere = lignes[intitule.rang + max(intitule.lignes, 1) - 1]
    fin = derniere.fin if intitule.corps is None else derniere.debut + intitule.corps
    return Etendue(lignes[intitule.rang].debut, fin)


def _body(lignes: Sequence[Ligne], intitule: Intitule, fin: int) -> tuple[Ligne, ...]:
    corps = list(lignes[intitule.rang + intitule.lignes : fin])
    if intitule.corps is not None:
        tete = lignes[intitule.rang]
        debut = tete.debut + intitule.corps
        corps.insert(0, replace(tete, texte=tete.texte[intitule.corps :], depart=debut, debut=debut))
    return tuple(corps)


def _find_ends(lignes: Sequence[Ligne], dernier: int) -> tuple[int, int, int]:
    """Give the ranks where the body ends, where the annexes start and where the signature starts.

    A rank past the lines says that there is none.
    """
    total = len(lignes)
    annexe = next((rang for rang in range(dernier, total) if _is_annexe(lignes, rang)), total)
    fait = next((rang for rang in range(dernier, total) if _FAIT.fullmatch(lignes[rang].texte)), total)
    if fait == total:
        fait = _find_unmarked_signature(lignes, dernier, annexe)
    return min(annexe, fait), annexe, fait


def _find_unmarked_signature(lignes: Sequence[Ligne], dernier: int, fin: int) -> int:
    """Find a signature block without « Fait à »: a side (« Pour le… ») or a function, above a person's name."""
    for rang in range(max(dernier, fin - 40), fin):
        texte = lignes[rang].texte
        if len(texte) > 200 or texte[-1] in ".;" or _has_verb(texte):
            continue
        cote = bool(_SIGNATURE.fullmatch(texte))
        suivantes = lignes[rang + 1 : min(fin, rang + (5 if cote else 4))]
        if not cote:
            suivantes = list(takewhile(lambda ligne: not ligne.apres_vide, suivantes))
        signe = cote or is_fonction(texte) or is_grade(texte)
        if signe and any(is_person(morceau) for ligne in suivantes for morceau in split_columns(ligne.texte)):
            return rang
    return len(lignes)


def _has_verb(texte: str) -> bool:
    return not looks_like_title(
        re.sub(r"^(?:pour|p/|l[ea]s?)\s?", "", texte.rstrip(" ,:"), count=2, flags=re.IGNORECASE) or "x"
    )


_COLONNES = re.compile(r"\s*\t\s*|\s{3,}|\s*\|\s*")


def split_columns(texte: str) -> list[str]:
    """Cut a line at its tabs, bars and wide gaps."""
    return [morceau for morceau in _COLONNES.split(texte) if morceau]


def _is_annexe(lignes: Sequence[Ligne], rang: int) -> bool:
    ligne = lignes[rang]
    trouve = _ANNEXE.fullmatch(ligne.texte)
    if not trouve or (ligne.texte[-1] in ";," or ligne.texte[0] == "a"):
        return False
    return bool(trouve["numero"] or trouve["suite"] or ligne.texte.isupper() or ligne.apres_vide)


def _read_annexes(lignes: Sequence[Ligne]) -> Iterator[PartieAnnexe]:
    rangs = [rang for rang in range(len(lignes)) if _is_annexe(lignes, rang)]
    for rang, fin in pairwise([*rangs, len(lignes)]):
        tete, corps = lignes[rang], rang + 1
        intitule = " ".join(tete.texte.split()).rstrip(" .:")
        trouve = _ANNEXE.fullmatch(tete.texte)
        suivante = next_line(lignes, rang)
        sans_titre = trouve is not None and len((trouve["suite"] or "").strip(" .:–—-")) == 0
        if sans_titre and suivante is not None and suivante < fin:
            voisine = lignes[suivante + 1] if suivante + 1 < len(lignes) else None
            if looks_like_title(lignes[suivante].texte, suivante=voisine):
                intitule = f"{intitule} – {' '.join(lignes[suivante].texte.split()).rstrip(' .:')}"
                corps = suivante + 1
        yield PartieAnnexe(intitule, Etendue(tete.debut, lignes[corps - 1].fin), tuple(lignes[corps:fin]))


def _split_front(lignes: Sequence[Ligne]) -> Plan:
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
    return Plan(entete=entete, parties=parties, visas=visas, preambule=preambule)


def _next_part(lignes: Sequence[Ligne], rang: int, courante: str, entre: int | None) -> tuple[str, Ligne | None]:
    """Give the part to which a line belongs and the line to keep there, if any of it is to be kept."""
    ligne = lignes[rang]
    texte = ligne.texte
    if rang == entre:
        return _open_parties(ligne)
    if _is_visa(lignes, rang):
        return "visas", ligne
    if _is_convenu(ligne):
        return ("parties", ligne) if courante == "parties" and _PARTIE_PROBABLE.search(texte) else ("preambule", None)
    titre = _PREAMBULE.fullmatch(texte)
    if titre and (not titre["suite"] or texte[9:].lstrip()[:1] in ":.–-"):
        return "preambule", _rest(ligne, titre.start("suite")) if titre["suite"] else None
    if _CONSIDERANT.match(texte):
        return "preambule", ligne
    if courante in ("entete", "parties") and _PHRASE.match(texte) and len(texte) > 60:
        return "preambule", ligne
    if courante == "visas" and ligne.apres_vide and not _REFERENCE_DE_VISA.match(texte):
        return "preambule", ligne
    return courante, ligne


def _open_parties(ligne: Ligne) -> tuple[str, Ligne | None]:
    """Give what a line with « entre » leaves: nothing, the parties that follow the word, or the title before it."""
    if _ENTRE_SEUL.fullmatch(ligne.texte):
        return "parties", None
    if _ENTRE_AU_DEBUT.fullmatch(ligne.texte) or _opens_alone(ligne.texte):
        return "parties", ligne
    if _PHRASE.match(ligne.texte):
        return "parties", None
    coupe = re.search(r"\s?\bentre\b[\s:]{0,3}(?:les soussigné(?:e)?s\s?:?)?$", ligne.texte, re.IGNORECASE)
    fin = coupe.start() if coupe else len(ligne.texte)
    return "entete", replace(ligne, texte=ligne.texte[:fin], fin=ligne.debut + fin)


def _rest(ligne: Ligne, debut: int) -> Ligne:
    return replace(ligne, texte=ligne.texte[debut:], depart=ligne.debut + debut, debut=ligne.debut + debut)


def _find_entre(lignes: Sequence[Ligne]) -> int | None:
    """Find the line that opens the parties: « Entre » alone, then « … conclue entre : », then « Entre la… »."""
    for motif in (_ENTRE_SEUL, _ENTRE_A_LA_FIN):
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
    return next((rang for rang, ligne in enumerate(lignes) if _opens_alone(ligne.texte)), None)


def _opens_alone(texte: str) -> bool:
    """Say whether a line names a party though no « entre » comes before it."""
    return bool(_ROLE_EN_TETE.match(texte) or _SERVICE_REPRESENTE.match(texte))


def _is_visa(lignes: Sequence[Ligne], rang: int) -> bool:
    return bool(_VU.match(lignes[rang].texte))


def _is_convenu(ligne: Ligne) -> bool:
    return (bool(_CONVENU.fullmatch(ligne.texte)) and len(ligne.texte) < 2000 and ligne.texte[-1] in ":.,;") or bool(
        re.fullmatch(
            r"(?:il (?:est|a été) )?(?:convenu|conviennent)(?: et arrêté)?(?: de)? ce qui suit\s?:?|il (?:est|a été) convenu ce qui suit",
            ligne.texte,
            re.IGNORECASE,
        )
    )
