"""Who signs, in what function, for whom: the signature block, its columns read one after the other.

A line is a side (« Pour la DNE », « Le délégant : »), a function, a name, the rest of the line above, or none of these.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.documents.lignes import Ligne
from importers.documents.noms import is_masked
from importers.documents.passage import Etendue, squeeze
from importers.documents.personnes import clean_fonction, is_fonction, is_grade, is_person, parse_personne, split_name
from importers.documents.releve import Releve
from portal.domain.convention import Signataire

_COLONNES = re.compile(r"\t+|[ \u00a0]{3,}|\|")
_ROLE = r"(?:(?:l[ea]s?|pour l[ea]s?)\s)?(?:co-?\s?)?délég(?:ant|ataire)e?s?"
_ENTRE_PARENTHESES = re.compile(rf"\s?\(\s?(?P<qui>{_ROLE})\s?\)", re.IGNORECASE)
_POUR = re.compile(
    r"(?:pour|p/)\s?(?!acceptation|accord|copie|ampliation|information|extrait|notification|visa)(?P<qui>(?:l[ea]s?\s|l'|monsieur\s|madame\s|mme\s|m\.\s|[A-ZÀ-Þ]).+)",
    re.IGNORECASE,
)
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
LIGNE_MAXIMUM = 200
"""No function is longer."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A line of a column: where it starts on its line, where it stands, and whether a blank line is above it."""

    texte: str
    place: int
    lieu: Etendue
    apres_vide: bool


@dataclass
class _Signature:
    """A signature while it is read; `fonction` is as printed, its article and the words on the power to sign included."""

    pour: str = ""
    fonction: str = ""
    nom: str = ""
    debut: int = 0
    fin: int = 0

    def build(self) -> tuple[Signataire, Etendue]:
        cote = _ENTRE_PARENTHESES.search(self.fonction)
        fonction = clean_fonction(_ENTRE_PARENTHESES.sub("", self.fonction))
        pour = cote["qui"] if cote else self.pour.strip(" :,.")
        return Signataire("" if is_masked(self.nom) else self.nom, fonction, pour), Etendue(self.debut, self.fin)


