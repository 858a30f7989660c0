"""A listing is read to its end, believed or not, and kept; what it does not show is absent only where it shows all."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from importers import sync
from importers.listings import PageLue, PageVue, Source
from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.models import ActePage
from portal.domain.convention import Canal
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import Publication, Visite
from portal.publications.reconciliation import Etat
from tests.factories import ConventionFactory

DEPART = "https://exemple.fr/liste"
MARDI, MERCREDI = (datetime(2026, 3, jour, tzinfo=UTC) for jour in (3, 4))


def entries(*noms: str) -> tuple[Entree, ...]:
    return tuple(Entree(f"Délégation de gestion {nom}", f"https://exemple.fr/{nom}", nor=nom) for nom in noms)


NORS = tuple(f"MENA260000{rang}X" for rang in range(8))


def make_source(site: dict[str, PageLue], *, entiere: bool = True) -> Source:
    return Source("essai", Canal.GOUVERNEMENT, (DEPART,), entiere, lambda page: site[page.url])


def fetch(adresse: str) -> tuple[PageVue, str]:
    return PageVue(adresse, b""), prove(adresse)


def prove(adresse: str) -> str:
    return sha256(adresse.encode()).hexdigest()


class TestReading:
    def test_the_pages_that_a_page_names_are_read_once_each(self) -> None:
        seconde = f"{DEPART}?page=1"
        site = {
            DEPART: PageLue(entries("a", "b"), total=3, suivantes=(seconde,)),
            seconde: PageLue(entries("b", "c"), suivantes=(DEPART, seconde)),
        }
        lue = sync.read_addresses(make_source(site), [DEPART], fetch)
        assert [entree.nor for entree in lue.entrees] == ["a", "b", "c"]
        assert lue.preuves["https://exemple.fr/c"] == prove(seconde)
        assert (lue.total, lue.finie) == (3, True)

    def test_a_listing_without_end_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "PAGES_MAXIMUM", 5)
        source = Source("essai", Canal.JORF, (), True, lambda page: PageLue(suivantes=(f"{page.url}x",)))
        with pytest.raises(ListeBloquee, match="plus de 5 pages"):
            sync.read_addresses(source, [DEPART], fetch)

    @pytest.mark.parametrize(("suivantes", "finie"), [((), True), (("p2",), False)])
    def test_saved_pages_are_a_whole_listing_where_none_is_missing(
        self, suivantes: tuple[str, ...], finie: bool
    ) -> None:
        site = {"liste.html": PageLue(entries("a"), suivantes=suivantes)}
        lue = sync.read_saved(make_source(site), [(PageVue("liste.html", b""), "")])
        assert lue.finie is finie


@pytest.fixture
def actes(portail: None) -> list[ActePage]:
    made = [
        pages.create_draft(ConventionFactory(nor=nor, date_signature=date(2026, 1, rang + 1)))
        for rang, nor in enumerate(NORS)
    ]
    for page in made:
        pages.publish_page(page)
    followers.catch_up_all()
    return made


def visit(lue: PageLue, *, entiere: bool = True, moment: datetime = MARDI) -> Visite:
    source = make_source({DEPART: lue}, entiere=entiere)
    confrontation = sync.confront(source, lambda: sync.read_addresses(source, [DEPART], fetch))
    return sync.record(source, "v", moment, confrontation)


def states() -> list[str]:
    return list(Publication.objects.filter(canal=Canal.GOUVERNEMENT).order_by("nor").values_list("etat", flat=True))


@pytest.mark.usefixtures("actes")
class TestVisits:
    def test_what_is_shown_is_published_with_its_page_as_proof(self) -> None:
        visite = visit(PageLue(entries(*NORS)))
        assert (visite.lues, visite.blocage) == (8, "")
        assert states() == ["publiee"] * 8
        vues = Publication.objects.filter(source="essai")
        assert set(vues.values_list("preuve", flat=True)) == {prove(DEPART)}

    def test_one_that_is_shown_no_more_is_absent(self) -> None:
        visit(PageLue(entries(*NORS)))
        visit(PageLue(entries(*NORS[:7])), moment=MERCREDI)
        assert states() == ["publiee"] * 7 + ["absente"]

    def test_not_where_the_listing_shows_only_some(self) -> None:
        visit(PageLue(entries(*NORS)), entiere=False)
        visit(PageLue(entries(*NORS[:1])), entiere=False, moment=MERCREDI)
        assert states() == ["publiee"] * 8

    @pytest.mark.parametrize(
        ("lue", "blocage"),
        [
            (PageLue(), Blocage.VIDE),
            (PageLue(entries(*NORS[:7]), total=8), Blocage.TRONQUEE),
            (PageLue(entries(*NORS[:3])), Blocage.CHUTE),
        ],
    )
    def test_nothing_is_absent_from_what_cannot_be_believed(self, lue: PageLue, blocage: Blocage) -> None:
        visit(PageLue(entries(*NORS)))
        visite = visit(lue, moment=MERCREDI)
        assert visite.blocage == blocage
        assert states() == ["publiee"] * 8
        visit(PageLue(entries(*NORS[:1]), suivantes=()), entiere=False)
        # What comes next is compared with the last visit that was believed.
        assert visit(PageLue(entries(*NORS[:3])), moment=MERCREDI).blocage == Blocage.CHUTE

    def test_nor_from_a_page_that_is_refused(self) -> None:
        visit(PageLue(entries(*NORS)))
        assert refuse(lambda: ListeBloquee(Blocage.INTERDIT, "Le site refuse.")).blocage == "403"
        assert states() == ["publiee"] * 8

    def test_what_is_found_is_the_same_before_it_is_applied(self) -> None:
        lue = sync.read_addresses(make_source({DEPART: PageLue(entries(*NORS[:2]))}), [DEPART], fetch)
        ecarts = list(sync.find_ecarts(make_source({}), lue))
        assert [(ecart.etat, ecart.certain) for ecart in ecarts] == [(Etat.MODIFIE, True)] * 2
        assert not Publication.objects.filter(canal=Canal.GOUVERNEMENT).exists()


def refuse(make: Callable[[], ListeBloquee]) -> Visite:
    def read() -> sync.ListeLue:
        raise make()

    return sync.record(make_source({}), "v", MERCREDI, sync.confront(make_source({}), read))
