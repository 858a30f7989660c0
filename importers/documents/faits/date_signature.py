"""The date of signature: that of the signature line; else of the header, with a constat where the line is blank.

Where both are known and differ the signature line is believed; of several signature lines, the last to be signed.
"""

import re
from collections.abc import Iterator
from datetime import date

from importers.documents.faits.titre import ACTE, Genre, classify_ligne
from importers.documents.passage import Etendue, Passage
from importers.documents.releve import Releve
from portal.domain.convention import Gravite, Nature
from portal.domain.dates import find_dates, format_date

_LIGNE = re.compile(
    r"\b(?:fait|signée?|établie?)\b.{0,80}|^\W{0,3}(?:à\s[A-ZÀ-Þ][\w' -]{1,40},?\s)?le\b.{0,60}|^date(?: de signature)?\s?:.{0,60}|^[A-ZÀ-Þ][\w' -]{1,40},\sle\s.{0,60}",
    re.IGNORECASE,
)
_APRES_COUP = re.compile(r"(?:vu|visa|reçu|notifiée?|publiée?|transmise?|affichée?)\b", re.IGNORECASE)
_EN_TETE_DE_LETTRE = re.compile(
    r"(?:À\s|A\s)?[A-ZÀ-Þ][\w'-]{1,30}(?:[\s-][A-ZÀ-Þ][\w'-]{1,30}){0,3}\s?,?\sle\s\S.{3,30}"
)
_VIDE = re.compile(r"\ble\s?[:.…_ ]*(?:20[.…_ ]{1,6})?(?:,.{0,80})?$|\ble\s?[.…_]{2,}", re.IGNORECASE)
_AUTRE_ACTE = re.compile(
    r"\b(?:à la|de la|à l'|modifi\w+)\s(?:la\s|le\s)?(?:convention|charte|délégation|acte|décret|arrêté)|\bdécret\b|\barrêté\b|\bà compter\b",
    re.IGNORECASE,
)


def read(releve: Releve) -> None:
    """Reads: plan.signature, titre, plan.entete, nature. Writes: date_signature."""
    signees = sorted(_find_signature_dates(releve))
    annoncee = next(_find_header_dates(releve), None)
    vide = None if signees else _find_blank(releve)
    if signees:
        jour, lieu = signees[-1]
        releve.record(lieu, date_signature=jour)
        if annoncee and annoncee[0] not in [autre for autre, _ in signees]:
            message = (
                f"L'acte est signé le {format_date(jour)}, mais son titre porte la date du {format_date(annoncee[0])} : "
                "la date de la signature est gardée, vérifiez-la sur l'original."
            )
            releve.report("D4", message, gravite=Gravite.AVERTISSEMENT, lieu=lieu, champ="date_signature")
    elif annoncee:
        jour, lieu = annoncee
        releve.record(lieu, date_signature=jour)
        if vide:
            message = (
                f"La ligne de signature n'est pas datée : la date du titre, {format_date(jour)}, est gardée. Vérifiez-la "
                "sur l'original signé."
            )
            releve.report("D4", message, gravite=Gravite.AVERTISSEMENT, lieu=vide, champ="date_signature")


def _find_signature_dates(releve: Releve) -> Iterator[tuple[date, Etendue]]:
    for ligne in releve.plan.signature:
        if not _LIGNE.search(ligne.texte) or _APRES_COUP.match(ligne.texte):
            continue
        for trouvee in find_dates(ligne.texte):
            yield trouvee.date, Etendue(ligne.debut + trouvee.debut, ligne.debut + trouvee.fin)


def _find_blank(releve: Releve) -> Etendue | None:
    return next(
        (ligne.etendue for ligne in releve.plan.signature if _LIGNE.search(ligne.texte) and _VIDE.search(ligne.texte)),
        None,
    )


def _find_header_dates(releve: Releve) -> Iterator[tuple[date, Etendue]]:
    """Yield the dates that the header gives to the act: those of its date line, then that of its title."""
    for ligne in releve.plan.entete:
        if classify_ligne(ligne.texte) is Genre.DATE or _EN_TETE_DE_LETTRE.fullmatch(ligne.texte):
            for trouvee in find_dates(ligne.texte):
                yield trouvee.date, Etendue(ligne.debut + trouvee.debut, ligne.debut + trouvee.fin)
    lieu = releve.lieux.get("titre")
    if lieu is None:
        return
    passage = Passage.of(releve.texte, [lieu])
    for trouvee in find_dates(passage.texte):
        devant = passage.texte[: trouvee.debut]
        if not re.search(r"\b(?:du|le|en date du|signée?(?: le)?)\s$", devant, re.IGNORECASE):
            continue
        if re.match(ACTE, passage.texte, re.IGNORECASE) and not _cites_another(releve, devant):
            yield trouvee.date, passage.span(trouvee.debut, trouvee.fin)
        return


def _cites_another(releve: Releve, devant: str) -> bool:
    """Say whether the words before a date of the title make it the date of another act."""
    if releve.convention.nature is Nature.AVENANT:
        return bool(re.search(r"\b(?:convention|charte|délégation|modifi)", devant, re.IGNORECASE))
    return bool(_AUTRE_ACTE.search(devant))
