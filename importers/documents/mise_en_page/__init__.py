"""The layout of a page: from words that stand somewhere on it to lines of text in the order in which they are read.

Words come from the text layer of a PDF or from OCR; nothing here knows which. Units are points, the origin is the top
left corner of the page, y grows downwards. Each step has its file: `marges` (headers, footers), `grilles` (tables with
borders), `colonnes` (tables without, columns), `paragraphes` (lines made one text).
"""

from importers.documents.mise_en_page.composition import compose
from importers.documents.mise_en_page.mots import Filet, Mot, Page

__all__ = ["Filet", "Mot", "Page", "compose"]
