"""The parts of a convention that a result may quote, and where on its page each stands."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from portal.conventions.publiees import Publiee
from portal.domain.ancres import ESSENTIEL, IMPUTATIONS, PREAMBULE, VISAS, ancre_annexe, ancres_articles
from portal.domain.convention import Article, Convention, Partie
from portal.domain.fold import fold
from portal.domain.identifiers import (
    ACTIVITE,
    CENTRE_COUT,
    COMPTABLE,
    DOMAINE_FONCTIONNEL,
    NOR,
    PROGRAMME,
    UO,
    Identifiant,
)
from search.values import clean


class Part(NamedTuple):
    """A part of an act: `libelle` names it, `ancre` on the page `adresse` leads to it.

    `intitule` is its heading where it has one, which `libelle` repeats; `texte` what stands under it, and
    is searched in the field `champ`. All are clean.
    """

    champ: str
    libelle: str
    ancre: str
    adresse: str
    texte: str
    intitule: str = ""


def list_parts(publiee: Publiee) -> Iterator[Part]:
    """The parts of a convention, then of its avenants; those that are better to quote come first."""
    for section in _list_sections(publiee.convention):
        yield from _build_part(publiee.adresse, *section)
    for avenant in publiee.avenants:
        numero = avenant.convention.avenant and avenant.convention.avenant.numero
        name = f"Avenant n° {numero}" if numero else "Avenant"
        for _, libelle, *rest in _list_sections(avenant.convention):
            yield from _build_part(avenant.adresse, "autres", f"{name}, {libelle[0].lower()}{libelle[1:]}", *rest)


def _build_part(adresse: str, champ: str, libelle: str, ancre: str, texte: str, intitule: str = "") -> Iterator[Part]:
    texte, intitule = clean(texte), clean(intitule)
    if texte or intitule:
        yield Part(champ, clean(libelle), ancre, adresse, texte, intitule)


def list_codes(convention: Convention) -> list[tuple[Identifiant, str]]:
    """The identifiers among the facts of a convention, each with its kind, normalised."""
    found = [(NOR, convention.nor)]
    for line in convention.echeancier:
        found += [(PROGRAMME, line.programme), (UO, line.uo)]
    for imputation in convention.imputations:
        found += [
            (PROGRAMME, imputation.programme),
            (COMPTABLE, imputation.comptable),
            (DOMAINE_FONCTIONNEL, imputation.domaine_fonctionnel),
            (UO, imputation.centre_financier),
            (ACTIVITE, imputation.activite),
            (CENTRE_COUT, imputation.centre_cout),
        ]
    return list(dict.fromkeys((kind, _normalise(kind, code)) for kind, code in found if code))


@lru_cache(maxsize=10_000)
def _normalise(kind: Identifiant, code: str) -> str:
    return kind.normalise(code)


def _write_partie(partie: Partie) -> str:
    """A partie as one line: name, sigle, address, who represents it."""
    representants = (f"{one.nom}, {one.fonction}".strip(", ") for one in partie.representants)
    return _join(name_partie(partie), partie.adresse, *representants)


def name_partie(partie: Partie) -> str:
    """« Direction interministérielle du numérique (DINUM) »."""
    return f"{partie.nom} ({partie.sigle})" if partie.sigle and partie.sigle not in partie.nom else partie.nom


Section = tuple[str, str, str, str] | tuple[str, str, str, str, str]


def _list_sections(convention: Convention) -> Iterator[Section]:
    """(champ, libelle, ancre, texte, intitule) of each section of the page of an act."""
    for article, ancre in zip(convention.articles, ancres_articles(convention.articles), strict=True):
        yield "articles", _name_article(article), ancre, article.corps, article.intitule
    yield "autres", "Préambule", PREAMBULE, convention.preambule
    for rang, annexe in enumerate(convention.annexes, start=1):
        named = fold(annexe.intitule).startswith("annexe")
        libelle = annexe.intitule if named else _join(f"Annexe {rang}", annexe.intitule)
        yield "autres", libelle, ancre_annexe(rang), annexe.corps, annexe.intitule
    yield "visas", "Visas", VISAS, " ; ".join(convention.visas)
    yield "parties", "Parties", ESSENTIEL, " ; ".join(map(_write_partie, convention.parties))
    codes = [f"{kind.libelle} {code}" for kind, code in list_codes(convention) if kind is not NOR]
    yield "codes", "Imputation", IMPUTATIONS, ", ".join(codes)
    nor = f"NOR {convention.nor}" if convention.nor else ""
    yield "codes", "Références", ESSENTIEL, _join(nor, convention.reference or "")


def _name_article(article: Article) -> str:
    return _join(f"Article {article.numero}" if article.numero else "", article.intitule) or "Article"


def _join(*texts: str) -> str:
    return ", ".join(text for text in texts if text)
