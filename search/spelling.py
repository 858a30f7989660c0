"""Other spellings of a search that finds little: for each word that no convention holds, the nearest that one does."""

from collections.abc import Callable

from search.analysis import form, forms, terms, words
from search.engines.base import Engine
from search.highlight import Packed, list_words
from search.tree import All, Any, Node, Word, all_of, any_of

SHORTEST = 4
"""Letters of a word worth correcting: any two short ones are near each other."""


def correct(tree: All, engine: Engine) -> All | None:
    """The tree with the words that seem misspelt replaced, without accents; `None` where none seems to be."""
    corrected = all_of(_map_words(child, lambda word: _correct_word(word, engine)) for child in tree.nodes)
    return None if corrected == tree else corrected


def accent(tree: All, packed: Packed) -> All:
    """The tree with its words as they are written in a convention that was found."""
    written = {form(word): word for quoted in reversed(list_words(packed)) for word in words(quoted)}
    return all_of(_map_words(child, lambda word: _rewrite(word, written.get(word.texte))) for child in tree.nodes)


def _correct_word(word: Word, engine: Engine) -> Word:
    match forms(word.texte):
        case [forme] if len(forme) >= SHORTEST and not any(sign.isdecimal() for sign in forme):
            near = engine.resemble(forme, 1)
            return _rewrite(word, near[0].mot if near and near[0].mot != forme else None)
        case _:
            return word


def _rewrite(word: Word, texte: str | None) -> Word:
    run = terms(texte) if texte else []
    return Word(texte, run[0], word.champ) if texte and len(run) == 1 else word


def _map_words(node: Node, change: Callable[[Word], Word]) -> Node:
    """`node` with its words changed, but those that are excluded."""
    match node:
        case Word():
            return change(node)
        case All(nodes):
            return all_of(_map_words(child, change) for child in nodes)
        case Any(nodes):
            return any_of(_map_words(child, change) for child in nodes)
        case _:
            return node
