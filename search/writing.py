"""A tree written back as a reader would type it."""

from datetime import date

from search.champs import MONTANTS, Champ
from search.tree import (
    STAR,
    All,
    Any,
    Code,
    Identifier,
    InStatut,
    Interval,
    Leaf,
    Most,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
)
from search.values import write_euros

LABELS = {"programme": "programme {}", "activite": "activité {}", "centre_cout": "centre de coût {}", "montant": "{} €"}
"""How an identifier is written so that it is recognised again; most are by themselves."""


def write_tree(node: Node, *, apart: bool = False) -> str:
    """The text of a tree. With `apart` words are put in parentheses or quotes: neighbours do not make an identifier."""
    if isinstance(node, All):
        return " ".join(_write(child, apart) for child in node.nodes)
    return _write(node, apart)


def _write(node: Node, apart: bool) -> str:
    match node:
        case All():
            return f"({write_tree(node, apart=apart)})"
        case Any() | Most():
            return f"({' OU '.join(_write(child, apart) for child in node.nodes)})"
        case Not():
            return f"-{_write(node.node, apart)}"
        case Word(champ="") | Prefix(champ="") | Identifier() if apart:
            return f"({write_leaf(node)})"
        case Phrase(joined=True) if not apart:
            return _in(node.champ, node.texte)
        case _:
            return write_leaf(node)


def write_leaf(leaf: Leaf) -> str:
    match leaf:
        case Word():
            return _in(leaf.champ, leaf.texte)
        case Phrase():
            return _in(leaf.champ, f'"{leaf.texte}"' + (f"~{leaf.distance}" if leaf.distance else ""))
        case Prefix():
            return _in(leaf.champ, leaf.texte + STAR)
        case Identifier():
            return LABELS.get(leaf.nom, "{}").format(leaf.code)
        case Code():
            return _in(leaf.champ, leaf.code + STAR * leaf.debut)
        case InStatut():
            return _in(Champ.STATUT, leaf.valeur)
        case Interval():
            return _in(leaf.champ, _write_interval(leaf))


def _in(champ: str, texte: str) -> str:
    """`texte` in a field: in parentheses where it begins so that the name before it would be read as no field's."""
    if not champ:
        return texte
    return f"{champ}:({texte})" if texte.startswith((":", "/")) else f"{champ}:{texte}"


def _write_interval(leaf: Interval) -> str:
    low, high = ("" if bound is None else _write_bound(leaf.champ, bound) for bound in (leaf.low, leaf.high))
    if low == high or leaf.champ in (Champ.DU, Champ.AU):
        return low or high
    if low and high:
        return f"{low}..{high}"
    return f">={low}" if low else f"<={high}"


def _write_bound(champ: str, bound: int) -> str:
    if champ in MONTANTS:
        return write_euros(bound)
    return str(bound) if champ == Champ.ANNEE else date.fromordinal(bound).isoformat()
