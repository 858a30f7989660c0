"""The words of a convention as one text, and from a passage of a text back to the fact that holds it."""

from collections.abc import Iterator
from functools import lru_cache

from portal.domain.convention import Article, Convention, Partie, Role

_QUALITES = {Role.DELEGANT: "le délégant", Role.DELEGATAIRE: "le délégataire"}


def texte_integral(convention: Convention) -> str:
    """Write out a convention of which no extracted text is kept, in the order of the act."""
    parties = "\n\n".join(_write_partie(partie) for partie in convention.parties)
    articles = (_write_article(article) for article in convention.articles)
    annexes = (f"{annexe.intitule}\n\n{annexe.corps}" for annexe in convention.annexes)
    signataires = (f"{s.pour}\n{s.fonction}\n{s.nom}" for s in convention.signataires)
    publications = (publication.libelle for publication in convention.publications_prevues)
    morceaux = (
        convention.titre,
        convention.objet,
        parties,
        *convention.visas,
        convention.preambule,
        *articles,
        *publications,
        *convention.copies,
        *signataires,
        *annexes,
    )
    return "\n\n".join(morceau.strip() for morceau in morceaux if morceau.strip())


TELLING = 8
"""Characters from which a piece of text tells one fact from the others."""


def find_champ(convention: Convention, texte: str, debut: int, fin: int) -> str | None:
    """Give the path of the fact that holds the passage `texte[debut:fin]` of the text of the convention.

    The words around the passage tell which one, or those before it where the reading took the passage away; `None`
    where no fact, or more than one, holds them.
    """
    champs = _list_textes(convention)
    for extrait in _surroundings(texte, debut, fin):
        trouves = [champ for champ, valeur in champs if extrait in valeur]
        if len(trouves) == 1:
            return trouves[0]
    return None


def _surroundings(texte: str, debut: int, fin: int) -> Iterator[str]:
    """Yield what to look for, the most telling first; a few characters would stand in any fact."""
    autour = [_cut_line(texte, debut, fin, marge) for marge in (60, 30, 15, 5, 0)]
    avant = [texte[max(0, debut - marge) : debut].rpartition("\n")[2] for marge in (60, 30, 15)]
    yield from (extrait for extrait in map(_join_words, (*autour, *avant)) if len(extrait) >= TELLING)


@lru_cache(maxsize=1)
def _list_textes(convention: Convention) -> tuple[tuple[str, str], ...]:
    """Give each fact that is a text, its words joined: once for all the passages of one convention."""
    return tuple((champ, _join_words(valeur)) for champ, valeur in _find_textes(convention))


def _find_textes(convention: Convention) -> Iterator[tuple[str, str]]:
    yield from (("titre", convention.titre), ("objet", convention.objet), ("preambule", convention.preambule))
    for i, partie in enumerate(convention.parties):
        yield from ((f"parties[{i}].{nom}", getattr(partie, nom)) for nom in ("nom", "adresse", "designation"))
        for j, representant in enumerate(partie.representants):
            yield f"parties[{i}].representants[{j}].nom", representant.nom
            yield f"parties[{i}].representants[{j}].fonction", representant.fonction
    yield from ((f"visas[{i}]", visa) for i, visa in enumerate(convention.visas))
    for i, article in enumerate(convention.articles):
        yield from ((f"articles[{i}].intitule", article.intitule), (f"articles[{i}].corps", article.corps))
    for i, annexe in enumerate(convention.annexes):
        yield from ((f"annexes[{i}].intitule", annexe.intitule), (f"annexes[{i}].corps", annexe.corps))
    yield from ((f"copies[{i}]", copie) for i, copie in enumerate(convention.copies))
    for i, signataire in enumerate(convention.signataires):
        yield from ((f"signataires[{i}].{nom}", getattr(signataire, nom)) for nom in ("nom", "fonction", "pour"))


def _cut_line(texte: str, debut: int, fin: int, marge: int) -> str:
    """Cut the passage with its surroundings, within its line."""
    avant = texte[max(0, debut - marge) : debut].rpartition("\n")[2]
    return avant + texte[debut:fin] + texte[fin : fin + marge].partition("\n")[0]


def _join_words(texte: str) -> str:
    return " ".join(texte.split())


def _write_partie(partie: Partie) -> str:
    sigle = f" ({partie.sigle})" if partie.sigle else ""
    lignes = [partie.nom + sigle, partie.adresse]
    lignes += [f"{representant.nom}, {representant.fonction}".strip(", ") for representant in partie.representants]
    noms = [nom for nom in (_QUALITES[partie.role] if partie.role else "", partie.designation) if nom]
    if noms:
        lignes.append("ci-après « " + " » ou « ".join(noms) + " »")
    return "\n".join(ligne for ligne in lignes if ligne)


def _write_article(article: Article) -> str:
    intitule = f" : {article.intitule}" if article.intitule else ""
    return f"Article {article.numero}{intitule}\n\n{article.corps}"
