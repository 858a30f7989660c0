"""A reading is shown beside its source, and confirmed: a new page, a page brought up to date, or an avenant."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from importers.table import actions as table
from importers.table.formulaire import Decision
from importers.table.models import Depot, Etat
from portal.conventions import actions, mapping
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, MinisterePage
from tests.importers.table.conftest import AVENANT, CONVENTION, client_of, make_editor, matched, page_of

TABLE = "/admin/table-de-lecture/"


@pytest.fixture
def depot(editeur: User, poser: Callable[..., Depot]) -> Depot:
    return poser(editeur)


@pytest.fixture
def held(depot: Depot) -> ActePage:
    """The act of the file, held by a page of the editor's ministère, from another file."""
    page = actions.create_draft(depot.read_lecture().convention)
    page.move(page_of("dne"), pos="last-child")
    return ConventionPage.objects.get(pk=page.pk)


def show(client: Client, depot: Depot) -> LexborHTMLParser:
    response = client.get(f"{TABLE}{depot.pk}/")
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def confirm(client: Client, depot: Depot, **data: str) -> LexborHTMLParser:
    ministere = MinisterePage.objects.get(service__slug="ministere-education-nationale")
    posted = {"devenir": "nouvelle", "ministere": str(ministere.pk), "suite": "page", **matched(depot), **data}
    response = client.post(f"{TABLE}{depot.pk}/", posted, follow=True)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def choices(page: LexborHTMLParser) -> list[str]:
    return [node.attributes["value"] for node in page.css("input[name=devenir]")]


def checked(page: LexborHTMLParser) -> list[str]:
    return [node.attributes["value"] for node in page.css("input[name=devenir][checked]")]


