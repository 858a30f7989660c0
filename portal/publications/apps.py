from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "portal.publications"
    verbose_name = "Publications"

    def ready(self) -> None:
        from portal.conventions import followers
        from portal.publications import suivi

        followers.register("publications", suivi.catch_up)
