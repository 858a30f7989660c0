"""Each page of a listing is read as the result beside it says, or refused; whatever the bytes, no other error."""

import datetime
import json
import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.listings import SOURCES, PageLue, PageVue
from importers.listings.page_html import is_web
from importers.listings.titres import find_jours, find_signature, names_act
from portal.publications.entrees import Blocage, ListeBloquee

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "listings"
RESULT = ".expected.json"
PAGES = sorted(path for path in EXAMPLES.glob("*/*") if not path.name.endswith(RESULT))
SEPT = {"bon", "page_2", "interdit", "vide", "mise_en_page", "tronque", "chute"}
REFUS = {
    "interdit": Blocage.INTERDIT,
    "vide": Blocage.VIDE,
    "mise_en_page": Blocage.MISE_EN_PAGE,
    "tronque": Blocage.TRONQUEE,
}
SECONDS = 60
"""A page that is read for so long, on a machine however busy, is read for ever."""


def expected_of(path: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((path.parent / f"{path.stem}{RESULT}").read_text(encoding="utf-8"))
    return result


def see(path: Path) -> PageVue:
    expected = expected_of(path)
    return PageVue(expected["url"], path.read_bytes(), expected["statut"], expected.get("entetes", {}))


def as_json(lue: PageLue) -> dict[str, Any]:
    valeurs = json.dumps(asdict(lue), default=datetime.date.isoformat)
    read: dict[str, Any] = json.loads(valeurs)
    return read


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_is_read_as_expected(path: Path) -> None:
    expected, read_page = expected_of(path), SOURCES[path.parent.name].read_page
    if "blocage" in expected:
        with pytest.raises(ListeBloquee, match=r"\.$") as refus:
            read_page(see(path))
        assert refus.value.blocage == expected["blocage"]
        return
    attendue = {cle: expected[cle] for cle in ("entrees", "total", "suivantes")}
    attendue["entrees"] = [{"empreinte": "", **entree} for entree in attendue["entrees"]]
    assert as_json(read_page(see(path))) == {**attendue, "disparue": expected.get("disparue", False)}


@pytest.mark.parametrize("source", SOURCES)
class TestEachSource:
    def test_has_its_seven_pages(self, source: str) -> None:
        pages = {path.stem: path for path in PAGES if path.parent.name == source}
        assert set(pages) >= SEPT
        for nom, blocage in REFUS.items():
            assert expected_of(pages[nom])["blocage"] == blocage
        assert expected_of(pages["bon"])["entrees"]
        assert expected_of(pages["page_2"])["entrees"]
        assert expected_of(pages["interdit"])["statut"] == 403
        assert len(expected_of(pages["chute"])["entrees"]) < len(expected_of(pages["bon"])["entrees"])

    def test_gives_absolute_addresses(self, source: str) -> None:
        for path in PAGES:
            expected = expected_of(path)
            if path.parent.name == source and "blocage" not in expected:
                lue = SOURCES[source].read_page(see(path))
                adresses = [*lue.suivantes, *(entree.url for entree in lue.entrees)]
                assert all(adresse.startswith("https://") for adresse in adresses)

    def test_every_status_has_its_blocage(self, source: str) -> None:
        bon = next(path for path in PAGES if path.parent.name == source and path.stem == "bon")
        page = see(bon)
        for statut, blocage in ((401, "403"), (429, "403"), (404, "reseau"), (500, "reseau")):
            with pytest.raises(ListeBloquee) as refus:
                SOURCES[source].read_page(PageVue(page.url, page.contenu, statut))
            assert refus.value.blocage == blocage

    def test_a_challenge_is_seen_whatever_its_status(self, source: str) -> None:
        interdit = next(path for path in PAGES if path.parent.name == source and path.stem == "interdit")
        coupee = interdit.read_bytes().partition(b"</body>")[0]
        for statut, contenu in ((200, interdit.read_bytes()), (503, interdit.read_bytes()), (200, coupee)):
            with pytest.raises(ListeBloquee) as refus:
                SOURCES[source].read_page(PageVue("https://example.org/", contenu, statut))
            assert refus.value.blocage == "403"

    @pytest.mark.parametrize("nom", ["bon", "page_2"])
    def test_a_page_cut_anywhere_is_never_believed_whole(self, source: str, nom: str) -> None:
        path = next(path for path in PAGES if path.parent.name == source and path.stem == nom)
        contenu = path.read_bytes().rstrip()
        for fin in range(0, len(contenu) - 1, max(1, len(contenu) // 40)):
            with pytest.raises(ListeBloquee):
                SOURCES[source].read_page(PageVue("https://example.org/", contenu[:fin]))


def test_a_source_knows_whether_others_are_of_its_channel() -> None:
    assert {nom for nom, source in SOURCES.items() if source.seule} == {"data_gouv", "dila_jorf", "gouvernement"}


def _bomb() -> bytes:
    entites = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY e0 "ha">{entites}]><urlset>&e11;</urlset>'.encode()


ACTE = "Convention de délégation de gestion du 1er mars 2024 entre A et B"
HOSTILES: dict[str, Callable[[], bytes]] = {
    "nested_tags": lambda: b"<html><body>" + b"<div>" * 10_000 + b"x" + b"</div>" * 10_000 + b"</body></html>",
    "nested_rows": lambda: (
        "<html><body>" + f'<ul><li><a href="/a">{ACTE}</a>' * 120 + "</li></ul>" * 120 + "</body></html>"
    ).encode(),
    "nested_xml": lambda: b"<a>" * 10_000 + b"</a>" * 10_000,
    "nested_json": lambda: b"[" * 200_000 + b"]" * 200_000,
    "nested_json_data": lambda: b'{"data":' * 50_000 + b"1" + b"}" * 50_000,
    "number": lambda: b'{"total": ' + b"9" * 100_000 + b"}",
    "bomb": _bomb,
    "bytes": lambda: bytes(range(256)) * 2_000,
    "tags": lambda: b"<html>" + b"<" * 400_000 + b"</html>",
    "scripts": lambda: b"<html>" + b"<script>" * 50_000 + b"</html>",
    "attributes": lambda: b"<html><body " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b"></body></html>",
    "rows": lambda: ("<html><body>" + f'<p><a href="/a.pdf">{ACTE}</a></p>' * 4_000 + "</body></html>").encode(),
    "long_line": lambda: (f"<html><body><li><a href='/a'>{ACTE * 5_000}</a></li></body></html>").encode(),
    "links": lambda: b"<html><body><p>" + b"<a href='http://[::1'>x</a>" * 20_000 + b"</p></body></html>",
    "quotes": lambda: b"titre;date\n" + b'"' * 200_000,
    "cells": lambda: b"titre;date\n" + b";" * 1_000_000,
    "nor": lambda: b"<html><body><p>NOR : " + b"A A A " * 50_000 + b"</p></body></html>",
    "nested_cards": lambda: b"<html><body>" + b"<div about='/x'>" * 200 + b"<p>x</p>" * 50_000 + b"</body></html>",
    "nested_tables": lambda: (
        b"<html><body>" + b"<table><tr><th>Titre</th><th>" * 60 + b"<p>x</p>" * 50_000 + b"</body></html>"
    ),
    "breaks": lambda: f"<html><body><li>{ACTE}{'<br>x' * 50_000}</li></body></html>".encode(),
    "marks": lambda: ("<html><body>" + f"<li>{ACTE}{'(' * 400}</li>" * 2_000 + "</body></html>").encode(),
    "long_title": lambda: (
        b"<T><META_COMMUN/><META_TEXTE_CHRONICLE/><META_TEXTE_VERSION/><TITREFULL>"
        + b"( " * 500_000
        + b"</TITREFULL></T>"
    ),
    "surrogates": lambda: (
        b'{"data":[{"title":"D\\u00e9l\\u00e9gation de gestion \\ud800"}],"next_page":null,"total":1}'
    ),
    "wrong_types": lambda: b'{"data":[{"title":[1],"resources":{},"extras":[]}],"next_page":3,"total":1,"nid":{}}',
    "utf_16": lambda: "﻿<html><body><p>NOR : MENA2431101X</p></body></html>".encode("utf-16"),
}


def read_or_refuse(source: str, page: PageVue) -> PageLue | None:
    try:
        lue = SOURCES[source].read_page(page)
    except ListeBloquee:
        return None
    json.dumps(as_json(lue)).encode()
    for entree in lue.entrees:
        assert entree.titre.encode().strip()
        assert all(not adresse or is_web(adresse) for adresse in (entree.url, entree.document))
    return lue


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("nom", HOSTILES)
def test_a_hostile_page_neither_hangs_nor_fails(source: str, nom: str) -> None:
    page = PageVue("https://example.org/page", HOSTILES[nom]())
    signal.alarm(SECONDS)  # ends the process where nothing else would
    try:
        read_or_refuse(source, page)
    finally:
        signal.alarm(0)


BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from(
        [b"<html>", b"<li>", b"</li>", b"<a href='/x.pdf'>", b"</a>", b"<table>", b"<tr>", b"<th>", b"Titre", b"NOR :",
         b" MENA2431101X", ACTE.encode(), b"Du 04 mai 2018", b"\n", b";", b'"', b"Date", b"{", b"}", b"[", b'"data":',
         b'"total":', b"1", b"null", b"<urlset>", b"<loc>", b"<META_COMMUN>", b"<div about='/y'>", b"</html>", b"\xff"]
    ), max_size=25,
).map(b"".join)  # fmt: skip


@given(contenu=BYTES, source=st.sampled_from(sorted(SOURCES)))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_read_or_refused(contenu: bytes, source: str) -> None:
    read_or_refuse(source, PageVue("https://example.org/page", contenu))


@pytest.mark.parametrize(
    ("titre", "est_un_acte", "signature"),
    [
        ("Convention de délégation de gestion du 12 mars 2024", True, "2024-03-12"),
        ("Avenant n° 1 à la convention de délégation de gestion du 12 mars 2024", True, None),
        ("Avenant du 3 mai 2024 à la convention de délégation de gestion du 12 mars 2024", True, "2024-05-03"),
        ("Délégation de gestion prise en application du décret n° 2004-1085 du 14 octobre 2004", True, None),
        ("Télécharger la convention de délégation de gestion de l'exemple PDF – 252 Ko", True, None),
        ("Convention de gestion et délégation du 12-4-2011", True, "2011-04-12"),
        ("Décret relatif à la délégation de gestion dans les services de l'État", False, None),
        ("Conventions de délégation de gestion du ministère", False, None),
        ("Délégations de gestion", False, None),
        ("La délégation de gestion du service est prévue par un décret", False, None),
        ("La convention de délégation de gestion du service de la paie", True, None),
        ("Délégation de signature du 12 mars 2024", False, "2024-03-12"),
        ("Subdélégation de gestion du 12 mars 2024", False, "2024-03-12"),
    ],
)
def test_a_title_says_what_it_is(titre: str, est_un_acte: bool, signature: str | None) -> None:
    lue = find_signature(titre)
    assert (names_act(titre), lue and lue.isoformat()) == (est_un_acte, signature)


def test_a_text_saved_without_its_address_is_no_summary_of_the_texts_that_it_links_to() -> None:
    page = PageVue("texte.html", (EXAMPLES / "bo_education" / "texte_2024.html").read_bytes())
    (entree,) = SOURCES["bo_education"].read_page(page).entrees
    assert (entree.nor, entree.url) == ("MENA2431101X", "")


def test_the_words_before_a_date_say_whose_it_is() -> None:
    jours = find_jours("Mise à jour le 1er mai 2024. Signé le 2 mai 2024 et publié le 3 mai 2024, jusqu'au 4 mai 2025")
    assert (jours.signature, jours.publication) == (datetime.date(2024, 5, 2), datetime.date(2024, 5, 3))
