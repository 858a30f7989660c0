"""Why an answer cannot be read at all: refused by the site, broken, empty, or out of all proportion."""

from importers.listings import PageVue
from portal.publications.entrees import Blocage, ListeBloquee

TAILLE_MAXIMUM = 50_000_000
"""Bytes: what the protocol of sitemaps allows a file, and far more than a page has."""

_INTERDITS = (401, 403, 429)
_DISPARUES = (404, 410)


def interdit(vu: str) -> ListeBloquee:
    """The site answered, but not with its page."""
    return ListeBloquee(
        Blocage.INTERDIT,
        f"Le site refuse la lecture automatique ({vu}) : ouvrez la page dans un navigateur, enregistrez-la et importez "
        "le fichier.",
    )


def vide(vu: str) -> ListeBloquee:
    """The page holds nothing."""
    return ListeBloquee(Blocage.VIDE, f"{vu} : vérifiez la page, rien n'est tenu pour absent.")


def mise_en_page(vu: str) -> ListeBloquee:
    """The page has a shape that nothing here reads."""
    return ListeBloquee(
        Blocage.MISE_EN_PAGE, f"{vu} : vérifiez que c'est la bonne page ; si elle a changé de forme, signalez-le."
    )


def tronquee(vu: str) -> ListeBloquee:
    """The page is cut short."""
    return ListeBloquee(Blocage.TRONQUEE, f"{vu} : lisez ou enregistrez la page de nouveau, en entier.")


def check_interdit(page: PageVue) -> None:
    """Raises `ListeBloquee` where the site says that it does not let itself be read."""
    if page.statut in _INTERDITS:
        raise interdit(f"réponse {page.statut}")
    if page.entetes.get("cf-mitigated", "").lower() == "challenge":
        raise interdit("page de contrôle")


def check_statut(page: PageVue) -> None:
    """Raises `ListeBloquee` where the status of the answer says that it is not the page."""
    check_interdit(page)
    if page.statut >= 400:
        raise ListeBloquee(Blocage.RESEAU, f"Le site a répondu par l'erreur {page.statut} : recommencez plus tard.")


def is_gone(page: PageVue) -> bool:
    """Say whether the site has no such page. Raises `ListeBloquee` where it does not let itself be read."""
    check_interdit(page)
    return page.statut in _DISPARUES


def check_longueur(page: PageVue) -> None:
    """Raises `ListeBloquee` where an answer is out of all proportion."""
    if len(page.contenu) > TAILLE_MAXIMUM:
        raise mise_en_page("La page est plus longue qu'aucune liste ne l'est")


def check_contenu(page: PageVue) -> None:
    """Raises `ListeBloquee` where an answer holds nothing, or too much."""
    check_longueur(page)
    if not page.contenu.strip(b"\xef\xbb\xbf\0 \t\r\n"):
        raise vide("La page est vide")
