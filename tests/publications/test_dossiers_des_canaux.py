"""Each channel has its fixed entries, and prepares of the seed the dossier that its example says."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from pytest_django import Settings

from portal.conventions import originaux
from portal.conventions.models import ActePage, Service
from portal.conventions.publiees import Publiee, ServiceRef
from portal.domain.convention import Canal, Convention, Nature, Partie, Role
from portal.publications import canaux, pieces
from portal.publications.canaux import CANAUX, bulletin_officiel
from portal.publications.dossiers import Dossier, EchecTransmission, Piece
from portal.publications.models import CANAUX as LIBELLES
from portal.publications.models import Correspondant
from portal.publications.pieces import list_pieces, write_format
from portal.rendu.pdf import MiseEnPageImpossible
from portal.settings.environment import parse_courriel
from tests.publications.seed import EXEMPLES, UID, publish_seed

DOSSIERS = EXEMPLES / "dossiers"
RESULT = ".expected.json"
PAR_COURRIEL = ("bulletin_officiel", "gouvernement", "copie")
COPISTE = "contrôleurs budgétaire et comptable ministériels des services du Premier ministre"


@pytest.fixture(autouse=True)
def contact(settings: Settings) -> None:
    settings.SITE_URL = "https://delegations.example.fr"
    settings.DEFAULT_FROM_EMAIL = "portail@delegations.example.fr"


@pytest.fixture
def seed(portail: None) -> Publiee:
    return publish_seed()


def describe(dossier: Dossier) -> dict[str, Any]:
    """A dossier as an example holds it."""
    return {
        "nom": dossier.nom,
        "titre": dossier.titre,
        "pieces": [{"nom": p.nom, "mime": p.mime, "libelle": p.libelle} for p in dossier.pieces],
        "message": dossier.message.splitlines(),
        **({"faits": dict(dossier.faits)} if dossier.faits else {}),
    }


def expected_of(path: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


@pytest.mark.parametrize("nom", CANAUX)
class TestEachChannel:
    def test_has_its_fixed_entries(self, nom: str) -> None:
        voie = CANAUX[nom]
        assert voie.nom == nom
        assert nom in dict(LIBELLES)
        assert all(map(callable, (voie.prepare, voie.find_obstacle, voie.send, voie.is_automatic)))
        assert voie.withdraw is None or callable(voie.withdraw)

    def test_has_an_example(self, nom: str) -> None:
        assert list((DOSSIERS / nom).glob(f"*{RESULT}"))


def test_each_example_is_of_a_channel() -> None:
    assert {path.name for path in DOSSIERS.iterdir() if path.is_dir()} == set(CANAUX)


def test_the_registry_looks_into_its_folder() -> None:
    fichiers = {path.stem for path in Path(canaux.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(CANAUX) == fichiers


@pytest.mark.parametrize("path", [p for nom in CANAUX for p in (DOSSIERS / nom).glob(f"*{RESULT}")], ids=str)
def test_the_dossier_of_the_seed(path: Path, seed: Publiee) -> None:
    expected = expected_of(path)
    destinataire = expected.pop("destinataire", "")
    assert describe(CANAUX[path.parent.name].prepare(seed, destinataire)) == expected


@pytest.mark.parametrize("nom", PAR_COURRIEL)
class TestByMail:
    def test_the_same_act_gives_the_same_dossier(self, nom: str, seed: Publiee) -> None:
        prepare = CANAUX[nom].prepare
        assert prepare(seed, COPISTE).empreinte == prepare(seed, COPISTE).empreinte
        autre = replace(seed, convention=replace(seed.convention, nor="MENN2412345X"))
        assert prepare(autre, COPISTE).empreinte != prepare(seed, COPISTE).empreinte

    def test_an_obstacle_says_who_is_missing_and_where_to_add_him(self, nom: str, seed: Publiee) -> None:
        obstacle = CANAUX[nom].find_obstacle(seed, COPISTE)
        assert obstacle.startswith("Aucun correspondant")
        assert "ajoutez-le dans Correspondants" in obstacle
        Correspondant.objects.create(canal=nom, noms=COPISTE, courriel="bureau@exemple.fr")
        assert CANAUX[nom].find_obstacle(seed, COPISTE) == ""
        assert CANAUX[nom].prepare(seed, COPISTE).destinataires == ("bureau@exemple.fr",)

    def test_nothing_is_sent_where_no_server_is_set(self, nom: str, seed: Publiee, settings: Settings) -> None:
        Correspondant.objects.create(canal=nom, noms=COPISTE, courriel="bureau@exemple.fr")
        settings.EMAIL_BACKEND = parse_courriel("console:")["EMAIL_BACKEND"]
        assert "EMAIL_URL" in CANAUX[nom].find_obstacle(seed, COPISTE)

    def test_the_archive_holds_the_pieces_and_the_letter(self, nom: str, seed: Publiee) -> None:
        dossier = CANAUX[nom].prepare(seed, COPISTE)
        with ZipFile(BytesIO(dossier.write_zip())) as archive:
            noms = {name.removeprefix(f"{dossier.nom}/") for name in archive.namelist()}
        assert noms == {"lisez-moi.txt", *(piece.nom for piece in dossier.pieces)}

    def test_an_act_without_nor_nor_date(self, nom: str, seed: Publiee) -> None:
        vide = replace(seed, convention=Convention(""), services=())
        message = CANAUX[nom].prepare(vide, COPISTE).message
        assert "NOR : l'acte n'en porte pas" in message
        assert "Date de signature : non précisée" in message


class TestPieces:
    def test_the_pages_are_accessible(self, seed: Publiee) -> None:
        with pikepdf.open(BytesIO(list_pieces(seed)[0].contenu)) as document, document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert str(document.docinfo["/CreationDate"]).startswith("D:20260105")

    def test_the_signed_file_is_its_public_copy(self, seed: Publiee) -> None:
        original = originaux.keep(b"%PDF de l'agent", "../../C:\\agent\\convention.PDF")
        originaux.keep_copie(original, b"%PDF sans nom", original.nom)
        ActePage.objects.update(original=original)
        signe = list_pieces(seed)[-1]
        assert signe == Piece(
            f"document-signe-{UID}.pdf", "application/pdf", b"%PDF sans nom", "document signé, sans ses métadonnées"
        )

    @pytest.mark.parametrize("nom", ["convention.pdf", "convention.doc"])
    def test_an_original_without_public_copy_is_not_sent(self, nom: str, seed: Publiee) -> None:
        ActePage.objects.update(original=originaux.keep(b"%PDF de l'agent", nom))
        dossier = CANAUX["gouvernement"].prepare(seed, "")
        assert not [piece for piece in dossier.pieces if piece.nom.startswith("document-signe")]
        assert "Le document signé n'a pas de copie publique : il n'est pas joint." in dossier.message

    def test_a_lost_original_stops_the_sending(self, seed: Publiee, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(originaux, "path_of", lambda _sha256: "perdu")
        with pytest.raises(EchecTransmission, match="restaurez-le") as echec:
            list_pieces(seed)
        assert echec.value.definitif

    def test_pages_that_cannot_be_made_stop_the_sending(self, seed: Publiee, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_args: object, **_options: object) -> bytes:
            raise MiseEnPageImpossible("La mise en page a échoué.")

        monkeypatch.setattr(pieces, "write_pdf", fail)
        with pytest.raises(EchecTransmission, match=r"La mise en page a échoué\. Signalez-le") as echec:
            list_pieces(seed)
        assert echec.value.definitif

    def test_no_echeancier_no_spreadsheet(self, seed: Publiee) -> None:
        sans = replace(seed, convention=replace(seed.convention, echeancier=(), nature=Nature.AVENANT))
        assert [piece.nom for piece in list_pieces(sans)[:3]] == [
            f"avenant-{UID}{s}" for s in (".pdf", ".txt", ".json")
        ]
        assert not [piece for piece in list_pieces(sans) if piece.nom.endswith(".csv")]

    @pytest.mark.parametrize(
        ("octets", "poids"), [(1_234_567, "PDF, 1,2\u00a0Mo"), (71_000, "PDF, 71\u00a0Ko"), (12, "PDF, 12\u00a0octets")]
    )
    def test_weights_as_listings_write_them(self, octets: int, poids: str) -> None:
        assert write_format(Piece("a.pdf", "application/pdf", b"x" * octets, "")) == poids


class TestBulletins:
    def publiee_of(self, seed: Publiee, ministere: str, **facts: Any) -> Publiee:
        parties = (
            Partie("Direction A", Role.DELEGATAIRE, service="a"),
            Partie("Direction B", Role.DELEGANT, service="b"),
        )
        faits = {"titre": "Titre", "nor": "ARME1851116X", "date_signature": date(2018, 5, 4), **facts}
        services = (
            ServiceRef("a", "Direction A", ministere="autre"),
            ServiceRef("autre", "Ministère autre", ministere="autre"),
            ServiceRef("b", "Direction B", ministere=ministere),
            ServiceRef(ministere, "Ministère de la Mer", ministere=ministere),
        )
        return replace(seed, convention=Convention(**{"parties": parties, **faits}), services=services)

    @pytest.mark.parametrize(
        ("ministere", "nom", "forme"),
        [
            (
                "ministere-education-nationale",
                "Bulletin officiel de l'éducation nationale",
                ["Titre", "NOR : ARME1851116X", "Convention du 4-5-2018"],
            ),
            (
                "ministere-travail",
                "Bulletin officiel Travail, emploi, formation professionnelle",
                ["NOR : ARME1851116X", "Titre", "Date de signature : 4 mai 2018"],
            ),
            (
                "ministere-sante-solidarites",
                "Bulletin officiel Santé, protection sociale, solidarités",
                ["NOR : ARME1851116X", "Titre", "Date de signature : 4 mai 2018"],
            ),
            (
                "ministere-armees",
                "Bulletin officiel des armées",
                ["Titre", "Du 04 mai 2018", "NOR A R M E 1 8 5 1 1 1 6 X"],
            ),
            ("ministere-mer", "bulletin officiel de son ministère (Ministère de la Mer)", []),
        ],
    )
    def test_that_of_the_ministere_of_the_delegant(
        self, seed: Publiee, ministere: str, nom: str, forme: list[str]
    ) -> None:
        publiee = self.publiee_of(seed, ministere)
        dossier = bulletin_officiel.prepare(publiee, "")
        assert dossier.titre == f"Publication au {nom} : Titre"
        assert nom in bulletin_officiel.find_obstacle(publiee, "")
        assert ("Entrée proposée :\n\n" + "\n".join(forme) + "\n\n" in dossier.message) is bool(forme)

    def test_without_ministere(self, seed: Publiee) -> None:
        assert bulletin_officiel.find_bulletin(replace(seed, services=())).nom == "bulletin officiel de son ministère"

    def test_an_avenant_and_another_text_of_education(self, seed: Publiee) -> None:
        for nature, ligne in (
            (Nature.AVENANT, "Avenant du 4-5-2018"),
            (Nature.DELEGATION, "Autre texte du 4-5-2018"),
        ):
            publiee = self.publiee_of(seed, "ministere-education-nationale", nature=nature)
            assert ligne in bulletin_officiel.prepare(publiee, "").message

    def test_the_ministeres_are_those_of_the_register(self, portail: None) -> None:
        assert set(bulletin_officiel.BULLETINS) <= set(
            Service.objects.filter(est_ministere=True).values_list("slug", flat=True)
        )


def test_the_letter_quotes_the_decree(seed: Publiee) -> None:
    for nom in (Canal.BULLETIN_OFFICIEL, Canal.GOUVERNEMENT):
        assert "« La délégation de gestion est publiée »" in CANAUX[nom].prepare(seed, "").message
