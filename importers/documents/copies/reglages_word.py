"""The settings of a Word document that change what is printed (ECMA-376, part 1, 17.15.1)."""

from lxml import etree

from importers.documents.bureautique.word import Element

_GARDES = frozenset(
    "mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop defaultTabStop "
    "autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders bookFoldPrinting "
    "bookFoldRevPrinting displayBackgroundShape characterSpacingControl noLineBreaksAfter noLineBreaksBefore "
    "strictFirstAndLastChars printTwoOnOne footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator mathPr".split()
)


def keep_settings(racine: Element) -> None:
    """Leave out the template, the variables, the sessions of work, the schemas and the protections."""
    for reglage in list(racine):
        if etree.QName(reglage).localname not in _GARDES:
            racine.remove(reglage)
