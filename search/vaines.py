"""The searches that found nothing, counted: the words that readers use and that editors may make synonyms of.

Nothing tells who searched, and what only one or two have typed is kept as a keyed digest, which nobody can read back.
"""

import logging
import re
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.domain.fold import fold
from search.identify import describe_text_number, find_identifiers
from search.models import RechercheVaine
from search.query import SearchQuery
from search.values import clean

logger = logging.getLogger(__name__)

SEUIL = 3
"""From how many times on the text itself is kept."""

GARDE = timedelta(days=365)
MOST = 5_000
DROPPED = 500
"""Rows dropped at once where there are too many, so that the next ones cost nothing."""

_SALT = "search.vaines"
_COURRIEL = re.compile(r"\S@\S")
_TELEPHONE = re.compile(r"(?<!\d)(?:(?:\+|00)33[\s.\-/]?(?:\(0\))?|0)[\s.\-/]?[1-9](?:[\s.\-/]?\d{2}){4}(?!\d)")
_CHIFFRES = re.compile(r"\d(?:[\s.\-/]?\d){5,}")
_ANNEE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def record(query: SearchQuery) -> None:
    """Counts a search that found nothing. An error of the database is logged, and kept from the reader."""
    texte = clean(query.q)
    if is_personal(texte):
        return
    try:
        with transaction.atomic():
            _count(texte, timezone.localdate())
    except DatabaseError:
        logger.exception("Une recherche sans résultat n'a pas pu être comptée.")


def list_vaines(jour: date) -> "QuerySet[RechercheVaine]":
    """Those of the twelve months before `jour` of which the text is kept, the most frequent first."""
    return RechercheVaine.objects.filter(derniere__gte=jour - GARDE).exclude(texte="")


def purge(jour: date) -> int:
    """Forgets the searches that nobody has made for twelve months, and gives how many they were."""
    return RechercheVaine.objects.filter(derniere__lt=jour - GARDE).delete()[0]


def is_personal(texte: str) -> bool:
    """Say whether a text may tell of a person: an address, a telephone, figures that are no known identifier."""
    if _COURRIEL.search(texte) or _TELEPHONE.search(texte):
        return True
    return bool(_CHIFFRES.search(_blank_known(texte)))


def _blank_known(texte: str) -> str:
    """`texte` without the identifiers of acts, the numbers of laws and the years that stand in it."""
    rest, position = "", 0
    for debut, (fin, _) in sorted(find_identifiers(texte).items()):
        rest += f"{texte[position:debut]}\n\n"
        position = fin
    pieces = (rest + texte[position:]).split(" ")
    return " ".join("" if describe_text_number(piece) else _ANNEE.sub("\n\n", piece) for piece in pieces)


def _count(texte: str, jour: date) -> None:
    canonical = " ".join(fold(texte).split())
    empreinte = salted_hmac(_SALT, canonical, algorithm="sha256").hexdigest()
    if _add_one(empreinte, texte, jour):
        return
    _make_room()
    # Where another process has just made the row, it is left as it is.
    row = RechercheVaine(empreinte=empreinte, premiere=jour, derniere=jour)
    RechercheVaine.objects.bulk_create([row], ignore_conflicts=True)
    _add_one(empreinte, texte, jour)


def _add_one(empreinte: str, texte: str, jour: date) -> int:
    """Counts once more what was counted before; gives 0 where it was not."""
    kept = When(texte="", nombre__gte=SEUIL - 1, then=Value(texte))
    return RechercheVaine.objects.filter(empreinte=empreinte).update(
        nombre=F("nombre") + 1, derniere=jour, texte=Case(kept, default=F("texte"))
    )


def _make_room() -> None:
    """Drops the rows asked for the least, the oldest first, where one more would be too many."""
    if RechercheVaine.objects.count() >= MOST:
        dropped = RechercheVaine.objects.order_by("nombre", "derniere", "pk").values_list("pk", flat=True)[:DROPPED]
        RechercheVaine.objects.filter(pk__in=list(dropped)).delete()
