from django.urls import path

from portal.publications.tableau import ecarts, fiche, views

app_name = "publications"
urlpatterns = [
    path("", views.show_board, name="tableau"),
    path("export.csv", views.export_board, name="export"),
    path("transmettre/", views.send_chosen, name="transmettre"),
    path("ecarts/", ecarts.show_ecarts, name="ecarts"),
    path("ecarts/<int:pk>/", ecarts.show_ecart, name="ecart"),
    path("ecarts/<int:pk>/juger/", ecarts.judge_ecart, name="juger"),
    path("<int:pk>/", fiche.show_publication, name="fiche"),
    path("<int:pk>/dossier.zip", fiche.download_dossier, name="dossier"),
    path("<int:pk>/<slug:geste>/", fiche.change_publication, name="geste"),
]
