# ruff: noqa: E501 (a tag is written on one line)
"""Makes Word documents, part by part, as Word writes them: runs cut anywhere, revision numbers, real lists and tables."""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from tests.importers.fabrique.planche import Alinea, Element, Item, Signatures, Table, Titre, read, retype

MANIERES = ("simple", "retours", "numerotation", "boites", "suivi", "signatures", "strict")
"""`simple`: each line a paragraph; `retours`: lines parted by soft breaks; `numerotation`: headings and bullets that Word
counts; `boites`: the head and the signatures in text boxes; `suivi`: changes tracked; `signatures`: those who sign in a
table without borders; `strict`: the other namespace of the standard, with controls, fields and hyperlinks."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_ESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_AUTEUR = 'w:author="Relecteur" w:date="2024-05-02T10:00:00Z"'
_BORDS = "".join(
    f'<w:{cote} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for cote in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CELLULE = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
_MORCEAU = re.compile(r"\s*\S+\s*\S*\s*\S*\s*")


def make(texte: str, maniere: str = "simple") -> bytes:
    """The document of a text, in one of `MANIERES`."""
    elements = read(texte, signatures=maniere in ("signatures", "boites"))
    body = "".join(_write(element, maniere, rang) for rang, element in enumerate(elements))
    if maniere == "boites":
        body = _box(elements[:3]) + "".join(_write(e, maniere, r) for r, e in enumerate(elements[3:]))
    return zip_parts(parts(body, elements), strict=maniere == "strict")


def parts(body: str, elements: Iterable[Element] = (), **others: str) -> dict[str, str]:
    """The parts of a document with this body, those that the body does not need included."""
    pied = f'<w:ftr {_ESPACES}><w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r>{_field("PAGE", "1")}</w:p></w:ftr>'
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels(
            ("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")
        ),
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
        "word/document.xml": f"<w:document {_ESPACES}><w:body>{body}{_SECTION}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _numbering(elements),
        "word/footer1.xml": pied,
        "word/header1.xml": f"<w:hdr {_ESPACES}>{paragraph('EN-TÊTE COURANT DU SERVICE')}</w:hdr>",
        "word/_rels/document.xml.rels": _rels(
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("footer", "footer1.xml"),
            ("header", "header1.xml"),
        ),
        **others,
    }


def zip_parts(contenus: dict[str, str], *, strict: bool = False) -> bytes:
    tampon = BytesIO()
    with ZipFile(tampon, "w", ZIP_DEFLATED) as archive:
        for nom, contenu in contenus.items():
            texte = contenu if contenu.startswith("<?xml") else _PROLOGUE + contenu
            archive.writestr(nom, texte.replace(_W, _STRICT) if strict else texte)
    return tampon.getvalue()


def paragraph(texte: str, proprietes: str = "", runs: Callable[[str], str] | None = None) -> str:
    """A paragraph; "\\n" in the text is a soft line break."""
    contenu = (runs or run)(texte)
    tete = f"<w:pPr>{proprietes}</w:pPr>" if proprietes else ""
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{tete}{contenu}</w:p>'


def run(texte: str) -> str:
    """Runs of a few words, as Word leaves them after corrections."""
    return "".join(
        f'<w:r w:rsidRPr="00C4172E">{_text(morceau)}</w:r>' for morceau in _MORCEAU.findall(texte) or [texte]
    )


def table(rangees: Iterable[Iterable[str]], bords: bool = True) -> str:
    """A table; a cell is the XML of its blocks."""
    lignes = "".join(
        "<w:tr>" + "".join(f"{_CELLULE}{cellule}</w:tc>" for cellule in rangee) + "</w:tr>" for rangee in rangees
    )
    filets = f"<w:tblBorders>{_BORDS}</w:tblBorders>" if bords else ""
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{filets}</w:tblPr><w:tblGrid/>{lignes}</w:tbl>'


def box(blocs: str) -> str:
    """A text box as Word writes it twice: as a drawing, and as VML for older versions."""
    contenu = f"<w:txbxContent>{blocs}</w:txbxContent>"
    dessin = (
        '<w:drawing><wp:anchor><wp:docPr id="2" name="Zone de texte 2" descr="texte de remplacement"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f"<wps:txbx>{contenu}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    vml = f'<w:pict><v:shape type="#_x0000_t202"><v:textbox>{contenu}</v:textbox></v:shape></w:pict>'
    choix = f'<mc:Choice Requires="wps">{dessin}</mc:Choice><mc:Fallback>{vml}</mc:Fallback>'
    return f"<w:p><w:r><mc:AlternateContent>{choix}</mc:AlternateContent></w:r></w:p>"


def _write(element: Element, maniere: str, rang: int) -> str:
    if isinstance(element, Titre):
        if maniere == "numerotation":
            return _heading(element)
        element = retype(element)
    if isinstance(element, Table):
        return table(tuple(tuple(map(paragraph, rangee)) for rangee in element.rangees)) + "<w:p/>"
    if isinstance(element, Signatures):
        cellules = ["".join(map(paragraph, colonne)) + "<w:p/>" for colonne in element.colonnes]
        return "".join(map(box, cellules)) if maniere == "boites" else table([cellules], bords=False) + "<w:p/>"
    if isinstance(element, Item):
        if maniere == "numerotation":
            return paragraph(
                element.texte,
                '<w:pStyle w:val="Paragraphedeliste"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>',
            )
        return paragraph(f"{element.puce} {element.texte}")
    return _alinea(element, maniere, rang)


def _alinea(element: Alinea, maniere: str, rang: int) -> str:
    if maniere == "retours":
        return paragraph("\n".join(element.lignes))
    if maniere == "suivi":
        return "".join(_tracked(ligne, rang) for ligne in element.lignes)
    if maniere == "strict":
        return "".join(paragraph(ligne, runs=_control) for ligne in element.lignes)
    return "".join(map(paragraph, element.lignes)) + ("<w:p/>" if rang % 3 == 0 else "")


def _heading(titre: Titre) -> str:
    """A heading whose number is computed; « 1er » and what follows it can only be typed."""
    if titre.suite == "" and titre.intitule.startswith("er"):
        return paragraph(titre.texte, '<w:pStyle w:val="Titre1"/><w:numPr><w:numId w:val="0"/></w:numPr>') + "".join(
            map(paragraph, titre.apres)
        )
    return paragraph(titre.intitule, '<w:pStyle w:val="Titre1"/>') + "".join(map(paragraph, titre.apres))


def _tracked(ligne: str, rang: int) -> str:
    """A line of which one half was inserted, another sentence deleted, and sometimes a paragraph before it deleted."""
    milieu = len(ligne) // 2
    supprime = f'<w:del w:id="{rang}" {_AUTEUR}><w:r><w:delText xml:space="preserve"> Article 99 : 999 999 € </w:delText></w:r></w:del>'
    insere = f'<w:ins w:id="9{rang}" {_AUTEUR}>{run(ligne[milieu:])}</w:ins>'
    avant = ""
    if rang % 4 == 1:
        avant = f'<w:p><w:pPr><w:rPr><w:del w:id="8{rang}" {_AUTEUR}/></w:rPr></w:pPr>{supprime}</w:p>'
    return avant + paragraph(ligne, runs=lambda _: run(ligne[:milieu]) + supprime + insere)


def _control(texte: str) -> str:
    """A text in a control, then in a field and in a link."""
    mots = texte.split(" ")
    debut, fin = " ".join(mots[: len(mots) // 2]), " ".join(mots[len(mots) // 2 :])
    controle = f'<w:sdt><w:sdtPr><w:alias w:val="champ"/></w:sdtPr><w:sdtContent>{run(debut + " ") if debut else ""}</w:sdtContent></w:sdt>'
    return controle + f'<w:hyperlink w:anchor="x">{_field(" REF signet ", fin)}</w:hyperlink>'


def _field(code: str, resultat: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(resultat)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(elements: list[Element]) -> str:
    return box("".join(_write(element, "simple", 1) for element in elements))


def _text(texte: str) -> str:
    morceaux = re.split(r"([\n\t])", texte)
    signes = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        signes.get(morceau) or f'<w:t xml:space="preserve">{escape(morceau)}</w:t>' for morceau in morceaux if morceau
    )


def _numbering(elements: Iterable[Element]) -> str:
    """The lists: number 1 is that of the headings, as the first that Word counts is printed; 9 has bullets."""
    titres = [e for e in elements if isinstance(e, Titre)]
    typed = [titre for titre in titres if titre.suite == "" and titre.intitule.startswith("er")]
    comptes = [titre for titre in titres if titre not in typed]
    titre = comptes[0] if comptes else Titre("Article", 1, " : ", "")
    motif = f"{titre.mot}{' ' if titre.mot else ''}%1{titre.suite.rstrip()}"
    niveau = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{titre.numero}"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Titre1"/>'
        f'<w:suff w:val="{"space" if titre.suite else "tab"}"/><w:lvlText w:val={quoteattr(motif)}/></w:lvl>'
    )
    puce = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    return (
        f'<w:numbering {_ESPACES}><w:abstractNum w:abstractNumId="0">{niveau}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{puce}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _rels(*liens: tuple[str, str]) -> str:
    racine = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    corps = "".join(
        f'<Relationship Id="rId{rang}" Type="{racine}/{genre}" Target="{cible}"/>'
        for rang, (genre, cible) in enumerate(liens, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{corps}</Relationships>'
    )


_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
_STYLES = (
    f'<w:styles {_ESPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Paragraphedeliste"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Cache"><w:name w:val="Cache"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Camille Rédactrice</dc:creator>'
    "<cp:lastModifiedBy>Dominique Relecteur</cp:lastModifiedBy></cp:coreProperties>"
)
_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><Company>Bureau des finances</Company></Properties>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
