"""The synonyms that editors keep: what a group may hold, and what searches make of it."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from portal.conventions import actions
from portal.conventions.models import ActePage
from search import kept_synonyms
from search.kept_synonyms import read_synonyms
from search.models import LONGEST_LIGNE, MOST_LIGNES, Synonyme
from search.query import SearchQuery
from search.results import Results
from search.service import count, search
from tests.factories import ConventionFactory

JOUR = date(2026, 6, 1)
ARTICLES = ConventionFactory.build().articles


def make(*lignes: str) -> Synonyme:
    groupe = Synonyme(termes="\n".join(lignes))
    groupe.full_clean()
    groupe.save()
    return groupe


def messages_of(*lignes: str) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        make(*lignes)
    return refused.value.message_dict["termes"]


def find(q: str) -> Results:
    return search(SearchQuery(q=q), aujourdhui=JOUR)


@pytest.mark.django_db
class TestGroup:
    def test_it_keeps_one_clean_text_a_line(self) -> None:
        assert make("  paie ", "", "bulletin\u00a0de  salaire\r").termes == "paie\nbulletin de salaire"

    def test_it_may_be_saved_again(self) -> None:
        make("paie", "bulletin de salaire").full_clean()

    @pytest.mark.parametrize("lignes", [("paie",), ("paie", "…"), ("\t",), ("?", "!")])
    def test_it_has_two_texts_with_words(self, lignes: tuple[str, ...]) -> None:
        assert "Écrivez au moins deux textes différents de même sens, un par ligne." in messages_of(*lignes)

    def test_a_line_without_words_is_refused(self) -> None:
        assert messages_of("paie", "salaire", "--") == ["« -- » n'a aucun mot à chercher : retirez cette ligne."]

    def test_what_the_search_takes_for_the_same_text_is_refused(self) -> None:
        assert messages_of("Rémunération", "paie", "remunerations") == [
            "Pour la recherche, « remunerations » et « Rémunération » sont le même texte : gardez-en un."
        ]

    def test_a_text_is_in_one_group_only(self) -> None:
        make("paie", "rémunération")
        assert messages_of("salaire", "Rémunérations") == [
            "« Rémunérations » est déjà dans le groupe « paie, rémunération » : "
            "complétez-le plutôt que d'en faire un autre."
        ]

    def test_its_length_is_bounded(self) -> None:
        assert messages_of(*(f"mot{rang}" for rang in range(MOST_LIGNES + 3))) == [
            "Un groupe a 20 lignes au plus, celui-ci en a 23 : faites-en plusieurs."
        ]
        assert messages_of("paie", "salaire", "a" * (LONGEST_LIGNE + 1)) == [
            f"« {'a' * 40}… » a 101 caractères : une ligne en a 100 au plus."
        ]
        assert make("paie", "a" * LONGEST_LIGNE).pk


@pytest.mark.django_db
def test_the_first_groups_are_such_as_an_editor_could_have_made() -> None:
    Synonyme.objects.all().delete()
    for lignes in import_module("search.migrations.0002_premiers_synonymes").GROUPES:
        make(*lignes)


@pytest.mark.usefixtures("own_index")
class TestSearch:
    @pytest.fixture(autouse=True)
    def groupe(self, published: ActePage) -> Synonyme:
        """A public convention speaks of visioconférences."""
        Synonyme.objects.all().delete()
        return make("visioconférence", "réunion à distance")

    def test_who_types_one_finds_the_other(self) -> None:
        results = find("réunions à distance")
        assert results.total == 1
        assert results.reconnus == ("« réunions à distance » est cherché aussi comme « visioconférence ».",)

    @pytest.mark.parametrize(("q", "total"), [("réunion-à-distance", 1), ("-réunion-à-distance", 0)])
    def test_however_its_words_are_joined(self, q: str, total: int) -> None:
        assert find(q).total == total

    @pytest.mark.parametrize(
        "q", ['"réunion à distance"', '"réunion-à-distance"', '"réunion à distance"~2', "réunion marché à distance"]
    )
    def test_but_not_where_it_is_quoted_or_broken(self, q: str) -> None:
        assert (find(q).total, find(q).reconnus) == (0, ())

    def test_a_group_that_is_changed_or_removed_is_at_once(self, groupe: Synonyme) -> None:
        assert find("réunion à distance").total == 1
        groupe.termes = "visioconférence\ntéléconférence"
        groupe.save()
        assert (find("réunion à distance").total, find("téléconférence").total) == (0, 1)
        groupe.delete()
        assert find("téléconférence").total == 0

    def test_what_is_counted_is_what_is_found(self) -> None:
        for q in ("réunion à distance", "-réunion -distance", "téléconférence", ""):
            assert find(q).total == count(SearchQuery(q=q), aujourdhui=JOUR)

    def test_a_correction_finds_as_many_as_it_says(self) -> None:
        other = (replace(one, corps=one.corps.replace("visioconférences", "réunions à distance")) for one in ARTICLES)
        actions.publish_page(actions.create_draft(ConventionFactory(articles=tuple(other))))
        corrigee = find("visoconference").corrigee
        assert corrigee is not None
        assert corrigee.total == search(corrigee.query, aujourdhui=JOUR).total == 2


@pytest.mark.django_db
class TestMemory:
    def test_they_are_read_once_a_minute(
        self, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = 1000.0
        monkeypatch.setattr(kept_synonyms, "monotonic", lambda: now)
        with django_assert_num_queries(1):
            read_synonyms()
            read_synonyms()
        now += 61
        with django_assert_num_queries(1):
            read_synonyms()


@pytest.mark.django_db(transaction=True)
def test_what_a_search_remembers_before_the_commit_is_forgotten_after_it() -> None:
    with transaction.atomic():
        make("paie", "salaire")
        kept_synonyms.forget_synonyms()
        old = read_synonyms()  # stands for that of another thread, which does not see the group yet
    assert read_synonyms() is not old
