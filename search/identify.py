"""The identifiers and amounts that a reader types among words, without naming their kind."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.domain.identifiers import IDENTIFIANTS, PROGRAMME, Identifiant
from portal.domain.montants import find_montants, format_montant
from search.analysis import normalise, terms
from search.tree import Identifier

MONTANT, MONTANT_CITE = "montant", "montant_cite"
"""The kinds of an amount among identifiers, of the échéancier or of a text; its code is in euros: « 120000,50 »."""

TOO_MANY_EUROS = 10**15
"""More than any budget; written in full, it is no longer read as an amount."""

_LONGEST_LABEL = 40
_TEXT_NUMBER = re.compile(r"(?:19|20)\d{2}-(?!(?:19|20)\d{2}(?!\d))\d{3,5}|\d{2}-\d{3,5}")


def find_identifiers(text: str) -> dict[int, tuple[int, Identifier]]:
    """Each identifier of `text` with its end, by where it begins, its label (« NOR : ») included."""
    end, identifiers = 0, {}
    for debut, fin, label, identifier in sorted(_find_all(text), key=lambda one: (one[0], -one[1])):
        if debut >= end:
            identifiers[max(label, end)] = fin, identifier
            end = fin
    return identifiers


def read_identifier(piece: str) -> Identifier | None:
    """The identifier that all words of `piece` are: among others like it, one may not be recognised."""
    fin, identifier = find_identifiers(piece).get(0, (0, None))
    return None if terms(piece[fin:]) else identifier


def write_code(montant: Decimal) -> str:
    """The code of an amount, in euros."""
    return f"{montant:.2f}".removesuffix(".00").replace(".", ",")


def _find_all(text: str) -> Iterator[tuple[int, int, int, Identifier]]:
    """(debut, fin, where its label begins, identifier)."""
    capitals = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)
    for kind in IDENTIFIANTS:
        for written in dict.fromkeys((text, capitals)):
            for debut, fin, code in kind.find(written):
                printed = f"programme {code}" if kind is PROGRAMME else code
                yield debut, fin, _find_label(text, debut, kind), Identifier(kind.nom, code, tuple(terms(printed)))
    for montant in find_montants(text):
        if 0 < montant.montant < TOO_MANY_EUROS:
            termes = tuple(terms(normalise(format_montant(montant.montant))))
            yield montant.debut, montant.fin, montant.debut, Identifier(MONTANT, write_code(montant.montant), termes)


def _find_label(text: str, debut: int, kind: Identifiant) -> int:
    """Where the label that stands before a code begins, or the code itself where there is none."""
    words = re.finditer(r"(?<!\w)\w", text[max(0, debut - _LONGEST_LABEL) : debut])
    starts = [max(0, debut - _LONGEST_LABEL) + word.start() for word in words]
    labels = ((start, kind.etiquette.match(text[start:])) for start in starts)
    return next((start for start, label in labels if label and start + label.end() == debut), debut)


def describe(identifier: Identifier) -> str:
    """« Reconnu : numéro NOR MENA2420224X. »"""
    if identifier.nom == MONTANT:
        return f"Reconnu : montant de {format_montant(Decimal(identifier.code.replace(',', '.')))}."
    libelle = next(kind.libelle for kind in IDENTIFIANTS if kind.nom == identifier.nom)
    return f"Reconnu : {libelle[0].lower()}{libelle[1:]} {identifier.code}."


def describe_text_number(piece: str) -> str | None:
    """« Reconnu : texte n° 2004-1085. », for the number of a law or decree; `None` for anything else."""
    return f"Reconnu : texte n° {piece}." if _TEXT_NUMBER.fullmatch(piece) else None
