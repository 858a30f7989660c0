"""Word documents (.docx): Office Open XML, transitional and strict (ECMA-376)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from posixpath import join, normpath

from lxml import etree

from importers.documents.archives import Archive, parse_xml
from importers.documents.bureautique.corps_word import Corps
from importers.documents.bureautique.remarques import Auteurs, write_remarques
from importers.documents.bureautique.word import Element, Numeros, Styles, W
from importers.documents.copie import Bloc, Paragraphe, render
from importers.documents.formats import Extrait
from importers.documents.illisible import Illisible
from portal.domain.convention import Qualite

EXTENSIONS = (".docx",)

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LOCAL = re.compile(r"(?:file:/*|\\\\|[A-Za-z]:[\\/])\S.*")


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of a document, by what they are to its body: « styles », « numbering », « comments »…"""

    archive: Archive
    corps: str
    liens: Mapping[str, str]

    def part(self, role: str) -> Element | None:
        return _part(self.archive, self.liens.get(role, f"{self.corps.rpartition('/')[0]}/{role}.xml"))


def extract(contenu: bytes) -> Extrait:
    """What Word prints of the body of a document. Raises `Illisible`."""
    document = _open(contenu)
    racine = _part(document.archive, document.corps)
    texte = None if racine is None else racine.find(f"{W}body")
    if texte is None:
        raise Illisible("Ce fichier .docx ne contient pas de texte de Word : ouvrez-le et enregistrez-le de nouveau.")
    styles = Styles(document.part("styles"))
    corps = Corps(styles, Numeros(document.part("numbering"), styles))
    try:
        copie = render(chain(corps.read(texte), _read_notes(document, corps)))
    except RecursionError as error:
        raise Illisible("Le fichier imbrique ses éléments à l'excès : copiez son texte dans un autre.") from error
    return Extrait(copie, Qualite.NATIF, remarques=_remark(document, corps))


def _open(contenu: bytes) -> _Document:
    archive = Archive(contenu, ".docx")
    corps = _targets(archive, "", "_rels/.rels").get("officeDocument", "word/document.xml")
    dossier, _, nom = corps.rpartition("/")
    return _Document(archive, corps, _targets(archive, dossier, f"{dossier}/_rels/{nom}.rels"))


def _part(archive: Archive, nom: str) -> Element | None:
    """A part, in the one namespace of transitional documents."""
    contenu = archive.read(nom)
    return parse_xml(contenu.replace(_STRICT, W[1:-1].encode())) if contenu else None


def _targets(archive: Archive, dossier: str, nom: str) -> dict[str, str]:
    """The parts that another names, by the last word of their relation."""
    return {
        (lien.get("Type") or "").rpartition("/")[2]: normpath(join(dossier, lien.get("Target") or "")).lstrip("/")
        for lien in _relations(archive, nom)
        if lien.get("TargetMode") != "External"
    }


def _relations(archive: Archive, nom: str) -> Iterator[Element]:
    racine = archive.xml(nom)
    if racine is not None:
        yield from racine.iterchildren(_RELATION)


def _read_notes(document: _Document, corps: Corps) -> Iterator[Bloc]:
    """The footnotes and the endnotes that the body calls, after it, in the order of their calls."""
    notes: dict[str, Element] = {}
    for genre in ("footnote", "endnote"):
        racine = document.part(f"{genre}s") if corps.notes else None
        if racine is not None:
            notes |= {f"{genre} {note.get(f'{W}id')}": note for note in racine.iterchildren(f"{W}{genre}")}
    for rang, appel in enumerate(dict.fromkeys(corps.notes), start=1):
        if appel in notes:
            textes = (bloc.texte.strip() for bloc in corps.read(notes[appel]) if isinstance(bloc, Paragraphe))
            yield Paragraphe(f"[{rang}] {' '.join(textes)}")


def _remark(document: _Document, corps: Corps) -> tuple[str, ...]:
    commentaires = document.part("comments")
    compte = corps.remarques.copy()
    compte["commentaire"] = 0 if commentaires is None else len(commentaires)
    compte["macro"] = sum(nom.lower().endswith("vbaproject.bin") for nom in document.archive.names)
    compte["incorpore"] += sum("/embeddings/" in nom for nom in document.archive.names)
    return write_remarques(compte, _read_auteurs(document))


def _read_auteurs(document: _Document) -> Auteurs:
    archive = document.archive
    coeur, application = archive.xml("docProps/core.xml"), archive.xml("docProps/app.xml")
    dossier, _, nom = document.corps.rpartition("/")
    liens = [
        lien.get("Target") or ""
        for source in ("settings.xml", nom)
        for lien in _relations(archive, f"{dossier}/_rels/{source}.rels")
    ]
    return Auteurs(
        noms=_values(coeur, "creator", "lastModifiedBy") + _values(application, "Manager", "Company"),
        chemins=tuple(lien for lien in liens if _LOCAL.fullmatch(lien)),
    )


def _values(racine: Element | None, *noms: str) -> tuple[str, ...]:
    if racine is None:
        return ()
    return tuple(e.text.strip() for e in racine if e.text and etree.QName(e).localname in noms and e.text.strip())