class _Lecteur:
    """Reads the lines of one column: each opens a signature or adds to the last; a line that starts low goes on with the
    words above it.
    """

    def __init__(self) -> None:
        self.signatures: list[_Signature] = []
        self.ouverte = _Signature()
        self.reste: str | None = None
        self.separe = False

    def read(self, cases: Sequence[_Case]) -> Iterator[tuple[Signataire, Etendue]]:
        """Yield the signatures of a column; a side alone, that nobody signs, is none."""
        for case in cases:
            self.separe = self.separe or case.apres_vide
            self._read_case(case.texte, case)
        return (signature.build() for signature in self.signatures if signature.nom or signature.fonction)

    def _read_case(self, texte: str, case: _Case) -> None:
        net = _SIGNE.sub("", texte.strip(" ,;")) if _SIGNE.match(texte) else texte
        pour, cote = _POUR.fullmatch(net), _COTE.fullmatch(net)
        if self.reste and net[:1].islower() and len(net) < LIGNE_MAXIMUM and not is_person(net):
            self._go_on(net, case)
        elif pour and not is_person(net):
            self._open_side(pour["qui"], case)
        elif cote and (cote["sep"] or not cote["suite"]):
            self._open_side(cote["qui"], case)
            self._read_rest(cote["suite"], case)
        elif is_person(net):
            self._read_nom(net, case)
        elif _is_named(net):
            personne = parse_personne(net)
            self._read_nom(personne.nom, case)
            self.ouverte.fonction = personne.fonction or self.ouverte.fonction
        elif (fonction := _without_grade(net)) and len(net) < LIGNE_MAXIMUM:
            self._read_fonction(fonction, case)
        elif (
            self.reste == "fonction"
            and not case.apres_vide
            and self.ouverte.fonction[-1] not in ",.;:"
            and not self.ouverte.nom
        ):
            self._go_on(net, case)

    def _open(self, case: _Case, *, pour: str = "") -> None:
        self.ouverte = _Signature(pour=pour, debut=case.lieu.debut, fin=case.lieu.fin)
        self.signatures.append(self.ouverte)

    def _open_next(self, case: _Case) -> None:
        """Open a signature of the same side, unless a blank line since the last name ends it; one of several (« Les délégataires : ») holds."""
        pour = self.ouverte.pour
        self._open(case, pour="" if self.separe and not pour.lower().startswith("les ") else pour)

    def _open_side(self, qui: str, case: _Case) -> None:
        """A new side; words of a delegation under a delegation (« Pour la secrétaire générale ») keep the first."""
        pour, suite = _cut_side(qui)
        seule = self.ouverte.pour and not self.ouverte.nom and not self.ouverte.fonction
        if not seule or re.fullmatch(_ROLE, pour, re.IGNORECASE):
            self._open(case, pour=pour)
        self._read_rest(suite, case)
        if re.search(r"par délégation|[:,]\s?$", qui, re.IGNORECASE):
            self.reste = None

    def _read_nom(self, texte: str, case: _Case) -> None:
        _, propre = split_name(_SIGNE.sub("", texte).strip(" ,;."))
        if self.ouverte.nom or not self.signatures:
            self._open_next(case)
        self.ouverte.nom, self.ouverte.fin = propre or texte, case.lieu.fin
        self.reste, self.separe = None, False

    def _read_fonction(self, texte: str, case: _Case) -> None:
        """A function announces a name, or is that of the name right above, which had none."""
        sous_un_nom = self.ouverte.nom and not self.ouverte.fonction and not case.apres_vide
        if not self.signatures or self.ouverte.fonction or (self.ouverte.nom and not sous_un_nom):
            self._open_next(case)
        self.ouverte.fonction, self.ouverte.fin = texte, max(self.ouverte.fin, case.lieu.fin)
        self.reste = "fonction"

    def _go_on(self, texte: str, case: _Case) -> None:
        self.ouverte.fin = max(self.ouverte.fin, case.lieu.fin)
        if self.reste == "fonction" and is_grade(self.ouverte.fonction) and is_fonction(texte):
            self.ouverte.fonction = texte
        elif self.reste == "fonction":
            self.ouverte.fonction = f"{self.ouverte.fonction} {texte}"
        else:
            self.ouverte.pour, suite = _cut_side(f"{self.ouverte.pour} {texte}")
            self._read_rest(suite, case)
            if _PAR_DELEGATION.search(texte):
                self.reste = None

    def _read_rest(self, suite: str, case: _Case) -> None:
        """Read what follows a side on its line; where nothing does, the line under it may go on with the side."""
        self.reste = None if suite.strip(" :,.") else "pour"
        if self.reste is None:
            self._read_case(suite.strip(" :,"), case)


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
    # « le garde des sceaux, ministre de la justice et par délégation »: all of it is whom the signature is for.
    delegation = _PAR_DELEGATION.search(qui)
    if delegation and delegation.start():
        return qui[: delegation.start()], qui[delegation.end() :].strip(" ,:")
    net = _PAR_DELEGATION.sub("", qui).strip(" ,")
    signe = ":" if 0 <= net.find(":") < (net.find(",") if "," in net else len(net)) else ","
    tete, separateur, suite = net.partition(signe)
    if re.match(r"\s?(?:vice-)?(?:premi(?:er|ère) )?ministre\b|\s?porte-parole\b", suite):
        return net, ""
    if separateur and (is_fonction(suite.strip()) or is_person(suite.partition(",")[0]) or not suite.strip()):
        return tete, suite.strip()
    return net, ""


def _without_grade(texte: str) -> str:
    """Give the function that a line is, the rank before it left out (« Le général, sous-directeur »); nothing if none."""
    grade, _, suite = texte.partition(", ")
    if is_grade(grade) and is_fonction(suite):
        return suite
    return texte if is_fonction(texte) else ""


def _is_named(texte: str) -> bool:
    """Say whether a line is a name and a function (« Jean Dupont, directeur des sports »)."""
    tete, virgule, suite = texte.partition(",")
    if virgule and is_person(tete) and is_fonction(suite.strip()):
        return True
    fonction, signe, nom = texte.rpartition(":") if ":" in texte else texte.rpartition(",")
    return bool(signe) and is_fonction(fonction) and is_person(nom)
