"""The block of the parties: who is bound, on which side, at what address, represented by whom, called how afterwards.

The words that open a field (« Adresse : », « représentée par », « ci-après dénommée », « d'une part ») cut the text of
the parties; what stands before the first of them names a service. A role is said once for all the services named since
the role before it (« désignés sous le terme de « co-délégataires » »), or before them (« Le délégant : »). A service
that no word gives a role has none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from importers.documents.adresses import split_adresse
from importers.documents.faits.parties_lignes import ADRESSE_NUE, CHAMPS, ET, LIEU_NU, ROLE_EN_TETE, TETE, find_departs
from importers.documents.lignes import Ligne
from importers.documents.noms import (
    ROLE,
    SERVICE,
    clean_nom,
    find_designation,
    find_sigle,
    is_masked,
    names_service,
    read_role,
    strip_nom,
)
from importers.documents.passage import Passage
from importers.documents.personnes import (
    FONCTION,
    is_fonction,
    is_person,
    join_personnes,
    parse_personne,
    parse_personnes,
    split_name,
)
from importers.documents.releve import Releve
from portal.domain.convention import Partie, Representant, Role

PIECES_MAXIMUM = 300
"""Acts have a few parties, each of a few pieces; what goes on longer names none."""

_COUPE = re.compile(
    r"\s?;\s?"
    rf"|(?:(?<=part)|(?<=[»\"”])|(?<=délégant)|(?<=délégants)|(?<=délégataire)|(?<=délégataires))\s?[,;.)]{{0,2}}\set\s?,?\s(?:d'autre part\s?,?\s)?(?=l[ea]s?\s|l'|monsieur\s|madame\s|mme\s|m\.\s)"
    rf"|\set\s(?=(?:la|le|l'|les)\s?{SERVICE}\b[^,;]{{0,200}},?\s(?:représenté|ci-après|désigné|dénommé))"
    r"|(?-i:(?<=[A-Z0-9])et(?=L[ea]s?\s))",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"\s?,?\set\s(?=(?:l[ea]s?\s|l')(?:{SERVICE}\b|{FONCTION}))", re.IGNORECASE)
_POUR_LE_COMPTE = re.compile(
    r",?\sagissant (?:au nom(?: et pour le compte)?|pour le compte)\s(?:d[eu]s?\s)?(?=l[ea]s?\s|l'|\w)", re.IGNORECASE
)
_CODE_POSTAL = re.compile(r"\b\d{2}\s?\d{3}\s[A-ZÀ-Þ]")
_LABEL_SEUL = re.compile(r"\W*(?:l[ea]s?\s)?«?\s?(?:co-?)?délég(?:ant|ataire)e?s?\s?»?(?=\s?[,;.]|\s?$)", re.IGNORECASE)
_CONVENU = re.compile(
    r",?\s?(?:il (?:est|a été)|les parties|ont|elles)\b[^.;]{0,80}?(?:convenu|conviennent|arrêté|décidé)", re.IGNORECASE
)


@dataclass
class PartieLue:
    """A party while it is read."""

    passage: Passage
    debut: int
    fin: int
    role: Role | None = None
    adresse: tuple[int, int] | None = None
    designation: str = ""
    representants: list[Representant] = field(default_factory=list)
    attend_representant: bool = False
    groupe: int = 0


def read_bloc(releve: Releve, lignes: Sequence[Ligne], role: Role | None = None, depart: int = 0) -> list[PartieLue]:
    """Give the parties that the lines name, in order, from a place of their passage; `role` is what a heading says."""
    passage = releve.passage(lignes)
    lecteur = Lecteur(passage)
    lecteur.role_en_tete = role
    coupes = [coupe for coupe in find_departs(lignes) if coupe > depart]
    for debut, fin in islice(_pieces(passage, coupes, depart), PIECES_MAXIMUM):
        lecteur.read_piece(debut, fin)
    return lecteur.parties


def _pieces(passage: Passage, departs: Sequence[int], debut: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between two cuts: a line that starts something, a « ; », an « et » between two parties."""
    convenu = _CONVENU.search(passage.texte)
    limite = convenu.start() if convenu else len(passage.texte)
    coupes = {(depart, depart) for depart in departs} | {
        trouve.span() for trouve in _COUPE.finditer(passage.texte, debut)
    }
    for fin, suivant in sorted(coupes):
        if fin >= limite:
            break
        if fin > debut:
            yield debut, fin
        if passage.texte[fin:suivant].strip(" ,;."):
            yield fin, suivant
        debut = max(debut, suivant)
    if debut < limite:
        yield debut, limite


