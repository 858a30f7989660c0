"""A search as a feed: the same entries, with the same identifiers, in RSS 2.0 and in Atom.

The identifier of an entry is the permanent address of its convention, so that a reader who changes
format, or search, meets no convention twice.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from portal.conventions.publiees import Publiee
from portal.domain.convention import Canal, Convention, Partie
from portal.domain.dates import format_date
from portal.domain.libelles import libelle
from portal.domain.montants import format_montant, sum_stated
from portal.publications.preuves import Preuve

# What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets).
_HORS_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TITRE = "Conventions de délégation de gestion"
DESCRIPTION = "Les conventions de délégation de gestion des services de l’État, dès leur publication."


class _Dated(SyndicationFeed):
    """A feed that is as old as the last change of what it shows, not as the request."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


class AtomFeed(_Dated, Atom1Feed):
    pass


class RssFeed(_Dated, Rss201rev2Feed):
    pass


def write_feed(
    feed_class: type[_Dated],
    publiees: Sequence[Publiee],
    preuves: Mapping[str, Sequence[Preuve]],
    *,
    precision: str,
    page: str,
    self_url: str,
    updated: datetime,
) -> str:
    """The feed as XML text.

    `precision` says which search this is (« visioconférence »; empty for all conventions); `page` is the
    path of its search page, `self_url` that of the feed; `updated` dates the feed where it has no entry.
    `preuves` say by uid where each convention is published.
    """
    feed = feed_class(
        title=_clean(f"{TITRE} : {precision}" if precision else TITRE),
        link=absolute(page),
        description=DESCRIPTION,
        language="fr",
        feed_url=absolute(self_url),
        feed_guid=absolute(page),
        updated=max((updated_at(publiee) for publiee in publiees), default=updated),
    )
    for publiee in publiees:
        _add_entry(feed, publiee, preuves.get(publiee.uid, ()))
    return feed.writeString("utf-8")


def absolute(path: str) -> str:
    """The path with the site's public name: the Host header is not believed."""
    return urljoin(f"{settings.SITE_URL}/", path)


def updated_at(publiee: Publiee) -> datetime:
    """The last change of a convention or of one of its avenants."""
    return max(publiee.modifiee_le, *(avenant.modifiee_le for avenant in publiee.avenants), publiee.publiee_le)


def _add_entry(feed: SyndicationFeed, publiee: Publiee, preuves: Sequence[Preuve]) -> None:
    feed.add_item(
        title=_clean(" ".join(publiee.convention.titre.split())),
        link=absolute(publiee.adresse),
        description=escape(_clean(_summarise(publiee.convention, preuves))),
        unique_id=absolute(f"/id/convention/{publiee.uid}"),
        unique_id_is_permalink=True,
        pubdate=publiee.publiee_le,
        updateddate=updated_at(publiee),
        categories=[_clean(categorie) for categorie in _list_categories(publiee)],
    )


def _summarise(convention: Convention, preuves: Sequence[Preuve]) -> str:
    """« MENJ → DINUM. Signée le 1er septembre 2024. AE 120 000 €. », the object, and where it is published."""
    phrases = [
        f"{_name_parties(convention.delegants, 'délégant')} → {_name_parties(convention.delegataires, 'délégataire')}",
        f"Signée le {format_date(convention.date_signature)}" if convention.date_signature else "",
        _write_ae(convention),
        convention.objet.rstrip("."),
        *(_write_preuve(preuve) for preuve in preuves if preuve.vue),
    ]
    return " ".join(f"{phrase}." for phrase in phrases if phrase)


def _write_preuve(preuve: Preuve) -> str:
    """« Bulletin officiel : https://…, le 26 février 2026, NOR MENA2600001X »."""
    details = [
        preuve.url,
        f"le {format_date(preuve.date_publication)}" if preuve.date_publication else "",
        f"NOR {preuve.nor}" if preuve.nor else "",
    ]
    return f"{libelle(Canal(preuve.canal))} : {', '.join(filter(None, details))}"


def _name_parties(parties: Sequence[Partie], role: str) -> str:
    return ", ".join(partie.sigle or partie.nom for partie in parties) or f"{role} non précisé"


def _write_ae(convention: Convention) -> str:
    somme = sum_stated(ligne.ae for ligne in convention.echeancier)
    return "" if somme is None else f"AE {format_montant(somme)}"


def _list_categories(publiee: Publiee) -> list[str]:
    """The nature, the ministères and the programmes, each once."""
    convention = publiee.convention
    ministeres = {service.ministere for service in publiee.services if service.ministere}
    programmes = [imputation.programme for imputation in convention.imputations]
    programmes += [ligne.programme for ligne in convention.echeancier]
    return list(
        dict.fromkeys(
            [
                libelle(convention.nature),
                *(service.nom for service in publiee.services if service.cle in ministeres),
                *(f"Programme {programme}" for programme in programmes if programme),
            ]
        )
    )


def _clean(texte: str) -> str:
    return _HORS_XML.sub("", texte)
