"""Short acts, of which a test writes the one passage that it is about."""

from importers.documents.pipeline import read_text
from portal.domain.convention import Convention

TITRE = "Convention de délégation de gestion du 3 mars 2023"
PARTIES = "la direction A (DA), ci-après « le délégant », et la direction B (DB), ci-après « le délégataire »"


def read(texte: str) -> Convention:
    return read_text(texte).convention


def act(*articles: str, titre: str = TITRE, parties: str = f"Entre {PARTIES},", fin: str = "") -> Convention:
    """An act of these articles: « Objet\\nLe texte » gives « Article 1 : Objet »."""
    numbered = [f"Article {rang} : {article}" for rang, article in enumerate(articles or ("Objet\nTexte.",), start=1)]
    return read("\n\n".join([titre, parties, "Il est convenu ce qui suit :", *numbered, fin]))
