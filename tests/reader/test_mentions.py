"""Who answers for the site: named where the settings give it, said to be missing where they do not."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.settings.environment import parse_contact, parse_ligne, parse_telephone, read

GIVEN = {
    "EDITEUR_NOM": "Direction des essais",
    "EDITEUR_ADRESSE": "1 rue des Essais, 75000 Paris",
    "EDITEUR_TELEPHONE": "01 23 45 67 89",
    "DIRECTEUR_PUBLICATION": "Camille Roussel, directrice",
    "HEBERGEUR_NOM": "Hébergement <des> essais",
    "HEBERGEUR_ADRESSE": "2 rue des Essais, 75000 Paris",
    "HEBERGEUR_TELEPHONE": "+33 1 23 45 67 90",
}


def read_main(client: Client, adresse: str) -> str:
    return " ".join(HTMLParser(client.get(adresse).content.decode()).css_first("main").text(separator=" ").split())


def test_what_is_given_is_shown_and_nothing_is_said_to_be_missing(client: Client, settings: Settings) -> None:
    for name, value in GIVEN.items():
        setattr(settings, name, value)
    texte = read_main(client, "/mentions-legales/")
    for value in GIVEN.values():
        assert value in texte
    assert "pas indiqué" not in texte
    assert "Non précisé" not in texte


def test_what_is_not_given_is_said_to_be_missing(client: Client, settings: Settings) -> None:
    texte = read_main(client, "/mentions-legales/")
    for role in ("son éditeur", "son directeur de la publication", "son hébergeur"):
        assert f"Cette instance du portail n’a pas indiqué {role}." in texte
    settings.EDITEUR_NOM = GIVEN["EDITEUR_NOM"]
    texte = read_main(client, "/mentions-legales/")
    assert "son éditeur" not in texte
    assert "Non précisés par cette instance du portail : adresse, téléphone." in texte


@pytest.mark.parametrize(
    ("given", "lien", "said"),
    [
        ("acces@exemple.fr", "mailto:acces@exemple.fr", "acces@exemple.fr"),
        ("https://exemple.fr/contact", "https://exemple.fr/contact", "https://exemple.fr/contact"),
    ],
)
def test_the_accessibility_statement_gives_its_contact(
    client: Client, settings: Settings, given: str, lien: str, said: str
) -> None:
    settings.ACCESSIBILITE_CONTACT = parse_contact(given)
    main = HTMLParser(client.get("/accessibilite/").content.decode()).css_first("main")
    assert main.css_first(f'a[href="{lien}"]').text() == said


def test_an_accessibility_statement_without_contact_says_so(client: Client) -> None:
    assert "n’a pas indiqué à qui signaler un défaut d’accessibilité" in read_main(client, "/accessibilite/")


def test_a_deployment_that_names_nobody_is_warned(settings: Settings) -> None:
    def warned() -> set[str]:
        found = run_checks(include_deployment_checks=True)
        return {warning.msg.split()[0] for warning in found if warning.id == "reader.W001"}

    assert warned() == {*GIVEN, "ACCESSIBILITE_CONTACT"}
    for name, value in GIVEN.items():
        setattr(settings, name, value)
    assert warned() == {"ACCESSIBILITE_CONTACT"}
    settings.ACCESSIBILITE_CONTACT = "mailto:acces@exemple.fr"
    assert warned() == set()
    assert not [warning for warning in run_checks() if warning.id == "reader.W001"]


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (parse_ligne, "deux\nlignes"),
        (parse_ligne, "a" * 301),
        (parse_telephone, "appelez-nous"),
        (parse_telephone, "1"),
        (parse_contact, "nous@"),
        (parse_contact, "javascript:alert(1)"),
        (parse_contact, "au guichet"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, parse: object, value: str
) -> None:
    monkeypatch.setenv("EDITEUR_NOM", value)
    with pytest.raises(ImproperlyConfigured, match=r"(?s)^EDITEUR_NOM vaut « .* » ; il faut autre chose\.$"):
        read("EDITEUR_NOM", "", parse, "autre chose")


@pytest.mark.parametrize("parse", [parse_ligne, parse_telephone, parse_contact])
def test_nothing_given_is_nothing(monkeypatch: pytest.MonkeyPatch, parse: object) -> None:
    monkeypatch.delenv("EDITEUR_NOM", raising=False)
    assert read("EDITEUR_NOM", "", parse, "autre chose") == ""
