"""A public installation: SECRET_KEY and SITE_URL must be given, cookies and transport are strict."""

from urllib.parse import urlsplit

from portal.settings.base import *  # noqa: F403
from portal.settings.base import SITE_URL, STORAGES
from portal.settings.environment import parse_secret, read

SECRET_KEY = read("SECRET_KEY", "", parse_secret, "une suite secrète d'au moins 50 caractères", secret=True)
DEBUG = False
# A worker of its own (`manage.py db_worker --queue-name '*'`) reads files and sends dossiers, outside the requests.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
SECURE_SSL_REDIRECT = SITE_URL.startswith("https:")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if SITE_URL.startswith("https:") else 0
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
