# ruff: noqa: E501 (a tag is written on one line)
"""Makes LibreOffice documents, part by part, as LibreOffice writes them."""

import re
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.importers.fabrique.planche import Alinea, Element, Item, Signatures, Table, Titre, read, retype

MANIERES = ("simple", "retours", "numerotation", "boites", "suivi", "signatures")
"""`simple`: each line a paragraph; `retours`: lines parted by line breaks; `numerotation`: headings and bullets that
LibreOffice counts; `boites`: the head and the signatures in text frames; `suivi`: changes tracked; `signatures`: those
who sign in a table without borders."""

MIMETYPE = "application/vnd.oasis.opendocument.text"
_ESPACES = " ".join(
    f'xmlns:{nom}="{uri}"'
    for nom, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MORCEAU = re.compile(r"\s*\S+\s*\S*\s*\S*\s*")
_CHANGE = (
    "<office:change-info><dc:creator>Relecteur</dc:creator><dc:date>2024-05-02T10:00:00</dc:date></office:change-info>"
)


def make(texte: str, maniere: str = "simple") -> bytes:
    """The document of a text, in one of `MANIERES`."""
    elements = read(texte, signatures=maniere in ("signatures", "boites"))
    tete = elements[:3] if maniere == "boites" else []
    corps = "".join(_write(e, maniere, r) for r, e in enumerate(elements[len(tete) :]))
    if tete:
        corps = box("".join(_write(e, "simple", 1) for e in tete)) + corps
    if maniere == "suivi":
        corps = _changes(len(elements)) + corps
    return zip_parts(parts(corps, elements))


def parts(corps: str, elements: Iterable[Element] = (), **others: str) -> dict[str, str]:
    """The parts of a document with this body."""
    sequences = '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Table"/></text:sequence-decls>'
    return {
        "content.xml": (
            f'<office:document-content {_ESPACES} office:version="1.3"><office:automatic-styles>{_AUTOMATIQUES}'
            f"</office:automatic-styles><office:body><office:text>{sequences}{corps}</office:text></office:body>"
            "</office:document-content>"
        ),
        "styles.xml": (
            f'<office:document-styles {_ESPACES} office:version="1.3"><office:styles>{_STYLES}{_outline(elements)}</office:styles>'
            '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>EN-TÊTE COURANT DU SERVICE'
            "</text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
            "</style:master-page></office:master-styles></office:document-styles>"
        ),
        "meta.xml": (
            f"<office:document-meta {_ESPACES}><office:meta><meta:generator>LibreOffice/7.6</meta:generator>"
            "<meta:initial-creator>Camille Rédactrice</meta:initial-creator><dc:creator>Dominique Relecteur</dc:creator>"
            "</office:meta></office:document-meta>"
        ),
        "META-INF/manifest.xml": (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
            + "".join(
                f'<manifest:file-entry manifest:full-path="{nom}.xml" manifest:media-type="text/xml"/>'
                for nom in ("content", "styles", "meta")
            )
            + "</manifest:manifest>"
        ),
        **others,
    }


def zip_parts(contenus: dict[str, str]) -> bytes:
    """The archive, whose first member is its type, not compressed."""
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        archive.writestr("mimetype", MIMETYPE, ZIP_STORED)
        for nom, contenu in contenus.items():
            archive.writestr(nom, contenu if contenu.startswith("<?xml") else _PROLOGUE + contenu, ZIP_DEFLATED)
    return tampon.getvalue()


def paragraph(texte: str, style: str = "Standard", contenu: str = "") -> str:
    """A paragraph; "\\n" in the text is a line break."""
    return f'<text:p text:style-name="{style}">{contenu or run(texte)}</text:p>'


def run(texte: str) -> str:
    """Spans of a few words, as LibreOffice leaves them after corrections."""
    morceaux = _MORCEAU.findall(texte) or [texte]
    return "".join(
        f'<text:span text:style-name="T{rang % 2 + 1}">{_text(m)}</text:span>' if rang % 3 == 1 else _text(m)
        for rang, m in enumerate(morceaux)
    )


def table(rangees: Iterable[Iterable[str]], style: str = "Tableau1.A1") -> str:
    """A table; a cell is the XML of its blocks."""
    lignes = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell table:style-name="{style}">{cellule}</table:table-cell>' for cellule in rangee)
        + "</table:table-row>"
        for rangee in rangees
    )
    return f'<table:table table:name="Tableau1"><table:table-column table:number-columns-repeated="2"/>{lignes}</table:table>'


