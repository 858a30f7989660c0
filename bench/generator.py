"""Invented conventions that look like real ones: for the demonstration, the measures and the tests.

`generate(n, graine)` is deterministic: the same seed gives the same conventions, convention by convention, so
that the first thousand of ten thousand are the thousand of a smaller run.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from portal.domain.convention import (
    Article,
    Canal,
    Convention,
    Duree,
    Imputation,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    Reconduction,
    RegleEffet,
    Representant,
    Role,
    Signataire,
    TypeArticle,
)
from portal.domain.dates import format_date
from portal.domain.montants import format_montant

WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
PROGRAMMES = ("102", "103", "124", "129", "143", "155", "159", "165", "214", "218", "349", "352")

AROUND = 400
"""How many stand around the acts on which relevance is measured (bench/corpus.py)."""


def generate(nombre: int, graine: int = 1) -> Iterator[Convention]:
    """Yields `nombre` conventions; each depends on `graine` and its rank alone."""
    for rang in range(nombre):
        yield generate_one(rang, graine)


def generate_one(rang: int, graine: int = 1, *, courte: bool = False) -> Convention:
    """The convention of rank `rang`; a `courte` one has the same facts, its first article alone and no préambule."""
    convention = _Redaction(random.Random(f"{graine}/{rang}"), rang).convention()
    return replace(convention, preambule="", articles=convention.articles[:1]) if courte else convention


def generate_named(nombre: int) -> Iterator[tuple[str, Convention]]:
    """The same, each with the uid under which it is measured."""
    for rang, convention in enumerate(generate(nombre)):
        yield name(rang), convention


def name(rang: int) -> str:
    """« demo000000 »."""
    return f"demo{rang:06d}"


def rank_of(uid: str) -> int:
    return int(uid.removeprefix("demo"))


class _Redaction:
    """The writing of one convention: its facts are drawn first, its articles say them."""

    def __init__(self, hasard: random.Random, rang: int) -> None:
        self.hasard = hasard
        self.rang = rang
        self.signature = date(2018, 1, 15) + timedelta(days=hasard.randrange(3200))
        self.annees = range(self.signature.year, self.signature.year + hasard.choice((1, 1, 2, 2, 3, 4)))
        self.programme = hasard.choice(PROGRAMMES)
        self.uo = f"0{self.programme}-{self._code(4)}-{self._code(4)}"
        self.prestation = hasard.choice(WORDS["prestations"])
        self.outil = hasard.choice(WORDS["outils"])
        self.territoire = hasard.choice(WORDS["territoires"])
        self.delegant, self.delegataire = hasard.sample(WORDS["services"], 2)

    def convention(self) -> Convention:
        return Convention(
            titre=f"Convention de délégation de gestion du {format_date(self.signature)} relative à {self.prestation}",
            nature=self.hasard.choices((Nature.CONVENTION, Nature.DELEGATION, Nature.CHARTE), (8, 3, 1))[0],
            reference=f"DEMO-{self.rang:06d}",
            objet=f"Confier {self.prestation} au moyen de {self.outil}, pour {self.territoire}.",
            date_signature=self.signature,
            parties=(
                self._partie(Role.DELEGANT, self.delegant, "le délégant"),
                self._partie(Role.DELEGATAIRE, self.delegataire, "le délégataire"),
            ),
            visas=(
                "le décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion dans les services de l'État",
                "le décret n° 2012-1246 du 7 novembre 2012 relatif à la gestion budgétaire et comptable publique",
            ),
            preambule=self._sentences(2),
            articles=tuple(self._articles()),
            echeancier=self.echeancier,
            imputations=(self._imputation(),),
            montant_total=sum((ligne.ae for ligne in self.echeancier if ligne.ae), Decimal(0)),
            duree=Duree(
                regle_effet=RegleEffet.SIGNATURE,
                date_effet=self.signature,
                date_fin=date(self.annees[-1], 12, 31),
                reconduction=self.hasard.choice(tuple(Reconduction)),
                preavis_mois=self.hasard.choice((1, 2, 3, 6)),
            ),
            publications_prevues=(PublicationPrevue(Canal.BULLETIN_OFFICIEL, "bulletin officiel du ministère"),),
            signataires=(
                Signataire(nom=self._person(), pour=self.delegant["nom"]),
                Signataire(nom=self._person(), pour=self.delegataire["nom"]),
            ),
        )

    @cached_property
    def echeancier(self) -> tuple[LigneEcheancier, ...]:
        """All the AE in the first year, the CP in equal parts: the usual shape of a schedule."""
        total = Decimal(self.hasard.randrange(2, 400) * 5_000)
        part = (total / len(self.annees)).quantize(Decimal("0.01"))
        return tuple(
            LigneEcheancier(
                annee=annee,
                programme=self.programme,
                uo=self.uo,
                ae=total if annee == self.annees[0] else None,
                cp=part,
            )
            for annee in self.annees
        )

    def _partie(self, role: Role, service: dict[str, str], designation: str) -> Partie:
        representant = Representant(self._person(), self.hasard.choice(WORDS["fonctions"]))
        return Partie(
            nom=service["nom"],
            role=role,
            sigle=service["sigle"],
            designation=designation,
            representants=(representant,),
        )

    def _articles(self) -> Iterator[Article]:
        total = self.echeancier[0].ae
        texts = [
            (
                TypeArticle.OBJET,
                "Objet de la délégation",
                f"Le délégant confie au délégataire {self.prestation} au moyen de {self.outil}, pour {self.territoire}.",
            ),
            (
                TypeArticle.MISSIONS,
                "Prestations confiées au délégataire",
                f"Le délégataire assure pour le compte du délégant :\n- {self.prestation} ;\n- l'engagement des dépenses ;\n- le suivi de {self.outil}.",
            ),
            (
                TypeArticle.OBLIGATIONS_DELEGATAIRE,
                "Obligations du délégataire",
                "Le délégataire exécute la délégation et rend compte au délégant de sa gestion chaque semestre.",
            ),
            (
                TypeArticle.OBLIGATIONS_DELEGANT,
                "Obligations du délégant",
                "Le délégant met à disposition les crédits et fournit les informations nécessaires au délégataire.",
            ),
            (
                TypeArticle.SUIVI,
                "Suivi de l'exécution",
                "Un comité de suivi se réunit et examine le compte rendu de gestion du délégataire.",
            ),
            (
                TypeArticle.FINANCIER,
                "Exécution financière de la délégation",
                f"Les crédits du programme {self.programme} sont mis à disposition sur l'UO {self.uo}, pour {format_montant(total or Decimal(0))} en autorisations d'engagement.",
            ),
            (TypeArticle.MODIFICATION, "Modification", "Toute modification fait l'objet d'un avenant."),
            (
                TypeArticle.DUREE,
                "Durée et résiliation",
                f"La convention prend effet à sa signature et prend fin le 31 décembre {self.annees[-1]}.",
            ),
            (
                TypeArticle.PUBLICATION,
                "Publication",
                "La présente convention est publiée au bulletin officiel du ministère.",
            ),
        ]
        for numero, (sujet, intitule, corps) in enumerate(texts, 1):
            yield Article(str(numero), intitule, f"{corps}\n\n{self._sentences(self.hasard.randrange(2, 6))}", sujet)

    def _imputation(self) -> Imputation:
        return Imputation(
            programme=self.programme,
            domaine_fonctionnel=f"0{self.programme}-{self.hasard.randrange(1, 20):02d}",
            centre_financier=self.uo,
            activite=f"0{self.programme}{self._code(8)}",
            centre_cout=self._code(10),
        )

    def _sentences(self, nombre: int) -> str:
        return " ".join(
            self.hasard.choice(WORDS["phrases"]).format(
                prestation=self.prestation,
                outil=self.outil,
                territoire=self.territoire,
                mot=self.hasard.choice(WORDS["mots"]),
                autre=self.hasard.choice(WORDS["mots"]),
            )
            for _ in range(nombre)
        )

    def _code(self, longueur: int) -> str:
        return "".join(self.hasard.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=longueur))

    def _person(self) -> str:
        return f"{self.hasard.choice(WORDS['prenoms'])} {self.hasard.choice(WORDS['noms'])}"
