"""Who signs, in what function, for whom: the signature block, its columns read one after the other.

A line is a side (« Pour la DNE », « Le délégant : »), a function, a name, or none of these; a name ends a signature,
a side holds until another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from importers.documents.lignes import Ligne
from importers.documents.noms import is_masked
from importers.documents.passage import Etendue, squeeze
from importers.documents.personnes import clean_fonction, is_fonction, is_person, parse_personne, split_name
from importers.documents.releve import Releve
from portal.domain.convention import Signataire

_COLONNES = re.compile(r"\t+|[ \u00a0]{3,}|\|")
_ROLE = r"(?:(?:l[ea]s?|pour l[ea]s?)\s)?(?:co-?\s?)?délég(?:ant|ataire)e?s?"
_ENTRE_PARENTHESES = re.compile(rf"\s?\(\s?(?P<qui>{_ROLE})\s?\)", re.IGNORECASE)
_POUR = re.compile(r"(?:pour|p/)\s?(?P<qui>(?:l[ea]s?\s|l'|monsieur\s|madame\s|mme\s|m\.\s|[A-ZÀ-Þ]).+)", re.IGNORECASE)
_COTE = re.compile(rf"(?P<qui>{_ROLE})\b\s?(?:\([^)]{{1,40}}\)\s?)?(?P<sep>[:,.–-])?\s?(?P<suite>.*)", re.IGNORECASE)
_PAR_DELEGATION = re.compile(
    r"\s?,?\s?(?:et )?par (?:délégation|empêchement|intérim|ordre)\b.*?(?=[:,]|$)", re.IGNORECASE
)
_SIGNE = re.compile(r"\(?(?:signé(?:e)?|original signé|s/)\)?\s?(?:par\s)?:?\s?", re.IGNORECASE)
_AUTRE_LIGNE = re.compile(
    r"(?:fait|signé|établi)\b.*\b(?:le|à)\b.*|le \d.*|date\b.*|visa\b.*|copies?\b.*|ampliation.*|destinataire.*|en (?:deux|trois|double|\d).*exemplaires?.*"
    r"|\(?cachet.*|signatures?\b.*|\(\d+\).*|le contrôleur budgétaire.*|annexes?\b.*|[._…\s]+|à [A-ZÀ-Þ]\w+\s?,?\s?le.*|.{1,40},\s?le\b(?:[\s./…_]*|\s?\d.{0,30})",
    re.IGNORECASE,
)
_AUTRE_LIGNE_MAXIMUM = 200


_NULLE_PART = Etendue(0, 0)


@dataclass(frozen=True, slots=True)
class _Case:
    """A line of a column: where it starts on its line, where it stands, and whether a blank line is above it."""

    texte: str
    place: int
    lieu: Etendue
    apres_vide: bool


@dataclass
class _Lecteur:
    """Reads the lines of one column."""

    pour: str = ""
    fonction: str = ""
    lieu: Etendue = _NULLE_PART
    dernier_nom: bool = False

    def read(self, cases: Sequence[_Case]) -> list[tuple[Signataire, Etendue]]:
        """Give the signatures of a column; a function right under a name that has none is that of the name."""
        lus: list[tuple[Signataire, Etendue]] = []
        for case in cases:
            suit_un_nom = self.dernier_nom and not case.apres_vide
            # A blank line after a name ends its side, unless that side is of several (« Les délégataires : »).
            if case.apres_vide and self.dernier_nom and not self.pour.lower().startswith("les "):
                self.pour = ""
            lus += self._read_ligne(case.texte, case.lieu)
            if suit_un_nom and self.fonction and lus and not lus[-1][0].fonction:
                lus[-1] = (replace(lus[-1][0], fonction=clean_fonction(self.fonction)), lus[-1][1])
                self.fonction = ""
        return [*lus, *self._close()]

    def _read_ligne(self, texte: str, lieu: Etendue) -> Iterator[tuple[Signataire, Etendue]]:
        net = _SIGNE.sub("", texte.strip(" ,;")) if _SIGNE.match(texte) else texte
        pour, cote = _POUR.fullmatch(net), _COTE.fullmatch(net)
        if self.fonction and net[:1].islower() and not is_person(net) and len(net) < _AUTRE_LIGNE_MAXIMUM:
            self.fonction = f"{self.fonction} {net}"
        elif pour and not is_person(net):
            yield from self._open(*_cut_side(pour["qui"]), lieu)
        elif cote and (cote["sep"] or not cote["suite"]):
            yield from self._open(cote["qui"], cote["suite"], lieu)
        elif is_person(net):
            yield self._sign(net, lieu)
        elif _is_named(net):
            personne = parse_personne(net)
            self.fonction = personne.fonction or self.fonction
            yield self._sign(personne.nom, lieu)
        elif is_fonction(net) and len(net) < _AUTRE_LIGNE_MAXIMUM:
            yield from self._open_function(net, lieu)

    def _open(self, pour: str, suite: str, lieu: Etendue) -> Iterator[tuple[Signataire, Etendue]]:
        """A new side; words of a delegation under a delegation (« Pour la secrétaire générale ») keep the first."""
        enchaine = self.pour and not self.dernier_nom and not self.fonction and not _COTE.fullmatch(pour)
        if not enchaine:
            yield from self._close()
            self.pour, self.fonction, self.lieu, self.dernier_nom = pour.strip(" :,."), "", lieu, False
        if suite.strip(" :,."):
            yield from self._read_ligne(suite.strip(" :,"), lieu)

    def _open_function(self, texte: str, lieu: Etendue) -> Iterator[tuple[Signataire, Etendue]]:
        if self.fonction:
            yield from self._close()
        self.fonction = texte.strip(" ,:;.")
        self.lieu, self.dernier_nom = lieu, False

    def _sign(self, nom: str, lieu: Etendue) -> tuple[Signataire, Etendue]:
        cote = _ENTRE_PARENTHESES.search(self.fonction)
        fonction = clean_fonction(_ENTRE_PARENTHESES.sub("", self.fonction))
        _, propre = split_name(_SIGNE.sub("", nom).strip(" ,;."))
        signataire = Signataire("" if is_masked(nom) else propre or nom, fonction, cote["qui"] if cote else self.pour)
        etendue = Etendue(min(self.lieu.debut or lieu.debut, lieu.debut), lieu.fin)
        self.fonction, self.dernier_nom, self.lieu = "", True, _NULLE_PART
        return signataire, etendue

    def _close(self) -> Iterator[tuple[Signataire, Etendue]]:
        """Keep a function that no name followed."""
        if self.fonction:
            yield Signataire("", clean_fonction(self.fonction), self.pour), self.lieu
            self.fonction = ""


def read(releve: Releve) -> None:
    """Reads: plan.signature. Writes: signataires."""
    lus: list[tuple[Signataire, Etendue]] = []
    for bloc in _columns(releve):
        lus += _Lecteur().read(bloc)
    releve.record(signataires=tuple(signataire for signataire, _ in lus))
    for rang, (_, lieu) in enumerate(lus):
        releve.locate(f"signataires[{rang}]", lieu)


def _columns(releve: Releve) -> Iterator[list[_Case]]:
    """Yield the lines of the block, column after column where it has two."""
    bloc: list[list[_Case]] = []
    for ligne in releve.plan.signature:
        if not _AUTRE_LIGNE.fullmatch(ligne.texte):
            bloc.append(_cells(releve.texte, ligne))
    largeur = max((len(rangee) for rangee in bloc), default=0)
    if largeur < 2:
        yield [case for rangee in bloc for case in rangee]
        return
    modele = [case.place for case in next(rangee for rangee in bloc if len(rangee) == largeur)]
    colonnes: list[list[_Case]] = [[] for _ in modele]
    for rangee in bloc:
        for rang, case in enumerate(rangee):
            proche = min(range(largeur), key=lambda colonne: abs(modele[colonne] - case.place))
            colonnes[rang if len(rangee) == largeur else proche].append(case)
    yield from colonnes


def _cells(texte: str, ligne: Ligne) -> list[_Case]:
    brut = texte[ligne.depart : ligne.fin].replace("’", "'").replace("\u00a0", " ")
    cellules, debut = [], 0
    for coupe in [*(c.span() for c in _COLONNES.finditer(brut)), (len(brut), len(brut))]:
        morceau = brut[debut : coupe[0]]
        if morceau.strip():
            place = debut + len(morceau) - len(morceau.lstrip())
            lieu = Etendue(ligne.depart + place, ligne.depart + debut + len(morceau.rstrip()))
            cellules.append(_Case(squeeze(morceau), place, lieu, ligne.apres_vide))
        debut = coupe[1]
    return cellules


def _cut_side(qui: str) -> tuple[str, str]:
    """Cut « la DNE, le directeur » into the side and the function that follows."""
    net = _PAR_DELEGATION.sub("", qui)
    signe = ":" if 0 <= net.find(":") < (net.find(",") if "," in net else len(net)) else ","
    tete, separateur, suite = net.partition(signe)
    if separateur and (is_fonction(suite.strip()) or is_person(suite.partition(",")[0]) or not suite.strip()):
        return tete, suite.strip()
    return net, ""


def _is_named(texte: str) -> bool:
    """Say whether a line is a name and a function (« Jean Dupont, directeur des sports »)."""
    tete, virgule, suite = texte.partition(",")
    if virgule and is_person(tete) and is_fonction(suite.strip()):
        return True
    fonction, signe, nom = texte.rpartition(":") if ":" in texte else texte.rpartition(",")
    return bool(signe) and is_fonction(fonction) and is_person(nom)