class Lecteur:
    """Reads the pieces in order and keeps the parties; what a piece adds goes to the last one."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.texte = passage.texte
        self.parties: list[PartieLue] = []
        self.role_en_tete: Role | None = None
        self.groupe = 0

    def read_piece(self, debut: int, fin: int) -> None:
        texte = self.texte[debut:fin]
        if ET.fullmatch(texte.strip(' .,;)»"')):
            self.groupe += 1
            return
        if self.parties and _LABEL_SEUL.match(texte):
            self._read_label(texte)
            return
        en_tete = ROLE_EN_TETE.match(texte, len(texte) - len(texte.lstrip(" -–•")))
        if en_tete:
            self.role_en_tete = read_role(en_tete["role"])
            debut += en_tete.end()
        champs = _keep_openings(list(CHAMPS.finditer(self.texte, debut, fin)))
        if champs and champs[0]["rue"] and LIEU_NU.match(self.texte, debut):
            # « Tour Séquoia, 1 place Carpeaux, 92055 Paris »: the address starts with its building.
            self._read_head(debut, champs[1].start() if champs[1:] else fin)
            champs = champs[1:]
        else:
            self._read_head(debut, champs[0].start() if champs else fin)
        suivants = [*(champ.start() for champ in champs[1:]), fin]
        for champ, suivant in zip(champs, suivants, strict=False):
            self._read_champ(champ, suivant)
        close = champs and champs[-1]["part"] and not self.texte[champs[-1].end() : fin].strip(" ,;.:")
        if (close and champs[0] is not champs[-1]) or re.search(r"\bet\s?:?$", texte.rstrip(), re.IGNORECASE):
            self.groupe += 1

    def _read_head(self, debut: int, fin: int) -> None:
        """Read what stands before the first field: a service, an address without its word, or one more person."""
        brut = self.texte[debut:fin]
        nom = strip_nom(brut)
        if not nom:
            return
        debut = self.texte.index(nom, debut)
        derniere = self.parties[-1] if self.parties else None
        if derniere and (ADRESSE_NUE.match(nom) or (LIEU_NU.match(nom) and _CODE_POSTAL.search(nom))):
            depart = derniere.adresse[0] if derniere.adresse else debut
            derniere.adresse = (depart, debut + len(nom))
        elif derniere and (self._awaits_person(derniere) or re.match(r"\W*(?:et\s)?par\s", brut)) and _is_personne(nom):
            derniere.representants = join_personnes(derniere.representants, parse_personnes(re.sub(r"^par\s", "", nom)))
        elif derniere and self._is_one_more(derniere, brut, nom):
            derniere.representants += parse_personnes(nom)
        elif is_head(nom):
            self.parties.append(PartieLue(self.passage, debut, debut + len(nom), self.role_en_tete, groupe=self.groupe))

    def _awaits_person(self, partie: PartieLue) -> bool:
        """Say whether « représentée par : » ended a line, and no « et » came since."""
        return partie.attend_representant and partie.groupe == self.groupe

    def _is_one_more(self, partie: PartieLue, brut: str, nom: str) -> bool:
        """Say whether « et Jean Petit, sous-directeur » names one more who represents a party not yet closed."""
        personne, virgule, _ = nom.partition(",")
        ouverte = partie.role is None and partie.representants and partie.groupe == self.groupe
        return bool(ouverte and virgule and re.match(r"\W*et\s", brut, re.IGNORECASE) and is_person(personne))

    def _read_champ(self, champ: re.Match[str], fin: int) -> None:
        if champ["part"]:
            self._read_head(champ.end(), fin)
        if champ["part"] or not self.parties:
            return
        partie, texte = self.parties[-1], self.texte[champ.end() : fin]
        if champ["adresse"] or champ["rue"]:
            net = texte.strip(" ,;.:")
            if net:
                debut = self.texte.index(net, champ.end())
                partie.adresse = (debut, debut + len(net))
        elif champ["representant"]:
            personnes = parse_personnes(self.passage.printed(champ.end(), fin))
            partie.representants += personnes
            partie.attend_representant = not personnes
        elif champ["libelle"]:
            self._read_label(self.texte[champ.start() : fin])

    def _read_label(self, label: str) -> None:
        partie = self.parties[-1]
        role = ROLE.search(label)
        pluriel = bool(
            re.search(r"(?:més|signés|mées|signées|elés|elées)\b|délégants\b|délégataires\b", label, re.IGNORECASE)
        )
        if role:
            if pluriel:
                self._split_joint()
            nommees = [p for p in self.parties if p.role is None and (pluriel or p.groupe == self.groupe)]
            for nommee in nommees:
                nommee.role = read_role(role[0])
        else:
            nommees = [] if pluriel else [partie]
        if re.search(r"\bparties\b", label, re.IGNORECASE) or (
            not role and re.search(r"\bensemble\b", label, re.IGNORECASE)
        ):
            return
        designation = find_designation(label)
        for nommee in nommees if len(nommees) > 1 else [partie] if nommees or role else []:
            if designation and (not nommee.designation or _is_better(designation, nommee.designation)):
                nommee.designation = designation

    def _split_joint(self) -> None:
        """Cut in two the last party where a plural label shows that it is two (« le directeur A et le directeur B »)."""
        partie = self.parties[-1]
        seule = partie.role is None and sum(autre.role is None for autre in self.parties) == 1
        joint = _JOINT.search(self.texte, partie.debut, partie.fin)
        if seule and joint:
            seconde = PartieLue(self.passage, joint.end(), partie.fin, groupe=partie.groupe)
            seconde.representants, partie.representants = partie.representants, []
            partie.fin = joint.start()
            self.parties.append(seconde)


def _keep_openings(champs: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out the words that go on with a field: « sise Tour A, 1 place B », « dénommés ci-après »."""
    return [
        champ
        for champ, avant in zip(champs, [None, *champs], strict=False)
        if avant is None or not _goes_on(avant, champ)
    ]


