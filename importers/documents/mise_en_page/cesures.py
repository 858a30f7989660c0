"""Words cut at the end of a line: whether the hyphen goes with the cut, or belongs to the word.

No dictionary: the rest of the document says how the word is written. Where it does not, the hyphen of a compound
(« sous-traitant », « est-il », « visio-agents » where « agents » is a word of the document) stays, and another goes.
"""

import re
from collections import Counter
from collections.abc import Iterable

TIRETS = "-\u2010\u00ad"
MOU = "\u00ad"
"""A hyphen that a program put there: it is never part of the word."""
_MOT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
_FIN = re.compile(rf"(?P<debut>[^\W\d_]+(?:-[^\W\d_]+)*)[{TIRETS}]$")
_DEBUT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!\w)")
_ADRESSE = re.compile(r"(?:https?:|www\.)\S*[/._?=&#:-]$")
_SUITE_D_ADRESSE = re.compile(r"[a-z\d/][\w-]*[./?=&#-]")
_TETES = frozenset(
    "à accord accords adjoint ancien après arrière audio au aux avant avis bas bien carte centre ceux celui celle chef cent ci cinquante co compte"
    " comptes contre demi est eux elle entre ex grand haut hauts hors île là lui lieu long mi mise moi monsieur non nord nous"
    " ouest outre par peut pays plan plus point post pouvoir pré presque procès quarante quasi quatre rendez saint sainte sans savoir semi"
    " site soi soixante sous sud sur tableau tiers toute tout trente très vice vingt vis vous web".split()
)
"""First halves of compounds in the acts."""
_PREFIXES = frozenset("inter trans super circon contra rétro entre micro macro auto".split())
_QUEUES = re.compile(r"(?:ci|là|même|mêmes|il|elle|ils|elles|on|ce|t|rendus?|cadres?|ministres?)\b")


def cuts_address(gauche: str, droite: str) -> bool:
    """Say whether an address of the web goes on with the next line: it ends where one may be cut."""
    return bool(_ADRESSE.search(gauche[-200:]) and _SUITE_D_ADRESSE.match(droite))


class Cesures:
    """Knows the words of a document, given by its lines."""

    def __init__(self, lignes: Iterable[str]) -> None:
        self._mots: Counter[str] = Counter()
        for ligne in lignes:
            mots = [mot.lower() for mot in _MOT.findall(ligne)]
            self._mots.update(mots[1:-1] if _FIN.search(ligne) else mots[1:])

    def join(self, gauche: str, droite: str) -> tuple[str, str]:
        """Give what the end of a line becomes before the next, and what stands between the two."""
        if cuts_address(gauche, droite):
            return gauche, ""
        if gauche[-1:] not in TIRETS or not gauche[:-1] or gauche[-2:-1].isspace():
            return gauche, " "
        if any(map(str.isdigit, gauche.split()[-1])):
            return f"{gauche[:-1]}-", ""
        debut, suite = _FIN.search(gauche), _DEBUT.match(droite)
        if gauche[-1] == MOU or (
            debut and suite and self._is_cut(debut["debut"], suite[0], capitales=gauche.isupper())
        ):
            return gauche[:-1], ""
        return f"{gauche[:-1]}-", ""

    def _is_cut(self, debut: str, suite: str, *, capitales: bool) -> bool:
        debut = debut.rpartition("-")[2]
        entier, avec_tiret = f"{debut}{suite}".lower(), f"{debut}-{suite}".lower()
        if self._mots[entier] != self._mots[avec_tiret]:
            return self._mots[entier] > self._mots[avec_tiret]
        compose = "-" in suite or debut.lower() in _TETES or _QUEUES.match(suite)
        if compose or not (suite[0].islower() or capitales):
            return False
        return not self._mots[suite.lower()] or len(debut) < 4 or debut.lower() in _PREFIXES
