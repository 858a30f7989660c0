"""A machine of one's own: SQLite, an index on disk, no server."""

import os

from django.core.management.utils import get_random_secret_key

from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR
from portal.settings.environment import parse_flag, read

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
_secret = VAR_DIR / "secret_key"
if not _secret.exists():
    _secret.write_text(get_random_secret_key())
SECRET_KEY = os.environ.get("SECRET_KEY") or _secret.read_text()

DEBUG = read("DEBUG", "0", parse_flag, "0 ou 1")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WHITENOISE_USE_FINDERS = True
