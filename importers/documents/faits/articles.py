"""The articles: number, heading, body as printed, and what each is about; the annexes and the préambule likewise."""

from importers.documents.corps import print_corps
from importers.documents.passage import Etendue
from importers.documents.releve import Releve
from importers.documents.types_article import classify_article
from portal.domain.convention import Annexe, Article


def read(releve: Releve) -> None:
    """Reads: plan. Writes: articles, annexes, preambule."""
    plan, texte = releve.plan, releve.texte
    articles = tuple(
        Article(
            numero=partie.intitule.numero,
            intitule=partie.intitule.titre,
            corps=print_corps(texte, partie.lignes),
            type=classify_article(partie.intitule.titre, passage.texte),
        )
        for partie, passage in zip(plan.articles, releve.corps, strict=True)
    )
    annexes = tuple(Annexe(partie.intitule, print_corps(texte, partie.lignes)) for partie in plan.annexes)
    releve.record(articles=articles, annexes=annexes)
    for rang, partie in enumerate(plan.articles):
        releve.locate(
            f"articles[{rang}]",
            Etendue(partie.tete.debut, max((ligne.fin for ligne in partie.lignes), default=partie.tete.fin)),
        )
        releve.locate(f"articles[{rang}].intitule", partie.tete)
    for rang, annexe in enumerate(plan.annexes):
        releve.locate(f"annexes[{rang}]", annexe.tete)
    if plan.preambule:
        lieu = Etendue(plan.preambule[0].debut, plan.preambule[-1].fin)
        releve.record(lieu, preambule=print_corps(texte, plan.preambule))
    _report_structure(releve)


def _report_structure(releve: Releve) -> None:
    plan = releve.plan
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
