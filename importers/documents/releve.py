"""What is known of a text while it is being read: the facts so far, where each stands, and the constats."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, Passage
from importers.documents.plan import PartieArticle, Plan
from portal.domain.convention import Constat, Convention, Gravite, TypeArticle
from portal.domain.regles import constat


@dataclass
class Releve:
    """Filled stage by stage; `lieux` says where the fact at a path (« duree.date_fin ») was read."""

    texte: str
    lignes: tuple[Ligne, ...] = ()
    plan: Plan = field(default_factory=Plan)
    convention: Convention = field(default_factory=lambda: Convention(titre=""))
    lieux: dict[str, Etendue] = field(default_factory=dict)
    constats: list[Constat] = field(default_factory=list)

    def record(self, lieu: Etendue | None = None, **faits: Any) -> None:
        """Set facts of the convention; `lieu` is where they were read."""
        self.convention = replace(self.convention, **faits)
        if lieu is not None:
            self.lieux.update(dict.fromkeys(faits, lieu))

    def locate(self, champ: str, lieu: Etendue) -> None:
        self.lieux[champ] = lieu

    def champ_at(self, debut: int, fin: int) -> str | None:
        """Give the path of the fact that was read around a passage, the nearest one where several were."""
        autour = [
            (lieu.fin - lieu.debut, champ)
            for champ, lieu in self.lieux.items()
            if lieu.debut <= debut < fin <= lieu.fin
        ]
        return min(autour)[1] if autour else None

    def report(
        self,
        regle: str,
        message: str,
        *,
        gravite: Gravite | None = None,
        lieu: Etendue | None = None,
        champ: str | None = None,
    ) -> None:
        """Keep a constat of the reading: how a fact was read where the text leaves a doubt, or why it was not."""
        debut, fin = lieu or (None, None)
        self.constats.append(constat(regle, message=message, gravite=gravite, debut=debut, fin=fin, champ=champ))

    def inform(self, regle: str, message: str, lieu: Etendue | None = None, champ: str | None = None) -> None:
        self.report(regle, message, gravite=Gravite.INFO, lieu=lieu, champ=champ)

    def passage(self, lignes: Iterable[Ligne]) -> Passage:
        return Passage.of(self.texte, [ligne.etendue for ligne in lignes])

    @cached_property
    def corps(self) -> tuple[Passage, ...]:
        """The body of each article of the plan, in order."""
        return tuple(self.passage(article.lignes) for article in self.plan.articles)

    def articles_of(self, *types: TypeArticle) -> list[tuple[int, PartieArticle, Passage]]:
        """Give (rank, part, body) of the articles of these types, in the order of the types."""
        ranges: dict[TypeArticle, list[int]] = {type_article: [] for type_article in types}
        for rang, article in enumerate(self.convention.articles):
            if article.type in ranges:
                ranges[article.type].append(rang)
        parties, corps = self.plan.articles, self.corps
        return [(rang, parties[rang], corps[rang]) for rangs in ranges.values() for rang in rangs]
