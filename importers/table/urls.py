from django.urls import path

from importers.table import views

app_name = "table"
urlpatterns = [
    path("", views.show_table, name="table"),
    path("depots/", views.show_depots, name="depots"),
    path("<int:pk>/", views.show_lecture, name="lecture"),
    path("<int:pk>/original/", views.show_original, name="original"),
    path("<int:pk>/relire/", views.read_again, name="relire"),
    path("<int:pk>/retirer/", views.take_off, name="retirer"),
]
