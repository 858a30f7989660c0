"""A search that finds nothing, without what the nearest convention does not have."""

from collections.abc import Callable
from typing import NamedTuple

from search.highlight import FUNCTION_WORDS, Packed, holds
from search.tree import All, Identifier, Most, Node, Phrase, Word, all_of
from search.writing import write_tree


class Reduced(NamedTuple):
    """The tree of a search that finds something, and what was typed that it leaves out."""

    tree: All
    sans: tuple[str, ...]


def reduce(tree: All, find_nearest: Callable[[All], Packed | None], widen: Callable[[Node], Node]) -> Reduced | None:
    """`tree` without the words and identifiers that the nearest convention has not; `None` where none is near.

    The nearest is the first that `find_nearest` finds of those that hold some. `widen` adds the synonyms of a node.
    « de » and the like go with them. Quotes, fields of facts and exclusions are written with care: they stay.
    """
    words = list(filter(_is_word, tree.nodes))
    telling = [node for node in words if not (isinstance(node, Word) and node.terme in FUNCTION_WORDS)]
    others = [node for node in tree.nodes if node not in words]
    nearest = find_nearest(all_of([*others, Most(tuple(map(widen, telling)))])) if telling else None
    if nearest is None:
        return None
    held = {node for node in words if holds(nearest, widen(node))}
    kept = all_of(node for node in tree.nodes if node in others or (node in held and node in telling))
    sans = tuple(write_tree(node) for node in words if node not in held)
    return Reduced(kept, sans) if sans and kept.nodes else None


def _is_word(node: Node) -> bool:
    return isinstance(node, Word | Identifier) or (isinstance(node, Phrase) and node.joined)
