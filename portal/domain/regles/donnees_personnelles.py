"""X: what must not be published (CRPA, art. L. 312-1-2), or has been hidden already."""

import re
from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite
from portal.domain.fold import fold
from portal.domain.regles.registre import Examen, constat, regle

_COURRIEL = re.compile(r"(?<![\w.+\-])(?P<local>[\w.+\-]{1,64})@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}(?![\w\-])")
# The same separator throughout: « 05-06-2025 10 » is a date and an hour.
_TELEPHONE = re.compile(
    r"(?<![\w+\-./])(?:(?:\+|00)33\s?(?:\(0\)\s?)?[1-9]|0[1-9])"
    r"(?P<signe>[ .\-\u00a0\u202f])\d{2}(?:(?P=signe)\d{2}){3}(?![\w\-])|"
    r"(?<![\w+\-./])(?:(?:\+|00)33|0)[67]\d{8}(?!\w)|"
    r"(?:\b[Tt][ée]l(?:[ée]phone)?\b\.?|☎)[\s:]{0,3}(?:\+33\s?|0)[1-9]\d{8}(?!\w)"
)
_MASQUE = re.compile(r"(?<![\w./])(?:[Xx]x{2,}|X{4,}|xx/xx(?:/\w{2,4})?)(?![\w/])")
_FONCTIONNELLES = {
    "accueil", "assistance", "bal", "boite", "bureau", "cabinet", "cellule", "communication", "contact", "courrier",
    "direction", "dpo", "info", "infos", "mission", "pole", "presse", "secretariat", "service", "support", "webmaster",
}  # fmt: skip


@regle("X1", gravite=Gravite.ERREUR, source="CRPA, art. L. 312-1-2", titre="Ni courriel ni téléphone d'une personne")
def check_contacts(examen: Examen) -> Iterator[Constat]:
    """Une adresse électronique ou un téléphone est à occulter ; une boîte fonctionnelle ne vaut qu'avertissement."""
    sigles = {fold(partie.sigle) for partie in examen.convention.parties if partie.sigle}
    for trouve in _COURRIEL.finditer(examen.texte):
        fonctionnelle = bool(set(re.split(r"[.+\-_]", fold(trouve["local"]))) & (_FONCTIONNELLES | sigles))
        avis = (
            "paraît être celle d'un service : vérifiez qu'elle peut être publiée."
            if fonctionnelle
            else "est une donnée personnelle : retirez-la du texte publié."
        )
        message = f"L'adresse électronique « {trouve[0]} » {avis}"
        yield _occult(examen, trouve, message, Gravite.AVERTISSEMENT if fonctionnelle else Gravite.ERREUR)
    for trouve in _TELEPHONE.finditer(examen.texte):
        message = f"Le numéro de téléphone « {trouve[0]} » est à retirer du texte publié."
        yield _occult(examen, trouve, message, Gravite.ERREUR)


def _occult(examen: Examen, trouve: re.Match[str], message: str, gravite: Gravite) -> Constat:
    champ = examen.find_champ(*trouve.span())
    return constat("X1", message=message, gravite=gravite, debut=trouve.start(), fin=trouve.end(), champ=champ)


@regle("X2", gravite=Gravite.ERREUR, source="copies publiées aux noms masqués", titre="Aucun passage masqué")
def check_masked(examen: Examen) -> Iterator[Constat]:
    """Un nom ou un numéro remplacé par des x montre que le fichier n'est pas l'acte signé."""
    for trouve in _MASQUE.finditer(examen.texte):
        message = f"Le texte contient un passage masqué (« {trouve[0]} ») : importez l'original signé, ou complétez-le."
        champ = examen.find_champ(*trouve.span())
        yield constat("X2", message=message, debut=trouve.start(), fin=trouve.end(), champ=champ)


@regle(
    "X4",
    gravite=Gravite.AVERTISSEMENT,
    source="CRPA, art. L. 312-1-2",
    titre="Le fichier ne contient que l'acte",
)
def check_file(examen: Examen) -> Iterator[Constat]:
    """Dit à la lecture du fichier : auteur, commentaires, modifications suivies, texte caché, image d'une signature."""
    yield from ()
