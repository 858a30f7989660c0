"""The files of an act that a channel sends: its pages, its text, its data, its échéancier, the signed document."""

from pathlib import PurePath
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.conventions import originaux
from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee
from portal.domain.convention import Nature
from portal.publications.dossiers import EchecTransmission, Piece
from portal.rendu.donnees import write_json
from portal.rendu.echeancier import write_csv
from portal.rendu.pdf import MiseEnPageImpossible, write_pdf
from portal.rendu.poids import write_poids
from portal.rendu.texte import write_texte

MIMES = {
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}
"""The formats of public copies, by suffix."""


def permalien(publiee: Publiee) -> str:
    """Give the permanent address of an act, absolute."""
    return urljoin(f"{settings.SITE_URL}/", reverse("reader:permalien", args=[publiee.uid]))


def list_pieces(publiee: Publiee) -> tuple[Piece, ...]:
    """Make the files of an act; the same act gives the same bytes.

    Raises `EchecTransmission` where its pages cannot be made, or where the signed file is lost.
    """
    convention, adresse = publiee.convention, permalien(publiee)
    nom = f"{'avenant' if convention.nature is Nature.AVENANT else 'convention'}-{publiee.uid}"
    jour = timezone.localdate(publiee.modifiee_le)
    try:
        pages = write_pdf(convention, uid=publiee.uid, adresse=adresse, jour=jour)
    except MiseEnPageImpossible as echec:
        raise EchecTransmission(f"{echec} Signalez-le à l'administrateur.", definitif=True) from echec
    texte = write_texte(convention).encode()
    donnees = write_json(convention, uid=publiee.uid, adresse=adresse)
    pieces = [
        Piece(f"{nom}.pdf", "application/pdf", pages, "mise en forme accessible (PDF/UA)"),
        Piece(f"{nom}.txt", "text/plain", texte, "texte"),
        Piece(f"{nom}.json", "application/json", donnees, "données"),
    ]
    if convention.echeancier:
        libelle = "échéancier, en euros, pour un tableur"
        pieces.append(Piece(f"echeancier-{publiee.uid}.csv", "text/csv", write_csv(convention), libelle))
    return (*pieces, *_read_signe(publiee))


def write_format(piece: Piece) -> str:
    """Write the format and the weight of a file as listings show them: « PDF, 1,2 Mo »."""
    return f"{PurePath(piece.nom).suffix.lstrip('.').upper()}, {write_poids(len(piece.contenu))}"


def _read_signe(publiee: Publiee) -> tuple[Piece, ...]:
    """The public copy of the signed document, under a name of ours; nothing where the public has none."""
    page = ActePage.objects.filter(uid=publiee.uid).select_related("original").first()
    original = page.original if page else None
    if original is None or original.publique is None:
        return ()
    try:
        with originaux.read_publique(original) as fichier:
            contenu = fichier.read()
    except FileNotFoundError as erreur:
        message = "Le document signé manque dans le dépôt : restaurez-le, puis demandez de nouveau l'envoi."
        raise EchecTransmission(message, definitif=True) from erreur
    suffixe = PurePath(original.nom).suffix.lower()
    suffixe, mime = (suffixe, MIMES[suffixe]) if suffixe in MIMES else (".bin", "application/octet-stream")
    libelle = "document signé" if original.publique[0] == original.sha256 else "document signé, sans ses métadonnées"
    return (Piece(f"document-signe-{publiee.uid}{suffixe}", mime, contenu, libelle),)
