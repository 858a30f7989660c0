"""What a rule is, and the register in which each one enters itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from inspect import getdoc

from portal.domain.convention import Constat, Convention, Gravite, Qualite
from portal.domain.fold import fold
from portal.domain.texte import find_champ


@dataclass(frozen=True)
class Examen:
    """What the rules judge: the facts, the text that the spans of their constats index, and how it was had."""

    convention: Convention
    texte: str
    qualite: Qualite

    @cached_property
    def texte_plie(self) -> str:
        """The text as rules search it: without accents and capitals, of the same length."""
        return fold(self.texte)

    @cached_property
    def dispositif(self) -> str:
        """The text of the articles and annexes; the whole text where no article was told apart."""
        articles = [f"{article.intitule}\n{article.corps}" for article in self.convention.articles]
        annexes = [annexe.corps for annexe in self.convention.annexes]
        return "\n".join(articles + annexes) if articles else self.texte

    @cached_property
    def dispositif_plie(self) -> str:
        """The same, folded."""
        return fold(self.dispositif)

    def find_champ(self, debut: int, fin: int) -> str | None:
        """Give the path of the fact that holds a passage of the text, `None` where none alone does."""
        return find_champ(self.convention, self.texte, debut, fin)


Controle = Callable[[Examen], Iterator[Constat]]


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule. `gravite` is that of its constats unless `doc` says when they have another.

    An editor may lift a `levable` rule on one act, with a reason that is kept.
    """

    identifiant: str
    gravite: Gravite
    titre: str
    source: str
    doc: str
    controle: Controle
    levable: bool = False


REGISTRE: dict[str, Regle] = {}


def regle(
    identifiant: str, *, gravite: Gravite, source: str, titre: str, levable: bool = False
) -> Callable[[Controle], Controle]:
    """Enter a function in the register; its docstring (French) tells the editor what it looks at.

    Raises `ValueError` where the identifier is taken or the docstring is missing.
    """

    def register(controle: Controle) -> Controle:
        doc = getdoc(controle)
        if identifiant in REGISTRE or not doc:
            raise ValueError(f"règle {identifiant} : identifiant déjà pris, ou docstring absente")
        REGISTRE[identifiant] = Regle(identifiant, gravite, titre, source, " ".join(doc.split()), controle, levable)
        return controle

    return register


def constat(
    identifiant: str,
    *,
    message: str,
    gravite: Gravite | None = None,
    debut: int | None = None,
    fin: int | None = None,
    champ: str | None = None,
) -> Constat:
    """Build a constat of a registered rule, of its gravité unless another is given.

    Raises `ValueError` where no such rule exists, or where only one end of the span is given.
    """
    if identifiant not in REGISTRE:
        raise ValueError(f"règle inconnue : {identifiant}")
    if (debut is None) != (fin is None) or (debut is not None and fin is not None and not 0 <= debut <= fin):
        raise ValueError(f"constat {identifiant} : passage impossible ({debut}, {fin})")
    return Constat(identifiant, gravite or REGISTRE[identifiant].gravite, message, debut, fin, champ)
