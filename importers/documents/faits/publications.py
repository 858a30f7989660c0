"""The publications that the text promises: channel, words, and the address printed with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.documents.passage import Passage
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve
from portal.domain.convention import Canal, PublicationPrevue, TypeArticle

_ADRESSE = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]«»\"',;]{3,300}|(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,4}(?:gouv\.fr|fr|eu|org|com)\b(?:/[^\s<>()\[\]«»\"',;]{0,200})?",
    re.IGNORECASE,
)
_PROMESSE = re.compile(
    r"\b(?:ser(?:a|ont)|est|sont|fer(?:a|ont) l'objet d'une|fait l'objet d'une|font l'objet d'une|procède à (?:la|sa)|assure (?:la|sa))\b(?:\s\w+){0,3}?\s?"
    r"(?:publiée?s?|publication|mise? en ligne|insérée?|diffusée?|publicité)\b|\bpublication\b.{0,60}\b(?:présente|convention|délégation)\b"
    r"|\b(?:sa|de sa|leur) publication\b|\bpublie(?:nt|ra)?\s(?:la|cette)\b|\bmet(?:tent|tra)? en ligne\b|\bpara(?:î|i)t(?:ra|ront)?\b|\b(?:l'objet d'une|une) (?:insertion|parution)\b|\bversée? sur\b|\bla (?:publie|met(?:\s\w+)? en ligne)\b",
    re.IGNORECASE,
)
_NIEE = re.compile(r"\b(?:ne|n')\s?(?:sera|seront|est|fait|fera)\s?(?:pas|l'objet d'aucune)\b", re.IGNORECASE)
_AUTRE_TEXTE = re.compile(
    r"\b(?:arrêtés?|décrets?|lois?|circulaires?|marchés?|avis|appels?|consultations?)\b[^,;.]{0,80}\bpublié",
    re.IGNORECASE,
)
_FIN_DE_LIBELLE = (
    r"(?:(?!\s(?:et|ainsi que|ou)\s(?:au|aux|à|sur|dans|par|en|est|sera|le|la|un|d'une?)\b|\s(?:et (?:mise?|diffusée?|publiée?|notifiée?|transmise?|communiquée?|adressée?|affichée?)s?\b|par l|par chac|géré|dans un délai|dans les|à l'initiative|à la diligence|sous|dès|après"
    r"|à compter|et sur|et au|et fera|est|sera|pour|conformément|ainsi|selon|du fait|qui)|,(?!\s(?:de (?:la|l')|du|des|d')\s?\w)|[;:(<]|\.\s|\.$|\shttp|\swww\.).){0,140}"
)
_CANAUX: tuple[tuple[Canal, re.Pattern[str]], ...] = (
    (
        Canal.BULLETIN_OFFICIEL,
        re.compile(
            rf"\bbulletins? officiels?{_FIN_DE_LIBELLE}|(?-i:\bB\.O\.|\bBO(?!P\b|AMP\b)[A-Z]{{0,4}}\b)(?:\sdu\b{_FIN_DE_LIBELLE})?",
            re.IGNORECASE,
        ),
    ),
    (
        Canal.JORF,
        re.compile(
            r"\bjournal officiel\b(?!\sde (?:l'union|la (?:Polynésie|Nouvelle)))(?: de la république française)?|(?-i:\bJORF\b|\bJO\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Canal.RAA,
        re.compile(
            rf"\brecueils? des actes administratifs{_FIN_DE_LIBELLE}|(?-i:\bRAA\b){_FIN_DE_LIBELLE}", re.IGNORECASE
        ),
    ),
    (
        Canal.DATA_GOUV,
        re.compile(
            r"(?:\b(?:plateforme|site|portail)s?\s(?:(?:internet|des données ouvertes)\s)?)?(?<![\w.])(?:https?://)?(?:www\.)?data\.gouv(?:\.fr)?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Canal.GOUVERNEMENT,
        re.compile(
            r"(?:\bsite\s(?:internet\s)?)(?:https?://)?(?:www\.)?(?:gouvernement|info\.gouv)\.fr\b|(?<![\w.@])(?:https?://)?(?:www\.)?(?:gouvernement|info\.gouv)\.fr\b"
            r"|\bsite(?: internet)? du gouvernement\b",
            re.IGNORECASE,
        ),
    ),
    (
        Canal.AUTRE,
        re.compile(
            rf"\bjournal officiel de la (?:Polynésie française|Nouvelle-Calédonie)|\bsites?\s(?!\S*(?:data\.gouv|gouvernement\.fr|info\.gouv|legifrance))(?:www\.|https?:)[^\s,;()«»]{{3,200}}|\b(?:site|portail)s?\s(?:internet|intranet|web)(?:\s(?:d[eu]s?|de l['a])\b{_FIN_DE_LIBELLE})?|\bsite du ministère{_FIN_DE_LIBELLE}|\bintranet\b{_FIN_DE_LIBELLE}",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class _Promise:
    canal: Canal
    debut: int
    fin: int
    url: str | None


def read(releve: Releve) -> None:
    """Reads: articles. Writes: publications_prevues."""
    prevues: list[PublicationPrevue] = []
    for sure, passage in _places(releve):
        for debut, fin in find_phrases(passage):
            if not _promises(passage.texte[debut:fin], sure=sure):
                continue
            for promise in _read_phrase(passage.texte, debut, fin):
                _add(releve, prevues, promise, passage)
    releve.record(publications_prevues=tuple(prevues))


def _places(releve: Releve) -> Iterator[tuple[bool, Passage]]:
    publication = releve.articles_of(TypeArticle.PUBLICATION)
    autres = releve.articles_of(*(t for t in TypeArticle if t is not TypeArticle.PUBLICATION))
    yield from ((True, passage) for _, _, passage in publication)
    yield from ((False, passage) for _, _, passage in autres)


def _promises(phrase: str, *, sure: bool) -> bool:
    if _NIEE.search(phrase) or _AUTRE_TEXTE.search(phrase):
        return False
    return bool(_PROMESSE.search(phrase)) or (
        sure
        and bool(
            re.search(r"publi|mise? en ligne|insér|insertion|diffus|para[iî]t|parution|versée?", phrase, re.IGNORECASE)
        )
    )


def _read_phrase(texte: str, debut: int, fin: int) -> Iterator[_Promise]:
    """Yield the channels of a sentence in order, each with the address printed after it and before the next."""
    trouves = sorted(
        ((t.start(), t.end(), canal) for canal, motif in _CANAUX for t in motif.finditer(texte, debut, fin)),
        key=lambda t: (t[0], -t[1]),
    )
    retenus: list[tuple[int, int, Canal]] = []
    for trouve in trouves:
        sigle = retenus and trouve[2] is retenus[-1][2] and texte[retenus[-1][1] : trouve[0]].strip() == "("
        if not sigle and (not retenus or trouve[0] >= retenus[-1][1]):
            retenus.append(trouve)
    for rang, (ici, la, canal) in enumerate(retenus):
        suivante = retenus[rang + 1][0] if rang + 1 < len(retenus) else fin
        yield _Promise(canal, ici, la, _find_url(texte, ici, suivante, canal))


def _find_url(texte: str, debut: int, fin: int, canal: Canal) -> str | None:
    """Give the address of a channel: the longest printed before the next channel, of the channel's own site."""
    adresses = [trouve[0].rstrip(".:") for trouve in _ADRESSE.finditer(texte, debut, fin)]
    return max((adresse for adresse in adresses if _is_of(canal, adresse)), key=len, default=None)


