"""Pages had for a reading, each kept in the archive as it came: fetched from a site, or saved by someone."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from importers.archive import Archive, ArchiveAbimee, Marque, Trace
from importers.listings import PageVue
from importers.souvenirs import Souvenirs, find_conditions
from portal.http.session import Cause, Inaccessible, Reponse, Session
from portal.publications.entrees import Blocage, ListeBloquee

SIZE_LIMIT = 20_000_000
"""Bytes of a saved page."""
FORME = "%Y%m%dT%H%M%SZ"
"""How a visite is named by its start, in UTC."""
VISITES_RELUES = 5
"""Visites in which an earlier answer is looked for: the last may have been cut short, or have asked for few pages."""

_MIS_A_JOUR = ("etag", "last-modified", "date")
"""What a site says anew of an answer that still stands (RFC 9111, 3.2)."""


@dataclass(slots=True)
class Comptes:
    """Answers had: `demandees` from the site, of which it said that `inchangees` still stood, `reprises` from a visite
    that was cut short. `melees` says that some are of after the cut: they may not fit those of before.
    """

    demandees: int = 0
    inchangees: int = 0
    reprises: int = 0
    melees: bool = False


class Collecte:
    """Fetches for one visite of a source. What the visite already holds, having been cut short, is not asked again;
    what earlier ones hold is asked for only if it has changed.
    """

    def __init__(self, session: Session, archive: Archive, source: str, visite: str) -> None:
        self.comptes = Comptes()
        self._session = session
        self._archive = archive
        self._place = source, visite
        self._entamee = archive.locate_visite(source, visite).exists()
        passees = [nom for nom in archive.list_visites(source) if nom != visite]
        self._reprises = Souvenirs(archive, source, [visite])
        self._passees = Souvenirs(archive, source, reversed(passees[-VISITES_RELUES:]))

    def fetch_page(self, adresse: str) -> tuple[PageVue, str]:
        """A page of the listing, and the SHA-256 under which it is kept. Raises `ListeBloquee` where none is had."""
        reponse, empreinte = self._fetch(adresse, document=False)
        return PageVue(reponse.url, reponse.contenu, reponse.statut, reponse.entetes), empreinte

    def fetch_document(self, adresse: str) -> Reponse:
        """The file of an act. Raises `ListeBloquee` where no answer is had."""
        return self._fetch(adresse, document=True)[0]

    def _fetch(self, adresse: str, *, document: bool) -> tuple[Reponse, str]:
        trace = self._reprises.find(adresse)
        if trace:
            with suppress(ArchiveAbimee):  # then it is asked again
                reponse = self._archive.open(trace)
                self.comptes.reprises += 1
                self.comptes.melees |= Marque.REPRISE in trace.marques
                return reponse, trace.empreinte
        try:
            reponse, inchangee = self._ask(adresse)
        except Inaccessible as error:
            blocage = Blocage.INTERDIT if error.cause is Cause.ROBOTS else Blocage.RESEAU
            raise ListeBloquee(blocage, str(error)) from error
        marques = (Marque.DOCUMENT, document), (Marque.INCHANGEE, inchangee), (Marque.REPRISE, self._entamee)
        dites = [marque for marque, dite in marques if dite]
        empreinte = self._archive.keep(reponse, *self._place, demande=adresse, marques=dites)
        if reponse.inchangee:
            message = "Le site répond que sa page n'a pas changé (304) sans l'avoir donnée : recommencez plus tard."
            raise ListeBloquee(Blocage.RESEAU, message)
        self.comptes.demandees += 1
        self.comptes.melees |= self._entamee
        self.comptes.inchangees += inchangee
        return reponse, empreinte

    def _ask(self, adresse: str) -> tuple[Reponse, bool]:
        """The answer of the site, that of the archive where it still stands; True then. Raises `Inaccessible`."""
        trace = self._passees.find(adresse)
        conditions = find_conditions(trace) if trace else {}
        reponse = self._session.fetch(adresse, **conditions)
        if trace and conditions and reponse.inchangee:
            tenue = self._open_again(trace, reponse)
            if tenue:
                return tenue, True
            reponse = self._session.fetch(adresse)
        return reponse, False

    def _open_again(self, trace: Trace, reponse: Reponse) -> Reponse | None:
        """The answer of which a site says that it still stands; None where the archive no longer has it whole, or where
        another address says it.
        """
        if trace.url != reponse.url:
            return None
        try:
            tenue = self._archive.open(trace)
        except ArchiveAbimee:
            return None
        dites = {nom: valeur for nom, valeur in reponse.entetes.items() if nom in _MIS_A_JOUR}
        return replace(tenue, entetes={**tenue.entetes, **dites}, moment=reponse.moment)


def name_visite(archive: Archive, source: str, moment: datetime) -> str:
    """The name of a new run in the archive, by the second when it starts, or the next one that is free."""
    debut, prises = moment.astimezone(UTC), set(archive.list_visites(source))
    while (nom := f"{debut:{FORME}}") in prises:
        debut += timedelta(seconds=1)
    return nom


def date_visite(visite: str) -> datetime:
    """When a visite of the archive started, to the second."""
    return datetime.strptime(visite, FORME).replace(tzinfo=UTC)


def open_and_keep(paths: Iterable[Path], archive: Archive, source: str, visite: str) -> Iterator[tuple[PageVue, str]]:
    """Yield saved pages, each kept. Raises `ListeBloquee` where one cannot be read."""
    for path in paths:
        contenu = _open(path)
        reponse = Reponse(path.name, 200, {}, contenu, datetime.now(UTC))
        yield PageVue(path.name, contenu), archive.keep(reponse, source, visite)


def _open(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            message = f"« {path} » dépasse {SIZE_LIMIT // 1_000_000} Mo : ce n'est pas une page de liste."
            raise ListeBloquee(Blocage.MISE_EN_PAGE, message)
        return path.read_bytes()
    except OSError as error:
        message = f"« {path} » ne peut pas être ouvert ({error.strerror}) : vérifiez son chemin."
        raise ListeBloquee(Blocage.RESEAU, message) from error
