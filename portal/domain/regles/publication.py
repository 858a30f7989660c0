"""B: publication (décret 2004-1085, art. 2: « La délégation de gestion est publiée »)."""

from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite, TypeArticle
from portal.domain.fold import any_of
from portal.domain.regles.registre import Examen, constat, regle

_PROMESSE = any_of(
    r"ser(?:a|ont) (?:\w+ ){0,2}publiee?s?\b",
    r"est publiee?\b",
    r"fer(?:a|ont) l'objet d'une publication",
    r"publi(?:ee?s?|cation) (?:\w+ ){0,4}(?:aux?|dans|sur) (?:\w+ )?(?:bulletins?|recueils?|journal|site|bo|raa|jo)\b",
)


@regle("B1", gravite=Gravite.INFO, source="décret n° 2004-1085, art. 2", titre="Le texte promet sa publication")
def check_publication_promised(examen: Examen) -> Iterator[Constat]:
    """Information seulement : la publication est due de droit, un acte qui ne la promet pas est régulier."""
    convention = examen.convention
    promise = convention.publications_prevues or any(a.type is TypeArticle.PUBLICATION for a in convention.articles)
    if not promise and not _PROMESSE.search(examen.texte_plie):
        message = (
            "Le texte ne dit pas où il sera publié, alors que toute délégation de gestion est publiée : choisissez au "
            "moins un canal de publication."
        )
        yield constat("B1", message=message, champ="publications_prevues")