def _is_of(canal: Canal, adresse: str) -> bool:
    if canal is Canal.DATA_GOUV:
        return "data.gouv" in adresse
    if canal is Canal.GOUVERNEMENT:
        return bool(re.search(r"(?:^|//|www\.)(?:gouvernement|info\.gouv)\.fr", adresse))
    if canal is Canal.JORF:
        return "legifrance" in adresse or "journal-officiel" in adresse
    return not re.search(r"data\.gouv|(?:^|//|www\.)(?:gouvernement|info\.gouv)\.fr|legifrance", adresse)


def _add(releve: Releve, prevues: list[PublicationPrevue], promise: _Promise, passage: Passage) -> None:
    """Keep a publication once: another mention of its channel may only complete it with an address."""
    libelle = passage.printed(promise.debut, promise.fin).strip(" ,;:.(<")
    for rang, autre in enumerate(prevues):
        meme = autre.canal is promise.canal and (
            promise.canal not in (Canal.BULLETIN_OFFICIEL, Canal.AUTRE, Canal.RAA) or _covers(autre.libelle, libelle)
        )
        if meme:
            if len(promise.url or "") > len(autre.url or ""):
                prevues[rang] = PublicationPrevue(autre.canal, autre.libelle, promise.url)
            return
    releve.locate(f"publications_prevues[{len(prevues)}]", passage.span(promise.debut, promise.fin))
    prevues.append(PublicationPrevue(promise.canal, libelle, promise.url))


def _covers(libelle: str, autre: str) -> bool:
    a, b = libelle.lower(), autre.lower()
    return a.startswith(b) or b.startswith(a)
