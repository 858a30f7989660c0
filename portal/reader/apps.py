from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "portal.reader"
    verbose_name = "Lecture publique"
