from django.apps import AppConfig
from django.core.checks import register


class ReaderConfig(AppConfig):
    name = "portal.reader"
    verbose_name = "Lecture publique"

    def ready(self) -> None:
        from portal.reader.checks import check_mentions

        register(check_mentions, deploy=True)
