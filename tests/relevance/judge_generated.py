"""Judges the invented conventions by the facts that made them: `python -m tests.relevance.judge_generated`.

It writes generes.csv. Nobody reads four hundred invented texts, and nobody needs to: the generator drew their facts. A
convention whose title or object is what is sought, or whose partie it is, is worth 3; one that merely
says the word somewhere is worth 1. The real acts beside them are judged by reading. Nothing here asks the search.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from bench.generator import AROUND, WORDS, generate_named
from portal.domain.convention import Convention, Partie

FILE = Path(__file__).parent / "generes.csv"

CHARTE = "charte_prefecture_2025"
CULTURE = "culture2017_services_delegants"
DAP = "decision_dap_atigip_2022"
DGESCO = "bulletin_education_dgesco_saam_2025"
DGESIP = "bulletin_dgesip_dgrh_stsi_2010"
DGOM = "dgom_dgcl_dtnum_cadre_2024"
DIRISI = "armees_dirisi_dinum_2023"
FTAP = "ftap_ditp_dgddi_2022"
MENJ = "convention_menj_dinum_2024"
MILDECA = "jorf_mildeca_2024"
MTE = "gestion_delegation_mte_die_2021"
RAA = "raa_prefecture_37_drfip_cgf_2023"
SECURITE = "jorf_dgscgc_armees_2024"
SOCIAL = "social_dnum_dgcs_2025"
TRAVAIL = "travail_dnum_annexes_2023"


@dataclass(frozen=True)
class Facts:
    """What the generator drew for one convention."""

    uid: str
    convention: Convention

    @cached_property
    def sujets(self) -> frozenset[str]:
        """Its prestation, its outil and its territoire, which the object says."""
        drawn = (*WORDS["prestations"], *WORDS["outils"], *WORDS["territoires"])
        objet = re.fullmatch(r"Confier (.+) au moyen de (.+), pour (.+)\.", self.convention.objet)
        assert objet is not None
        assert set(objet.groups()) <= set(drawn)
        return frozenset(objet.groups())

    @cached_property
    def mots(self) -> frozenset[str]:
        """The words of its preamble and articles."""
        convention = self.convention
        texts = (convention.preambule, *(article.corps for article in convention.articles))
        return frozenset(re.findall(r"\w+", " ".join(texts).lower()))

    @cached_property
    def amounts(self) -> frozenset[Decimal | None]:
        return frozenset(line.cp for line in self.convention.echeancier)


Rule = Callable[[Facts], int]
"""The grade of a convention by its facts, 0 where it is not worth finding."""


def about(*sujets: str) -> Rule:
    """It is about one of these: 3."""
    return lambda facts: 3 * any(sujet in facts.sujets for sujet in sujets)


def said(mot: str) -> Rule:
    """It says the word in passing: 1."""
    return lambda facts: int(mot in facts.mots)


def between(*names: str, grade: int = 3) -> Rule:
    """One of these, named by its sigle or a piece of its name, is a partie."""
    return lambda facts: grade * _names_one(facts.convention.parties, names)


def delegated_by(*names: str) -> Rule:
    return lambda facts: 3 * _names_one(facts.convention.delegants, names)


def delegated_to(*names: str) -> Rule:
    return lambda facts: 3 * _names_one(facts.convention.delegataires, names)


def best(*rules: Rule) -> Rule:
    return lambda facts: max(rule(facts) for rule in rules)


def both(*rules: Rule) -> Rule:
    return lambda facts: min(rule(facts) for rule in rules)


def funded_by(programme: str) -> Rule:
    return lambda facts: 3 * (facts.convention.echeancier[0].programme == programme)


def signed_in(year: int) -> Rule:
    return lambda facts: 3 * any(line.annee == year for line in facts.convention.echeancier[:1])


def worth(amount: int) -> Rule:
    """It is the total: 3; the CP of one year: 2."""
    return lambda facts: 3 if facts.convention.montant_total == amount else 2 * (Decimal(amount) in facts.amounts)


def only(uid: str) -> Rule:
    return lambda facts: 3 * (facts.uid == uid)


def place(nom: str) -> Rule:
    """A region: what is done for it, or by a service that has its name."""
    return best(about(f"la région {nom}"), between(f"région {nom}", f"académique {nom}", f"logement de {nom}"))


def _names_one(parties: tuple[Partie, ...], names: tuple[str, ...]) -> bool:
    return any(name == partie.sigle or name in partie.nom for partie in parties for name in names)


EDUCATION = ("Direction du numérique pour l'éducation", "DGESCO", "SAAM")

ASKED: tuple[tuple[str, Rule, Mapping[str, int]], ...] = (
    # subjects
    (
        "hébergement",
        best(about("l'hébergement des applications"), said("hébergement")),
        {SOCIAL: 3, DGOM: 2, DGESIP: 2},
    ),
    ("hébergement des applications", about("l'hébergement des applications"), {DGESIP: 2, SOCIAL: 1}),
    ("héberger une application", about("l'hébergement des applications"), {DGESIP: 2, SOCIAL: 1}),
    ("visioconférence", about("la gestion des visioconférences"), {MENJ: 3}),
    ("gestion des visioconférences", about("la gestion des visioconférences"), {MENJ: 2}),
    ("parc automobile", about("la gestion du parc automobile"), {}),
    ("véhicule électrique", about("une flotte de véhicules électriques"), {}),
    ("marchés de nettoyage", about("la conduite des marchés de nettoyage"), {}),
    ("prévention des addictions", about("la prévention des conduites addictives"), {MILDECA: 3}),
    (
        "conduites addictives",
        best(about("la prévention des conduites addictives"), between("MILDECA", grade=1)),
        {MILDECA: 3},
    ),
    ("rénovation énergétique", about("la rénovation énergétique des bâtiments"), {MTE: 3}),
    ("rénover des bâtiments", about("la rénovation énergétique des bâtiments"), {MTE: 2}),
    ("formation", best(about("la formation des agents"), said("formation")), {TRAVAIL: 1, MENJ: 1}),
    ("former les agents", about("la formation des agents"), {}),
    ("apprentis", about("le recrutement des apprentis"), {}),
    (
        "recrutement",
        best(about("le recrutement des apprentis"), said("recrutement")),
        {DGESIP: 3, MENJ: 1},
    ),
    ("traduction", best(about("la traduction de documents officiels"), said("traduction")), {}),
    ("traduire des documents officiels", about("la traduction de documents officiels"), {}),
    ("signature électronique", about("un outil de signature électronique"), {}),
    ("logiciel de paie", about("un logiciel de paie"), {}),
    ("imprimante", about("un parc d'imprimantes"), {}),
    ("musées", best(about("la mesure de la fréquentation des musées"), said("musée")), {}),
    ("restauration", best(about("la restauration des monuments historiques"), said("restauration")), {}),
    ("monument historique", about("la restauration des monuments historiques"), {}),
    ("qualité de l'air", about("la surveillance de la qualité de l'air"), {}),
    ("audit de sécurité", about("l'audit de sécurité des sites internet"), {}),
    ("observatoire", about("un observatoire territorial"), {SOCIAL: 3}),
    ("numériser les archives", about("la numérisation des archives"), {}),
    ("données géographiques", about("la production de données géographiques"), {}),
    ("frais de déplacement", about("la gestion des frais de déplacement"), {CHARTE: 2}),
    ("élections", about("l'organisation des élections professionnelles"), {}),
    ("concours", about("l'organisation des concours nationaux"), {DGESCO: 3}),
    ("maîtrise d'ouvrage", about("l'assistance à maîtrise d'ouvrage"), {MTE: 2, DGESIP: 2}),
    ("start-up d'État", about("l'accompagnement des start-up d'État"), {MENJ: 1}),
    ("denrées alimentaires", about("le transport des denrées alimentaires"), {CHARTE: 3}),
    ('"service de téléphonie"', about("un service de téléphonie"), {}),
    ('"concours national"', about("l'organisation des concours nationaux"), {DGESCO: 3}),
    ('"portail de démarches"', about("un portail de démarches en ligne"), {}),
    # places
    ("Mayotte", place("Mayotte"), {DGOM: 2}),
    ("La Réunion", place("La Réunion"), {DGOM: 2}),
    ("Bretagne", place("Bretagne"), {}),
    ("Gironde", about("le département : Gironde"), {}),
    ("outre-mer", about("les outre-mer"), {DGOM: 3}),
    ("préfecture de Bretagne", between("Préfecture de la région Bretagne"), {}),
    ("DREAL Occitanie", between("logement de Occitanie"), {}),
    ("académie de Normandie", between("académique Normandie"), {}),
    ("rectorat Corse", between("académique Corse"), {}),
    # services
    ("DINUM", between("DINUM"), {DIRISI: 3, MENJ: 3}),
    ("direction interministérielle du numérique", between("DINUM"), {DIRISI: 3, MENJ: 3}),
    ("DNE", between("DNE"), {MENJ: 3}),
    ("DIRISI", between("DIRISI"), {DIRISI: 3}),
    ("MILDECA", between("MILDECA"), {MILDECA: 3}),
    ("DGESCO", between("DGESCO"), {DGESCO: 3, MILDECA: 3}),
    ("douanes", between("DGDDI"), {FTAP: 3, MILDECA: 3}),
    ("gendarmerie", between("DGGN"), {MILDECA: 3}),
    ("sécurité civile", between("DGSCGC"), {SECURITE: 3}),
    ("finances publiques", between("DGFiP"), {RAA: 3}),
    ("cohésion sociale", between("DGCS"), {SOCIAL: 3}),
    ("MENJ", best(between("MEN"), between(*EDUCATION, grade=2)), {MENJ: 3, DGESCO: 2, MILDECA: 1}),
    ("ministère de la justice", between("Ministère de la Justice"), {DAP: 3}),
    ("ministère de la culture", between("Ministère de la Culture"), {CULTURE: 3}),
    ("service d'information du gouvernement", between("SIG"), {MENJ: 1}),
    (
        "direction du numérique des ministères sociaux",
        between("Direction du numérique des ministères sociaux"),
        {SOCIAL: 3, TRAVAIL: 3},
    ),
    ("DNUM", between("Direction du numérique des ministères sociaux"), {SOCIAL: 3, TRAVAIL: 3}),
    (
        "Premier ministre",
        best(between("SPM"), between("DINUM", "MILDECA", "SIG", grade=2)),
        {DIRISI: 2, MENJ: 2, MILDECA: 2, FTAP: 2},
    ),
    # a subject and a service, or a place, or a year
    ("dinum archives", both(about("la numérisation des archives"), between("DINUM")), {}),
    ("dne musées", both(about("la mesure de la fréquentation des musées"), between("DNE")), {}),
    ("formation Mayotte", both(about("la formation des agents"), place("Mayotte")), {}),
    ("apprentis Bretagne", both(about("le recrutement des apprentis"), place("Bretagne")), {}),
    ("qui forme les agents à Mayotte ?", both(about("la formation des agents"), place("Mayotte")), {}),
    (
        "visioconférences éducation nationale",
        both(about("la gestion des visioconférences"), between("MEN", *EDUCATION)),
        {MENJ: 3},
    ),
    ("hébergement DGESIP", both(about("l'hébergement des applications"), between("DGESIP")), {DGESIP: 2}),
    ("annee:2019 concours", both(about("l'organisation des concours nationaux"), signed_in(2019)), {}),
    # in one field
    ("delegant:dinum", delegated_by("DINUM"), {}),
    ("delegataire:dinum", delegated_to("DINUM"), {DIRISI: 3, MENJ: 3}),
    ("delegataire:douanes", delegated_to("DGDDI"), {FTAP: 3, MILDECA: 3}),
    ("delegant:dgesco", delegated_by("DGESCO"), {DGESCO: 3}),
    ("delegant:(DNE OU DINUM)", delegated_by("DNE", "DINUM"), {MENJ: 2}),
    ("partie:gendarmerie", between("DGGN"), {MILDECA: 3}),
    ("objet:observatoire", about("un observatoire territorial"), {SOCIAL: 3}),
    ("objet:hébergement", about("l'hébergement des applications"), {SOCIAL: 3, DGOM: 3}),
    ("programme:129", funded_by("129"), {MILDECA: 3}),
    # beginnings
    ("numéris*", about("la numérisation des archives"), {}),
    ("visio*", about("la gestion des visioconférences"), {MENJ: 3}),
    ("immobil*", about("l'inventaire du patrimoine immobilier"), {MTE: 3, CULTURE: 2}),
    ("addict*", best(about("la prévention des conduites addictives"), between("MILDECA", grade=1)), {MILDECA: 3}),
    # what is in hand
    ("programme 214", funded_by("214"), {MENJ: 3, DGESIP: 3}),
    ("qui gère les crédits du programme 214 ?", funded_by("214"), {MENJ: 3, DGESIP: 3}),
    ("730 000 €", worth(730_000), {CULTURE: 3}),
    ("870 000 euros", worth(870_000), {TRAVAIL: 3}),
    ("405 000 €", worth(405_000), {DGESIP: 3}),
    ("450 000 €", worth(450_000), {MILDECA: 3, TRAVAIL: 2}),
    ("125 000 €", worth(125_000), {DGESCO: 3}),
    ("DEMO-000123", only("demo000123"), {}),
    ("0218-XK1B-VF7T", only("demo000042"), {}),
    ("convention du 10 octobre 2024 frais de déplacement", only("demo000010"), {}),
    ("0349-NMHV*", only("demo000019"), {}),
)


def judge() -> Iterator[tuple[str, str, int]]:
    """The rows of generes.csv: query, uid, grade."""
    generated = [Facts(uid, convention) for uid, convention in generate_named(AROUND)]
    for q, rule, acts in ASKED:
        yield from ((q, uid, grade) for uid, grade in acts.items())
        yield from ((q, facts.uid, grade) for facts in generated if (grade := rule(facts)))


def write() -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("query", "uid", "grade"))
        writer.writerows(judge())


if __name__ == "__main__":
    write()
