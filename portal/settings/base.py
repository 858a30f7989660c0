"""What every installation shares."""

from pathlib import Path

from csp.constants import NONE, SELF

from portal.settings.environment import (
    parse_adresse,
    parse_api,
    parse_cache,
    parse_cle,
    parse_contact,
    parse_courriel,
    parse_database,
    parse_folder,
    parse_hosts,
    parse_identifiant,
    parse_jours,
    parse_ligne,
    parse_recherche,
    parse_site,
    parse_telephone,
    read,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

DATABASES = {
    "default": read(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'portail.sqlite3'}",
        parse_database,
        "une adresse de base, par exemple sqlite:///var/portail.sqlite3 ou postgres://utilisateur@hote/base",
    )
}
CACHES = {
    "default": read(
        "CACHE_URL",
        "locmem:",
        parse_cache,
        "locmem:, ou redis://nom:mot-de-passe@hote:6379/0 (rediss://… pour une connexion chiffrée)",
        secret=True,
    )
}
_RECHERCHE = read(
    "SEARCH_URL",
    f"embedded://{VAR_DIR / 'index'}",
    parse_recherche(VAR_DIR / "index"),
    "embedded:///chemin/du/dossier, ou l'adresse d'un Elasticsearch et le nom de son index en minuscules, "
    "par exemple https://nom:mot-de-passe@hote:9200/conventions",
    secret=True,
)
SEARCH_INDEX_DIR, SEARCH_CLUSTER = _RECHERCHE
ORIGINAUX_DIR = read(
    "STORAGE_URL", f"file://{VAR_DIR / 'originaux'}", parse_folder("file"), "file:///chemin/du/dossier"
)
ARCHIVE_DIR = read("ARCHIVE_URL", f"file://{VAR_DIR / 'archive'}", parse_folder("file"), "file:///chemin/du/dossier")
FETCH_ALLOW_HOSTS = read(
    "FETCH_ALLOW_HOSTS",
    "",
    parse_hosts,
    "des noms d'hôtes séparés par des virgules, sans port, par exemple localhost,192.0.2.1",
)
# No text gives a delay to publish: this one is the portal's own, and an editor may set another for each act.
PUBLICATION_DELAI = read("PUBLICATION_DELAI", "30", parse_jours, "un nombre de jours, de 1 à 3650")
SITE_URL = read(
    "SITE_URL",
    "http://127.0.0.1:8000",
    parse_site,
    "l'adresse publique du site, sans chemin, par exemple https://delegations.example.fr",
)

# How e-mail leaves, as the settings of Django that begin with EMAIL_.
globals().update(
    read(
        "EMAIL_URL",
        "console:",
        parse_courriel,
        "console:, smtp://nom:mot-de-passe@hote:port, ou smtps:// (smtp://…?tls=1 pour STARTTLS)",
        secret=True,
    )
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read(
    "EMAIL_FROM",
    "delegations@localhost.localdomain",
    parse_adresse,
    "l'adresse électronique qui signe les envois, par exemple delegations@example.fr",
)
EMAIL_TIMEOUT = 20  # seconds

# data.gouv.fr, told of each act by its API where there is a key.
DATAGOUV_API_URL = read(
    "DATAGOUV_API_URL",
    "https://www.data.gouv.fr/api/1/",
    parse_api,
    "l'adresse chiffrée d'une API, par exemple https://demo.data.gouv.fr/api/1/",
)
DATAGOUV_API_KEY = read("DATAGOUV_API_KEY", "", parse_cle, "une clé d'API de data.gouv.fr, sans espace", secret=True)
DATAGOUV_ORGANISATION = read(
    "DATAGOUV_ORGANISATION",
    "",
    parse_identifiant,
    "l'identifiant de l'organisation qui publie sur data.gouv.fr : 24 chiffres et lettres de a à f",
)

# Who answers for this site. Its legal notice gives what is given here, and says what is not.
_LIGNE = "une ligne de texte, de 300 caractères au plus"
_TELEPHONE = "un numéro de téléphone, par exemple 01 23 45 67 89"
EDITEUR_NOM = read("EDITEUR_NOM", "", parse_ligne, _LIGNE)
EDITEUR_ADRESSE = read("EDITEUR_ADRESSE", "", parse_ligne, _LIGNE)
EDITEUR_TELEPHONE = read("EDITEUR_TELEPHONE", "", parse_telephone, _TELEPHONE)
DIRECTEUR_PUBLICATION = read("DIRECTEUR_PUBLICATION", "", parse_ligne, _LIGNE)
HEBERGEUR_NOM = read("HEBERGEUR_NOM", "", parse_ligne, _LIGNE)
HEBERGEUR_ADRESSE = read("HEBERGEUR_ADRESSE", "", parse_ligne, _LIGNE)
HEBERGEUR_TELEPHONE = read("HEBERGEUR_TELEPHONE", "", parse_telephone, _TELEPHONE)
ACCESSIBILITE_CONTACT = read(
    "ACCESSIBILITE_CONTACT",
    "",
    parse_contact,
    "une adresse électronique ou celle d'un formulaire, par exemple accessibilite@example.fr",
)

INSTALLED_APPS = [
    # Ours first: its publish_scheduled replaces Wagtail's, which stops at the first refusal.
    "portal.conventions",
    "portal.publications",
    "search",
    "importers",
    "importers.table",
    "portal.reader",
    "portal.syndication",
    "wagtail.contrib.redirects",
    "wagtail.contrib.forms",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "widget_tweaks",
    "dsfr",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.conventions.middleware.PolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.conventions.middleware.AdminTransactionMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The signed files, private: served by a view that asks whether their page is public.
    "originaux": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINAUX_DIR, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

WAGTAIL_SITE_NAME = "Délégations de gestion"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# dsfr's checksums no longer match once a static file storage rewrites its style sheets.
DSFR_USE_INTEGRITY_CHECKSUMS = False

CONTENT_SECURITY_POLICY = {
    # Strict: PolicyMiddleware relaxes it under the admin alone.
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a convention's edit form has thousands of fields

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
