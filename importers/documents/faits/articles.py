"""The articles: number, heading, body as printed, and what each is about; the annexes and the préambule likewise."""

import re
from collections.abc import Callable

from importers.documents.corps import print_corps
from importers.documents.noms import match_mentions
from importers.documents.passage import PLAT, Etendue
from importers.documents.releve import Releve
from importers.documents.types_article import DEBUT_DU_CORPS, classify_article
from portal.domain.convention import Annexe, Article, Role

_COTES = {Role.DELEGANT: "délégant", Role.DELEGATAIRE: "délégataire"}


def read(releve: Releve) -> None:
    """Reads: plan, parties. Writes: articles, annexes, preambule."""
    plan, texte = releve.plan, releve.texte
    sides = _name_sides(releve)
    articles = tuple(
        Article(
            numero=partie.intitule.numero,
            intitule=partie.intitule.titre,
            corps=print_corps(texte, partie.lignes),
            type=classify_article(sides(partie.intitule.titre.translate(PLAT)), sides(passage.texte[:DEBUT_DU_CORPS])),
        )
        for partie, passage in zip(plan.articles, releve.corps, strict=True)
    )
    annexes = tuple(Annexe(partie.intitule, print_corps(texte, partie.lignes)) for partie in plan.annexes)
    releve.record(articles=articles, annexes=annexes)
    for rang, partie in enumerate(plan.articles):
        releve.locate(
            f"articles[{rang}]",
            Etendue(partie.tete.debut, partie.lignes[-1].fin if partie.lignes else partie.tete.fin),
        )
        releve.locate(f"articles[{rang}].intitule", partie.tete)
    for rang, annexe in enumerate(plan.annexes):
        releve.locate(f"annexes[{rang}]", annexe.tete)
    if plan.preambule:
        lieu = Etendue(plan.preambule[0].debut, plan.preambule[-1].fin)
        releve.record(lieu, preambule=print_corps(texte, plan.preambule))
    _report_structure(releve)


def _name_sides(releve: Releve) -> Callable[[str], str]:
    """Give what writes « le délégant » for « le MSJOP », so that « Engagements du MSJOP » says whose they are."""
    parties = [partie for partie in releve.convention.parties if partie.role]
    motifs = [(match_mentions(partie, parties), partie.role) for partie in parties]
    cotes = [(re.compile(rf"(?<!\w)(?:{motif})(?!\w)"), _COTES[role]) for motif, role in motifs if motif and role]

    def name_sides(texte: str) -> str:
        for motif, cote in cotes:
            texte = motif.sub(cote, texte)
        return texte

    return name_sides


def _report_structure(releve: Releve) -> None:
    plan = releve.plan
    if plan.suite:
        message = "Le fichier contient un autre acte à la suite de celui-ci, qui n'est pas lu : importez-le dans un fichier à part."
        releve.report("T1", message, lieu=Etendue(plan.suite[0].debut, plan.suite[-1].fin))
    for groupe in plan.groupes:
        releve.inform(
            "Q2",
            f"« {groupe.intitule.titre or groupe.intitule.numero} » est un titre au-dessus de plusieurs articles : il n'est pas gardé.",
            groupe.tete,
        )
    if plan.articles and not plan.articles[0].intitule.numero and not plan.articles[0].intitule.titre:
        releve.inform(
            "C1",
            "Le texte n'a pas d'articles : son corps est gardé en un seul, sans numéro.",
            plan.articles[0].tete,
            "articles",
        )
