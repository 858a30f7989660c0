"""The public pages. Every address is French, stable and never reused."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from portal.reader.mentions import read_contact, read_responsables
from portal.reader.views.accueil import accueil
from portal.reader.views.acte import avenant, convention, echeancier, original, permalien
from portal.reader.views.recherche import propositions, recherche
from portal.reader.views.textes import text_page

app_name = "reader"
urlpatterns = [
    path("", accueil, name="accueil"),
    path("conventions/", recherche, name="recherche"),
    path("conventions/propositions", propositions, name="propositions"),
    path("conventions/<slug:slug>/", convention, name="convention"),
    path("conventions/<slug:slug>/original", original, name="original"),
    path("conventions/<slug:slug>/echeancier.csv", echeancier, name="echeancier"),
    path("conventions/<slug:slug>/<slug:avenant>/", avenant, name="avenant"),
    path("conventions/<slug:slug>/<slug:avenant>/original", original, name="original_avenant"),
    path("conventions/<slug:slug>/<slug:avenant>/echeancier.csv", echeancier, name="echeancier_avenant"),
    path("id/convention/<slug:uid>", permalien, name="permalien"),
    path("glossaire/", text_page("reader/glossaire.html"), name="glossaire"),
    path(
        "mentions-legales/",
        text_page("reader/mentions_legales.html", extra_context={"responsables": read_responsables}),
        name="mentions_legales",
    ),
    path(
        "accessibilite/",
        text_page("reader/accessibilite.html", extra_context={"contact": read_contact}),
        name="accessibilite",
    ),
    path("robots.txt", text_page("robots.txt", content_type="text/plain"), name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
