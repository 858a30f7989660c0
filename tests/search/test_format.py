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
from search.engines.tantivy_schema import to_tantivy
from tests.search.builders import make_convention, make_publiee

KNOWN = {
    # (FORMAT of the documents, VERSION of the analysis, VERSION of the schema): what they give for `PUBLIEE`
    (1, 1, 1): "e9891bc7625c75d7d1ec85a02450db05351d81f3b2721a3aedd57c1a72060a87",
    (2, 1, 2): "94daa150b9f7e56f2ade6219804cad24a4668aad19595dff7826c50871d5c395",
    (3, 2, 3): "bd0d654bbf060a2339cb21f3075de384c612b356fee03ee43e9a1fb6885fdcfb",
    (2, 2, 2): "94daa150b9f7e56f2ade6219804cad24a4668aad19595dff7826c50871d5c395",
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
    written = to_tantivy(document.to_document(PUBLIEE)).to_dict()
    found = sha256(repr(sorted(written.items())).encode()).hexdigest()
    versions = (document.FORMAT, analysis.VERSION, tantivy_schema.VERSION)
    assert KNOWN.get(versions) == found, f"raise the version that says what has changed, then add {versions}: {found!r}"
