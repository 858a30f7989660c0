"""Every public act as a listing may show it, with what was last seen of it there."""

from collections.abc import Iterator

from portal.conventions.publiees import MARQUE_FICTIF, Publiee, iter_published
from portal.domain.convention import Canal
from portal.publications.models import VUES, Publication
from portal.publications.reconciliation import Connue


def read_connues(source: str, canal: Canal) -> Iterator[Connue]:
    """The public conventions, each followed by its avenants. The address of one is known even where it was not seen
    there by this source: where it was transmitted, where an editor saw it, where it was before it went.
    """
    publications = {p.uid: p for p in Publication.objects.filter(canal=canal, destinataire="")}
    for publiee in iter_published():
        for acte in (publiee, *publiee.avenants):
            yield _to_connue(acte, publications.get(acte.uid), source)


def _to_connue(acte: Publiee, publication: Publication | None, source: str) -> Connue:
    convention = acte.convention
    vue = publication if publication and publication.source == source and publication.etat in VUES else None
    return Connue(
        uid=acte.uid,
        titre=convention.titre.removeprefix(MARQUE_FICTIF).strip(),
        nature=convention.nature,
        nor=convention.nor,
        reference=convention.reference,
        date=convention.date_signature,
        parties=tuple("|".join(filter(None, (partie.nom, partie.sigle))) for partie in convention.parties),
        vue=vue is not None,
        url=publication.url if publication else "",
        date_publication=vue.date_publication if vue else None,
        nor_vu=vue.nor or None if vue else None,
        empreinte=publication.empreinte if publication else "",
    )
