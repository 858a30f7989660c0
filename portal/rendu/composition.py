"""An act as blocs, in the order of its document: what its text and its PDF both show."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from portal.domain import identifiers
from portal.domain.convention import (
    Annexe,
    Article,
    Convention,
    Duree,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    RegleEffet,
    Signataire,
)
from portal.domain.dates import format_date
from portal.domain.fold import fold
from portal.domain.libelles import libelle, write
from portal.domain.montants import sum_stated
from portal.rendu.blocs import Bloc, Liste, Paragraphe, Tableau, Termes, Titre
from portal.rendu.corps import find_blocs
from portal.rendu.echeancier import COLONNES
from portal.rendu.glyphes import write_displayable

INCONNU, INCONNUE = "non précisé", "non précisée"
SANS_TITRE = "Acte sans titre"
DEUX_POINTS = "\u00a0: "
SE_NOMMENT = ("article", "annexe")
"""How a numero begins that says by itself what it numbers."""
_INCONNUS = dict.fromkeys(("Prise d’effet", "Fin", "Reconduction"), INCONNUE)
_POUR = re.compile(r"^\s*pour\s+", re.IGNORECASE)


def name_act(convention: Convention) -> str:
    """Give the title of an act on one line; SANS_TITRE where it has none that can be seen."""
    titre = _join_words(convention.titre)
    return titre if write_displayable(titre).strip() else SANS_TITRE


def compose(convention: Convention) -> Iterator[Bloc]:
    """Yield the blocs of an act; what it does not state is said to be so, but for an avenant, which states what it
    changes.
    """
    yield Titre(1, name_act(convention))
    yield Termes(tuple(_list_faits(convention)))
    yield Titre(2, "Parties")
    yield from _compose_parties(convention)
    yield from _compose_part("Visas", (Paragraphe(_write_visa(visa)) for visa in convention.visas))
    yield from _compose_part("Préambule", find_blocs(convention.preambule))
    yield Titre(2, "Articles")
    yield from _compose_articles(convention)
    yield from _compose_part("Échéancier", _compose_echeancier(convention))
    yield from _compose_part("Imputation", _compose_imputations(convention))
    yield from _compose_part("Annexes", _compose_annexes(convention))
    yield from _compose_part("Publications prévues", _list(map(_write_publication, convention.publications_prevues)))
    yield from _compose_part("Destinataires d’un exemplaire", _list(convention.copies))
    yield Titre(2, "Signataires")
    yield from _list(map(_write_signataire, convention.signataires)) or [Paragraphe("Signataires non précisés.")]


def _compose_part(intitule: str, blocs: Iterable[Bloc]) -> Iterator[Bloc]:
    """Yield a part under its heading; nothing for a part that holds nothing."""
    held = list(blocs)
    if held:
        yield Titre(2, intitule)
        yield from held


def _list(points: Iterable[str]) -> list[Bloc]:
    held = tuple(point for point in points if point.strip())
    return [Liste(held)] if held else []


def _list_faits(convention: Convention) -> Iterator[tuple[str, str]]:
    """Yield the facts that stand at the head of an act; an object that an article repeats is not among them."""
    yield "Nature", libelle(convention.nature)
    yield "NOR", convention.nor or INCONNU
    if convention.reference:
        yield "Référence", convention.reference
    yield "Date de signature", write(convention.date_signature) or INCONNUE
    if avenant := convention.avenant:
        yield "Avenant", f"n° {avenant.numero}" if avenant.numero else "sans numéro"
        modifiee = _join(_date("du", avenant.convention_date), avenant.convention_reference or "")
        yield "Convention modifiée", modifiee or INCONNUE
    if convention.objet and not any(_join_words(convention.objet) in _join_words(a.corps) for a in convention.articles):
        yield "Objet", convention.objet
    faits = [*_list_dates(convention.duree), ("Montant total déclaré", write(convention.montant_total))]
    if convention.nature is Nature.AVENANT:
        yield from ((nom, fait) for nom, fait in faits if fait)
    else:
        yield from ((nom, fait or _INCONNUS.get(nom, INCONNU)) for nom, fait in faits)


def _list_dates(duree: Duree) -> list[tuple[str, str]]:
    effet = "" if duree.regle_effet in (None, RegleEffet.DATE) else libelle(duree.regle_effet).lower()
    preavis = "" if duree.preavis_mois is None else f"{duree.preavis_mois}\u00a0mois"
    return [
        ("Prise d’effet", _join(effet, _date("le", duree.date_effet))),
        ("Fin", _date("le", duree.date_fin)),
        ("Reconduction", libelle(duree.reconduction).removeprefix("Reconduction ") if duree.reconduction else ""),
        ("Préavis", preavis),
    ]


def _compose_parties(convention: Convention) -> Iterator[Bloc]:
    if convention.parties:
        yield Termes(tuple(_write_partie(partie) for partie in convention.parties))
    else:
        yield Paragraphe("Parties non précisées.")


def _write_partie(partie: Partie) -> tuple[str, str]:
    lignes = [f"{partie.nom} ({partie.sigle})" if partie.sigle else partie.nom, partie.adresse]
    for representant in partie.representants:
        lignes.append("représenté par " + _join(representant.nom, representant.fonction))
    if partie.designation:
        lignes.append(f"ci-après «\u00a0{partie.designation}\u00a0»")
    return libelle(partie.role) if partie.role else "Partie", "\n".join(filter(None, lignes))


def _write_visa(visa: str) -> str:
    """Write a visa as a sentence: the members of a list that one « Vu » opens do not bear it themselves."""
    return visa if visa[:2].casefold() == "vu" else f"Vu {visa}"


def _compose_articles(convention: Convention) -> Iterator[Bloc]:
    for article in convention.articles:
        # The body of an act that has no articles stands right under the heading.
        if nom := name_article(article) or ("Article sans numéro" if len(convention.articles) > 1 else ""):
            yield Titre(3, nom)
        yield from find_blocs(article.corps)
    if not convention.articles:
        yield Paragraphe("Le texte de ce document n’est pas découpé en articles.")


def name_article(article: Article) -> str:
    """Name an article by its number and its title (« Article 6 : Exécution financière »); "" where it has neither."""
    numero = article.numero.strip()
    if numero and not fold(numero).startswith(SE_NOMMENT):
        numero = f"Article {numero}"
    return DEUX_POINTS.join(part for part in (numero, _join_words(article.intitule)) if part)


def name_annexe(annexe: Annexe, rang: int) -> str:
    """Name the annexe of this rank, the first being 1, unless its title does."""
    intitule = _join_words(annexe.intitule)
    if fold(intitule).startswith(SE_NOMMENT):
        return intitule
    return DEUX_POINTS.join(part for part in (f"Annexe {rang}", intitule) if part)


def _compose_annexes(convention: Convention) -> Iterator[Bloc]:
    for rang, annexe in enumerate(convention.annexes, start=1):
        yield Titre(3, name_annexe(annexe, rang))
        yield from find_blocs(annexe.corps)


def _compose_echeancier(convention: Convention) -> Iterator[Bloc]:
    """Yield what all the lines say alike, then a row a line; a column of codes stands where they differ."""
    lignes = convention.echeancier
    if not lignes:
        return
    valeurs = {champ: {_write_code(ligne, champ) for ligne in lignes} for champ in COLONNES}
    if communes := [
        (COLONNES[champ], min(dites)) for champ, dites in valeurs.items() if len(dites) == 1 and any(dites)
    ]:
        yield Termes(tuple(communes))
    champs = [champ for champ, dites in valeurs.items() if len(dites) > 1]
    ensemble = [sum_stated(ligne.ae for ligne in lignes), sum_stated(ligne.cp for ligne in lignes)]
    yield Tableau(
        legende="Autorisations d’engagement (AE) et crédits de paiement (CP) par année, en euros",
        entete=("Année", "AE", "CP", *(COLONNES[champ] for champ in champs)),
        rangees=tuple(_write_rangee(ligne, champs) for ligne in lignes),
        pied=("Total", *(write(somme) or INCONNU for somme in ensemble), *[""] * len(champs))
        if len(lignes) > 1
        else (),
        montants=(1, 2),
    )


def _write_rangee(ligne: LigneEcheancier, champs: Iterable[str]) -> tuple[str, ...]:
    annee = str(ligne.annee) if ligne.annee else "Sans année"
    codes = (_write_code(ligne, champ) or INCONNU for champ in champs)
    return annee, write(ligne.ae) or INCONNU, write(ligne.cp) or INCONNU, *codes


def _write_code(ligne: LigneEcheancier, champ: str) -> str:
    return getattr(ligne, champ) or ""


def _compose_imputations(convention: Convention) -> Iterator[Bloc]:
    if convention.imputations:
        yield Tableau(
            legende="Codes sur lesquels la dépense est imputée",
            entete=tuple(code.libelle for code in identifiers.IMPUTATION.values()),
            rangees=tuple(
                tuple(getattr(imputation, champ) or INCONNU for champ in identifiers.IMPUTATION)
                for imputation in convention.imputations
            ),
        )


def _write_publication(publication: PublicationPrevue) -> str:
    nom = publication.libelle or libelle(publication.canal)
    return f"{nom} ({publication.url})" if publication.url else nom


def _write_signataire(signataire: Signataire) -> str:
    pour = signataire.pour and f"pour {_POUR.sub('', signataire.pour)}"
    return _join(signataire.nom, signataire.fonction, pour)


def _date(avant: str, jour: date | None) -> str:
    return f"{avant} {format_date(jour)}" if jour else ""


def _join(*morceaux: str) -> str:
    return ", ".join(filter(None, morceaux))


def _join_words(texte: str) -> str:
    return " ".join(texte.split())