def _goes_on(avant: re.Match[str], champ: re.Match[str]) -> bool:
    if champ["rue"]:
        return bool(avant["adresse"] or avant["rue"])
    return bool(champ["libelle"] and avant["libelle"]) and champ.start() - avant.end() < 3


def _is_better(designation: str, autre: str) -> bool:
    """Say whether a designation is a name where the other is only a role."""
    return bool(ROLE.search(autre)) and not ROLE.search(designation)


def _is_personne(texte: str) -> bool:
    return is_fonction(texte) or bool(split_name(texte.partition(",")[0])[1])


def is_head(nom: str) -> bool:
    """Say whether a text names a service, or the function that holds its powers."""
    if not 2 < len(nom) <= 500 or not TETE.match(nom) or re.match(r"(?:l[ea]s?\s)?parties?\b", nom, re.IGNORECASE):
        return False
    return names_service(nom) or is_fonction(nom) or bool(split_name(nom.partition(",")[0])[1])


def build_partie(partie: PartieLue) -> Partie:
    imprime = partie.passage.printed(partie.debut, partie.fin)
    representants = tuple(_unmask(representant) for representant in partie.representants)
    tete, _, fonction = imprime.partition(",")
    if fonction and split_name(tete)[1]:
        personne = parse_personne(imprime)
        imprime, representants = fonction.strip(), (personne, *representants)
    pour = _POUR_LE_COMPTE.search(imprime)
    imprime, suite = split_adresse(imprime[pour.end() :] if pour else imprime)
    titulaire, _, qui = imprime.rpartition(", ")
    if is_fonction(titulaire) and is_person(qui):
        # « Le délégué interministériel au logement, M. Jean Petit »: the holder of the powers, and who holds them.
        imprime, representants = titulaire, (Representant(split_name(qui)[1], ""), *representants)
    nom, sigle = clean_nom(imprime)
    adresse = partie.passage.printed(*partie.adresse) if partie.adresse else suite
    designation = partie.designation
    return Partie(
        nom=nom,
        role=partie.role,
        sigle=sigle or find_sigle(designation),
        adresse="" if is_masked(adresse) else adresse,
        designation=designation,
        representants=tuple(r for r in representants if r != Representant()),
    )


def _unmask(representant: Representant) -> Representant:
    return Representant("", representant.fonction) if is_masked(representant.nom) else representant
