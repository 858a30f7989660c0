"""The feeds of any search."""

from django.urls import path

from portal.syndication.views import flux_atom, flux_rss

app_name = "syndication"
urlpatterns = [
    path("conventions/flux.rss", flux_rss, name="flux_rss"),
    path("conventions/flux.atom", flux_atom, name="flux_atom"),
]
