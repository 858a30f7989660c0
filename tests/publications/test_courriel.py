"""A dossier goes by e-mail whole, under the same key at each try, and a refusal says what to do."""

from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from io import BytesIO
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any, ClassVar
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from portal.publications.courriel import send
from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Piece

ENVOI = Envoi("k3f7q9xz", "1f0c2c2e-0000-4000-8000-123456789abc")


def dossier_of(titre: str = "Publication : l’acte", *destinataires: str, message: str = "Bonjour.\n") -> Dossier:
    pieces = (Piece("a.txt", "text/plain", b"texte", "texte"),)
    return Dossier("dossier-k3f7q9xz", titre, message, pieces, destinataires or ("bo@exemple.fr",))


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = "https://delegations.example.fr:8443"
    settings.DEFAULT_FROM_EMAIL = "Portail <portail@delegations.example.fr>"


def parse(rang: int = 0) -> Parsed:
    lu = message_from_bytes(mail.outbox[rang].message().as_bytes(), policy=policy.default)
    assert isinstance(lu, Parsed)
    return lu


class Boite(BaseEmailBackend):
    """A mail server that refuses what a test says, and keeps the rest."""

    refus: ClassVar[dict[str, Exception]] = {}

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            (adresse,) = message.recipients()
            if adresse in self.refus:
                raise self.refus[adresse]
            mail.outbox.append(message)
        return len(messages)


@pytest.fixture
def boite(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Boite]:
    settings.EMAIL_BACKEND = f"{__name__}.Boite"
    monkeypatch.setattr(Boite, "refus", {})
    return Boite


def fail(dossier: Dossier) -> EchecTransmission:
    with pytest.raises(EchecTransmission) as echec:
        send(dossier, ENVOI)
    return echec.value


class TestSent:
    def test_the_letter_and_its_archive(self) -> None:
        recu = send(dossier_of(), ENVOI)
        lu = parse()
        assert lu["Subject"] == "Publication : l’acte"
        assert lu["To"] == "bo@exemple.fr"
        assert lu["From"] == lu["Reply-To"] == "Portail <portail@delegations.example.fr>"
        corps, archive = lu.iter_parts()
        assert corps.get_content_type() == "text/plain"
        assert corps.get_content() == "Bonjour.\n"
        assert archive.get_filename() == "dossier-k3f7q9xz.zip"
        with ZipFile(BytesIO(archive.get_content())) as fichiers:
            assert fichiers.read("dossier-k3f7q9xz/a.txt") == b"texte"
        assert recu.message == "Envoyé par courriel à bo@exemple.fr."
        assert (recu.identifiant, recu.adresse) == ("", "")

    def test_all_tries_bear_one_key(self) -> None:
        send(dossier_of(), ENVOI)
        send(dossier_of(), ENVOI)
        cles = [parse(rang)["Message-ID"] for rang in range(2)]
        assert cles == ["<1f0c2c2e-0000-4000-8000-123456789abc@delegations.example.fr>"] * 2

    def test_each_recipient_has_a_message_of_his_own(self) -> None:
        recu = send(dossier_of("Titre", "a@exemple.fr", "b@exemple.fr"), ENVOI)
        assert [message.to for message in mail.outbox] == [["a@exemple.fr"], ["b@exemple.fr"]]
        assert "a@exemple.fr, b@exemple.fr" in recu.message

    @pytest.mark.parametrize(
        "titre",
        [
            "Titre\r\nBcc: autre@exemple.fr",
            "Titre\nSubject: autre",
            "Titre\u2028Bcc: a@exemple.fr",
            "Titre\x0bBcc: a@b.fr",
            "Titre\x00\x85\x1cBcc: a@b.fr",
        ],
    )
    def test_nothing_of_the_act_adds_a_header(self, titre: str) -> None:
        send(dossier_of(titre, message="\n.\r\nBcc: autre@exemple.fr\n"), ENVOI)
        lu = parse()
        assert lu["Bcc"] is None
        assert lu["Subject"].startswith("Titre ")
        assert lu["Subject"].isprintable()
        assert mail.outbox[0].recipients() == ["bo@exemple.fr"]
        assert len(lu.get_all("Subject") or []) == 1

    def test_a_very_long_title_is_cut(self) -> None:
        send(dossier_of("Titre " * 900), ENVOI)
        assert str(parse()["Subject"]).strip() == ("Titre " * 41 + "Tit…")


class TestRefused:
    def test_nobody_to_write_to(self) -> None:
        echec = fail(Dossier("d", "t", "m", ()))
        assert echec.definitif
        assert "Correspondants" in str(echec)

    @pytest.mark.parametrize(
        ("erreur", "definitif", "dit"),
        [
            (SMTPRecipientsRefused({"bo@exemple.fr": (550, b"User unknown")}), True, "550 User unknown"),
            (SMTPRecipientsRefused({"bo@exemple.fr": (450, b"Greylisted")}), False, "450 Greylisted"),
            (SMTPSenderRefused(553, b"Sender refused", "portail@x.fr"), True, "553 Sender refused"),
            (SMTPSenderRefused(451, b"Later", "portail@x.fr"), False, "451 Later"),
            (SMTPDataError(554, b"Rejected"), False, "554 Rejected"),
            (SMTPAuthenticationError(535, b"Bad password"), False, "535 Bad password"),
            (SMTPServerDisconnected("Connection unexpectedly closed"), False, "Connection unexpectedly closed"),
            (TimeoutError("timed out"), False, "timed out"),
            (ConnectionRefusedError(), False, "ConnectionRefusedError"),
        ],
        ids=str,
    )
    def test_what_the_server_says(self, boite: type[Boite], erreur: Exception, definitif: bool, dit: str) -> None:
        boite.refus["bo@exemple.fr"] = erreur
        echec = fail(dossier_of())
        assert echec.definitif is definitif
        assert dit in str(echec)
        assert ("Corrigez l'adresse dans Correspondants" in str(echec)) is definitif
        assert mail.outbox == []

    def test_the_words_of_a_server_stay_on_one_line(self, boite: type[Boite]) -> None:
        boite.refus["bo@exemple.fr"] = SMTPRecipientsRefused({"bo@exemple.fr": (550, b"Non\r\n\xff<b>" + b"x" * 900)})
        dite = str(fail(dossier_of()))
        assert "\n" not in dite
        assert len(dite) < 500

    def test_one_who_is_refused_does_not_stop_the_others(self, boite: type[Boite]) -> None:
        boite.refus["a@exemple.fr"] = SMTPRecipientsRefused({"a@exemple.fr": (550, b"Unknown")})
        echec = fail(dossier_of("Titre", "a@exemple.fr", "b@exemple.fr"))
        assert [message.to for message in mail.outbox] == [["b@exemple.fr"]]
        assert echec.definitif
        assert "Le courriel à a@exemple.fr n'est pas parti" in str(echec)
        assert "Il est parti à b@exemple.fr." in str(echec)

    def test_another_try_is_made_where_one_may_succeed(self, boite: type[Boite]) -> None:
        boite.refus["a@exemple.fr"] = SMTPRecipientsRefused({"a@exemple.fr": (550, b"Unknown")})
        boite.refus["b@exemple.fr"] = TimeoutError()
        assert not fail(dossier_of("Titre", "a@exemple.fr", "b@exemple.fr")).definitif

    def test_an_error_of_ours_is_not_hidden(self, boite: type[Boite]) -> None:
        boite.refus["bo@exemple.fr"] = RuntimeError("une faute du portail")
        with pytest.raises(RuntimeError, match="une faute du portail"):
            send(dossier_of(), ENVOI)
