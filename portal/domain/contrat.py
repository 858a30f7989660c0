"""The JSON of the document importer, and of every state of a convention that is kept or compared.

Amounts are texts ("120000.00"), dates ISO texts, enumerations their values. What is unknown is `null`, but for the
facts that are texts, which are "" (see `portal.domain.convention`).
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Union, get_args, get_origin, get_type_hints

from portal.domain.convention import Constat, Convention, Lecture, Lieu, Qualite

_DE_LA_LECTURE = ("source", "sha256", "qualite", "constats")
# The contract puts these keys first; the others follow in the order of the dataclass.
_CLES_EN_TETE = {"Convention": ("nature",), "Partie": ("role",)}


def to_json(lecture: Lecture) -> dict[str, Any]:
    """Give the object that the importer prints: the keys of its contract, in their order."""
    objet = {
        "source": lecture.source,
        "sha256": lecture.sha256,
        "qualite": lecture.qualite.value,
        **convention_to_json(lecture.convention),
        "constats": _encode(lecture.constats),
    }
    for partie in objet["parties"]:
        del partie["service"]
    return objet


def lecture_to_json(lecture: Lecture) -> dict[str, Any]:
    """Give a whole reading: what the importer prints, the text, `pages`, `lieux` ({path of a fact: [debut, fin]})."""
    lieux = {lieu.champ: [lieu.debut, lieu.fin] for lieu in lecture.lieux}
    return {**to_json(lecture), "texte": lecture.texte, "lieux": lieux, "pages": list(lecture.pages)}


def lecture_from_json(objet: Mapping[str, Any]) -> Lecture:
    """Build the reading again, from `lecture_to_json`; raises `ValueError` as `convention_from_json` does.

    Readings that were kept before `pages` was told have none.
    """
    faits = {cle: valeur for cle, valeur in objet.items() if cle not in ("texte", "lieux", "pages")}
    return Lecture(
        source=objet["source"],
        sha256=objet["sha256"],
        qualite=Qualite(objet["qualite"]),
        texte=objet["texte"],
        convention=convention_from_json(faits),
        constats=tuple(constat_from_json(item) for item in objet["constats"]),
        lieux=tuple(Lieu(champ, debut, fin) for champ, (debut, fin) in objet["lieux"].items()),
        pages=tuple(objet.get("pages", ())),
    )


def convention_to_json(convention: Convention) -> dict[str, Any]:
    """Give every fact of a convention, the register's `service` of its parties included."""
    objet: dict[str, Any] = _encode(convention)
    return objet


def convention_from_json(objet: Mapping[str, Any]) -> Convention:
    """Build the convention again, from `convention_to_json` or from a line of the importer.

    Raises `ValueError` where a key is unknown or missing, or a value is not of its kind.
    """
    faits = {cle: valeur for cle, valeur in objet.items() if cle not in _DE_LA_LECTURE}
    convention: Convention = _decode(faits, Convention, "convention")
    return convention


def constat_to_json(constat: Constat) -> dict[str, Any]:
    """Give a constat as the contract prints it."""
    objet: dict[str, Any] = _encode(constat)
    return objet


def constat_from_json(objet: Mapping[str, Any]) -> Constat:
    """Build a constat again; raises `ValueError` as `convention_from_json` does."""
    constat: Constat = _decode(objet, Constat, "constat")
    return constat


def empreinte(convention: Convention) -> str:
    """Give the SHA-256, in hexadecimal, of the canonical JSON: equal for equal conventions, whatever wrote them."""
    canonique = json.dumps(convention_to_json(convention), sort_keys=True, separators=(",", ":"))
    return sha256(canonique.encode("ascii")).hexdigest()


def _encode(valeur: object) -> Any:
    if isinstance(valeur, tuple):
        return [_encode(element) for element in valeur]
    if isinstance(valeur, Decimal):
        return f"{valeur:.2f}"
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, StrEnum):
        return valeur.value
    if is_dataclass(valeur):
        classe: type = type(valeur)
        return {nom: _encode(getattr(valeur, nom)) for nom in _keys(classe)}
    return valeur


@cache
def _keys(classe: type) -> tuple[str, ...]:
    en_tete = _CLES_EN_TETE.get(classe.__name__, ())
    return en_tete + tuple(champ.name for champ in fields(classe) if champ.name not in en_tete)


@cache
def _hints(classe: type) -> dict[str, Any]:
    return get_type_hints(classe)


def _decode(valeur: Any, genre: Any, chemin: str) -> Any:
    """Build a value of the type `genre`; `chemin` says in an error where it stands."""
    if get_origin(genre) in (Union, types.UnionType):
        (genre,) = (option for option in get_args(genre) if option is not types.NoneType)
        return None if valeur is None else _decode(valeur, genre, chemin)
    if get_origin(genre) is tuple:
        _expect(isinstance(valeur, list), "une liste", valeur, chemin)
        element = get_args(genre)[0]
        return tuple(_decode(rangee, element, f"{chemin}[{rang}]") for rang, rangee in enumerate(valeur))
    if is_dataclass(genre):
        return _decode_dataclass(valeur, genre, chemin)
    if genre is int:
        _expect(isinstance(valeur, int) and not isinstance(valeur, bool), "un nombre entier", valeur, chemin)
        return valeur
    _expect(isinstance(valeur, str), "un texte", valeur, chemin)
    return _decode_texte(valeur, genre, chemin)


def _decode_texte(valeur: str, genre: Any, chemin: str) -> Any:
    try:
        lue: Any = date.fromisoformat(valeur) if genre is date else genre(valeur)
    except (ValueError, ArithmeticError) as erreur:
        raise ValueError(f"{chemin} : valeur {valeur!r} impossible ({genre.__name__})") from erreur
    _expect(genre is not Decimal or lue.is_finite(), "un montant", valeur, chemin)
    return lue


def _decode_dataclass(valeur: Any, classe: Any, chemin: str) -> Any:
    _expect(isinstance(valeur, Mapping), "un objet", valeur, chemin)
    champs = {champ.name: champ for champ in fields(classe)}
    if inconnues := valeur.keys() - champs.keys():
        raise ValueError(f"{chemin} : clés inconnues : {', '.join(sorted(inconnues))}")
    if manquantes := [nom for nom, champ in champs.items() if nom not in valeur and _is_required(champ)]:
        raise ValueError(f"{chemin} : clés manquantes : {', '.join(manquantes)}")
    genres = _hints(classe)
    return classe(**{nom: _decode(fait, genres[nom], f"{chemin}.{nom}") for nom, fait in valeur.items()})


def _is_required(champ: "Field[Any]") -> bool:
    return champ.default is MISSING and champ.default_factory is MISSING


def _expect(conforme: bool, attendu: str, valeur: object, chemin: str) -> None:
    if not conforme:
        raise ValueError(f"{chemin} : il faut {attendu}, lu : {valeur!r}")
