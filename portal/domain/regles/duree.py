"""D: from when and until when (décret 2004-1085, art. 1: « pour une durée limitée », renewable)."""

from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite, Nature, Reconduction, TypeArticle
from portal.domain.dates import format_date
from portal.domain.fold import any_of, fold
from portal.domain.nombres import SUITE_DE_MOTS
from portal.domain.regles.registre import Examen, constat, regle

_SOURCE = "décret n° 2004-1085, art. 1er"
_NOMBRE = rf"(?:\d|{SUITE_DE_MOTS})"
_SANS_LIMITE = any_of(
    r"(?<!contrat a )(?<!contrats a )(?<!emploi a )duree (?:indeterminee|illimitee)",
    r"sans limit(?:e|ation) de duree",
)
_TERME = any_of(
    r"jusqu'(?:a|au|aux|en)\b",
    r"pren(?:d|dra|nent|dront) fin\b",
    r"(?:arrive|vien)(?:t|ra|dra)? a (?:son )?(?:terme|echeance)",
    r"(?:terme|echeance|fin) (?:de la (?:presente )?(?:convention|delegation) )?(?:est|sera) fixee?\b",
    r"se termine(?:ra)?\b",
    r"expire(?:ra)?\b",
    r"s'acheve(?:ra)?\b",
    r"cess(?:e|era) (?:de|ses|d')",
    r"a l'achevement",
    r"(?:du|depuis le) .{4,30} au \d{1,2}(?:er)? \w+ \d{4}\b",
    rf"(?:duree|periode) (?:\w+ ){{0,6}}(?:de |d'|a |est ){_NOMBRE}",
    r"pour (?:une (?:duree|periode)|la duree)\b",
    r"(?:au titre de|pour|couvre|couvrent|porte sur) (?:l'annee|l'exercice|les annees|les exercices|la periode)",
    rf"(?:conclue|etablie|signee|consentie|valable)\b[^.\n]{{0,40}}\b{_NOMBRE} (?:\(\w+\) )?(?:mois|ans?|annees?)\b",
    r"est annuelle\b",
)
_TACITE = any_of(r"tacite(?:ment)?\b")
_LIMITE = any_of(
    rf"dans la limite (?:totale |maximale )?(?:de |d'){_NOMBRE}",
    r"maximum\b",
    r"maximale?\b",
    r"sans (?:pouvoir )?(?:exceder|depasser)",
    r"n'exce",
    r"ne (?:peut|pourra|saurait|puisse) (?:exceder|depasser|aller)",
    rf"{_NOMBRE} (?:\(\w+\) )?(?:seule )?fois\b",
    r"duree totale\b",
    r"au[- ]dela d",
)
_AUTOUR = 400


@regle("D1", gravite=Gravite.ERREUR, source=_SOURCE, titre="La durée est limitée")
def check_term(examen: Examen) -> Iterator[Constat]:
    """Une date de fin, une durée, ou un événement qui met fin à l'acte ; une durée indéterminée n'en est pas une."""
    convention = examen.convention
    if convention.duree.date_fin or convention.nature is Nature.AVENANT:
        return
    corps = [article.corps for article in convention.articles if article.type is TypeArticle.DUREE]
    texte = fold("\n".join(corps)) if any(mots.strip() for mots in corps) else examen.dispositif_plie
    sans_limite = _SANS_LIMITE.search(examen.texte_plie)
    if sans_limite or not _TERME.search(texte):
        message = (
            "La convention n'a ni date de fin, ni durée, ni événement qui y mette fin, alors que la délégation est "
            "consentie pour une durée limitée : renseignez la date de fin, ou complétez l'article sur la durée."
        )
        debut, fin = sans_limite.span() if sans_limite else (None, None)
        yield constat("D1", message=message, debut=debut, fin=fin, champ="duree.date_fin")


@regle("D2", gravite=Gravite.ERREUR, source="logique", titre="La fin suit la signature et l'effet")
def check_order(examen: Examen) -> Iterator[Constat]:
    """La date de fin ne précède ni la date d'effet ni la date de signature."""
    duree, signature = examen.convention.duree, examen.convention.date_signature
    for date_debut, nom in ((duree.date_effet, "la date d'effet"), (signature, "la date de signature")):
        if duree.date_fin and date_debut and duree.date_fin < date_debut:
            message = (
                f"La date de fin ({format_date(duree.date_fin)}) précède {nom} ({format_date(date_debut)}) : corrigez "
                "l'une des deux."
            )
            yield constat("D2", message=message, champ="duree.date_fin")
            return


@regle("D3", gravite=Gravite.AVERTISSEMENT, source=_SOURCE, titre="La reconduction tacite est bornée")
def check_renewal(examen: Examen) -> Iterator[Constat]:
    """Une reconduction tacite sans nombre de fois ni durée maximale rend la durée illimitée."""
    if examen.convention.duree.reconduction is not Reconduction.TACITE:
        return
    texte = examen.texte_plie
    places = list(_TACITE.finditer(texte))
    if any(_LIMITE.search(texte, max(0, p.start() - _AUTOUR), p.end() + _AUTOUR) for p in places):
        return
    debut, fin = places[0].span() if places else (None, None)
    message = (
        "La reconduction tacite n'est bornée ni en nombre ni en durée, alors que la délégation est consentie pour une "
        "durée limitée : vérifiez le texte, et précisez la limite par un avenant si elle manque."
    )
    yield constat("D3", message=message, debut=debut, fin=fin, champ="duree.reconduction")


@regle(
    "D4", gravite=Gravite.AVERTISSEMENT, source="convention MENJ-DINUM du 1er septembre 2024", titre="L'acte est daté"
)
def check_signature_date(examen: Examen) -> Iterator[Constat]:
    """Avertissement où la ligne de signature est vide mais la date connue par ailleurs ; erreur sans date connue."""
    if examen.convention.date_signature is None:
        message = "La date de signature n'est pas connue : relevez-la sur l'original signé et renseignez-la."
        yield constat("D4", message=message, gravite=Gravite.ERREUR, champ="date_signature")
