"""A table of acts, in a CSV file or in a page: what its headers say, and the entry that a row is."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from importers.listings.titres import clean_titre, find_jours, find_nature, find_nor, find_signature, names_act, speaks
from portal.domain.dates import find_dates
from portal.domain.fold import fold
from portal.publications.entrees import Entree

CASES_MAXIMUM = 200
"""Cells of a row that are looked at."""
_ENTETE_MAXIMUM = 80
_PARTIES_MAXIMUM = 20
_TEXTE_MAXIMUM = 2_000

_CHAMPS = {
    "nor": re.compile(r"(?:numero |n° ?)?nor\b"),
    "publication": re.compile(r"(?:date |jour )?(?:de (?:la )?)?(?:publi|mise en ligne|parution)"),
    "date": re.compile(r"(?:date|jour)(?:$| (?:de |du |de la |de l')?(?:sign|acte|convention))|sign(?:e|ee|ature)\b"),
    "delegants": re.compile(r"(?:service |autorite )?delegante?s?\b(?! ?/)"),
    "delegataires": re.compile(r"(?:service )?delegataires?\b"),
    "parties": re.compile(r"parties?\b|signataires?\b|services?\b|delegante?s? ?/"),
    "document": re.compile(r"(?:lien |adresse |url )?(?:du |de la |vers le )?(?:fichier|document|pdf|telecharge)"),
    "url": re.compile(r"(?:lien|adresse|url|page)\b"),
    "nature": re.compile(r"(?:nature|type)\b"),
    "titre": re.compile(r"(?:titre|intitule|convention|libelle|objet|acte|nom|texte|delegations? de gestion)\b"),
}
"""What a header is, tried in this order, on folded text."""

_SEPARATEUR = re.compile(r"\s*(?:;|\||\n|\s/\s)\s*")


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: its text, and the absolute addresses of its links in order."""

    texte: str
    liens: tuple[str, ...] = ()


Colonnes = Mapping[str, int]


def find_colonnes(entetes: Sequence[str]) -> Colonnes | None:
    """Give the column of each field that the headers name; None where they are not those of a table of acts."""
    colonnes: dict[str, int] = {}
    for rang, entete in enumerate(entetes[:CASES_MAXIMUM]):
        texte = fold(entete).strip(" :*")
        champ = next((nom for nom, motif in _CHAMPS.items() if motif.match(texte)), None)
        if champ and len(texte) <= _ENTETE_MAXIMUM:
            colonnes.setdefault(champ, rang)
    return colonnes if "titre" in colonnes and len(colonnes) >= 2 else None


def read_rangee(cases: Sequence[Case], colonnes: Colonnes) -> Entree | None:
    """Give the entry that a row is; None where it does not speak of a délégation de gestion.

    A table with a column of délégants and one of délégataires speaks of nothing else.
    """
    tenues = {champ: cases[rang] for champ, rang in colonnes.items() if rang < len(cases)}
    brut = tenues.get("titre", Case("")).texte[:_TEXTE_MAXIMUM]
    nature = tenues.get("nature", Case("")).texte[:_TEXTE_MAXIMUM]
    titre = clean_titre(brut)
    table_d_actes = {"delegants", "delegataires"} <= set(colonnes)
    if not titre or not (names_act(titre) or speaks(f"{nature} {titre}") or table_d_actes):
        return None
    page, document = _find_liens(tenues)
    jours = find_jours(titre)
    return Entree(
        titre=titre,
        url=page or document,
        date=_find_date(tenues.get("date")) or find_signature(titre),
        date_publication=_find_date(tenues.get("publication")) or jours.publication,
        nor=find_nor(tenues.get("nor", Case("")).texte.upper()) or find_nor(titre),
        parties=tuple(_find_parties(tenues)),
        nature=find_nature(titre, nature),
        document=document,
    )


def is_file(adresse: str) -> bool:
    """Say whether an address is that of a file."""
    chemin = adresse.lower().partition("?")[0].partition("#")[0]
    return chemin.endswith((".pdf", ".odt", ".docx", ".doc", ".rtf"))


def _find_liens(tenues: Mapping[str, Case]) -> tuple[str, str]:
    """The address of the page of an act and that of its file, from the columns that give them, then the others."""
    premiers = [case for champ in ("url", "titre", "document") if (case := tenues.get(champ))]
    liens = [lien for case in (*premiers, *tenues.values()) for lien in case.liens]
    document = next((lien for lien in tenues.get("document", Case("")).liens), "")
    document = document or next((lien for lien in liens if is_file(lien)), "")
    return next((lien for lien in liens if lien != document and not is_file(lien)), ""), document


def _find_parties(tenues: Mapping[str, Case]) -> Iterator[str]:
    for champ in ("delegants", "delegataires", "parties"):
        noms = _SEPARATEUR.split(tenues.get(champ, Case("")).texte[:_TEXTE_MAXIMUM])
        yield from [nom.strip() for nom in noms if nom.strip()][:_PARTIES_MAXIMUM]


def _find_date(case: Case | None) -> datetime.date | None:
    if case is None:
        return None
    return next((trouvee.date for trouvee in find_dates(case.texte[:_TEXTE_MAXIMUM])), None)
