"""Each example of a document is read as the result beside it says; the seed, as its convention says."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.documents.fichiers import EXPECTED_RESULT, find_documents, open_document
from importers.documents.formats import FORMATS
from importers.documents.sandbox import Sandbox
from importers.documents.score import compare
from portal.domain.contrat import to_json

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DOCUMENTS = list(find_documents([EXAMPLES / "documents", EXAMPLES / "lecture"]))
SEED = EXAMPLES / "documents" / "convention_menj_dinum_2024.txt"


PROGRAMS = {"dgtresor_sg_g7_2018.doc": "soffice", "ddsp_sgami_courte_2019.pdf": "tesseract"}
"""What only another program reads: an old Word document, a scan."""

Read = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    with Sandbox() as sandbox:
        yield lambda path: to_json(sandbox.read(open_document(path), path.name))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_an_example_is_read_as_expected(path: Path, read: Read) -> None:
    if path.name in PROGRAMS and not shutil.which(PROGRAMS[path.name]):
        pytest.skip(f"{PROGRAMS[path.name]} n'est pas installé : {path.name} n'est pas lu.")
    expected = json.loads(path.with_suffix(EXPECTED_RESULT).read_text(encoding="utf-8"))
    facts = read(path)
    comparaison = compare(expected, facts)
    assert (comparaison.manquants, comparaison.faux) == ((), ())
    assert facts["constats"] == expected.get("constats", facts["constats"])


def test_each_format_has_an_example() -> None:
    assert set(FORMATS) <= {path.suffix for path in DOCUMENTS}


class TestSeed:
    @pytest.fixture
    def facts(self, read: Read) -> dict[str, Any]:
        return read(SEED)

    def test_its_parties(self, facts: dict[str, Any]) -> None:
        delegant, delegataire = facts["parties"]
        assert (delegant["role"], delegant["sigle"]) == ("delegant", "MENJ")
        assert delegant["adresse"] == "110 rue de Grenelle 75006 PARIS"
        assert delegant["representants"] == [
            {"nom": "Audran Le Baron", "fonction": "directeur du numérique pour l'éducation (DNE)"}
        ]
        assert (delegataire["role"], delegataire["sigle"]) == ("delegataire", "DINUM")
        assert delegataire["adresse"] == "20 avenue de Ségur – TSA 30 719 75 334 PARIS Cedex 07"
        assert delegataire["representants"] == [{"nom": "Stéphanie Schaer", "fonction": "directrice de la DINUM"}]

    def test_its_text(self, facts: dict[str, Any]) -> None:
        assert len(facts["visas"]) == 2
        assert facts["preambule"].startswith("L'incubateur de services numériques")
        assert [article["numero"] for article in facts["articles"]] == [str(numero) for numero in range(1, 11)]
        assert facts["articles"][5]["intitule"] == "Exécution financière de la délégation"

    def test_its_money(self, facts: dict[str, Any]) -> None:
        rows = [(row["annee"], row["ae"], row["cp"]) for row in facts["echeancier"]]
        assert rows == [(2024, "120000.00", "10000.00"), (2025, None, "110000.00")]
        assert facts["montant_total"] == "120000.00"
        assert facts["imputations"] == [
            {
                "programme": "214",
                "comptable": "FAC9460075",
                "domaine_fonctionnel": "0214-08-02",
                "centre_financier": "0214-CEN2-INFO",
                "activite": "021401SI0202",
                "centre_cout": "DINUPROD75",
            }
        ]

    def test_its_dates(self, facts: dict[str, Any]) -> None:
        assert facts["date_signature"] == "2024-09-01"
        duree = facts["duree"]
        assert (duree["regle_effet"], duree["date_fin"], duree["preavis_mois"]) == ("notification", "2025-12-31", 3)

    def test_its_publications_and_copies(self, facts: dict[str, Any]) -> None:
        assert [(item["canal"], item["url"]) for item in facts["publications_prevues"]] == [
            ("bulletin_officiel", None),
            ("gouvernement", "www.gouvernement.fr/publications-officielles/delegations-de-gestion"),
            ("data_gouv", "data.gouv.fr"),
        ]
        assert len(facts["copies"]) == len(facts["signataires"]) == 2

    def test_its_constats(self, facts: dict[str, Any]) -> None:
        texte = SEED.read_text(encoding="utf-8")
        found = [(item["regle"], texte[item["debut"] : item["fin"]]) for item in facts["constats"]]
        assert {regle for regle, _ in found} == {"D4", "Q1", "Q2"}
        assert [passage for regle, passage in found if regle == "Q1"] == ["délégué"] * 3
        assert "30" in [passage for regle, passage in found if regle == "Q2"]
        assert all(item["gravite"] == "avertissement" for item in facts["constats"])
        assert texte.count("délégué") == 3
