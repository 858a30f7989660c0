"""What the index holds does not change by stealth: an index already made would not have it."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from portal.domain.convention import (
    Annexe,
    Article,
    Avenant,
    Canal,
    Imputation,
    LigneEcheancier,
    PublicationPrevue,
    Signataire,
)
from search import analysis, document
from search.engines import tantivy_schema
from search.engines.tantivy_schema import write_document
from tests.search.builders import make_convention, make_publiee

KNOWN = {
    # (FORMAT of the documents, VERSION of the analysis, VERSION of the schema): what they give for `PUBLIEE`
    (4, 2, 3): "6fb5bd9cb9d96a91efc23501f9ee0321b19a1efd25c9f94fa30d47966bdbbcde",
}

CONVENTION = make_convention(
    "L'exécution des crédits de l'État.",
    reference="2024-12",
    nor="MENA2420224X",
    objet="Confier la gestion.",
    visas=("Vu le décret n° 2004-1085",),
    preambule="Préambule.",
    annexes=(Annexe("Budget", "Détail."),),
    echeancier=(LigneEcheancier(2024, "214", "0214-CEN2-INFO", ae=Decimal("120000.00")),),
    imputations=(Imputation("214", "FAC9460075", "0214-08-02", "0214-CEN2-INFO", "021401SI0202", "DINUPROD75"),),
    publications_prevues=(PublicationPrevue(Canal.JORF, "Journal officiel"),),
    copies=("Le contrôleur budgétaire",),
    signataires=(Signataire("Camille Martin", "directrice", "la DNE"),),
)
AVENANT = make_convention("Nouveau préavis.", avenant=Avenant("1", date(2024, 1, 15)), articles=(Article("1"),))
PUBLIEE = make_publiee("u1", CONVENTION, avenants=(make_publiee("u2", AVENANT),), date_resiliation=date(2025, 1, 1))


def test_a_change_in_what_is_indexed_raises_a_version() -> None:
    found = sha256(write_document(document.to_document(PUBLIEE)).texte.encode()).hexdigest()
    versions = (document.FORMAT, analysis.VERSION, tantivy_schema.VERSION)
    assert KNOWN.get(versions) == found, f"raise the version that says what has changed, then add {versions}: {found!r}"
