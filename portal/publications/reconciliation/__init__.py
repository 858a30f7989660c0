"""What a listing shows, set against what is known: `reconcile` says of each entry which convention it is, and of each
publication whether it still stands there.

Pure, and linear in the number of entries and of publications: an entry is compared with those that share its address,
its NOR, or two parties on its day, or a rare word of its title, a limited number of them, and with no other. A listing
that cannot be believed (`guard`) never reaches it, so that nothing is found absent from a page that was blocked,
emptied, cut short or laid out anew.
"""

from portal.publications.reconciliation.ecarts import reconcile
from portal.publications.reconciliation.garde import CHUTE, CHUTE_MINIMUM, guard
from portal.publications.reconciliation.modele import CERTITUDE, DOUTE, Connue, Ecart, Etat
from portal.publications.reconciliation.titres import PROCHE, TRES_PROCHE, words_of

__all__ = [
    "CERTITUDE",
    "CHUTE",
    "CHUTE_MINIMUM",
    "DOUTE",
    "PROCHE",
    "TRES_PROCHE",
    "Connue",
    "Ecart",
    "Etat",
    "guard",
    "reconcile",
    "words_of",
]
