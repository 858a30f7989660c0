"""Why data.gouv.fr did not do what it was asked, in words for an editor; its key is in none of them."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from portal.http.session import Reponse
from portal.publications.dossiers import EchecTransmission

MOTS = 300
"""Characters of the words of the site that are repeated to an editor, at most."""
PLUS_TARD = "l'envoi sera réessayé."
DROITS = (
    "La clé ne permet pas de publier pour cette organisation : vérifiez DATAGOUV_ORGANISATION et les droits du compte, "
    "puis redemandez l'envoi."
)
EXPLICATIONS = {
    401: "data.gouv.fr refuse la clé : créez-en une, mettez-la dans DATAGOUV_API_KEY, puis redemandez l'envoi.",
    403: DROITS,
    404: f"Le jeu de données a disparu de data.gouv.fr pendant l'envoi : {PLUS_TARD}",
    410: f"Le jeu de données vient d'être supprimé de data.gouv.fr : {PLUS_TARD}",
    413: "data.gouv.fr trouve un fichier trop lourd : téléchargez le dossier et déposez-le par vos moyens.",
    415: "data.gouv.fr refuse le type d'un fichier : signalez-le à l'administrateur.",
    423: f"data.gouv.fr est en lecture seule pour l'instant : {PLUS_TARD}",
    429: f"data.gouv.fr reçoit trop de demandes : {PLUS_TARD}",
}
PASSAGERS = frozenset((404, 408, 410, 423, 425, 429))
"""Refusals that a later try may not meet."""
ADRESSE = "L'API de data.gouv.fr n'est pas à cette adresse : corrigez DATAGOUV_API_URL, puis redemandez l'envoi."
BARRAGE = f"Un barrage devant data.gouv.fr refuse la demande sans dire pourquoi : {PLUS_TARD}"


def read_json(reponse: Reponse) -> Any:
    """What an answer holds. Raises `ValueError` where that is no JSON."""
    try:
        return json.loads(reponse.contenu)
    except RecursionError as error:
        raise ValueError("too deep") from error


def explain(reponse: Reponse) -> EchecTransmission:
    """Why a request that is answered so was not done."""
    if reponse.statut < 400:
        return EchecTransmission(ADRESSE, definitif=True)
    lu = _read_object(reponse)
    attente = max(0.0, reponse.attente)
    if reponse.statut == 403 and not lu:
        return EchecTransmission(BARRAGE, attente=attente)
    definitif = reponse.statut < 500 and reponse.statut not in PASSAGERS
    if reponse.statut in EXPLICATIONS:
        return EchecTransmission(EXPLICATIONS[reponse.statut], definitif=definitif, attente=attente)
    if reponse.statut == 400 and isinstance(lu.get("errors"), dict) and "organization" in lu["errors"]:
        return EchecTransmission(DROITS, definitif=True)
    suite = "signalez-le à l'administrateur." if definitif else PLUS_TARD
    message = f"data.gouv.fr a répondu par l'erreur {reponse.statut}{_quote(lu)} : {suite}"
    return EchecTransmission(message, definitif=definitif, attente=attente)


def unreadable() -> EchecTransmission:
    return EchecTransmission(f"data.gouv.fr a répondu autre chose que des données : {PLUS_TARD}")


def _read_object(reponse: Reponse) -> dict[str, Any]:
    try:
        lu = read_json(reponse)
    except ValueError:
        return {}
    return lu if isinstance(lu, dict) else {}


def _quote(lu: dict[str, Any]) -> str:
    """The words of a refusal, on one line: form errors by field, a message, or nothing that can be read."""
    champs = lu.get("errors")
    if isinstance(champs, dict):
        mots = " ; ".join(f"{champ} : {', '.join(_list_mots(erreurs))}" for champ, erreurs in champs.items())
    else:
        mots = ", ".join(_list_mots(lu.get("message") or lu.get("error")))
    if settings.DATAGOUV_API_KEY:
        mots = mots.replace(settings.DATAGOUV_API_KEY, "…")
    mots = " ".join("".join(signe if signe.isprintable() else " " for signe in mots).split())
    return f" (« {mots[:MOTS]} »)" if mots else ""


def _list_mots(valeur: object) -> Iterator[str]:
    """The texts of a value, however they are nested."""
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, list | dict):
        for element in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _list_mots(element)
