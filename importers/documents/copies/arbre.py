"""Taking elements out of an XML tree without losing the text that stands around them."""

from importers.documents.bureautique.word import Element


def remove(element: Element) -> None:
    """Take an element out with all that it holds; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _join(element, element.tail or "")
    element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put in place of an element what it holds."""
    parent = element.getparent()
    if parent is None:
        return
    rang = parent.index(element)
    _join(element, element.text or "")
    enfants = list(element)
    if enfants:
        enfants[-1].tail = (enfants[-1].tail or "") + (element.tail or "")
    else:
        _join(element, element.tail or "")
    element.tail = None
    parent.remove(element)
    parent[rang:rang] = enfants


def _join(element: Element, texte: str) -> None:
    """Add a text before an element."""
    parent, avant = element.getparent(), element.getprevious()
    if not texte:
        return
    if avant is not None:
        avant.tail = (avant.tail or "") + texte
    elif parent is not None:
        parent.text = (parent.text or "") + texte
