# ruff: noqa: E501 (a tag is written on one line)
"""Makes the pages of bulletins: the act in the midst of a site, in several ways of building a site.

The classes of the real bulletins change from one year to the next; these pages have the shape of such sites, not the
code of any one of them, except that of the DSFR, which is public.
"""

from collections.abc import Callable, Iterable
from html import escape

from tests.importers.fabrique.planche import Element, Item, Signatures, Table, Titre, read

MANIERES = ("education", "dsfr", "armees", "legifrance", "word")
"""`education`: a bulletin of html5 elements and lists; `dsfr`: a site of the State's design system; `armees`: an old page
in latin-1, laid out by a table, without any element that says its role; `legifrance`: an article a block, buttons between
them; `word`: a page saved by Word."""


def make(texte: str, maniere: str = "dsfr") -> bytes:
    """The page of a text, in one of `MANIERES`."""
    elements = read(texte, signatures=maniere == "armees")
    page = _PAGES[maniere](elements)
    encodage = {"armees": "cp1252", "word": "cp1252"}.get(maniere, "utf-8")
    return page.encode(encodage, "xmlcharrefreplace")


def table(rangees: Iterable[Iterable[str]], attributs: str = "") -> str:
    """A table; a cell is the HTML of its blocks."""
    lignes = "\n".join(f"<tr>{''.join(f'<td>{cellule}</td>' for cellule in rangee)}</tr>" for rangee in rangees)
    return f"<table{attributs}>\n{lignes}\n</table>"


def _lines(lignes: Iterable[str]) -> str:
    """Lines as a page breaks them; blanks and line ends of the source mean nothing."""
    return "<br />\n".join(escape(ligne).replace(" le ", "\n  le ").replace("\t", " &nbsp; ") for ligne in lignes)


def _body(elements: Iterable[Element], titre: str = "h3") -> str:
    morceaux: list[str] = []
    items: list[str] = []
    for element in [*elements, None]:
        if isinstance(element, Item):
            items.append(f"<li>{_lines([element.texte])}</li>")
            continue
        if items:
            morceaux.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if element is not None:
            morceaux.append(_block(element, titre))
    return "\n".join(morceaux)


def _block(element: Element, titre: str) -> str:
    if isinstance(element, Titre):
        suite = f"<p>{_lines(element.apres)}</p>" if element.apres else ""
        return f"<{titre}>{_exposant(_lines([element.texte]))}</{titre}>{suite}"
    if isinstance(element, Table):
        entetes, *rangees = element.rangees
        tete = "".join(f'<th scope="col">{_lines([cellule])}</th>' for cellule in entetes)
        corps = "".join(f"<tr>{''.join(f'<td>{_lines([c])}</td>' for c in rangee)}</tr>" for rangee in rangees)
        return f"<table><thead><tr>{tete}</tr></thead><tbody>{corps}</tbody></table>"
    if isinstance(element, Signatures):
        return table([[f"<p>{_lines(filter(None, colonne))}</p>" for colonne in element.colonnes]], ' width="100%"')
    if isinstance(element, Item):
        return f"<p>{element.puce} {_lines([element.texte])}</p>"
    return f"<p>{_exposant(_lines(element.lignes))}</p>"


def _exposant(html: str) -> str:
    return html.replace(" 1er ", " 1<sup>er</sup> ")


def _education(elements: list[Element]) -> str:
    return f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Bulletin officiel - Ministère</title>
<script>window.dataLayer = ["Article 99 : 999 999 €"];</script><style>h3 {{ color: red }}</style></head>
<body class="page-node has-menu">
<a class="skip-link" href="#contenu">Aller au contenu principal</a>
<header role="banner"><p>Ministère</p><nav><ul><li><a href="/">Accueil</a></li><li><a href="/bo">Bulletin officiel</a></li></ul></nav>
<form action="/recherche"><label for="q">Rechercher</label><input id="q" type="search"><button>Rechercher</button></form></header>
<div id="fil-ariane"><a href="/">Accueil</a> &gt; <a href="/bo">Le Bulletin officiel</a> &gt; <span>Convention de délégation de gestion du 1er janvier 1999</span></div>
<div id="contenu" class="contenu-principal">
<div class="partage"><a href="#">Partager sur Facebook</a><a href="#">Imprimer</a></div>
<div class="texte-bo">{_body(elements)}</div>
<p><a href="#top">Haut de page</a></p>
</div>
<aside><h2>À lire aussi</h2><p>Convention de délégation de gestion du 2 février 1998 entre A et B</p></aside>
<footer><p>Directrice de publication : Ministère – 110 rue de Grenelle 75007 Paris</p><ul><li>Mentions légales</li></ul></footer>
<div id="tarteaucitronRoot"><p>Ce site utilise des cookies. <button>Tout accepter</button></p></div>
</body></html>"""


def _dsfr(elements: list[Element]) -> str:
    return f"""<!doctype html>
