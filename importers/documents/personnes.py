"""Persons and their functions, as parties and signature blocks print them.

« M. Jean Dupont, directeur des sports », « l'ingénieur général de l'armement Anne LE GOFF, directrice du SSF »,
« son directeur, Jean Dupont », « le directeur des affaires financières » (a function alone).
"""

import re
from collections.abc import Sequence

from portal.domain.convention import Representant

_LETTRE = "A-ZÀ-ÖØ-ÞŒ"
_MOT_DE_NOM = rf"(?:[{_LETTRE}]\.(?:\s?-?[{_LETTRE}]\.)?|(?:[dlDL]')?[{_LETTRE}][\w'’-]{{1,30}}|[{_LETTRE}](?!\w))"
_PARTICULE = r"(?:(?:de la|de l'|de|du|des|d'|la|le|van|von|di|da|el|ben)\s)"
_NOM = re.compile(rf"(?<!\S){_MOT_DE_NOM}(?:\s{_PARTICULE}?{_MOT_DE_NOM}){{0,4}}$")
_CIVILITE = re.compile(
    r"(?:MM?\.?|Mmes?\.?|Mlles?|Messieurs|Monsieur|Mesdames|Madame|Mademoiselle|Dr|Pr)(?=\s)\s", re.IGNORECASE
)
_SIGNE = re.compile(r"(?:\(?signé\)?|s/|original signé(?: par)?)\s?:?\s?", re.IGNORECASE)
GRADE = (
    r"(?:général|colonel|lieutenant|commandant|capitaine|amiral|vice-amiral|contre-amiral|ingénieur|commissaire|médecin"
    r"|pharmacien|vétérinaire|chef d'escadron|chef de bataillon|inspect(?:eur|rice)|intendant|administrat(?:eur|rice)|contrôl(?:eur|euse)|préfet|professeur"
    r"|conseiller|docteur|magistrat|attaché|officier|maître|adjudant|major|sous-préfet|trésorier-payeur)"
)
_GRADE = re.compile(rf"(?:l[ea]\s|l')?{GRADE}(?:e|ère|euse|trice)?\b", re.IGNORECASE)
FONCTION = (
    r"(?:(?:premi(?:er|ère)|second|seconde)[ -])?(?:directeur|directrice|sous-directeur|sous-directrice|secrétaire|préfet|préfète|sous-préfet|sous-préfète|recteur|rectrice"
    r"|ministre|(?:sous-)?chef(?:fe)?|commissaire|délégué|déléguée|contrôleur|contrôleuse|présidente?|vice-président|vice-présidente|responsable"
    r"|haute?[ -]|adjointe?|administrateur|administratrice|inspecteur|inspectrice|coordonnateur|coordonnatrice|gouverneur"
    r"|ambassadeur|ambassadrice|trésorier|trésorière|commandant|commandante|gérante?|doyenne?|procureure?|major général"
    r"|médiateur|médiatrice|agent comptable|ordonnateur|ordonnatrice|receveur|greffier|greffière)"
)
_FONCTION = re.compile(rf"(?:l[ea]s?\s|l'|s(?:on|a)\s)?{FONCTION}", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:l[ea]s?\s|l'|s(?:on|a)\s|leur\s|(?:agissant\s)?en (?:sa |leur )?qualité d(?:e\s|'|u\s)|ès qualités? d(?:e\s|'))+",
    re.IGNORECASE,
)
_FIN_DE_FONCTION = re.compile(
    r",?\s(?:en exercice\b|(?:dûment|spécialement)\shabilité|ayant (?:reçu )?(?:délégation|pouvoir|qualité)|agissant (?:au nom|pour le compte)|ci-après)",
    re.IGNORECASE,
)
_HABILITE = re.compile(r",?\s(?:dûment|spécialement)\shabilitée?s?\b[^,;]{0,80}", re.IGNORECASE)
_APPEL_DE_NOTE = re.compile(r"(?:(?<=\))|(?<=[a-zà-ÿ]{4}))\s?(?:\d{1,2}|\[\d{1,2}\]|\(\d{1,2}\))$")
_AUTRE = re.compile(
    rf"\s?,?\set\s(?:par\s(?!délégation|intérim)|d'autre part,?\spar\s|(?=(?:MM?\.|Mmes?\s|Madame\s|Monsieur\s))|(?=(?:l[ea]\s|l'){FONCTION}))"
    rf"|\s?;\s?(?:par\s)?(?=\S)|,\s(?:par\s)?(?=(?:MM?\.|Mme\s|Madame\s|Monsieur\s)[^,]{{2,60}},)"
    rf"|\s?,?\s[eE]t\s(?={_MOT_DE_NOM}\s{_MOT_DE_NOM}[^,]{{0,40}},)"
)
_PAS_UN_NOM = frozenset(
    "le la les un une pour par et au aux en article convention délégation délégant délégante délégants délégataire délégataires"
    " co-délégataire co-délégataires codélégataires ministère ministere ministre direction directeur directrice service services"
    " secrétariat secretariat secrétaire préfecture préfet préfète recteur rectrice chef cheffe fait signé total programme annexe"
    " avenant charte titre chapitre bop uo ae cp république française liberté égalité fraternité bulletin officiel journal nor"
    " cedex rue avenue boulevard place général générale gestion sous-directeur sous-directrice département agence mission"
    " commissariat inspection tribunal président présidente contrôleur budgétaire centre visa vu parties partie date cachet"
    " lu approuvé région académie état armées armée finances autorisation autorisations crédits montant objet durée publication".split()
)


