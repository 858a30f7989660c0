"""What a file holds beside its text and an editor must know before it is public, in French sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

_LONGUEUR = 80
"""Characters of a name or of a path that are shown."""
_MONTRES = 5
"""Names that are shown."""

_PHRASES = {
    "insertion": "Des insertions suivies comme modifications sont lues comme du texte : acceptez-les ou refusez-les.",
    "suppression": "Des suppressions suivies comme modifications ne sont ni lues, ni dans la copie publique : vérifiez-les.",
    "commentaire": "Le fichier contient des commentaires : ils ne sont ni lus, ni dans la copie publique.",
    "masque": "Du texte masqué n'est ni lu, ni dans la copie publique : vérifiez qu'il n'a pas d'effet.",
    "barre": "Du texte barré n'est pas lu : vérifiez qu'il n'a plus d'effet.",
    "image": "Le fichier contient des images : vérifiez qu'aucune n'est une signature manuscrite.",
    "macro": "Le fichier contient des macros : elles ne sont pas dans la copie publique.",
    "invite": "Un champ à remplir est resté vide : complétez-le dans le document.",
    "incorpore": "Le fichier contient un autre document incorporé, qui n'est ni lu, ni dans la copie publique : vérifiez-le.",
}
"""By what is counted, in the order in which it is said."""


@dataclass(frozen=True, slots=True)
class Auteurs:
    """Whom the metadata of a file name, persons and services, and where it lay."""

    noms: tuple[str, ...] = ()
    chemins: tuple[str, ...] = ()


def write_remarques(compte: Mapping[str, int], auteurs: Auteurs) -> tuple[str, ...]:
    """One sentence for each kind of thing that was met, then one for each kind of metadata."""
    phrases = [phrase for cle, phrase in _PHRASES.items() if compte.get(cle)]
    if auteurs.noms:
        phrases.append(f"Les propriétés du fichier nomment {_list(auteurs.noms)} : la copie publique ne les aura pas.")
    if auteurs.chemins:
        phrases.append(
            f"Le fichier garde un chemin interne, {_list(auteurs.chemins)} : la copie publique ne l'aura pas."
        )
    return tuple(phrases)


def _list(noms: tuple[str, ...]) -> str:
    distincts = list(dict.fromkeys(" ".join(nom.split())[:_LONGUEUR] for nom in noms))
    return ", ".join(f"« {nom} »" for nom in distincts[:_MONTRES])
