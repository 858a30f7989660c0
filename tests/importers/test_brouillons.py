"""What a listing certainly shows and the portal does not hold becomes a draft: once, and only if it is that act."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from importers import brouillons
from importers.archive import Archive
from importers.brouillons import Bilan
from importers.collecte import Collecte
from importers.documents.sandbox import Sandbox
from portal.conventions import actions as conventions
from portal.conventions import publication
from portal.conventions.models import ConventionPage, Original
from portal.domain.convention import Canal
from portal.http.session import Session
from portal.publications import actions
from portal.publications.entrees import Entree
from portal.publications.models import EcartOuvert
from portal.publications.reconciliation import Ecart, Etat
from tests.importers.fabrique import docx, html
from tests.serveur import Envoi, Horloge, Serveur, serve

TEXTE = (Path(__file__).parents[2] / "examples" / "documents" / "social_dnum_dgcs_2025.txt").read_text(encoding="utf-8")
NOR, JOUR = "TSSZ2514402X", date(2025, 6, 3)
TITRE = "Convention de délégation de gestion du 3 juin 2025"
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
VISITE = "20261124T093000Z"
PAGE = Envoi(200, html.make(TEXTE), {"Content-Type": "text/html; charset=utf-8"})


class Chaine:
    """A listing that shows entries, and what is made of them at each visit."""

    def __init__(self, site: Serveur, archive: Archive) -> None:
        self.site = site
        self.archive = archive

    def show(self, *entrees: Entree, confiance: int = 100) -> None:
        ecarts = [Ecart(Etat.NOUVEAU, "Inconnu.", confiance, entree) for entree in entrees]
        actions.record_visit("bo_social", Canal.BULLETIN_OFFICIEL, VISITE, MOMENT, ecarts, {}, entiere=False)

    def show_at(self, adresse: str, nor: str | None = NOR, jour: date | None = JOUR) -> None:
        self.show(Entree(TITRE, adresse, jour, nor=nor))

    def draft(self, visite: str = VISITE) -> Bilan:
        horloge = Horloge()
        with Session(clock=horloge, sleep=horloge.sleep) as session:
            return brouillons.make_drafts("bo_social", Collecte(session, self.archive, "bo_social", visite))


@pytest.fixture
def chaine(portail: None, tmp_path: Path) -> Iterator[Chaine]:
    with serve() as site:
        yield Chaine(site, Archive(tmp_path))


def refus() -> str:
    """Why the one entry has no draft, once it was tried."""
    ecart = EcartOuvert.objects.get()
    assert (ecart.brouillon, ecart.essais) == ("", 1)
    assert not ConventionPage.objects.exists()
    return ecart.refus


class TestMade:
    def test_the_page_of_an_act_becomes_a_draft_that_says_where_it_comes_from(self, chaine: Chaine) -> None:
        adresse = chaine.site.answer("/acte", PAGE)
        chaine.show_at(adresse)
        assert chaine.draft() == Bilan(faits=1)
        page = ConventionPage.objects.get()
        assert (page.live, page.nor, page.date_signature) == (False, NOR, JOUR)
        assert EcartOuvert.objects.get().brouillon == page.uid
        (origine,) = (constat.message for constat in publication.constats_of(page) if constat.regle == "O1")
        assert origine == (
            f"Document pris à l'adresse {adresse}, que la liste « bo_social » montrait le 24 novembre 2026 : "
            "comparez-le à l'acte signé."
        )
        (tenu,) = chaine.archive.replay("bo_social", VISITE)
        assert (tenu.contenu, tenu.url) == (PAGE.corps, adresse)

    def test_once(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE))
        chaine.draft()
        vues = list(chaine.site.vues)
        chaine.show_at(chaine.site.locate("/acte"))
        assert chaine.draft() == Bilan()
        assert chaine.site.vues == vues

    def test_its_document_goes_before_its_page(self, chaine: Chaine) -> None:
        document = chaine.site.answer("/acte.docx", Envoi(200, docx.make(TEXTE)))
        chaine.show(Entree(TITRE, chaine.site.locate("/page"), JOUR, nor=NOR, document=document))
        assert chaine.draft() == Bilan(faits=1)
        assert "/page" not in chaine.site.vues
        original = Original.objects.get()
        assert original.nom.startswith("bo_social_")
        assert original.nom.endswith(".docx")
        assert original.publique is not None

    @pytest.mark.parametrize(
        ("nor", "jour"), [(NOR, None), (None, JOUR), (NOR, date(2025, 6, 4))], ids=["nor", "day", "nor_other_day"]
    )
    def test_the_nor_or_the_day_tells_that_it_is_the_act(
        self, chaine: Chaine, nor: str | None, jour: date | None
    ) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE), nor, jour)
        assert chaine.draft() == Bilan(faits=1)

    def test_what_the_site_says_of_the_file_is_not_believed(self, chaine: Chaine) -> None:
        entetes = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="../../acte.pdf"'}
        chaine.show_at(chaine.site.answer("/acte.pdf", Envoi(200, docx.make(TEXTE), entetes)))
        assert chaine.draft() == Bilan(faits=1)
        assert Original.objects.get().nom.endswith(".docx")

    def test_a_text_that_bytes_do_not_tell_is_what_the_site_says(self, chaine: Chaine) -> None:
        entetes = {"Content-Type": "text/plain; charset=utf-8"}
        chaine.show_at(chaine.site.answer("/acte", Envoi(200, TEXTE.encode(), entetes)))
        assert chaine.draft() == Bilan(faits=1)

    def test_what_another_page_seems_to_hold_says_so(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE))
        chaine.draft()
        chaine.show_at(chaine.site.answer("/copie", Envoi(200, docx.make(TEXTE))))
        assert chaine.draft() == Bilan(faits=1)
        page = ConventionPage.objects.latest("pk")
        assert "N4" in {constat.regle for constat in publication.constats_of(page)}


class TestRefused:
    def test_another_act(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE), None, date(2024, 1, 1))
        assert chaine.draft() == Bilan(refuses=1)
        assert "Ni le NOR ni la date" in refus()

    def test_another_nor_of_the_same_day(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE), "TSSZ2514403X")
        assert chaine.draft() == Bilan(refuses=1)
        assert "Le document porte le NOR TSSZ2514402X, et la liste le NOR TSSZ2514403X" in refus()

    def test_an_entry_that_says_too_little(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", PAGE), None, None)
        assert chaine.draft() == Bilan(refuses=1)
        assert "Ni le NOR ni la date" in refus()

    def test_a_text_without_parties(self, chaine: Chaine) -> None:
        arrete = f"<!DOCTYPE html><html><body><h1>Arrêté du 3 juin 2025</h1><p>NOR : {NOR}</p><p>Le chef est nommé.</p>"
        chaine.show_at(chaine.site.answer("/acte", Envoi(200, f"{arrete}</body></html>".encode())))
        assert chaine.draft() == Bilan(refuses=1)
        assert "Aucune partie n'est lue" in refus()

    @pytest.mark.parametrize(
        ("envoi", "message"),
        [
            (Envoi(404), "erreur 404"),
            (Envoi(403), "refuse la lecture automatique"),
            (Envoi(204), "réponse 204"),
            (Envoi(304), "(304) sans l'avoir donnée"),
            (Envoi(200, b"{\\rtf1 acte}"), "un document RTF (.rtf), qui n'est pas lu"),
            (Envoi(200, b"\x89PNG image"), "une image, qui n'est pas lu"),
            (Envoi(200, b"a;b", {"Content-Type": "text/csv"}), "d'un type inconnu (text/csv)"),
            (Envoi(200, b"%PDF-1.7 rien"), "PDF"),
            (Envoi(200, b""), "type inconnu (non précisé)"),
        ],
        ids=["gone", "forbidden", "empty_answer", "unchanged", "rtf", "image", "csv", "broken", "empty"],
    )
    def test_what_is_no_document(self, chaine: Chaine, envoi: Envoi, message: str) -> None:
        chaine.show_at(chaine.site.answer("/acte", envoi))
        assert chaine.draft() == Bilan(refuses=1)
        assert message in refus()

    def test_an_address_where_robots_may_not_go(self, chaine: Chaine) -> None:
        chaine.site.answer("/robots.txt", Envoi(200, b"User-agent: *\nDisallow: /"))
        chaine.show_at(chaine.site.answer("/acte", PAGE))
        assert chaine.draft() == Bilan(refuses=1)
        assert "refuse les robots" in refus()
        assert "/acte" not in chaine.site.vues

    def test_a_private_address_is_never_asked(self, chaine: Chaine) -> None:
        chaine.show_at("http://10.0.0.1/acte")
        assert chaine.draft() == Bilan(refuses=1)
        assert "mène à un réseau privé" in refus()

    def test_an_entry_without_address(self, chaine: Chaine) -> None:
        chaine.show_at("")
        assert chaine.draft() == Bilan(refuses=1)
        assert "ne donne pas l'adresse" in refus()

    def test_a_doubtful_entry_is_for_the_editor(self, chaine: Chaine) -> None:
        chaine.show(Entree(TITRE, chaine.site.answer("/acte", PAGE), JOUR, nor=NOR), confiance=50)
        assert chaine.draft() == Bilan()
        assert chaine.site.vues == []


class TestTries:
    def test_it_is_tried_again_and_then_left_to_the_editor(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", Envoi(404)))
        assert [chaine.draft().refuses for _ in range(6)] == [1, 1, 1, 1, 1, 0]

    def test_a_later_try_may_succeed(self, chaine: Chaine) -> None:
        chaine.show_at(chaine.site.answer("/acte", Envoi(404), PAGE))
        assert [chaine.draft() for _ in range(2)] == [Bilan(refuses=1), Bilan(faits=1)]
        assert EcartOuvert.objects.get().refus == ""

    def test_no_more_are_tried_at_once_than_the_limit(self, chaine: Chaine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(brouillons, "LIMITE", 2)
        chaine.show(*(Entree(TITRE, chaine.site.locate(f"/{rang}"), JOUR, nor=NOR) for rang in range(3)))
        assert chaine.draft() == Bilan(refuses=2)
        # The least tried come first.
        assert chaine.draft() == Bilan(refuses=2)
        assert set(EcartOuvert.objects.values_list("essais", flat=True)) == {1, 2}

    def test_a_host_that_does_not_answer_is_asked_once(self, chaine: Chaine) -> None:
        muet = "http://127.0.0.1:9"
        chaine.show(*(Entree(TITRE, f"{muet}/{rang}", JOUR, nor=NOR) for rang in range(3)))
        assert chaine.draft() == Bilan(refuses=1)
        assert sorted(EcartOuvert.objects.values_list("essais", flat=True)) == [0, 0, 1]

    def test_a_document_that_cannot_be_made_a_page_stops_no_other(
        self, chaine: Chaine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        bonne = conventions.import_lecture
        appels = iter([ValueError("odd"), None])

        def fail_first(*args: object, **options: object) -> object:
            if error := next(appels):
                raise error
            return bonne(*args, **options)

        monkeypatch.setattr(conventions, "import_lecture", fail_first)
        autre = Envoi(200, docx.make(TEXTE))
        adresses = [chaine.site.answer("/acte", PAGE), chaine.site.answer("/autre", autre)]
        chaine.show(*(Entree(TITRE, adresse, JOUR, nor=NOR) for adresse in adresses))
        assert chaine.draft() == Bilan(faits=1, refuses=1)
        assert "odd" in caplog.text
        assert "signalez-le" in EcartOuvert.objects.get(brouillon="").refus


class Stop(BaseException):
    """The end of the process: nothing catches it."""


class TestKilled:
    @pytest.mark.parametrize("autre", [False, True], ids=["same_bytes", "other_bytes"])
    def test_between_the_draft_and_the_mark_there_is_neither(
        self, chaine: Chaine, monkeypatch: pytest.MonkeyPatch, autre: bool
    ) -> None:
        suite = Envoi(200, PAGE.corps + b"<!-- autre jeton -->", PAGE.entetes) if autre else PAGE
        chaine.show_at(chaine.site.answer("/acte", PAGE, suite))

        def stop(*_args: object) -> None:
            raise Stop

        with monkeypatch.context() as coupee:
            coupee.setattr(actions, "record_draft", stop)
            with pytest.raises(Stop):
                chaine.draft()
        assert chaine.draft("20261125T093000Z") == Bilan(faits=1)
        assert EcartOuvert.objects.get().brouillon == ConventionPage.objects.get().uid

    def test_a_page_that_holds_the_same_bytes_is_the_draft(self, chaine: Chaine) -> None:
        with Sandbox() as sandbox:
            lecture = sandbox.read(PAGE.corps, "acte.html")
        tenue = conventions.import_lecture(lecture, contenu=PAGE.corps)
        chaine.show_at(chaine.site.answer("/acte", PAGE))
        assert chaine.draft() == Bilan(faits=1)
        assert EcartOuvert.objects.get().brouillon == ConventionPage.objects.get().uid == tenue.uid
