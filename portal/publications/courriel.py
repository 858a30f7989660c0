"""Sends a dossier by e-mail: a letter, and the pieces in one ZIP."""

import smtplib
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Recu

CONSOLE = "django.core.mail.backends.console.EmailBackend"
"""What writes e-mail where the portal runs: nothing leaves."""
LONGUEUR = 250
"""Characters of a subject, or of the words of a server, at most."""
PAR_VOS_MOYENS = "ou téléchargez le dossier et envoyez-le par vos moyens."
SANS_SERVEUR = f"Le portail n'a pas de serveur de courriel : réglez EMAIL_URL, {PAR_VOS_MOYENS}"
SANS_DESTINATAIRE = "Le dossier n'a pas de destinataire : ajoutez-le dans Correspondants, puis demandez l'envoi."


def find_obstacle(destinataires: Sequence[str], inconnu: str) -> str:
    """Say why no letter can leave: no server is set, or nobody is known, as `inconnu` says; "" where one can."""
    if settings.EMAIL_BACKEND == CONSOLE:
        return SANS_SERVEUR
    return "" if destinataires else f"{inconnu} : ajoutez-le dans Correspondants, {PAR_VOS_MOYENS}"


def send(dossier: Dossier, envoi: Envoi) -> Recu:
    """Send the dossier to each of its destinataires, one message each: a server that refuses one says so.

    All tries of one sending bear the same Message-ID, by which a mailbox knows what it has already. Raises
    `EchecTransmission` once all were tried: final where a server refuses an address for good.
    """
    if not dossier.destinataires:
        raise EchecTransmission(SANS_DESTINATAIRE, definitif=True)
    archive = dossier.write_zip()
    echecs: dict[str, OSError] = {}
    for adresse in dossier.destinataires:
        try:
            _write(dossier, envoi, adresse, archive).send()
        except OSError as erreur:  # those of smtplib are of this kind
            echecs[adresse] = erreur
    partis = [adresse for adresse in dossier.destinataires if adresse not in echecs]
    if echecs:
        raise _explain(echecs, partis)
    return Recu(f"Envoyé par courriel à {', '.join(partis)}.")


def write_ligne(texte: str) -> str:
    """Write a text on one line, at most LONGUEUR long, with the signs that a header may hold."""
    ligne = " ".join("".join(signe if signe.isprintable() else " " for signe in texte).split())
    return ligne if len(ligne) <= LONGUEUR else f"{ligne[: LONGUEUR - 1]}…"


def _write(dossier: Dossier, envoi: Envoi, adresse: str, archive: bytes) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=write_ligne(dossier.titre),
        body=dossier.message,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[adresse],
        reply_to=[settings.DEFAULT_FROM_EMAIL],
        headers={"Message-ID": f"<{envoi.cle}@{host}>"},
        attachments=[(f"{dossier.nom}.zip", archive, "application/zip")],
    )


def _explain(echecs: dict[str, OSError], partis: list[str]) -> EchecTransmission:
    phrases = [f"Le courriel à {adresse} n'est pas parti ({_describe(erreur)})." for adresse, erreur in echecs.items()]
    if partis:
        phrases.append(f"Il est parti à {', '.join(partis)}.")
    definitif = all(map(_is_final, echecs.values()))
    phrases.append(
        "Corrigez l'adresse dans Correspondants, ou celle de l'expéditeur, puis demandez de nouveau l'envoi."
        if definitif
        else "Il sera envoyé de nouveau, à tous."
    )
    return EchecTransmission(" ".join(phrases), definitif=definitif)


def _is_final(erreur: Exception) -> bool:
    """Say whether the server refuses the address of the recipient or of the sender for good (RFC 5321: 5xx)."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in erreur.recipients.values())
    return isinstance(erreur, smtplib.SMTPSenderRefused) and erreur.smtp_code >= 500


def _describe(erreur: Exception) -> str:
    """The words of a server, which are those of a stranger, or of the error."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return _quote(*next(iter(erreur.recipients.values())))
    if isinstance(erreur, smtplib.SMTPResponseException):
        return _quote(erreur.smtp_code, erreur.smtp_error)
    return write_ligne(str(erreur) or type(erreur).__name__)


def _quote(code: int, words: bytes | str) -> str:
    return write_ligne(f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}")
