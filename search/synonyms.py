"""Words that mean the same in this domain: who types one finds the others too.

A group is a few ways to say one thing: « MENJ », « MEN », « éducation nationale ». What a reader puts between quotes
is looked for as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import terms
from search.tree import All, Any, Node, Not, Phrase, Run, Word, all_of, any_of, negate


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What was typed, and what is looked for besides."""

    typed: str
    others: tuple[str, ...]


class Synonyms:
    """Groups of texts that mean the same, each with two or more."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self.by_run: dict[Run, dict[Run, str]] = {}
        for group in groups:
            variants = {run: texte for texte in group if (run := tuple(terms(texte)))}
            for run in variants:
                self.by_run.setdefault(run, {}).update(variants)
        self.lengths = sorted({len(run) for run in self.by_run}, reverse=True)

    def expand(self, tree: All) -> tuple[All, tuple[Equivalence, ...]]:
        """The tree that finds the synonyms too, and what they are."""
        said: dict[Equivalence, None] = {}
        expanded = all_of(self._expand_all(tree.nodes, said)) if self.by_run else tree
        return expanded, tuple(said)

    def _expand_all(self, nodes: Sequence[Node], said: dict[Equivalence, None]) -> Iterator[Node]:
        rank = 0
        while rank < len(nodes):
            found = self._find(nodes[rank:])
            if found:
                yield self._widen(nodes[rank : rank + len(found)], found, said)
                rank += len(found)
            else:
                yield self._expand(nodes[rank], said)
                rank += 1

    def _expand(self, node: Node, said: dict[Equivalence, None]) -> Node:
        match node:
            case All(nodes):
                return all_of(self._expand_all(nodes, said))
            case Any(nodes):
                return any_of(all_of(self._expand_all((child,), said)) for child in nodes)
            case Not(child):
                return negate(all_of(self._expand_all((child,), said)))
            case Phrase(termes=run, joined=True) if run in self.by_run:
                return self._widen((node,), run, said)
            case _:
                return node

    def _find(self, nodes: Sequence[Node]) -> Run:
        """The longest run of words at the beginning of `nodes`, in one field, that has synonyms."""
        words: list[Word] = []
        for node in nodes[: self.lengths[0]]:
            if not isinstance(node, Word) or (words and node.champ != words[0].champ):
                break
            words.append(node)
        runs = (tuple(word.terme for word in words[:length]) for length in self.lengths if length <= len(words))
        return next((run for run in runs if run in self.by_run), ())

    def _widen(self, nodes: Sequence[Node], run: Run, said: dict[Equivalence, None]) -> Node:
        typed = [node for node in nodes if isinstance(node, Word | Phrase)]
        champ = typed[0].champ
        others = {other: texte for other, texte in self.by_run[run].items() if other != run}
        said[Equivalence(" ".join(node.texte for node in typed), tuple(others.values()))] = None
        return any_of(
            [
                all_of(nodes),
                *(
                    Word(texte, other[0], champ) if len(other) == 1 else Phrase(texte, other, champ)
                    for other, texte in others.items()
                ),
            ]
        )
