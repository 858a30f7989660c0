"""From a text to a `Lecture`: text -> lines -> parts -> facts -> constats, each stage a line of `ETAPES`.

A stage reads and fills the `Releve`, and says in its docstring what it reads and writes. Nothing here opens a file or
a connection: `read_text` is pure, and linear in the length of the text.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256

from importers.documents.faits import (
    articles,
    avenant,
    copies,
    date_signature,
    duree,
    echeancier,
    imputations,
    montant_total,
    nature,
    objet,
    parties,
    publications,
    roles,
    roles_objet,
    signataires,
    titre,
    visas,
    vraisemblance,
)
from importers.documents.illisible import Illisible
from importers.documents.lignes import split_lignes
from importers.documents.plan import find_plan
from importers.documents.releve import Releve
from portal.domain.convention import Constat, Lecture, Lieu, Qualite
from portal.domain.regles import Examen, examine, sort_constats

Etape = Callable[[Releve], None]

FAITS: tuple[Etape, ...] = (
    titre.read,
    parties.read,
    signataires.read,
    roles.read,
    roles_objet.read,
    articles.read,
    visas.read,
    nature.read,
    avenant.read,
    objet.read,
    date_signature.read,
    duree.read,
    montant_total.read,
    echeancier.read,
    imputations.read,
    publications.read,
    copies.read,
    vraisemblance.read,
)
"""The families of facts, each after those that it reads."""


def split_text(releve: Releve) -> None:
    """Reads: texte. Writes: lignes."""
    releve.lignes = split_lignes(releve.texte)


def cut_parts(releve: Releve) -> None:
    """Reads: lignes. Writes: plan."""
    releve.plan = find_plan(releve.lignes)


def read_facts(releve: Releve) -> None:
    """Reads: texte, lignes, plan. Writes: convention, lieux, and the constats of the reading."""
    for read in FAITS:
        read(releve)


ETAPES: tuple[Etape, ...] = (split_text, cut_parts, read_facts)


def read_text(
    texte: str,
    *,
    source: str = "",
    empreinte: str | None = None,
    qualite: Qualite = Qualite.NATIF,
    remarques: Iterable[str] = (),
    pages: tuple[int, ...] = (),
) -> Lecture:
    """Read the facts of a text and judge them.

    `empreinte` is the SHA-256 of the file, of the text in UTF-8 where there is no file; `remarques` say what the file
    holds beside its text, `pages` where each of its pages starts in the text. Raises `Illisible` where the text holds no
    word.
    """
    if not any(map(str.isalnum, texte)):
        raise Illisible(
            "Le document ne contient aucun texte : vérifiez le fichier, ou importez une version avec du texte."
        )
    releve = Releve(texte)
    for etape in ETAPES:
        etape(releve)
    for remarque in remarques:
        releve.report("X4", remarque)
    return Lecture(
        source=source,
        sha256=empreinte or sha256(texte.encode("utf-8", "surrogatepass")).hexdigest(),
        qualite=qualite,
        texte=texte,
        convention=releve.convention,
        constats=_judge(releve, qualite),
        lieux=tuple(Lieu(champ, *etendue) for champ, etendue in releve.lieux.items()),
        pages=pages,
    )


def _judge(releve: Releve, qualite: Qualite) -> tuple[Constat, ...]:
    """Add the constats of the rules to those of the reading; those that name a fact are shown where it was read."""
    regles = examine(Examen(releve.convention, releve.texte, qualite))
    situes = (_locate(constat, releve) for constat in regles)
    return sort_constats((*releve.constats, *situes))


def _locate(constat: Constat, releve: Releve) -> Constat:
    """Put a constat where the fact that it names was read, or name the fact that was read where it stands."""
    if constat.debut is not None and constat.fin is not None:
        return replace(constat, champ=constat.champ or releve.champ_at(constat.debut, constat.fin))
    champ = constat.champ or ""
    lieu = releve.lieux.get(champ) or releve.lieux.get(champ.partition(".")[0])
    return replace(constat, debut=lieu.debut, fin=lieu.fin) if lieu else constat
