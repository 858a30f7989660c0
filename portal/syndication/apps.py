from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    name = "portal.syndication"
    verbose_name = "Syndication"
