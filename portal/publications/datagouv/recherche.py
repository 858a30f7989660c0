"""Which dataset of data.gouv.fr is that of an act, and that it is the only one.

It is looked for in our organisation alone: another may bear our key.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from portal.publications.datagouv.client import Client, Objet, extras_of, id_of
from portal.publications.datagouv.jeu import CLE_ACTE
from portal.publications.dossiers import EchecTransmission, Envoi

AUTRE = (
    "Le jeu de données connu n'est plus à l'organisation du portail : rendez-le-lui sur data.gouv.fr, ou corrigez "
    "DATAGOUV_ORGANISATION, puis redemandez l'envoi."
)
JUMEAUX = (
    "Plusieurs jeux de données de data.gouv.fr sont de cet acte ({}) : supprimez-en là-bas, puis redemandez l'envoi."
)


def find_one(client: Client, envoi: Envoi) -> Objet | None:
    """The dataset of an act, be it deleted; None where there is none. What a cut sending left beside it is taken away.

    Raises `EchecTransmission` where two of them hold something: an editor chooses.
    """
    tenus = find_all(client, envoi)
    vivants = [tenu for tenu in tenus if not tenu.get("deleted")]
    remplis = [tenu for tenu in vivants if not _is_begun(tenu)]
    if len(remplis) > 1:
        raise EchecTransmission(JUMEAUX.format(", ".join(map(id_of, remplis))), definitif=True)
    choisi = next(iter(remplis or vivants or tenus), None)
    for tenu in vivants:
        if tenu is not choisi:
            client.delete_dataset(id_of(tenu))
    return choisi


def find_all(client: Client, envoi: Envoi) -> list[Objet]:
    """The datasets of an act, the oldest first, deleted ones too: that of its identifier, else those that bear its key.

    Raises `EchecTransmission` where that of its identifier went to another organisation.
    """
    connu = client.read_dataset(envoi.identifiant) if envoi.identifiant else None
    if connu is not None and not _is_ours(connu):
        raise EchecTransmission(AUTRE, definitif=True)
    if connu is not None and extras_of(connu).get(CLE_ACTE, envoi.uid) == envoi.uid:
        return [connu]
    vus = [jeu for jeu in client.list_datasets() if _is_ours(jeu) and extras_of(jeu).get(CLE_ACTE) == envoi.uid]
    lus = (client.read_dataset(id_of(jeu)) for jeu in vus)
    return [jeu for jeu in lus if jeu is not None]


def _is_ours(jeu: Mapping[str, Any]) -> bool:
    chez = jeu.get("organization")
    return isinstance(chez, dict) and chez.get("id") == settings.DATAGOUV_ORGANISATION


def _is_begun(jeu: Mapping[str, Any]) -> bool:
    """Say whether a dataset is what a sending makes first: nobody sees it, and it holds no file."""
    return jeu.get("private") is True and not jeu.get("resources")
