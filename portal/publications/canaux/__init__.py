"""The channels by which an act is sent where it must be: one module each, found by a look into this folder.

The name of the module is that of the channel. It gives `prepare(publiee, destinataire) -> Dossier`, what is sent,
whatever way; `find_obstacle(publiee, destinataire) -> str`, "" where the portal can send it by itself, else why not, in
French, and what to do; `send(dossier, envoi) -> Recu`, which raises `EchecTransmission`. Where it can take away what
stands there, `withdraw(envoi) -> Recu`; where it needs no editor, `is_automatic() -> bool`. `destinataire` is who gets
a copy, "" on the other channels. Each has an example in `examples/dossiers/CANAL/`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from portal.conventions.publiees import Publiee
from portal.publications.dossiers import Dossier, Envoi, Recu


@dataclass(frozen=True, slots=True)
class Voie:
    """A channel, and how an act goes by it."""

    nom: str
    prepare: Callable[[Publiee, str], Dossier]
    find_obstacle: Callable[[Publiee, str], str]
    send: Callable[[Dossier, Envoi], Recu]
    withdraw: Callable[[Envoi], Recu] | None
    is_automatic: Callable[[], bool]


def _register() -> dict[str, Voie]:
    modules = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    return {
        nom: Voie(
            nom,
            module.prepare,
            module.find_obstacle,
            module.send,
            getattr(module, "withdraw", None),
            getattr(module, "is_automatic", _never),
        )
        for nom, module in modules.items()
    }


def _never() -> bool:
    return False


CANAUX = _register()
