"""The light French stem: plurals, the commonest derivations and doubled letters.

After Jacques Savoy, « Light Stemming Approaches for the French, Portuguese, German and Hungarian
Languages » (2006), with the choices of Lucene's FrenchLightStemmer. It keeps apart what readers of
conventions tell apart: délégation, délégant, délégataire.
"""

LAST, GO_ON = True, False

ENDINGS = (
    # (longer than, ending, what replaces it, whether it is the last one to be replaced)
    (9, "issement", "ir", LAST),
    (8, "issant", "ir", LAST),
    (7, "ivement", "if", LAST),
    (6, "ement", "e", LAST),
    (11, "ficatrice", "fier", LAST),
    (10, "ficateur", "fier", LAST),
    (9, "catrice", "quer", LAST),
    (8, "cateur", "quer", LAST),
    (8, "atrice", "er", LAST),
    (7, "ateur", "er", LAST),
    (6, "trice", "teur", GO_ON),
    (5, "ième", "", LAST),
    (7, "teuse", "ter", LAST),
    (6, "teur", "ter", LAST),
    (5, "euse", "eu", LAST),
    (8, "ère", "er", LAST),
    (7, "ive", "if", LAST),
    (4, "folle", "fou", LAST),
    (4, "molle", "mou", LAST),
    (9, "nnelle", "n", LAST),
    (9, "nnel", "n", LAST),
    (4, "ète", "et", GO_ON),
    (8, "ique", "", GO_ON),
    (8, "esse", "e", LAST),
    (7, "inage", "in", LAST),
    (12, "ualisation", "uel", LAST),
    (9, "isation", "", LAST),
    (9, "isateur", "", LAST),
    (8, "ation", "", LAST),
    (8, "ition", "", LAST),
)

UNACCENTED = str.maketrans("àáâôèéêùûîç", "aaaoeeeuuic")


def stem(word: str) -> str:
    """The stem of `word`, which is in lower case and may have accents."""
    return _strip_end(_replace_ending(_singular(word)))


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("x"):
        if word[-3:-1] == "au" and word[-4] != "e":
            word = word[:-2] + "lx"  # travaux: traval
        word = word[:-1]
    if len(word) > 3 and word.endswith("x"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return word


def _replace_ending(word: str) -> str:
    for longer_than, ending, replacement, last in ENDINGS:
        if len(word) > longer_than and word.endswith(ending):
            word = word[: -len(ending)] + replacement
            if last:
                break
    return word


def _strip_end(word: str) -> str:
    if len(word) > 4:
        word = _undouble(word.translate(UNACCENTED))
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    if len(word) > 4:
        word = word.removesuffix("r").removesuffix("e").removesuffix("e")
        if word[-1] == word[-2] and word[-1].isalpha():
            word = word[:-1]
    return word


def _undouble(word: str) -> str:
    """`word` with each run of one same letter reduced to that letter; figures are kept."""
    kept = word[0]
    for letter in word[1:]:
        if letter != kept[-1] or not letter.isalpha():
            kept += letter
    return kept