def parse_personne(texte: str) -> Representant:
    """Read one person: a name and a function, or either. Raises nothing: what is no name is the function."""
    texte = _SIGNE.sub("", texte).strip(" ,;:.")
    texte = texte if not texte.endswith(" M") else texte + "."
    tete, suite = _cut_name(texte)
    devant, nom = split_name(tete)
    if nom:
        fonction = suite or (devant if _FONCTION.match(devant) and not _GRADE.match(devant) else "")
        return Representant(nom, clean_fonction(fonction))
    apres, _, reste = (morceau.strip() for morceau in suite.partition(","))
    devant, nom = split_name(apres)
    if nom and (not devant or _GRADE.match(devant)):
        return Representant(nom, clean_fonction(tete if not reste else f"{tete}, {reste}"))
    return Representant("", clean_fonction(texte))


def _cut_name(texte: str) -> tuple[str, str]:
    """Cut after the name: a rank may hold a comma (« l'ingénieur général des ponts, des eaux et des forêts X, directeur »)."""
    if _GRADE.match(texte):
        for virgule in re.finditer(",", texte):
            devant, nom = split_name(texte[: virgule.start()].strip())
            if nom and _GRADE.match(devant):
                return texte[: virgule.start()].strip(), texte[virgule.end() :].strip()
    tete, _, suite = texte.partition(",")
    return tete.strip(), suite.strip()


def parse_personnes(texte: str) -> tuple[Representant, ...]:
    """Read one person or several (« X, directeur, et par Y, directrice »)."""
    texte = _HABILITE.sub("", texte)
    lues: list[Representant] = []
    debut, virgule = 0, False
    for coupe in [*_AUTRE.finditer(texte), None]:
        lue = parse_personne(texte[debut : coupe.start() if coupe else len(texte)])
        # « par son directeur, M. Dupont, »: the name of the one whose function stands before the comma.
        if virgule and lues and lue.nom and not lue.fonction and not lues[-1].nom:
            lues[-1] = Representant(lue.nom, lues[-1].fonction)
        elif lue != Representant():
            lues.append(lue)
        if coupe:
            debut, virgule = coupe.end(), coupe[0].strip() == ","
    return tuple(lues)


def join_personnes(lues: Sequence[Representant], autres: Sequence[Representant]) -> list[Representant]:
    """Add persons to others: a function alone under a name alone is that of the name."""
    if lues and autres and lues[-1].nom and not lues[-1].fonction and not autres[0].nom:
        return [*lues[:-1], Representant(lues[-1].nom, autres[0].fonction), *autres[1:]]
    return [*lues, *autres]


def split_name(texte: str) -> tuple[str, str]:
    """Cut « l'ingénieur général Anne LE GOFF » into what stands before the name and the name; no name, no cut.

    A name of one word is believed only after a civility or a rank (« Madame Malgorn »).
    """
    civilite = _CIVILITE.match(texte)
    net = texte[civilite.end() :] if civilite else texte
    trouve = _NOM.search(net[-160:])
    if not trouve:
        return texte, ""
    debut = len(net) - min(len(net), 160) + trouve.start()
    devant, nom = net[:debut].strip(), net[debut:].strip()
    if any(
        mot.lower().strip(".") in _PAS_UN_NOM
        for mot in re.split(r"[\s]", nom)
        if mot != "LE" and mot != "LA" and mot not in ("Le", "La")
    ):
        return texte, ""
    premier = nom.split()[0].lower()
    if (
        premier in ("le", "la", "les")
        or premier.startswith(("d'", "l'"))
        or re.search(
            r"(?:^|\s)(?:d[eu]s?|à|aux?|en|l[ae]s?|pour|et|sur|régions?|départements?|académi(?:e|que)s?|zones?|ville|gendarmerie|pôle|programme)$",
            devant,
            re.IGNORECASE,
        )
    ):
        return texte, ""
    if " " not in nom and not (civilite or _GRADE.match(devant)):
        return texte, ""
    if devant and not (_GRADE.match(devant) or _FONCTION.match(devant)):
        return texte, ""
    return devant, nom


def is_person(texte: str) -> bool:
    """Say whether a line is a person's name and nothing else."""
    net = _SIGNE.sub("", texte).strip(" ,;:.")
    if not 3 < len(net) < 80 or "," in net:
        return False
    devant, nom = split_name(net)
    return bool(nom) and (not devant or bool(_GRADE.match(devant)))


def is_fonction(texte: str) -> bool:
    """Say whether a text opens with a function (« La directrice générale… »)."""
    return bool(_FONCTION.match(texte))


def is_grade(texte: str) -> bool:
    """Say whether a text opens with a rank (« Le général de corps d'armée »)."""
    return bool(_GRADE.match(texte))


def clean_fonction(texte: str) -> str:
    """Give a function without its article, its call of note and the words on the power to sign."""
    coupe = _FIN_DE_FONCTION.search(texte)
    net = (texte[: coupe.start()] if coupe else texte).strip(" ,;:.")
    article = _ARTICLE.match(net)
    return strip_note(net[article.end() :] if article else net)


def strip_note(texte: str) -> str:
    """Drop a call of note glued to the last word: « (DNE)30 » gives « (DNE) »."""
    return _APPEL_DE_NOTE.sub("", texte)
