r"""The identifiers of conventions and of the State's accounts: what they look like, and what is wrong with one.

The formats of the accounts come from the codes seen in published conventions (no official specification was found),
that of the NOR from its published grammar: ministry, direction, year, sequence, and a letter for the nature of the
act, which is no check letter. Codes are kept as text, with their leading zeros.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

_CLASSES = {"A": ("[A-Z]", "une lettre"), "9": ("[0-9]", "un chiffre"), "X": ("[A-Z0-9]", "une lettre ou un chiffre")}
_TIRETS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012–—\u2212", "-"))
_BORDS = " \t\n\u00a0\u202f.,;:()[]«»\"'“”’"
_RIEN = re.compile(r"(?!)")


class IdentifiantInvalide(ValueError):  # noqa: N818 (the French name says that it is an error)
    """The text is no such identifier; its message explains in French what is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Identifiant:
    """One kind of identifier.

    A *gabarit* is a form it may take: A stands for a letter, 9 for a digit, X for either, another character for
    itself. `etiquette` is the word that may stand before a code and `superflu` a beginning that adds nothing.
    `recherche` is what to look for in running text; its group `zone` holds the code, or several `element`.
    `check` gives in French what a code of the right form still lacks.
    """

    nom: str
    libelle: str
    gabarits: tuple[str, ...]
    exemple: str
    etiquette: re.Pattern[str]
    recherche: re.Pattern[str]
    element: re.Pattern[str] = re.compile(r".+", re.DOTALL)
    superflu: re.Pattern[str] = _RIEN
    check: Callable[[str], str | None] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression of a normalised code, to be matched whole."""
        return _compile(self.gabarits)

    def normalise(self, texte: str) -> str:
        """Write a code in its one form: no spaces, no label, no prefix of an export, capitals, plain hyphens."""
        texte = self.etiquette.sub("", texte.strip(_BORDS), count=1)
        code = "".join(texte.translate(_TIRETS).upper().split()).strip(_BORDS)
        return self.superflu.sub("", code, count=1)

    def parse(self, texte: str) -> str:
        """Give the normalised code; raises `IdentifiantInvalide`, whose message says what is wrong."""
        explication = self.explain(texte)
        if explication:
            raise IdentifiantInvalide(explication)
        return self.normalise(texte)

    def accepts(self, texte: str) -> bool:
        """Say whether a text is such a code."""
        code = self.normalise(texte)
        return bool(self.pattern.fullmatch(code)) and not (self.check and self.check(code))

    def explain(self, texte: str) -> str | None:
        """Say in French what is wrong with a code and what a right one looks like; `None` where it is right."""
        if self.accepts(texte):
            return None
        code = self.normalise(texte)
        fautes = list(self._find_fautes(code))
        return f"{self.libelle} « {code} » : {' ; '.join(fautes)}. Forme attendue, par exemple : {self.exemple}."

    def find(self, texte: str) -> Iterator[tuple[int, int, str]]:
        """Yield (debut, fin, code) for each code in running text, in order."""
        for trouve in self.recherche.finditer(texte):
            for element in self.element.finditer(texte, *trouve.span("zone")):
                code = self.normalise(element[0])
                if self.accepts(code):
                    yield element.start(), element.end(), code

    def _find_fautes(self, code: str) -> Iterator[str]:
        if not code:
            yield "aucun caractère"
            return
        longueurs = sorted({len(gabarit) for gabarit in self.gabarits})
        if len(code) not in longueurs:
            attendu = " ou ".join(str(longueur) for longueur in longueurs)
            yield f"{len(code)} caractère{'s' if len(code) > 1 else ''} au lieu de {attendu}"
        gabarit = max(self.gabarits, key=lambda forme: (len(forme) == len(code), _common_length(code, forme)))
        rang = _common_length(code, gabarit)
        if rang < min(len(code), len(gabarit)):
            yield _describe_faute(code, rang, gabarit[rang])
        elif len(code) == len(gabarit) and self.check and (manque := self.check(code)):
            yield manque


@cache
def _compile(gabarits: tuple[str, ...]) -> re.Pattern[str]:
    formes = ("".join(_CLASSES[signe][0] if signe in _CLASSES else signe for signe in g) for g in gabarits)
    return re.compile("|".join(formes))


def _fits(signe: str, attendu: str) -> bool:
    if attendu not in _CLASSES:
        return signe == attendu
    return re.fullmatch(_CLASSES[attendu][0], signe) is not None


def _common_length(code: str, gabarit: str) -> int:
    """Count the first characters of the code that fit the gabarit."""
    couples = enumerate(zip(code, gabarit, strict=False))
    return next((rang for rang, (signe, attendu) in couples if not _fits(signe, attendu)), min(len(code), len(gabarit)))


_CONFUSIONS = {("O", "9"): " (zéro, et non la lettre O ?)", ("I", "9"): " (1, et non la lettre I ?)",
               ("0", "A"): " (la lettre O, et non zéro ?)", ("1", "A"): " (la lettre I, et non 1 ?)"}  # fmt: skip


def _describe_faute(code: str, rang: int, attendu: str) -> str:
    ordinal = "1er" if rang == 0 else f"{rang + 1}e"
    nature = _CLASSES[attendu][1] if attendu in _CLASSES else "un tiret"
    indice = _CONFUSIONS.get((code[rang], attendu), "")
    return f"le {ordinal} caractère, « {code[rang]} », devrait être {nature}{indice}"


def _check_luhn(code: str) -> str | None:
    doubles = (int(chiffre) * (1 + rang % 2) for rang, chiffre in enumerate(reversed(code)))
    if sum(double - 9 if double > 9 else double for double in doubles) % 10:
        return "sa clé de contrôle est fausse, un chiffre a sans doute été mal recopié"
    return None


def _etiquette(noms: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{noms})\b(?:\s*\((?:UO|CF)\))?\s*(?:n\s?[°o]\s*)?[\s:=]*", re.IGNORECASE)


_EXPORT = re.compile(r"^BG00\\?/")
_PREFIXE = r"(?:BG00\\?/)?"
_BLANC = r"[ \t\u00a0\u202f]?"
_TIRET = r"[\-\u2010\u2011–]\n?"

NOR = Identifiant(
    nom="nor",
    libelle="Numéro NOR",
    gabarits=("AAAA9999999A",),
    exemple="MENA2420224X",
    etiquette=_etiquette("NOR"),
    recherche=re.compile(
        rf"(?<![^\W_])(?P<zone>(?:[A-Z]{_BLANC}){{4}}(?:\d{_BLANC}){{7}}[A-Z]|[a-z]{{4}}\d{{7}}[a-z])(?![^\W_])"
    ),
)
UO = Identifiant(
    nom="uo",
    libelle="Centre financier (UO)",
    gabarits=("9999-XXXX", "9999-XXXX-XXXX"),
    exemple="0214-CEN2-INFO",
    etiquette=_etiquette(r"centre\s+financier|unit[ée]\s+op[ée]rationnelle|UO|CF"),
    # A letter is asked for: « 2004-1085 » is a decree.
    recherche=re.compile(
        rf"(?<![\w\-])(?P<zone>{_PREFIXE}(?=0\d{{3}}{_TIRET}[\dA-Z\-\u2010\u2011–\n]{{0,8}}[A-Z])"
        rf"0\d{{3}}{_TIRET}[A-Z0-9]{{4}}(?:{_TIRET}[A-Z0-9]{{4}})?)(?![\w\-])"
    ),
    superflu=_EXPORT,
)
DOMAINE_FONCTIONNEL = Identifiant(
    nom="domaine_fonctionnel",
    libelle="Domaine fonctionnel",
    gabarits=("9999-99", "9999-99-99"),
    exemple="0214-08-02",
    etiquette=_etiquette(r"domaines?\s+fonctionnels?|DF"),
    recherche=re.compile(
        rf"(?<![\w\-/.])(?P<zone>{_PREFIXE}0\d{{3}}{_TIRET}\d{{2}}(?:{_TIRET}\d{{2}})?)(?![\w\-]|[/.]\d)"
    ),
    superflu=_EXPORT,
)
ACTIVITE = Identifiant(
    nom="activite",
    libelle="Activité",
    gabarits=("9999XXXXXXXX",),
    exemple="021401SI0202",
    etiquette=_etiquette(r"(?:code\s+)?activit[ée]s?"),
    # Without its label, a code of figures alone may be anything.
    recherche=re.compile(
        r"(?P<label>(?i:activit[ée]s?)\b[\s:|(]{1,5})?"
        rf"(?<!\w)(?P<zone>{_PREFIXE}0\d{{3}}(?(label)|(?=\d*[A-Z]))[A-Z0-9]{{8}})(?!\w)"
    ),
    superflu=_EXPORT,
)
CENTRE_COUT = Identifiant(
    nom="centre_cout",
    libelle="Centre de coût",
    gabarits=("XXXXXXXXXX",),
    exemple="DINUPROD75",
    etiquette=_etiquette(r"centres?\s+de\s+co[ûu]ts?|CC"),
    # Without its label, only letters ended by figures, and not the form of a comptable.
    recherche=re.compile(
        r"(?P<label>(?i:centres?\s+de\s+co[ûu]ts?)\b[\s:|(]{1,5})?"
        r"(?<!\w)(?P<zone>(?(label)(?=[A-Z]*\d)|(?=[A-Z]{5,9}\d+(?!\w)))[A-Z0-9]{10})(?!\w)"
    ),
    superflu=_EXPORT,
)
COMPTABLE = Identifiant(
    nom="comptable",
    libelle="Code du comptable assignataire",
    gabarits=("AAA9999999",),
    exemple="FAC9460075",
    etiquette=_etiquette(r"(?:code\s+(?:du\s+)?)?comptable(?:\s+assignataire)?"),
    recherche=re.compile(r"(?<!\w)(?P<zone>[A-Z]{3}\d{7})(?!\w)"),
)
PROGRAMME = Identifiant(
    nom="programme",
    libelle="Programme",
    gabarits=("999",),
    exemple="214",
    etiquette=re.compile(r"^(?:programmes?|prog\.?|BOP|P(?=\s?\d))\s*(?:n\s?[°o]\s*)?[\s:=]*", re.IGNORECASE),
    recherche=re.compile(
        r"(?:\b(?i:programmes?|BOP|prog\.)(?:\s+(?i:budg[ée]taires?))?[\s:]{0,3}(?:[nN]\s?[°o]s?\s?)?|\bP(?=\d))"
        # « programmes 172 « Recherches » et 193 « Spatial » »: each may bear its title.
        r"(?P<zone>0?\d{3}(?!\d)(?:(?:\s?«[^«»]{1,120}»)?(?:\s?[,;/]\s?|\s?,?\s(?:et|ou)\s)(?:[nN]°\s?)?0?\d{3}(?!\d))*)"
        r"(?![\w\-]|[ \u00a0\u202f]\d)"
    ),
    element=re.compile(r"«[^«»]*»|\d+"),
    superflu=re.compile(r"^0(?=\d{3}$)"),
)
SIREN = Identifiant(
    nom="siren",
    libelle="Numéro SIREN",
    gabarits=("999999999",),
    exemple="130025265",
    etiquette=_etiquette("SIREN"),
    # Grouped by three, only after its label: a column of amounts looks the same.
    recherche=re.compile(
        rf"(?P<label>(?i:SIREN)\b[\s:n°]{{1,5}})?(?<![\w.,\-])(?<!\d )"
        rf"(?P<zone>\d{{3}}(?(label){_BLANC})\d{{3}}(?(label){_BLANC})\d{{3}})"
        r"(?!\w|[.,\-]\d|\s?\d|\s?(?:€|euros?\b|EUR\b|[kM]€))"
    ),
    check=_check_luhn,
)

IMPUTATION = {
    "programme": PROGRAMME,
    "comptable": COMPTABLE,
    "domaine_fonctionnel": DOMAINE_FONCTIONNEL,
    "centre_financier": UO,
    "activite": ACTIVITE,
    "centre_cout": CENTRE_COUT,
}
"""The codes of an imputation, by fact, in the order in which acts print them."""

IDENTIFIANTS = (NOR, UO, DOMAINE_FONCTIONNEL, ACTIVITE, CENTRE_COUT, COMPTABLE, PROGRAMME, SIREN)


def programme_of(code: str) -> str | None:
    """Give the three digits of the programme that begins a UO, a domaine fonctionnel or an activité, or that is it."""
    for identifiant in (UO, DOMAINE_FONCTIONNEL, ACTIVITE):
        if identifiant.accepts(code):
            code = identifiant.normalise(code)[:4]
            break
    return PROGRAMME.normalise(code) if PROGRAMME.accepts(code) else None
