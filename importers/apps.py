from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "importers"
    verbose_name = "Imports"

    def ready(self) -> None:
        from importers.listings import SOURCES
        from portal.publications import fraicheur

        for source in SOURCES.values():
            fraicheur.register(source.nom, cherchee=bool(source.departs))