<html lang="fr" data-fr-scheme="system"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Texte - Bulletin officiel</title></head><body>
<div class="fr-skiplinks"><nav class="fr-container"><ul><li><a class="fr-link" href="#content">Contenu</a></li></ul></nav></div>
<header role="banner" class="fr-header"><div class="fr-header__body"><p class="fr-logo">République<br>Française</p>
<p class="fr-header__service-title">Bulletin officiel</p><button class="fr-btn--menu fr-btn">Menu</button></div></header>
<main id="content" role="main"><div class="fr-container">
<nav role="navigation" class="fr-breadcrumb"><button class="fr-breadcrumb__button">Voir le fil d’Ariane</button>
<ol class="fr-breadcrumb__list"><li><a class="fr-breadcrumb__link" href="/">Accueil</a></li></ol></nav>
<div class="fr-alert fr-alert--info fr-hidden" hidden><p>Le site sera fermé dimanche.</p></div>
<div class="fr-grid-row"><div class="fr-col-8">{_body(elements, "h2")}
<div class="fr-share"><p class="fr-share__title">Partager la page</p><ul class="fr-btns-group"><li><button class="fr-btn">Copier dans le presse-papier</button></li></ul></div>
</div><div class="fr-col-4"><nav class="fr-summary"><p>Sommaire</p><ol><li><a href="#a1">Article 99 Titre</a></li></ol></nav></div></div>
<a class="fr-link" href="#top">Haut de page</a>
</div></main>
<div class="fr-follow"><p>Abonnez-vous à notre lettre d’information</p></div>
<footer class="fr-footer" role="contentinfo"><p>Sauf mention contraire, tous les contenus de ce site sont sous licence etalab-2.0</p></footer>
<div class="fr-consent-banner"><h2>À propos des cookies</h2><p>Nous utilisons des cookies.</p></div>
<dialog class="fr-modal"><p>Préférences pour tous les services</p></dialog>
</body></html>"""


def _armees(elements: list[Element]) -> str:
    return f"""<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>Sans nom</title></head>
<body bgcolor="#FFFFFF"><table width="100%" border="0" cellspacing="0"><tr><td>
<div class="menu"><a href="/">Accueil</a> | <a href="/recherche">Recherche</a> | <a href="/aide">Aide</a></div>
</td></tr><tr><td>
{_body(elements, "h4")}
</td></tr></table>
</body></html>"""


def _legifrance(elements: list[Element]) -> str:
    blocs: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Titre):
            blocs.append([])
        blocs[-1].append(element)
    boutons = '<ul class="liens"><li><button>Copier le texte</button></li></ul><p>Liens relatifs</p>'
    articles = "\n".join(f'<article class="article-lf">{_body(bloc, "p")}{boutons}</article>' for bloc in blocs)
    return f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Convention - Base</title></head><body>
<div class="cookies-banner"><p>En poursuivant votre navigation, vous acceptez les cookies.</p></div>
<header class="site-header"><div>Le service public de la diffusion du droit</div><nav>Droit national en vigueur</nav></header>
<main><div class="breadcrumb"><a href="/">Accueil</a><a href="/jorf">Journal officiel</a></div>
<div class="toolbar"><a href="#">Imprimer</a><a href="#">Copier le texte</a></div>
<section class="content">{articles}</section>
<p>Retour en haut de la page</p></main>
<footer><p>À propos de cette version</p><p>Plan du site</p></footer></body></html>"""


def _word(elements: list[Element]) -> str:
    corps = (
        _body(elements, "h1")
        .replace("<p>", '<p class=MsoNormal><span style="font-size:11.0pt">')
        .replace("</p>", "<o:p></o:p></span></p>")
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Camille</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm}} --></style></head>
<body lang=FR link=blue><div class=WordSection1>
{corps}
</div></body></html>"""


_PAGES: dict[str, Callable[[list[Element]], str]] = {
    "education": _education,
    "dsfr": _dsfr,
    "armees": _armees,
    "legifrance": _legifrance,
    "word": _word,
}
