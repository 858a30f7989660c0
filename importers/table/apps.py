from django.apps import AppConfig


class TableConfig(AppConfig):
    name = "importers.table"
    verbose_name = "Table de lecture"
