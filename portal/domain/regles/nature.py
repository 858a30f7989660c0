"""T: whether the act is a délégation de gestion at all."""

from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite
from portal.domain.fold import any_of, fold
from portal.domain.regles.registre import Examen, constat, regle

_GESTION = any_of(r"delegations? de (?:la )?gestion", r"gestion et (?:de )?delegation", r"delegation de moyens?")
_DECRET = any_of(r"2004\s?[-–]\s?1085\b")
_AUTRES_ACTES = any_of(
    r"conventions? (?:\w+ )?de (?:financement|subvention|partenariat|mecenat|mise a disposition)\b",
    r"subventions?\b",
    r"delegations? de (?:service public|signature|pouvoirs?|competences?)\b",
    r"concessions? de\b",
    r"marches? publics?\b",
    r"fonds de concours\b",
)
_DEBUT_DU_TEXTE = 3_000


@regle(
    "T1",
    gravite=Gravite.AVERTISSEMENT,
    source="actes voisins publiés (NOR SPRZ2230481X ; subventions du fonds FAST)",
    titre="L'acte est une délégation de gestion",
)
def check_nature(examen: Examen) -> Iterator[Constat]:
    """Un titre ou un début de texte de subvention, financement, délégation de service public ou de signature."""
    titre = fold(examen.convention.titre)
    if _GESTION.search(titre):
        return
    autre = _AUTRES_ACTES.search(titre)
    if not autre and not _GESTION.search(examen.texte_plie) and not _DECRET.search(examen.texte_plie):
        autre = _AUTRES_ACTES.search(examen.texte_plie, 0, _DEBUT_DU_TEXTE)
    if autre:
        message = (
            f"L'acte ressemble à autre chose (« {autre[0]} ») qu'à une délégation de gestion : vérifiez qu'il a sa "
            "place ici."
        )
        yield constat("T1", message=message, champ="nature")
