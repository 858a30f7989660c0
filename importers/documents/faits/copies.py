"""Who gets a copy of the act, one entry a service.

« aux contrôleurs budgétaires des services du Premier ministre et du ministère de la Justice » names two: the words that
they share stand in both entries.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from importers.documents.noms import ROLE, SERVICE
from importers.documents.passage import Etendue, Passage
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve

_ENVOI = r"(?:communiquée?s?|transmise?s?|adressée?s?|remise?s?|notifiée?s?|envoyée?s?|destinée?s?)"
_COPIE = re.compile(
    rf"\b(?:exemplaires?|copies?|ampliations?)\b[^;.]{{0,120}}?\b{_ENVOI}\b,?(?:\s(?:également|en copie|par [^,;]{{3,60}}|,|pour information,?|dès sa signature,?))*\s(?P<qui>(?:à|au|aux)\b)"
    rf"|\b(?:convention|délégation(?: de gestion)?|charte|présent (?:avenant|acte|document)|elle|il) (?:est|sera)(?: également| aussi)? {_ENVOI}"
    r",?(?:\s(?:également|en copie|par [^,;]{3,60}|,|pour information,?|dès sa signature,?))*\s(?P<acte>(?:à|au|aux)\b)"
    r"|\b(?:adresse|transmet|communique|envoie|remet)\s(?:une|un)\s(?:copie|exemplaire|ampliation)\b[^;.]{0,80}?\s(?P<envoi>(?:à|au|aux)\b)",
    re.IGNORECASE,
)
_ANNONCE = re.compile(
    rf"\b(?:exemplaires?|copies?|ampliations?)\b[^;.]{{0,120}}?\b{_ENVOI}\b[^;.]{{0,40}}:\s?$", re.IGNORECASE
)
_PUCE = re.compile(r"[-–—•*]\s?(?=à|au)")
_LIGNE_DE_COPIE = re.compile(
    r"(?:copies?|ampliations?|destinataires?(?: en copie| pour information)?)\s?(?:à\s?)?:\s?(?P<suite>.*)|copies? (?:à|au|aux)\s(?P<direct>.+)",
    re.IGNORECASE,
)
_D_UN_AVENANT = re.compile(
    r"\b(?:avenants?|compte[- ]rendus?|bilans?|rapports?|factures?|états?)\b(?!\s(?:est|sera) (?:transmis|communiqu|adress)\w+)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"^(?:à (?:la |l')?|au |aux )", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:l[ea]s?\s|l')", re.IGNORECASE)
_SUIVANT = re.compile(r"\s?,?\s(?:et|ainsi qu')\s?(?=(?:à|au|aux)\s)|\s?,\s(?=(?:à|au|aux)\s)", re.IGNORECASE)
_PARTAGE = re.compile(
    rf"(?P<tete>.{{3,160}}?)\s(?P<premier>(?:du|des|de la|de l')\s?{SERVICE}\b.{{0,160}}?)(?:,|\set)\s(?P<second>(?:du|des|de la|de l')\s?{SERVICE}\b.{{0,160}})",
    re.IGNORECASE,
)
_FIN = re.compile(
    r"\s(?:et (?:publiée?|mise? en ligne|est\b|sera\b|fait\b)|pour (?:information|exécution|attribution)|dès\s|dans (?:un délai|les)|par (?:le|la|l')\s|après\s|ainsi que les avenants|qui\s|en vue)",
    re.IGNORECASE,
)


def read(releve: Releve) -> None:
    """Reads: articles, plan.signature. Writes: copies."""
    copies: list[str] = []
    for texte, lieu in (*_find_clauses(releve), *_find_lines(releve)):
        if texte and texte not in copies:
            releve.locate(f"copies[{len(copies)}]", lieu)
            copies.append(texte)
    releve.record(copies=tuple(copies))


def _find_clauses(releve: Releve) -> Iterator[tuple[str, Etendue]]:
    for passage in releve.corps:
        en_liste = False
        for debut, fin in find_phrases(passage):
            puce = _PUCE.match(passage.texte, debut, fin)
            if en_liste and puce:
                yield from _split(passage, puce.end(), fin)
            else:
                en_liste = bool(_ANNONCE.search(passage.texte, debut, fin))
            trouve = _COPIE.search(passage.texte, debut, fin)
            if trouve and not _D_UN_AVENANT.search(passage.texte, debut, trouve.end()):
                depart = trouve.start(str(trouve.lastgroup))
                yield from _split(passage, depart, fin)


def _split(passage: Passage, debut: int, fin: int) -> Iterator[tuple[str, Etendue]]:
    """Yield each recipient of « au contrôleur…, au comptable et à la direction… »."""
    arret = _FIN.search(passage.texte, debut, fin)
    fin = arret.start() if arret else fin
    coupes = [coupe.span() for coupe in _SUIVANT.finditer(passage.texte, debut, fin)]
    for depart, suivant in pairwise([debut, *chain.from_iterable(coupes), fin]):
        preposition = _PREPOSITION.match(passage.texte[depart:suivant])
        if not preposition:
            continue
        depart += preposition.end()
        imprime = passage.printed(depart, suivant).strip(" ,;.")
        lieu = passage.span(depart, depart + len(imprime))
        for destinataire in _share(imprime):
            if not _is_partie(destinataire):
                yield destinataire, lieu


def _share(destinataire: str) -> Iterator[str]:
    trouve = _PARTAGE.fullmatch(destinataire)
    if not trouve or (
        re.search(r"\bet\b", trouve["second"])
        and not re.search(
            r"\bet\b(?!.*\bet (?:du|des|de la|de l')\s?(?:ministère|service|direction))", trouve["second"]
        )
    ):
        yield destinataire
        return
    yield f"{trouve['tete']} {trouve['premier']}"
    yield f"{trouve['tete']} {trouve['second']}"


def _is_partie(destinataire: str) -> bool:
    return bool(ROLE.search(destinataire)) or bool(
        re.fullmatch(r"(?:chac\w+|chaque|parties|signataires|l'autre|deux).{0,60}", destinataire, re.IGNORECASE)
    )


def _find_lines(releve: Releve) -> Iterator[tuple[str, Etendue]]:
    """Yield the recipients listed after « Copie à : » at the foot of the act."""
    en_liste = False
    for ligne in releve.plan.signature:
        trouve = _LIGNE_DE_COPIE.fullmatch(ligne.texte)
        if trouve:
            suite = (trouve["suite"] or trouve["direct"] or "").strip(" ,;.")
            en_liste = not suite
            if suite:
                yield from (
                    (_ARTICLE.sub("", morceau.strip()), ligne.etendue)
                    for morceau in suite.split(";")
                    if morceau.strip()
                )
        elif en_liste and re.match(r"[-–—•●▪*.]\s?\S", ligne.texte):
            yield _ARTICLE.sub("", ligne.texte.lstrip("-–—•●▪*. ").strip(" ,;.")), ligne.etendue
        else:
            en_liste = False
