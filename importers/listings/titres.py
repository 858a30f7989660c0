"""What the words of a listing say of an act: whether it is a délégation de gestion, its nature, its dates, its NOR."""

import datetime
import re
from dataclasses import dataclass

from portal.domain.convention import Nature
from portal.domain.dates import find_dates
from portal.domain.fold import any_of, fold
from portal.domain.identifiers import NOR

TITRE_MAXIMUM = 600
"""Characters: a longer line is no title."""

_TITRE_COUPE = 2_000

_PARLE = any_of(r"delegations?(?: | inter-?services )de gestion\b", r"gestion et (?:de )?delegation\b")
_DECRET = re.compile(r"relatif a la delegation de gestion dans les services de l'etat")
_RUBRIQUE = re.compile(r"(?:conventions? (?:de |et ))?delegations? de gestion(?: entre services)?(?: de l'etat)?[ .:]*")
_GENERAL = re.compile(
    r"(?:les|nos|ces|toutes?|liste|tableau|registre|recueil|repertoire|catalogue|base|donnees|ensemble|conventions|modeles?"
    r"|guide|decret|loi|ordonnance|circulaire|consulte[rz])\b"
)
"""Titles that speak of délégations in general: a heading, a list of them, a text about them."""

_PHRASE = re.compile(
    r"(?:la|le|l'|une?|cette|il|elle|en|dans|par|pour|sur|conformement|afin)\b.{0,400}?"
    r"\b(?:est|sont|permet|permettent|peut|peuvent|doit|doivent|a pour|ont pour|fait|font|figurent?|presente|publie)\b"
)
"""The beginning of a sentence about délégations, up to its verb."""

_ACTE = re.compile(r"(?:convention|delegation|avenant|charte|autre texte|protocole)\b")
_NATURES = {
    "avenant": Nature.AVENANT,
    "convention": Nature.CONVENTION,
    "charte": Nature.CHARTE,
    "delegation": Nature.DELEGATION,
}
_NATURE = re.compile(r"\b(?:" + "|".join(_NATURES) + r")\b")
_ACTE_MODIFIE = re.compile(r"\b(?:a|de|modifiant) (?:la|cette) (?:convention|delegation|charte)\b")
_TELECHARGER = re.compile(
    r"^(?:télécharger|consulter|lire|ouvrir|voir)\s+(?:(?:la|le|l['’]\s?|cette)\s*)?(?:(?:fichier|document)\s*:?\s*)?",
    re.IGNORECASE,
)
_FICHIER = re.compile(
    r"(?<![\s(\[–—-])[\s(\[–—-]*\b(?:PDF|ODT|DOCX?)\b\s*(?:[–—,;-]\s*[\d.,]{1,8}\s*[KMkm]?[oO](?:ctets)?\b)?[\s)\]]*"
    r"(?:[–—-]?\s*nouvelle fenêtre)?$",
    re.IGNORECASE,
)
_RENVOIS = re.compile(r"\s?\((?:[A-Z]|\d{1,2})\)")
_AVANT = 45
"""Characters before a date that say whose it is."""

_AILLEURS = re.compile(
    r"(?:decret|arrete|loi|ordonnance|circulaire|instruction|bulletin|bo|boc|jo|jorf)\b[^,;\n]{0,40}$"
)
_SIGNEE = re.compile(r"\bsign(?:e|es|ee|ees|ature)\b[^;]{0,20}$")
_PUBLIEE = re.compile(r"\b(?:publi(?:e|es|ee|ees|cation)|mise? en ligne|parue?|parution)\b[^;]{0,20}$")
_AUTRE_JOUR = re.compile(
    r"\b(?:mise? a jour|modifi\w{1,6}|compter|jusqu'au|effet|echeance|expir\w{1,5}|fin)\b[^;]{0,20}$"
)


@dataclass(frozen=True, slots=True)
class Jours:
    """The days that a text says: of signature, of publication; None where it does not say."""

    signature: datetime.date | None = None
    publication: datetime.date | None = None


def speaks(texte: str) -> bool:
    """Say whether a text speaks of délégation de gestion, the title of the decree apart."""
    return bool(_PARLE.search(_DECRET.sub(" ", fold(texte))))


def names_act(texte: str) -> bool:
    """Say whether a text is the title of one délégation de gestion, and not of a list, a rubric or a rule."""
    titre = fold(clean_titre(texte[:TITRE_MAXIMUM]))
    if len(texte) > TITRE_MAXIMUM or not speaks(titre):
        return False
    return not (_GENERAL.match(titre) or _PHRASE.match(titre) or _RUBRIQUE.fullmatch(titre))


def is_act(titre: str) -> bool:
    """Say whether a title is that of a convention, an avenant, a charte or a délégation, whatever its subject."""
    return _ACTE.match(fold(titre)) is not None


def is_rubric(texte: str) -> bool:
    """Say whether a line is the rubric under which a bulletin puts délégations de gestion."""
    return _RUBRIQUE.fullmatch(fold(texte[:TITRE_MAXIMUM])) is not None


def clean_titre(texte: str) -> str:
    """Give a title without « Télécharger », the size of the file and the letters of footnotes."""
    titre = _FICHIER.sub("", texte[:_TITRE_COUPE])
    nu = _TELECHARGER.sub("", titre)
    titre = nu[:1].upper() + nu[1:] if nu != titre else titre
    return _RENVOIS.sub("", titre).strip(" :;–—-\u00a0")


def find_nature(*textes: str) -> Nature | None:
    """Give the nature of an act by the first of its words, in the first text that has one."""
    for texte in textes:
        trouve = _NATURE.search(fold(texte))
        if trouve:
            return _NATURES[trouve[0]]
    return None


def find_nor(texte: str) -> str | None:
    """Give the first NOR of a text, normalised."""
    return next((nor for _, _, nor in NOR.find(texte)), None)


def find_signature(titre: str) -> datetime.date | None:
    """Give the day of signature that a title says; that of the convention is not that of its avenant."""
    plie = fold(titre)
    modifie = _ACTE_MODIFIE.search(plie) if find_nature(titre) is Nature.AVENANT else None
    for trouvee in find_dates(titre[: modifie.start()] if modifie else titre):
        avant = plie[max(0, trouvee.debut - _AVANT) : trouvee.debut]
        if not any(motif.search(avant) for motif in (_AILLEURS, _PUBLIEE, _AUTRE_JOUR)) and not avant.endswith(" au "):
            return trouvee.date
    return None


def find_jours(texte: str) -> Jours:
    """Give the days that a text says by name: « signée le », « publiée le », « mise en ligne »."""
    plie, fin = fold(texte), 0
    signature = publication = None
    for trouvee in find_dates(texte):
        avant = plie[max(fin, trouvee.debut - _AVANT) : trouvee.debut]
        fin = trouvee.fin
        if _SIGNEE.search(avant):
            signature = signature or trouvee.date
        elif _PUBLIEE.search(avant) and not _AUTRE_JOUR.search(avant):
            publication = publication or trouvee.date
    return Jours(signature, publication)
