"""Who answers for this site, from its settings: what its legal notice and its accessibility statement name.

The law (n° 2004-575 of 21 June 2004) has the publisher of a site name itself, the director of publication and
the host, with their addresses and telephones; the RGAA has the accessibility statement give a contact.
"""

from dataclasses import dataclass

from django.conf import settings

ROLES = {
    "editeur": {"EDITEUR_NOM": "nom", "EDITEUR_ADRESSE": "adresse", "EDITEUR_TELEPHONE": "téléphone"},
    "directeur": {"DIRECTEUR_PUBLICATION": "nom"},
    "hebergeur": {"HEBERGEUR_NOM": "nom", "HEBERGEUR_ADRESSE": "adresse", "HEBERGEUR_TELEPHONE": "téléphone"},
}
CONTACT = "ACCESSIBILITE_CONTACT"


@dataclass(frozen=True, slots=True)
class Responsable:
    """A person or body that answers for the site: `lignes` as given, `manques` the names of what is not."""

    lignes: tuple[str, ...]
    manques: tuple[str, ...]


def read_responsables() -> dict[str, Responsable]:
    """Each `Responsable` by its role: `editeur`, `directeur`, `hebergeur`."""
    return {role: _read(reglages) for role, reglages in ROLES.items()}


def read_contact() -> str:
    """The link (`mailto:` or `https:`) to whoever answers on accessibility, empty where none is given."""
    contact: str = getattr(settings, CONTACT)
    return contact


def list_missing() -> list[str]:
    """The names of the settings that are not given."""
    names = [*(name for reglages in ROLES.values() for name in reglages), CONTACT]
    return [name for name in names if not getattr(settings, name)]


def _read(reglages: dict[str, str]) -> Responsable:
    given = {libelle: getattr(settings, name) for name, libelle in reglages.items()}
    return Responsable(
        tuple(value for value in given.values() if value),
        tuple(libelle for libelle, value in given.items() if not value),
    )
