from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Recherche"

    def ready(self) -> None:
        from portal.conventions import followers
        from portal.conventions.models import Service
        from search import indexing, kept_synonyms, labels
        from search.models import Synonyme

        followers.register("recherche", indexing.catch_up)
        followers.register("recherche_secours", indexing.catch_up_backup)
        post_save.connect(labels.forget_labels, sender=Service, dispatch_uid="search.labels.saved")
        post_delete.connect(labels.forget_labels, sender=Service, dispatch_uid="search.labels.deleted")
        post_save.connect(kept_synonyms.forget_changed, sender=Synonyme, dispatch_uid="search.kept_synonyms.saved")
        post_delete.connect(kept_synonyms.forget_changed, sender=Synonyme, dispatch_uid="search.kept_synonyms.deleted")
