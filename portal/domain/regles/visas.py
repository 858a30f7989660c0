"""V: the legal basis that is cited."""

from collections.abc import Iterator
from datetime import date

from portal.domain.convention import Constat, Gravite, Nature
from portal.domain.fold import any_of
from portal.domain.regles.registre import Examen, constat, regle

_DECRET_2004 = any_of(r"2004\s?[-–]\s?1085\b", r"decret (?:\S+ ){0,3}du 14 octobre 2004\b")
_DECRET_1962 = any_of(r"62\s?[-–]\s?1587\b")
_DECRET_2012 = any_of(r"2012\s?[-–]\s?1246\b", r"decret (?:\S+ ){0,3}du 7 novembre 2012\b")
_FIN_DU_DECRET_1962 = date(2013, 1, 1)


@regle("V1", gravite=Gravite.AVERTISSEMENT, source="pratique", titre="Le décret n° 2004-1085 est visé")
def check_decree_cited(examen: Examen) -> Iterator[Constat]:
    """Le décret qui fonde la délégation de gestion est cité, en visa ou dans le texte ; un avenant peut s'en passer."""
    if examen.convention.nature is not Nature.AVENANT and not _DECRET_2004.search(examen.texte_plie):
        message = (
            "Le décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion n'est pas cité : vérifiez "
            "que l'acte est bien une délégation de gestion et que les visas sont complets."
        )
        yield constat("V1", message=message, champ="visas")


@regle(
    "V2",
    gravite=Gravite.AVERTISSEMENT,
    source="décret n° 2012-1246 (GBCP), qui remplace le décret n° 62-1587",
    titre="Le règlement de comptabilité publique visé est en vigueur",
)
def check_repealed_basis(examen: Examen) -> Iterator[Constat]:
    """Depuis 2013, viser le seul décret n° 62-1587 sur la comptabilité publique est viser un texte abrogé."""
    cite = _DECRET_1962.search(examen.texte_plie)
    signature = examen.convention.date_signature
    if cite and signature and signature >= _FIN_DU_DECRET_1962 and not _DECRET_2012.search(examen.texte_plie):
        message = (
            "Le décret n° 62-1587, abrogé, est visé sans le décret n° 2012-1246 qui l'a remplacé : vérifiez le visa et "
            "signalez-le au signataire."
        )
        champ = examen.find_champ(*cite.span()) or "visas"
        yield constat("V2", message=message, debut=cite.start(), fin=cite.end(), champ=champ)
