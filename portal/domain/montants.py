"""Amounts of money in French texts, in euros, quantised to the cent.

A number without a money unit is not an amount (a year, an article, a code); only a table cell, which its column
says to be an amount, may do without. Where the writing is ambiguous (« 120,000 € », « 3 m€ ») nothing is guessed.

Negative amounts stand in the tables of avenants. In a cell a leading minus or dash, or parentheses, is a sign.
In running text parentheses and a dash at the head of a line are punctuation: only U+2212, or a hyphen stuck to the
figures inside a line, is a sign.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.domain.nombres import SUITE_DE_MOTS, find_nombres, parse_nombre

CENTIME = Decimal("0.01")
_ESPACE = r"[ \u00a0\u2007\u2008\u2009\u202f]"
_ENTIER = rf"[1-9]\d{{0,2}}(?:{_ESPACE}\d{{3}}(?!\d)){{1,4}}|[1-9]\d{{0,2}}(?:\.\d{{3}}(?!\d)){{1,4}}|[1-9]\d{{0,14}}|0"
_CHIFFRES = rf"(?P<entier>{_ENTIER})(?:[.,](?P<decimales>\d{{1,9}}))?(?!\d)"
_MULTIPLE = (
    r"(?:(?P<millier>[kK]|(?i:mill(?:e|iers?)\b))|(?P<milliard>M[dD]s?|Mrds?|(?i:milliards?\b))"
    r"|(?P<million>M|(?i:millions?\b)))"
)
_FACTEURS = {"millier": 1_000, "million": 1_000_000, "milliard": 1_000_000_000}
_EURO = r"(?:[dD]['’]|[dD]e\s)?(?:€|(?i:euros?)\b|EUR\b)"
_TAXE = (
    rf"(?:,?{_ESPACE}{{0,2}}(?P<ouvre_taxe>\()?(?:(?P<ttc>T\.T\.C\.?|TTC\b|(?i:toutes\s+taxes\s+comprises)\b)"
    r"|(?P<ht>H\.T\.?|HT\b|(?i:hors\s+(?:taxes?|tva))\b))(?(ouvre_taxe)\)))?"
)
_CENTIMES = rf"(?:\s+(?:et\s+)?(?P<centimes>\d{{1,2}}|(?i:{SUITE_DE_MOTS}))\s+(?i:centimes?)\b)?"
_MONTANT = re.compile(
    rf"""
    (?P<signe>\u2212\s?(?=\d)|(?<=[\s(:])-(?=\d))?
    (?:
        (?<![\w/])(?<!\d[.,’'\-])(?:(?<!\d{_ESPACE})|(?<=\b(?:19|20)\d\d{_ESPACE})){_CHIFFRES}
        | (?P<lettres>(?i:{SUITE_DE_MOTS}))
    )
    (?:\s{{0,2}}\((?P<rappel>[^()\n]{{1,120}})\))?
    \s{{0,2}}(?:{_MULTIPLE}\s{{0,2}})?{_EURO}{_CENTIMES}{_TAXE}
    """,
    re.VERBOSE,
)
_NON_CHIFFRE = re.compile(r"\D")
_CELLULE = re.compile(
    r"(?P<ouvre>\()?\s*(?P<signe>[+\-–\u2212])?\s*(?P<reste>[^\s(+\-–\u2212].*?)\s*(?(ouvre)\))", re.DOTALL
)
_CELLULE_SANS_UNITE = re.compile(_CHIFFRES + _TAXE)
_UNITES = {"€": 1, "k€": 1_000, "K€": 1_000, "M€": 1_000_000, "Md€": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class MontantTrouve:
    """An amount of euros at `texte[debut:fin]`; `taxe` is "TTC", "HT" or, where nothing is said, `None`."""

    debut: int
    fin: int
    montant: Decimal
    taxe: str | None
    en_lettres: bool


def find_montants(texte: str) -> Iterator[MontantTrouve]:
    """Yield in order the amounts of running text, in figures or in words.

    « cent vingt mille euros (120 000 €) » gives two; « cent vingt mille (120 000) euros » gives one, or none where
    the two writings differ.
    """
    if not _names_euros(texte):
        return
    for trouve in _MONTANT.finditer(texte):
        debut, valeur = _read_valeur(trouve)
        if valeur is None:
            continue
        if trouve["signe"] == "-" and _opens_line(texte, debut):
            debut += 1
        elif trouve["signe"]:
            valeur = -valeur
        yield MontantTrouve(debut, trouve.end(), _quantise(valeur), _taxe(trouve), bool(trouve["lettres"]))


def _names_euros(texte: str) -> bool:
    """Whether `texte` holds what an amount ends with: looking for it costs far less than looking for an amount."""
    return "€" in texte or "EUR" in texte or "euro" in texte.lower()


def parse_montant(texte: str, unite: str | None = None) -> Decimal | None:
    """Give the amount that a whole table cell writes, or `None`.

    `unite` ("€", "k€", "M€", "Md€"; euros by default) applies where the cell has no unit of its own. Empty cells,
    dashes, « p.m. », « néant » and all that is not one amount give `None`; a written 0 is an amount.
    Raises `ValueError` for another `unite`.
    """
    if unite is not None and unite not in _UNITES:
        raise ValueError(f"unité inconnue : {unite!r} (attendu : {', '.join(_UNITES)})")
    cellule = _CELLULE.fullmatch(texte.strip())
    if not cellule:
        return None
    valeur = _parse_unsigned(cellule["reste"], _UNITES[unite or "€"])
    negative = cellule["ouvre"] or cellule["signe"] in ("-", "–", "\u2212")
    return -valeur if negative and valeur else valeur


def format_montant(montant: Decimal) -> str:
    """Write an amount in full, « 120 000 € », with narrow no-break spaces, the cents only where there are some."""
    montant = _quantise(montant)
    chiffres = f"{abs(montant):,.2f}".removesuffix(".00")
    return _write(montant, chiffres, "€")


def format_montant_court(montant: Decimal) -> str:
    """Write an amount of a thousand euros or more in short, « 1,2 M€ », to one decimal; a lesser one in full."""
    if abs(montant) < 1_000:
        return format_montant(montant)
    arrondis = (
        ((abs(montant) / facteur).quantize(Decimal("0.1"), ROUND_HALF_UP), symbole)
        for facteur, symbole in ((1_000_000_000, "Md€"), (1_000_000, "M€"), (1_000, "k€"))
    )
    arrondi, symbole = next((arrondi, symbole) for arrondi, symbole in arrondis if arrondi >= 1)
    return _write(montant, f"{arrondi:,}".removesuffix(".0"), symbole)


def _write(montant: Decimal, chiffres: str, symbole: str) -> str:
    signe = "\u2212" if montant < 0 else ""
    chiffres = chiffres.replace(",", "\u202f").replace(".", ",")
    return f"{signe}{chiffres}\u00a0{symbole}"


def _parse_unsigned(texte: str, facteur: int) -> Decimal | None:
    montant = next(find_montants(texte), None)
    if montant and (montant.debut, montant.fin) == (0, len(texte)):
        return montant.montant
    sans_unite = _CELLULE_SANS_UNITE.fullmatch(texte)
    valeur = _read_chiffres(sans_unite, facteur) if sans_unite else None
    return None if valeur is None else _quantise(valeur)


def _read_valeur(trouve: re.Match[str]) -> tuple[int, Decimal | None]:
    """Give where the amount starts and its absolute value; `None` where it is ambiguous or contradicts itself."""
    facteur = next((valeur for nom, valeur in _FACTEURS.items() if trouve[nom]), 1)
    if trouve["lettres"]:
        nombres = list(find_nombres(trouve["lettres"]))
        # « des millions d'euros » counts nothing, and « mille milliards d'euros » is more than its first word.
        if not nombres or nombres[-1].fin < len(trouve["lettres"].rstrip()):
            return trouve.start("lettres"), None
        nombre = nombres[-1]
        debut, valeur = trouve.start("lettres") + nombre.debut, Decimal(nombre.valeur * facteur)
    else:
        debut = trouve.start()
        lue = _read_chiffres(trouve, facteur)
        if lue is None:
            return debut, None
        valeur = lue
    if trouve["rappel"] and _read_rappel(trouve["rappel"]) != valeur / facteur:
        return debut, None
    return debut, valeur + _read_centimes(trouve["centimes"])


def _read_chiffres(trouve: re.Match[str], facteur: int) -> Decimal | None:
    """Give the value of figures times `facteur`; `None` where their separator may be of thousands or of decimals."""
    entier, decimales = trouve["entier"], trouve["decimales"] or ""
    if len(decimales) == 3 and facteur == 1 and entier != "0":
        return None
    if facteur > 1 and entier.count(".") == 1 and not decimales:
        return None
    return Decimal(f"{_NON_CHIFFRE.sub('', entier)}.{decimales or '0'}") * facteur


def _read_rappel(texte: str) -> Decimal | None:
    """Read the number repeated in parentheses, in figures or in words, without its unit."""
    nombre = parse_nombre(texte)
    return parse_montant(texte) if nombre is None else Decimal(nombre)


def _read_centimes(texte: str | None) -> Decimal:
    if not texte:
        return Decimal(0)
    return Decimal(int(texte) if texte.isdecimal() else parse_nombre(texte) or 0) / 100


def _opens_line(texte: str, position: int) -> bool:
    """Whether only blanks stand before, on the line: a hyphen there is a bullet."""
    return not texte[max(0, position - 80) : position].rpartition("\n")[2].strip()


def _taxe(trouve: re.Match[str]) -> str | None:
    return "TTC" if trouve["ttc"] else "HT" if trouve["ht"] else None


def _quantise(montant: Decimal) -> Decimal:
    return montant.quantize(CENTIME, ROUND_HALF_UP)


def sum_stated(montants: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are stated; `None`, not 0, where none is."""
    stated = [montant for montant in montants if montant is not None]
    return sum(stated, Decimal(0)) if stated else None
