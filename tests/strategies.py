"""Hypothesis strategies for every object of the domain: any valid `Convention`, plain or odd.

Texts are what a document may hold: no control character but the line break, no blanks around. A fact that may be
unknown is `None` or a text that is not empty.
"""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from portal.domain.convention import (
    Annexe,
    Article,
    Avenant,
    Canal,
    Constat,
    Convention,
    Duree,
    Gravite,
    Imputation,
    Lecture,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    Qualite,
    Reconduction,
    RegleEffet,
    Representant,
    Role,
    Signataire,
    TypeArticle,
)

MOTS = (
    "délégant", "délégataire", "le délégué", "délégué à l'égalité", "ministère", "Direction", "du", "numérique",
    "DINUM", "120 000 €", "1^{er}", "(DNE)30", "visio-", "31 décembre 2025", "tacite reconduction", "rend compte",
    "Article", "xxxx", "jean.martin@exemple.fr", "01 23 45 67 89", "n° 2004-1085", "0214-CEN2-INFO", "« »", "l’État",
)  # fmt: skip
_LIGNE = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))


def lines(max_size: int = 40) -> st.SearchStrategy[str]:
    """Texts of one line: words of conventions, or anything."""
    words = st.lists(st.sampled_from(MOTS), max_size=8).map(" ".join)
    return (words | st.text(_LIGNE, max_size=max_size)).map(str.strip).filter(lambda text: len(text) <= 255)


def bodies() -> st.SearchStrategy[str]:
    """Texts of several lines and paragraphs."""
    return st.lists(lines(), max_size=4).map("\n\n".join).map(str.strip)


def known(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.filter(bool)


def optional_lines() -> st.SearchStrategy[str | None]:
    return st.none() | known(lines())


amounts = st.decimals(min_value=-(10**9), max_value=10**12 - 1, places=2) | st.just(Decimal("0.00"))
dates = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
nors = st.from_regex(r"[A-Z]{4}[0-9]{7}[A-Z]", fullmatch=True)
programmes = st.from_regex(r"[1-9][0-9]{2}", fullmatch=True)
uos = st.from_regex(r"0[1-9][0-9]{2}-[A-Z0-9]{4}(-[A-Z0-9]{4})?", fullmatch=True)
domaines_fonctionnels = st.from_regex(r"0[1-9][0-9]{2}-[0-9]{2}(-[0-9]{2})?", fullmatch=True)
activites = st.from_regex(r"0[1-9][0-9]{2}[A-Z0-9]{8}", fullmatch=True)
centres_cout = st.from_regex(r"[A-Z0-9]{10}", fullmatch=True)
comptables = st.from_regex(r"[A-Z]{3}[0-9]{7}", fullmatch=True)
odd_codes = st.text("ABCO0123456789-", min_size=1, max_size=16)


def _code(codes: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | codes | odd_codes


representants = st.builds(Representant, nom=lines(), fonction=lines()).filter(lambda r: r.nom or r.fonction)
parties = st.builds(
    Partie,
    nom=known(lines()),
    role=st.none() | st.sampled_from(Role),
    sigle=lines(12).map(lambda text: text[:100].strip()),
    adresse=lines(),
    designation=lines(),
    representants=st.lists(representants, max_size=2).map(tuple),
    service=st.none() | st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8})?", fullmatch=True),
)
articles = st.builds(
    Article,
    numero=st.integers(1, 20).map(str) | st.sampled_from(["1.1", "II", "1er"]),
    intitule=lines(),
    corps=bodies(),
    type=st.sampled_from(TypeArticle),
)
annexes = st.builds(Annexe, intitule=known(lines()), corps=bodies())
lignes_echeancier = st.builds(
    LigneEcheancier,
    annee=st.none() | st.integers(2000, 2060),
    programme=_code(programmes),
    uo=_code(uos),
    partie=optional_lines(),
    ae=st.none() | amounts,
    cp=st.none() | amounts,
)
imputations = st.builds(
    Imputation,
    programme=_code(programmes),
    comptable=_code(comptables),
    domaine_fonctionnel=_code(domaines_fonctionnels),
    centre_financier=_code(uos),
    activite=_code(activites),
    centre_cout=_code(centres_cout),
)
durees = st.builds(
    Duree,
    regle_effet=st.none() | st.sampled_from(RegleEffet),
    date_effet=st.none() | dates,
    date_fin=st.none() | dates,
    reconduction=st.none() | st.sampled_from(Reconduction),
    preavis_mois=st.none() | st.integers(0, 60),
)
avenants = st.builds(
    Avenant, numero=known(lines(12)), convention_date=st.none() | dates, convention_reference=optional_lines()
)
publications_prevues = st.builds(
    PublicationPrevue,
    canal=st.sampled_from(Canal),
    libelle=lines(),
    url=st.none() | st.from_regex(r"https://[a-z]{1,12}\.fr/[a-z0-9\-]{0,20}", fullmatch=True),
)
signataires = st.builds(Signataire, nom=lines(), fonction=lines(), pour=lines()).filter(
    lambda s: s.nom or s.fonction or s.pour
)
conventions = st.builds(
    Convention,
    titre=known(lines(80)),
    nature=st.sampled_from(Nature),
    reference=optional_lines(),
    nor=st.none() | nors | odd_codes,
    objet=bodies(),
    date_signature=st.none() | dates,
    parties=st.lists(parties, max_size=4).map(tuple),
    visas=st.lists(known(lines(80)), max_size=3).map(tuple),
    preambule=bodies(),
    articles=st.lists(articles, max_size=5).map(tuple),
    annexes=st.lists(annexes, max_size=2).map(tuple),
    echeancier=st.lists(lignes_echeancier, max_size=4).map(tuple),
    imputations=st.lists(imputations, max_size=2).map(tuple),
    montant_total=st.none() | amounts,
    duree=durees,
    avenant=st.none() | avenants,
    publications_prevues=st.lists(publications_prevues, max_size=3).map(tuple),
    copies=st.lists(known(lines()), max_size=2).map(tuple),
    signataires=st.lists(signataires, max_size=3).map(tuple),
)
constats = st.builds(
    Constat,
    regle=st.sampled_from(["D4", "Q1", "F1"]),
    gravite=st.sampled_from(Gravite),
    message=known(lines()),
    debut=st.none(),
    fin=st.none(),
    champ=st.none() | st.just("date_signature"),
)
lectures = st.builds(
    Lecture,
    source=known(lines()),
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    qualite=st.sampled_from(Qualite),
    texte=bodies(),
    convention=conventions,
    constats=st.lists(constats, max_size=3).map(tuple),
)
