# ruff: noqa: E501 (a tag is written on one line)
"""Makes files that tell of those who wrote them, by every means that their format has; what is printed does not."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.importers.fabrique import docx, odt, pdf

AUTEUR = "Zacharie Quintefeuille"
"""Whom every file of this module names, and none prints."""
CHEMIN = f"C:\\Users\\{AUTEUR}\\acte"
VISIBLE = "Convention de délégation de gestion"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHAMP = docx._field(f' INCLUDEPICTURE "{CHEMIN}" ', "Champ figé.")
_PAR = f'w:author="{AUTEUR}" w:initials="ZQ" w:date="2024-05-02T10:00:00Z"'


def jpeg(sens: int = 1) -> bytes:
    """A photograph with Exif, a comment, and a second picture after its end."""
    image, exif, tampon = Image.linear_gradient("L").resize((40, 30)).convert("RGB"), Image.Exif(), BytesIO()
    exif[0x013B], exif[0x0112] = AUTEUR, sens
    image.save(tampon, "JPEG", exif=exif, comment=AUTEUR.encode(), progressive=True)
    return tampon.getvalue() + b"\xff\xd8\xff\xfe" + AUTEUR.encode() + b"\xff\xd9"


def png() -> bytes:
    tampon, textes = BytesIO(), PngInfo()
    textes.add_text("Author", AUTEUR)
    textes.add_itxt("Auteur", AUTEUR, zip=True)
    Image.new("RGB", (8, 8), "red").save(tampon, "PNG", pnginfo=textes)
    return tampon.getvalue()


def gif() -> bytes:
    tampon = BytesIO()
    Image.new("P", (8, 8)).save(tampon, "GIF", comment=AUTEUR.encode())
    return tampon.getvalue()


def word(image: bytes = b"", extension: str = "png") -> bytes:
    """A Word document with all that Word may keep beside what it prints."""
    corps = (
        docx.paragraph(VISIBLE)
        + f"<w:p><w:r><w:t>Avant </w:t></w:r><w:ins {_PAR}><w:r w:rsidR='00AA'><w:t>inséré</w:t></w:r></w:ins>"
        f"<w:del {_PAR}><w:r><w:delText>{AUTEUR}</w:delText></w:r></w:del>"
        f"<w:moveFrom {_PAR}><w:r><w:t>{AUTEUR}</w:t></w:r></w:moveFrom>"
        "<w:commentRangeStart w:id='1'/><w:r><w:t> après.</w:t></w:r><w:commentRangeEnd w:id='1'/>"
        "<w:r><w:commentReference w:id='1'/></w:r></w:p>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{AUTEUR}</w:t></w:r>"
        f'<w:r><w:rPr><w:rStyle w:val="Cache"/></w:rPr><w:t>{AUTEUR}</w:t></w:r><w:r><w:t>Suite.</w:t></w:r></w:p>'
        f"<w:p><w:pPr><w:rPr><w:del {_PAR}/></w:rPr></w:pPr><w:r><w:t>Deux </w:t></w:r></w:p><w:p><w:r><w:t>en un.</w:t></w:r></w:p>"
        f"<w:p>{_CHAMP}<w:permStart w:id='3' w:ed='{AUTEUR}'/></w:p>"
        f'<w:sdt><w:sdtPr><w:alias w:val="{AUTEUR}"/><w:dataBinding w:xpath="/{AUTEUR}" w:storeItemID="x"/></w:sdtPr>'
        f"<w:sdtContent>{docx.paragraph('Contrôle.')}</w:sdtContent></w:sdt>"
        + (
            f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{AUTEUR}" descr="{CHEMIN}.png"/><a:graphic>'
            '<a:graphicData><a:blip r:embed="rId5"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
            if image
            else ""
        )
        + f'<w:p><w:hyperlink r:id="rId6">{docx.run("Lien.")}</w:hyperlink></w:p>'
        f"<w:tbl><w:tr><w:trPr><w:del {_PAR}/></w:trPr><w:tc>{docx.paragraph(AUTEUR)}</w:tc></w:tr>"
        f"<w:tr><w:tc>{docx.paragraph('Case.')}</w:tc></w:tr></w:tbl>"
    )
    parties = docx.parts(corps)
    liens = {
        "comments": "comments.xml",
        "people": "people.xml",
        "settings": "settings.xml",
        "vbaProject": "vbaProject.bin",
    }
    ajouts = "".join(f'<Relationship Id="x{n}" Type="{_RELATIONS}/{n}" Target="{c}"/>' for n, c in liens.items())
    ajouts += f'<Relationship Id="rId6" Type="{_RELATIONS}/hyperlink" Target="file:///{CHEMIN}" TargetMode="External"/>'
    if image:
        ajouts += f'<Relationship Id="rId5" Type="{_RELATIONS}/image" Target="media/{AUTEUR}.{extension}"/>'
    rels = "word/_rels/document.xml.rels"
    parties[rels] = parties[rels].replace("</Relationships>", f"{ajouts}</Relationships>")
    parties |= {
        "word/comments.xml": f'<w:comments {docx._ESPACES}><w:comment w:id="1" {_PAR}/></w:comments>',
        "word/people.xml": f"<people>{AUTEUR}</people>",
        "word/vbaProject.bin": AUTEUR,
        "word/settings.xml": f'<w:settings {docx._ESPACES}><w:attachedTemplate r:id="a"/><w:docVars><w:docVar w:name="a" '
        f'w:val="{AUTEUR}"/></w:docVars><w:evenAndOddHeaders/></w:settings>',
        "docProps/core.xml": docx._CORE.replace("Camille Rédactrice", AUTEUR),
        "docProps/custom.xml": f"<Properties>{AUTEUR}</Properties>",
        "customXml/item1.xml": f"<a>{AUTEUR}</a>",
    }
    return _add(docx.zip_parts(parties), {f"word/media/{AUTEUR}.{extension}": image} if image else {})


def libre(image: bytes = b"", extension: str = "png") -> bytes:
    """A LibreOffice document with all that LibreOffice may keep beside what it prints."""
    info = f"<office:change-info><dc:creator>{AUTEUR}</dc:creator></office:change-info>"
    corps = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"{info}<text:p>{AUTEUR}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        + odt.paragraph(VISIBLE)
        + f'<text:p>Avant <text:change text:change-id="c1"/><office:annotation><dc:creator>{AUTEUR}</dc:creator>'
        f"<text:p>{AUTEUR}</text:p></office:annotation>après <text:author-name>signature</text:author-name>.</text:p>"
        f'<text:section text:name="s" text:display="none"><text:p>{AUTEUR}</text:p></text:section>'
        f'<text:p><text:hidden-text text:condition="1" text:string-value="{AUTEUR}" text:is-hidden="true"/>'
        f'<text:a xlink:href="file:///{CHEMIN}">Lien.</text:a></text:p>'
        + (
            f'<text:p><draw:frame draw:name="{AUTEUR}"><draw:image xlink:href="Pictures/{AUTEUR}.{extension}"/>'
            f"<svg:desc>{CHEMIN}.png</svg:desc></draw:frame></text:p>"
            if image
            else ""
        )
    )
    config = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
    parties = odt.parts(corps) | {
        "meta.xml": odt.parts("")["meta.xml"].replace("Camille Rédactrice", AUTEUR),
        "settings.xml": f'<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="{config}">'
        '<office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item '
        f'config:name="PrinterName" config:type="string">{AUTEUR}</config:config-item><config:config-item '
        'config:name="AddParaTableSpacing" config:type="boolean">true</config:config-item></config:config-item-set>'
        "</office:settings></office:document-settings>",
        "Basic/Standard/Module1.xml": f"<a>{AUTEUR}</a>",
        "Thumbnails/thumbnail.xml": f"<a>{AUTEUR}</a>",
    }
    return _add(odt.zip_parts(parties), {f"Pictures/{AUTEUR}.{extension}": image} if image else {})


def _add(contenu: bytes, membres: dict[str, bytes]) -> bytes:
    tampon = BytesIO(contenu)
    with ZipFile(tampon, "a") as archive:
        archive.comment = AUTEUR.encode()
        for nom, octets in membres.items():
            archive.writestr(nom, octets)
    return tampon.getvalue()


def document_pdf() -> bytes:
    """A PDF with all that a PDF may keep beside its pages, corrected once: the first version still lies in it."""
    tampon = BytesIO()
    with pikepdf.open(BytesIO(pdf.make(f"{VISIBLE}\n\nArticle 1 : Objet\nLe texte."))) as document:
        document.docinfo["/Author"] = AUTEUR
        with document.open_metadata() as xmp:
            xmp["dc:creator"] = [AUTEUR]
        document.attachments["note.txt"] = pikepdf.AttachedFileSpec(document, AUTEUR.encode(), filename=AUTEUR)
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(AUTEUR))
        document.Root.Names.JavaScript = Dictionary(Names=Array([String(AUTEUR), document.Root.OpenAction]))
        page = document.pages[0]
        page.obj.PieceInfo = Dictionary(Word=Dictionary(Private=String(AUTEUR)))
        page.obj.AA = Dictionary(O=document.Root.OpenAction)
        image = document.make_stream(jpeg())
        image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, BitsPerComponent=8))
        image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
        image.Metadata = document.make_stream(AUTEUR.encode())
        nom = page.add_resource(image, Name.XObject)
        page.contents_add(f"q 90 0 0 60 300 60 cm {nom} Do Q".encode())
        page.obj.Annots = Array(_annotations(document, page))
        document.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[2]]))
        document.save(tampon)
    return tampon.getvalue() + f"\n% {AUTEUR}\n".encode()


def _annotations(document: pikepdf.Pdf, page: pikepdf.Page) -> list[pikepdf.Object]:
    dit = {"T": String(AUTEUR), "Contents": String(AUTEUR), "P": page.obj}
    dessin = document.make_stream(b"0 0 1 rg 0 0 60 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 20])
    signature = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Name=AUTEUR, Contents=String(AUTEUR))
    annotations = [
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[20, 20, 40, 40], F=2, **dit),
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 60, 120, 80], F=4, AP={"/N": dessin}, **dit),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=[60, 100, 120, 120], F=4, AP={"/N": dessin},
            V=document.make_indirect(signature), **dit,
        ),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[10, 10, 20, 20], Border=[0, 0, 0],
            A=Dictionary(S=Name.URI, URI=String("https://www.example.org/")), **dit,
        ),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[30, 10, 40, 20], Border=[0, 0, 0],
            A=Dictionary(S=Name.Launch, F=String(CHEMIN)), **dit,
        ),
    ]  # fmt: skip
    return [document.make_indirect(annotation) for annotation in annotations]