class TestScreen:
    def test_each_fact_leads_to_its_passage_and_back(self, depot: Depot, editeur: User) -> None:
        page = show(client_of(editeur), depot)
        links = page.css(".table-fait a[data-vers]")
        assert len(links) > 10
        for link in links:
            passage = page.css_first(link.attributes["href"])
            assert passage.attributes["data-passage"] == link.attributes["data-vers"]
            back = passage.attributes.get("href") or f"#{passage.attributes['data-retour']}"
            assert page.css_first(back) is not None
        date = next(link for link in links if link.text().startswith("Date de signature"))
        assert page.css_first(date.attributes["href"]).text() == "6 mars 2023"

    def test_the_whole_text_is_there_once(self, depot: Depot, editeur: User) -> None:
        assert show(client_of(editeur), depot).css_first("#texte").text() == CONVENTION

    def test_a_constat_leads_to_its_place(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(editeur, CONVENTION.replace("6 mars 2023", "le xxxx"))
        page = show(client_of(editeur), depot)
        assert page.css(".table-constats li")
        for link in page.css(".table-constats a"):
            assert page.css_first(link.attributes["href"]) is not None
        gravites = [node.text() for node in page.css(".table-constats strong")]
        assert gravites == sorted(gravites, key=["Erreur", "Avertissement", "Information"].index)

    def test_a_constat_of_what_is_missing_leads_to_its_fact(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(editeur, CONVENTION.replace("pour une durée de trois ans", "").replace("trois ans", ""))
        page = show(client_of(editeur), depot)
        missing = next(node for node in page.css(".table-constats li") if "(D1)" in node.text())
        fait = page.css_first(missing.css_first("a").attributes["href"])
        assert "non lu" in fait.parent.text()

    def test_a_source_is_never_markup(self, editeur: User, poser: Callable[..., Depot]) -> None:
        hostile = '<script>alert(1)</script></div><a href="javascript:alert(2)">x</a>'
        depot = poser(editeur, CONVENTION.replace("La direction", f"{hostile} La direction"))
        page = show(client_of(editeur), depot)
        assert hostile in page.css_first("#texte").text()
        assert not [node for node in page.css("main script, main a") if "alert" in (node.html or "").split(">")[0]]
        assert not page.css("#texte script")

    def test_ids_are_of_one_element(self, depot: Depot, editeur: User) -> None:
        ids = [node.attributes["id"] for node in show(client_of(editeur), depot).css("main [id]")]
        assert len(ids) == len(set(ids))

    def test_the_text_of_a_long_source_is_shown_in_part_and_says_so(
        self, editeur: User, poser: Callable[..., Depot]
    ) -> None:
        depot = poser(editeur, CONVENTION + "\n\nSuite." * 50_000)
        page = show(client_of(editeur), depot)
        assert len(page.css_first("#texte").text()) == 300_000
        assert "n’est pas montrée" in page.css_first("#source").text()

    def test_what_is_not_read_leads_back_to_the_table(self, depot: Depot, editeur: User) -> None:
        Depot.objects.update(etat=Etat.EN_ATTENTE)
        assert client_of(editeur).get(f"{TABLE}{depot.pk}/").url == TABLE

    def test_a_reading_of_an_older_portal_is_to_be_made_again(self, depot: Depot, editeur: User) -> None:
        Depot.objects.update(lecture={"titre": "Ancienne"})
        response = client_of(editeur).get(f"{TABLE}{depot.pk}/", follow=True)
        assert "relisez-le" in response.content.decode()


class TestOriginal:
    def test_a_text_is_only_downloaded(self, depot: Depot, editeur: User) -> None:
        response = client_of(editeur).get(f"{TABLE}{depot.pk}/original/")
        assert b"".join(response.streaming_content).decode() == CONVENTION
        assert response["Content-Disposition"] == 'attachment; filename="acte.txt"'
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")

    def test_a_pdf_is_shown_beside_its_text(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(editeur, nom="acte.pdf")
        client = client_of(editeur)
        page = show(client, depot)
        assert [node.text().strip().split()[0] for node in page.css("[role=tab]")] == ["Texte", "Original"]
        response = client.get(page.css_first("iframe").attributes["src"])
        assert b"".join(response.streaming_content)
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert response["Content-Disposition"].startswith("inline")
        assert response["X-Frame-Options"] == "SAMEORIGIN"


class TestParties:
    def test_the_match_is_chosen_and_the_likest_come_first(self, depot: Depot, editeur: User) -> None:
        page = show(client_of(editeur), depot)
        dinum = page.css_first("select[name=partie_1]")
        assert dinum.css_first("option[selected]").attributes["value"] == "dinum"
        assert dinum.css_first("optgroup").attributes["label"] == "Proposés"
        assert dinum.css_first("option").text() == ("Direction interministérielle du numérique (DINUM) — même nom")

    def test_what_is_only_like_is_not_chosen_for_the_editor(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(
            editeur, CONVENTION.replace("interministérielle du numérique (DINUM)", "interministérielle numérique")
        )
        select = show(client_of(editeur), depot).css_first("select[name=partie_1]")
        assert select.css_first("option[selected]").attributes["value"] == ""
        assert select.css_first("option").attributes["value"] == "dinum"

    @pytest.mark.parametrize("slug", ["dne", ""])
    def test_what_the_editor_chooses_is_kept(self, depot: Depot, editeur: User, slug: str) -> None:
        confirm(client_of(editeur), depot, partie_1=slug)
        parties = mapping.from_page(ConventionPage.objects.get()).parties
        assert parties[1].service == (slug or None)

    def test_a_service_that_is_not_in_the_register_is_refused(self, depot: Depot, editeur: User) -> None:
        page = confirm(client_of(editeur), depot, partie_1="inconnu")
        assert "Rien n'est encore enregistré" in page.css_first("#confirmer").text()
        assert not ConventionPage.objects.exists()


class TestNewPage:
    def test_one_click_makes_the_draft_that_was_read(self, depot: Depot, editeur: User) -> None:
        page = show(client_of(editeur), depot)
        assert checked(page) == ["nouvelle"]
        edit = confirm(client_of(editeur), depot)
        made = ConventionPage.objects.get()
        assert edit.css_first("form[data-edit-form]") is not None
        assert (made.live, made.original_id, made.owner) == (False, depot.original_id, editeur)
        read = depot.read_lecture().convention
        assert mapping.from_page(made).echeancier == read.echeancier
        assert Depot.objects.get().page_id == made.pk

    def test_the_next_follows(self, depot: Depot, editeur: User, poser: Callable[..., Depot]) -> None:
        following = poser(editeur, AVENANT, "avenant.txt")
        client = client_of(editeur)
        page = confirm(client, following, suite="suivant")  # the last one leads to what was passed over
        assert page.css_first("h1").text().strip() == depot.titre
        Depot.objects.filter(pk=following.pk).update(page=None)
        page = confirm(client, depot, suite="suivant")
        assert page.css_first("h1").text().strip() == following.titre

    def test_after_the_last_comes_the_table(self, depot: Depot, editeur: User) -> None:
        page = confirm(client_of(editeur), depot, suite="suivant")
        assert "plus rien à confirmer" in page.css_first(".messages").text()

    def test_what_is_still_being_read_is_told(self, depot: Depot, editeur: User) -> None:
        Depot.objects.create(nom="autre.txt", auteur=editeur, original=depot.original, etat=Etat.EN_LECTURE)
        page = confirm(client_of(editeur), depot, suite="suivant")
        assert "encore en lecture" in page.css_first(".messages").text()

    def test_a_form_sent_twice_makes_one_page(self, depot: Depot, editeur: User) -> None:
        client = client_of(editeur)
        confirm(client, depot)
        page = confirm(client, depot)
        assert "déjà confirmé" in page.css_first(".messages").text()
        assert ConventionPage.objects.count() == 1

    def test_a_place_that_is_not_the_editors_is_refused(
        self, depot: Depot, editeur: User, premier_ministre: MinisterePage
    ) -> None:
        page = confirm(client_of(editeur), depot, ministere=str(premier_ministre.pk))
        assert "Rien n'est encore enregistré" in page.css_first("#confirmer").text()
        assert not ConventionPage.objects.exists()

    def test_between_two_places_the_editor_chooses(
        self, education: MinisterePage, premier_ministre: MinisterePage, poser: Callable[..., Depot]
    ) -> None:
        editor = make_editor("deux", education, premier_ministre)
        depot = poser(editor)
        page = confirm(client_of(editor), depot, ministere="")
        assert "Choisissez le ministère" in page.css_first("#confirmer").text()

    def test_over_the_whole_tree_the_delegant_says_the_place(
        self, portail: None, admin_user: User, poser: Callable[..., Depot]
    ) -> None:
        depot = poser(admin_user)
        page_of("dne")
        confirm(client_of(admin_user), depot, ministere="delegant", partie_0="dinum")
        parent = ConventionPage.objects.get().get_parent().specific
        assert parent.service.slug == "services-du-premier-ministre"

    @pytest.mark.parametrize("kind", ["parent", "revise"])
    def test_the_writer_asks_for_the_rights_again(
        self, depot: Depot, editeur: User, premier_ministre: MinisterePage, kind: str
    ) -> None:
        convention = depot.read_lecture().convention
        elsewhere = actions.create_draft(convention)
        elsewhere.move(premier_ministre, pos="last-child")
        page = premier_ministre if kind == "parent" else ConventionPage.objects.get(pk=elsewhere.pk)
        with pytest.raises(PermissionDenied):
            table.confirm(depot, Decision(convention, **{kind: page}), editeur)


class TestDoublon:
    def test_it_is_told_and_nothing_is_chosen(self, depot: Depot, held: ActePage, editeur: User) -> None:
        page = show(client_of(editeur), depot)
        assert held.title in page.css_first("#doublons").text()
        assert choices(page) == [f"revision-{held.pk}", f"avenant-{held.pk}", "nouvelle"]
        assert checked(page) == []
        refused = confirm(client_of(editeur), depot, devenir="")
        assert "Rien n'est encore enregistré" in refused.css_first("#confirmer").text()
        assert "Choisissez ce que ce document devient." in refused.css_first("#confirmer").text()
        assert "autofocus" in refused.css_first("#confirmer [role=alert]").attributes
        assert ConventionPage.objects.count() == 1

    def test_the_page_is_brought_up_to_date_as_a_draft(self, depot: Depot, held: ActePage, editeur: User) -> None:
        actions.publish_page(held)
        changed = mapping.from_page(held)
        held.objet = "Un objet d'avant."
        held.save_revision().publish()
        confirm(client_of(editeur), depot, devenir=f"revision-{held.pk}")
        public = ConventionPage.objects.get()
        assert (public.objet, public.has_unpublished_changes) == ("Un objet d'avant.", True)
        latest = public.get_latest_revision_as_object()
        assert (mapping.from_page(latest).objet, latest.original_id) == (changed.objet, depot.original_id)
        assert public.get_latest_revision().user == editeur
        assert Depot.objects.get().page_id == public.pk

    def test_it_becomes_an_avenant_of_the_page(self, depot: Depot, held: ActePage, editeur: User) -> None:
        confirm(client_of(editeur), depot, devenir=f"avenant-{held.pk}")
        avenant = AvenantPage.objects.get()
        assert avenant.get_parent().pk == held.pk
        assert mapping.from_page(avenant).avenant.convention_date == held.date_signature

    def test_it_is_made_all_the_same(self, depot: Depot, held: ActePage, editeur: User) -> None:
        confirm(client_of(editeur), depot)
        assert ConventionPage.objects.count() == 2

    def test_a_draft_of_another_ministere_is_not_shown(
        self, depot: Depot, held: ActePage, premier_ministre: MinisterePage, editeur: User
    ) -> None:
        held.title = held.titre = "Un titre qui n'est pas pour tous"
        held.save()
        held.move(premier_ministre, pos="last-child")
        page = show(client_of(editeur), depot)
        assert "pas pour tous" not in page.html
        assert "Un autre ministère tient déjà cet acte" in page.text()
        assert choices(page) == ["nouvelle"]
        confirm(client_of(editeur), depot, devenir=f"revision-{held.pk}")
        assert ConventionPage.objects.count() == 1

    def test_the_public_page_of_another_ministere_is_shown_and_not_offered(
        self, depot: Depot, held: ActePage, premier_ministre: MinisterePage, editeur: User
    ) -> None:
        actions.publish_page(held)
        held.move(premier_ministre, pos="last-child")
        page = show(client_of(editeur), depot)
        assert page.css_first("#doublons a").attributes["href"] == held.adresse
        assert choices(page) == ["nouvelle"]


class TestAvenant:
    @pytest.fixture
    def avenant(self, editeur: User, poser: Callable[..., Depot]) -> Depot:
        return poser(editeur, AVENANT, "avenant.txt")

    def test_the_convention_found_is_proposed_and_takes_it(self, avenant: Depot, held: ActePage, editeur: User) -> None:
        page = show(client_of(editeur), avenant)
        assert choices(page) == [f"avenant-{held.pk}", "nouvelle"]
        assert checked(page) == [f"avenant-{held.pk}"]
        confirm(client_of(editeur), avenant, devenir=f"avenant-{held.pk}")
        made = AvenantPage.objects.get()
        assert made.get_parent().pk == held.pk
        assert mapping.from_page(made).avenant == avenant.read_lecture().convention.avenant

    def test_without_its_convention_nothing_is_chosen(self, avenant: Depot, editeur: User) -> None:
        page = show(client_of(editeur), avenant)
        assert (choices(page), checked(page)) == (["nouvelle"], [])

    def test_another_convention_is_searched_for(self, avenant: Depot, held: ActePage, editeur: User) -> None:
        held.titre, held.date_signature = "Hébergement des applications", None
        held.save()
        client = client_of(editeur)
        assert choices(show(client, avenant)) == ["nouvelle"]
        page = confirm(client, avenant, mots="applications", chercher="1", partie_0="dne")
        assert choices(page) == [f"avenant-{held.pk}", "nouvelle"]
        assert page.css_first("select[name=partie_0] option[selected]").attributes["value"] == "dne"
        assert "1 convention" in page.css_first("#confirmer [role=status]").text()
        assert not AvenantPage.objects.exists()
        confirm(client, avenant, mots="applications", devenir=f"avenant-{held.pk}")
        assert AvenantPage.objects.get().get_parent().pk == held.pk

    def test_the_convention_of_another_ministere_is_not_proposed(
        self, avenant: Depot, held: ActePage, premier_ministre: MinisterePage, editeur: User
    ) -> None:
        held.move(premier_ministre, pos="last-child")
        assert choices(show(client_of(editeur), avenant)) == ["nouvelle"]
        confirm(client_of(editeur), avenant, devenir=f"avenant-{held.pk}")
        assert not AvenantPage.objects.exists()


def test_the_tree_stays_sound(depot: Depot, held: ActePage, editeur: User) -> None:
    confirm(client_of(editeur), depot, devenir=f"avenant-{held.pk}")
    assert Page.find_problems() == ([], [], [], [], [])
