"""Addresses in templates: absolute ones, and the canonical link of a page."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def absolue(adresse: str) -> str:
    """The address with the public name of the site: never the Host header, which anybody may write."""
    return urljoin(f"{settings.SITE_URL}/", adresse)


@register.simple_tag
def canonique(adresse: str) -> SafeString:
    """The `<link rel="canonical">` of the page at `adresse`."""
    return format_html('<link rel="canonical" href="{}">', absolue(adresse))
