from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conventions.publiees import ServiceRef
from portal.domain.convention import (
    Annexe,
    Article,
    Avenant,
    Canal,
    Convention,
    Imputation,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    Role,
)
from portal.domain.statut import bornes
from search.document import TEXTS, IndexDocument, to_document
from search.filters import LAST_DAY
from search.query import Tri
from tests.search.builders import make_convention, make_publiee, read_seed
from tests.strategies import conventions


def document(**facts: object) -> IndexDocument:
    return to_document(make_publiee("u1", make_convention(**facts)))


def test_every_word_of_the_seed_is_in_some_field() -> None:
    convention = read_seed()
    found = to_document(make_publiee("seed", convention))
    text = " ".join(one for texts in found.textes.values() for one in texts)
    for article in convention.articles:
        assert set(article.corps.split()) <= set(text.split())
    assert "Audran Le Baron" in text
    assert "0214-CEN2-INFO" in text
    assert found.mots_cles["programme"] == ("214",)
    assert {"uo:0214-CEN2-INFO", "activite:021401SI0202", "comptable:FAC9460075"} <= set(
        found.mots_cles["identifiants"]
    )
    assert found.ae == {"total": 12_000_000, "2024": 12_000_000}
    assert found.cp == {"total": 12_000_000, "2024": 1_000_000, "2025": 11_000_000}


def test_facet_keys() -> None:
    services = (
        ServiceRef("dne", "Direction du numérique pour l'éducation", "DNE", "education"),
        ServiceRef("education", "Ministère de l'éducation", "MEN", "education"),
    )
    convention = make_convention(
        nature=Nature.DELEGATION,
        parties=(
            Partie("Direction du numérique", Role.DELEGANT, service="dne"),
            Partie("Agence  sans\nregistre", Role.DELEGATAIRE),
            Partie("Un tiers"),
        ),
        echeancier=(LigneEcheancier(uo="0129-CABN-DNUM"),),
        imputations=(Imputation(programme="0214", domaine_fonctionnel="0352-01"),),
        publications_prevues=(PublicationPrevue(Canal.RAA), PublicationPrevue(Canal.RAA)),
    )
    found = to_document(make_publiee("u1", convention, services=services)).mots_cles
    assert found["delegant"] == ("dne",)
    assert found["delegataire"] == ("Agence sans registre",)
    assert found["service"] == ("dne", "Agence sans registre", "Un tiers")
    assert found["ministere"] == ("education",)
    assert set(found["programme"]) == {"129", "214", "352"}
    assert found["annee"] == ("2024",)
    assert (found["nature"], found["canal"]) == (("delegation",), ("raa",))


def test_amounts_that_are_not_said_are_not_zero() -> None:
    lines = (
        LigneEcheancier(2024, ae=Decimal("0.10")),
        LigneEcheancier(2024, ae=Decimal("0.20")),
        LigneEcheancier(2025),
    )
    found = document(echeancier=lines)
    assert (found.ae, found.cp) == ({"total": 30, "2024": 30}, {})
    assert (found.fiche.ae, found.fiche.cp) == (30, None)


def test_days_that_are_not_known_are_left_out_and_ends_never_come() -> None:
    assert document(date_signature=None).jours == {"fin": LAST_DAY, "resiliation": LAST_DAY}


def test_undated_conventions_come_last_in_both_orders() -> None:
    dated, undated = document(), document(date_signature=None)
    assert all(dated.ordres[tri] < undated.ordres[tri] for tri in (Tri.DATE, Tri.DATE_CROISSANTE))


def test_conventions_of_one_day_come_in_an_order_that_their_uid_gives() -> None:
    first, second = (to_document(make_publiee(uid, make_convention())) for uid in ("u1", "u2"))
    assert all(first.ordres[tri] < second.ordres[tri] for tri in first.ordres)


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, unique=True))
def test_the_last_published_comes_first_to_the_microsecond(moments: list[datetime]) -> None:
    publiees = [make_publiee("u1", make_convention(), publiee_le=moment) for moment in moments]
    publiees.sort(key=lambda publiee: to_document(publiee).ordres[Tri.PUBLICATION])
    assert [publiee.publiee_le for publiee in publiees] == sorted(moments, reverse=True)


def test_avenants_are_found_inside_their_convention() -> None:
    avenant = make_convention(
        "Le préavis devient de six mois.", titre="Avenant", nor="MENA2420224X", avenant=Avenant("2", None, None)
    )
    publiee = make_publiee(
        "u1", make_convention("Objet."), avenants=(make_publiee("u2", avenant, adresse="/c/avenant-2/"),)
    )
    found = to_document(publiee)
    part = next(one for one in found.parts if "préavis" in one.texte)
    assert (part.libelle, part.ancre, part.adresse) == ("Avenant n° 2, article 1, Objet", "article-1", "/c/avenant-2/")
    assert "Le préavis devient de six mois." in found.textes["autres"]
    assert "nor:MENA2420224X" in found.mots_cles["identifiants"]


@pytest.mark.parametrize(
    ("facts", "libelle", "ancre"),
    [
        ({"articles": (Article("6", "Exécution financière", "mot"),)}, "Article 6, Exécution financière", "article-6"),
        ({"articles": (Article("1.2", "", "mot"),)}, "Article 1.2", "article-1-2"),
        ({"articles": (Article("II", "Objet", "mot"),)}, "Article II, Objet", "article-ii"),
        ({"articles": (Article("", "Objet", "mot"),)}, "Objet", "article"),
        ({"articles": (Article("", "", "mot"),)}, "Article", "article"),
        ({"articles": (Article("1", "", ""), Article("1", "", "mot"))}, "Article 1", "article-1--2"),
        ({"annexes": (Annexe("Budget", "mot"),)}, "Annexe 1, Budget", "annexe-1"),
        ({"annexes": (Annexe("Annexe financière", "mot"),)}, "Annexe financière", "annexe-1"),
        ({"preambule": "mot"}, "Préambule", "preambule"),
        ({"visas": ("Vu le mot",)}, "Visas", "visas"),
    ],
)
def test_parts_are_named_as_people_cite_them(facts: dict[str, object], libelle: str, ancre: str) -> None:
    part = next(one for one in document(**facts).parts if "mot" in one.texte.split())
    assert (part.libelle, part.ancre, part.adresse) == (libelle, ancre, "/conventions/u1/")


def test_the_empreinte_changes_with_what_is_shown() -> None:
    publiee = make_publiee("u1", make_convention("texte"))
    same, moved = replace(publiee), replace(publiee, adresse="/ailleurs/")
    assert to_document(publiee).empreinte == to_document(same).empreinte
    assert to_document(publiee).empreinte != to_document(moved).empreinte


@given(conventions)
def test_any_convention_makes_a_document(convention: Convention) -> None:
    found = to_document(make_publiee("u1", convention))
    assert set(found.textes) == set(TEXTS)
    assert (found.fiche.debut, found.fiche.fin) == bornes(convention)
    for part in found.parts:
        assert part.libelle
        assert not set(part.texte + part.intitule + part.libelle) & set("\x1e\x1f\n")


def test_dates_of_the_fiche() -> None:
    fiche = to_document(make_publiee("u1", make_convention(), date_resiliation=date(2024, 5, 1))).fiche
    assert (fiche.date_signature, fiche.debut, fiche.fin) == (date(2024, 1, 15), date(2024, 1, 15), None)
    assert fiche.date_resiliation == date(2024, 5, 1)
