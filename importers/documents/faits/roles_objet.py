"""The roles of an act that has no word for them: who entrusts the gestion to whom, in the sentence that says so.

« La DGCS confie à la DREES… », « la délégation de gestion, par la DGCS à la DREES », « la DREES assure, pour le compte de
la DGCS »: who entrusts is the délégant (décret n° 2004-1085, art. 1er). Each role read so is a constat for the editor.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from importers.documents.noms import ROLE, match_mentions
from importers.documents.passage import PLAT, Etendue, Passage
from importers.documents.releve import Releve
from portal.domain.convention import Partie, Role

ARTICLES = 3
"""What is entrusted, and by whom, is said in the first articles."""
PARTIES_MAXIMUM = 6

_A = r"(?:à\s(?:la\s|l')?|aux?\s)"
_DE = r"d(?:e\s(?:la\s|l')?|u\s|es\s)"
_NOMS = {Role.DELEGANT: "délégant", Role.DELEGATAIRE: "délégataire"}


def read(releve: Releve) -> None:
    """Reads: parties, plan, titre. Writes: the roles of parties, where the text has no word for any role."""
    parties = releve.convention.parties
    sans_role = parties and all(partie.role is None for partie in parties)
    if not sans_role or len(parties) > PARTIES_MAXIMUM or ROLE.search(releve.texte.translate(PLAT)):
        return
    lus: defaultdict[int, dict[Role, Etendue]] = defaultdict(dict)
    for passage in _places(releve):
        for delegant, delegataire, lieu in _find_sentences(passage, parties):
            lus[delegant].setdefault(Role.DELEGANT, lieu)
            lus[delegataire].setdefault(Role.DELEGATAIRE, lieu)
    surs = {rang: next(iter(roles.items())) for rang, roles in lus.items() if len(roles) == 1}
    releve.record(
        parties=tuple(replace(p, role=surs[rang][0] if rang in surs else None) for rang, p in enumerate(parties))
    )
    for rang, (role, lieu) in surs.items():
        message = (
            f"Aucun mot ne dit les rôles : « {parties[rang].nom} » est tenu pour {_NOMS[role]} d'après la phrase qui "
            "confie la gestion. Vérifiez son rôle."
        )
        releve.report("P4", message, lieu=lieu, champ=f"parties[{rang}].role")


def _places(releve: Releve) -> Iterator[Passage]:
    titre = releve.lieux.get("titre")
    yield Passage.of(releve.texte, [titre] if titre else [])
    yield releve.passage(releve.plan.preambule)
    yield from releve.corps[:ARTICLES]


def _find_sentences(passage: Passage, parties: tuple[Partie, ...]) -> Iterator[tuple[int, int, Etendue]]:
    """Yield (rank of who entrusts, rank of who is entrusted, place) of each sentence that says it."""
    noms = [match_mentions(partie, parties) for partie in parties]
    for ici, la in permutations(range(len(parties)), 2):
        if not noms[ici] or not noms[la]:
            continue
        de, vers = f"(?:{noms[ici]})", f"(?:{noms[la]})"
        motif = (
            rf"\b{de}(?:\s?\([^()]{{1,20}}\))?\s?,?\s(?:confie|délègue|remet)\b[^.;]{{0,160}}?\s{_A}{vers}(?!\w)"
            rf"|\b(?:délégation|déléguée?s?|confiée?s?)\b[^.;]{{0,160}}?\bpar\s(?:l[ea]\s|l')?{de}\s?,?\s{_A}{vers}(?!\w)"
            rf"|\b{vers}\b[^.;]{{0,120}}?\bpour le compte {_DE}{de}(?!\w)"
        )
        for trouve in re.finditer(motif, passage.texte):
            yield ici, la, passage.span(*trouve.span())
