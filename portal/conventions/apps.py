from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "portal.conventions"
    verbose_name = "Conventions"

    def ready(self) -> None:
        from portal.conventions import signal_handlers

        signal_handlers.connect()
