"""The text of an act says every fact, in the order of its document, and draws nothing."""

from decimal import Decimal

from hypothesis import given

from portal.domain.convention import Annexe, Article, Convention, LigneEcheancier, Nature
from portal.rendu.texte import write_texte
from tests import strategies
from tests.rendu.actes import SEED, acte_of, read_exemple

ORDRE = (
    "Convention de délégation de gestion du 1er septembre 2024\n",
    "NOR\u00a0: non précisé",
    "Date de signature\u00a0: 1er septembre 2024",
    "\n\n\nParties\n\n",
    "Délégant\u00a0: Ministère de l'Education Nationale",
    "\n\n\nVisas\n\n",
    "Vu le décret n 2004-1085",
    "\n\n\nPréambule\n\n",
    "\n\n\nArticles\n\n",
    "Article 1\u00a0: Objet de la délégation\n\n",
    "Article 10\u00a0: Publication et information\n\n",
    "\n\n\nÉchéancier\n\n",
    "\n\n\nImputation\n\n",
    "\n\n\nPublications prévues\n\n",
    "\n\n\nDestinataires d’un exemplaire\n\n",
    "\n\n\nSignataires\n\n- Audran Le Baron, directeur, pour la DNE\n",
)


def test_the_order_of_the_document() -> None:
    texte = write_texte(read_exemple(SEED))
    places = [texte.index(passage) for passage in ORDRE]
    assert places == sorted(places)


def test_the_echeancier_stands_in_columns_that_say_their_names() -> None:
    texte = write_texte(read_exemple(SEED)).replace("\u00a0", " ").replace("\u202f", " ")
    assert (
        "Année : 2024,  AE :   120 000 €, CP :  10 000 €\n"
        "Année : 2025,  AE : non précisé, CP : 110 000 €\n"
        "Total,         AE :   120 000 €, CP : 120 000 €\n" in texte
    )


def test_an_empty_cell_of_a_body_is_not_spoken() -> None:
    texte = write_texte(acte_of("\tAE\tCP\n2024\t1 000 €\t\n2025\t\t2 000 €")).replace("\u00a0", " ")
    assert "2024, AE : 1 000 €\n2025,               CP : 2 000 €\n" in texte


def test_rows_of_two_cells_are_terms() -> None:
    texte = write_texte(acte_of("Domaine\t0214-08-02\nCentre de coût :\tDINUPROD75")).replace("\u00a0", " ")
    assert "Domaine : 0214-08-02\nCentre de coût : DINUPROD75\n" in texte


def test_annexes_stand_before_the_signatures() -> None:
    texte = write_texte(Convention("C", annexes=(Annexe("Budget", "Texte."), Annexe("Annexe B"))))
    assert "\n\n\nAnnexes\n\nAnnexe 1\u00a0: Budget\n\nTexte.\n\nAnnexe B\n" in texte
    assert texte.index("Annexe B") < texte.index("Signataires")


def test_an_object_that_an_article_repeats_is_said_once() -> None:
    convention = Convention("C", objet="Héberger  les applications.", articles=(Article("1", "Objet", "Il faut :"),))
    assert "Objet\u00a0: Héberger" in write_texte(convention)
    article = Article("1", "Objet", "Héberger les\napplications. Puis les tenir.")
    assert "Objet\u00a0: Héberger" not in write_texte(Convention("C", objet=convention.objet, articles=(article,)))


def test_an_avenant_says_what_it_changes_alone() -> None:
    texte = write_texte(Convention("Avenant", nature=Nature.AVENANT))
    assert "Préavis" not in texte
    assert "NOR\u00a0: non précisé" in texte


def test_what_no_file_can_hold_is_replaced() -> None:
    texte = write_texte(acte_of("a\x00b\ud800c\x1bd"))
    assert "a\ufffdb\ufffdc\ufffdd" in texte


@given(strategies.conventions)
def test_any_convention_has_its_text(convention: Convention) -> None:
    texte = write_texte(convention)
    assert texte.encode().decode() == texte
    assert texte.endswith("\n")
    said = " ".join(texte.split())
    for article in convention.articles:
        assert " ".join(article.intitule.split()) in said
    for fait in (convention.reference, convention.nor, *convention.copies):
        assert " ".join((fait or "").split()) in said


def test_amounts_are_never_lost() -> None:
    lignes = tuple(LigneEcheancier(2020 + rang, ae=Decimal(rang * 1000)) for rang in range(1, 9))
    texte = write_texte(Convention("C", echeancier=lignes))
    assert [f"{rang}\u202f000\u00a0€" in texte for rang in range(1, 9)] == [True] * 8
