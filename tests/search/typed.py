"""What people type in a search box, and what nobody does: for the tests that any text must pass."""

from hypothesis import strategies as st

PIECES = (
    *("OU", "OR", "ET", "SAUF", "-", "(", ")", '"', "~3", "*", "«", "»", ":", ",", ".", "'", "’", "&"),
    *("objet:", "article:", "delegant:", "annee:", "ae:", "cp:", "statut:", "du:", "au:", "nor:", "uo:", "auteur:"),
    *(">", "<=", "..", "2022", "100 000", "10k", "2M", "€", "en_vigueur", "2024-01-01", "n°", "2004-1085"),
    *("programme", "214", "MENA2420224X", "M E N A 2 4 2 0 2 2 4 X", "UO", "0214-CEN2-INFO", "SIREN", "130025265"),
    *("activité", "021401SI0202", "centre de coût", "DINUPROD75", "0214-08-02", "FAC9460075", "cent vingt mille euros"),
    *("état", "l'État", "classes-virtuelles", "visio", "texte", "\u202f", "e\u00ad\u0301", "\x00", "𝒶", "\ud800"),
)


def typed_texts() -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES), max_size=14)
    return pieces.map("".join) | pieces.map(" ".join) | st.text(max_size=80)
