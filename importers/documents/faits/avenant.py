"""What an avenant says of the convention that it changes: its own number, and the date and number of the convention."""

import re

from importers.documents.passage import Passage
from importers.documents.releve import Releve
from portal.domain.convention import Avenant, Nature
from portal.domain.dates import find_dates
from portal.domain.identifiers import NOR

_NUMERO = re.compile(
    r"\bavenant\s(?:n°|no|numéro)\s?(?P<numero>\d{1,3}(?:\s?(?:bis|ter))?|[IVX]{1,4}\b)|\b(?P<ordinal>premier|deuxième|second|troisième)\savenant",
    re.IGNORECASE,
)
_ORDINAUX = {"premier": "1", "second": "2", "deuxième": "2", "troisième": "3"}
_CONVENTION = re.compile(
    r"\b(?:convention|charte|délégation de gestion|protocole)\b(?P<suite>(?:(?!\bavenant|\bdécret|\barrêté|\bloi\b)[^;.]|\.(?=\S)){0,260})",
    re.IGNORECASE,
)
_NUMERO_DE_CONVENTION = re.compile(
    r"\b(?:n°|no|numéro|référencée|référence|réf\.?)\s?:?\s?(?P<reference>(?=[\w./-]{0,40}\d)\w[\w./-]{0,40}\w|\d{1,6})",
    re.IGNORECASE,
)
_DATE_DE_CONVENTION = re.compile(r"\b(?:du|le|en date du)\s$", re.IGNORECASE)


def read(releve: Releve) -> None:
    """Reads: nature, titre, plan. Writes: avenant (null where the act is none)."""
    if releve.convention.nature is not Nature.AVENANT:
        return
    avenant = Avenant()
    for passage in _places(releve):
        avenant = _complete(avenant, passage)
    releve.record(releve.lieux.get("titre"), avenant=avenant)


def _places(releve: Releve) -> list[Passage]:
    """Give where an avenant names its convention, surest first: the title, the header, the préambule, the first article."""
    lieu = releve.lieux.get("titre")
    titre = Passage.of(releve.texte, [lieu] if lieu else [])
    vus = [Passage.of(releve.texte, [e]) for champ, e in releve.lieux.items() if champ.startswith("visas[")]
    return [titre, releve.passage(releve.plan.entete), *vus, releve.passage(releve.plan.preambule), *releve.corps[:1]]


def _complete(avenant: Avenant, passage: Passage) -> Avenant:
    """Add what a passage says and the surer ones did not."""
    numero = _NUMERO.search(passage.texte) if avenant.numero is None else None
    lu = avenant.numero
    if numero:
        lu = numero["numero"] or _ORDINAUX[numero["ordinal"].lower()]
    jour, reference = avenant.convention_date, avenant.convention_reference
    for convention in _CONVENTION.finditer(passage.texte):
        suite = convention["suite"]
        if jour is None:
            jour = next((d.date for d in find_dates(suite) if _DATE_DE_CONVENTION.search(suite[: d.debut])), None)
        if reference is None:
            trouve = _NUMERO_DE_CONVENTION.search(suite)
            decret = trouve is not None and re.search(
                r"\b(?:décret|loi|arrêté|ordonnance|programme|avenant)s?\s$", suite[: trouve.start()], re.IGNORECASE
            )
            reference = trouve["reference"].strip(".") if trouve and not decret else None
            reference = reference or next((code for _, _, code in NOR.find(suite)), None)
        if jour or reference:
            break
    return Avenant(lu, jour, reference)