def box(blocs: str) -> str:
    """A text frame anchored to an empty paragraph."""
    cadre = f'<draw:frame draw:name="Cadre1" text:anchor-type="paragraph"><draw:text-box>{blocs}</draw:text-box><svg:desc>texte de remplacement</svg:desc></draw:frame>'
    return paragraph("", contenu=cadre)


def _write(element: Element, maniere: str, rang: int) -> str:
    if isinstance(element, Titre):
        if maniere == "numerotation":
            return _heading(element)
        element = retype(element)
    if isinstance(element, Table):
        return table(tuple(tuple(map(paragraph, rangee)) for rangee in element.rangees))
    if isinstance(element, Signatures):
        cellules = ["".join(map(paragraph, colonne)) + paragraph("") for colonne in element.colonnes]
        return "".join(map(box, cellules)) if maniere == "boites" else table([cellules], style="Tableau2.A1")
    if isinstance(element, Item):
        if maniere != "numerotation":
            return paragraph(f"{element.puce} {element.texte}")
        return f'<text:list text:style-name="L1"><text:list-item>{paragraph(element.texte, "P1")}</text:list-item></text:list>'
    return _alinea(element, maniere, rang)


def _alinea(element: Alinea, maniere: str, rang: int) -> str:
    if maniere == "retours":
        return paragraph("\n".join(element.lignes))
    if maniere == "suivi":
        return "".join(_tracked(ligne, rang) for ligne in element.lignes)
    return "".join(map(paragraph, element.lignes)) + (paragraph("") if rang % 3 == 0 else "")


def _heading(titre: Titre) -> str:
    """A heading whose number is computed; « 1er » and what follows it can only be typed."""
    apres = "".join(map(paragraph, titre.apres))
    if titre.suite == "" and titre.intitule.startswith("er"):
        return f'<text:h text:outline-level="1" text:is-list-header="true">{run(titre.texte)}</text:h>{apres}'
    return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{run(titre.intitule)}</text:h>{apres}'


def _tracked(ligne: str, rang: int) -> str:
    milieu = len(ligne) // 2
    change = f'<text:change text:change-id="s{rang}"/>'
    debut, fin = f'<text:change-start text:change-id="i{rang}"/>', f'<text:change-end text:change-id="i{rang}"/>'
    return paragraph("", contenu=run(ligne[:milieu]) + change + debut + run(ligne[milieu:]) + fin)


def _changes(nombre: int) -> str:
    """What was deleted and inserted, as kept before the text."""
    supprime = paragraph(" Article 99 : 999 999 € ")
    regions = "".join(
        f'<text:changed-region text:id="s{rang}"><text:deletion>{_CHANGE}{supprime}</text:deletion></text:changed-region>'
        f'<text:changed-region text:id="i{rang}"><text:insertion>{_CHANGE}</text:insertion></text:changed-region>'
        for rang in range(nombre)
    )
    return f"<text:tracked-changes>{regions}</text:tracked-changes>"


def _text(texte: str) -> str:
    signes = {"\n": "<text:line-break/>", "\t": "<text:tab/>"}
    morceaux = re.split(r"([\n\t])|(?<= )( +)", texte)
    return "".join(
        signes.get(morceau)
        or (f'<text:s text:c="{len(morceau)}"/>' if morceau.isspace() and morceau != " " else escape(morceau))
        for morceau in morceaux
        if morceau
    )


def _outline(elements: Iterable[Element]) -> str:
    """The numbering of headings, as the first that LibreOffice counts is printed."""
    comptes = [e for e in elements if isinstance(e, Titre) and not (e.suite == "" and e.intitule.startswith("er"))]
    titre = comptes[0] if comptes else Titre("Article", 1, " : ", "")
    prefixe = f"{titre.mot} " if titre.mot else ""
    return (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" '
        f"loext:num-list-format={quoteattr(f'{prefixe}%1%{titre.suite.rstrip()}')} style:num-prefix={quoteattr(prefixe)} "
        f'style:num-suffix={quoteattr(titre.suite.rstrip())} text:start-value="{titre.numero}"/></text:outline-style>'
    )


_STYLES = (
    '<style:style style:name="Standard" style:family="paragraph"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" '
    'style:parent-style-name="Standard" style:default-outline-level="1"/>'
)
_AUTOMATIQUES = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard" style:list-style-name="L1"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Cache" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Barre" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Tableau1.A1" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
    '<style:style style:name="Tableau2.A1" style:family="table-cell"><style:table-cell-properties fo:border="none"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)
