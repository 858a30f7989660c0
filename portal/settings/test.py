"""Tests: nothing outside a temporary folder and loopback."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, STORAGES
from portal.settings.environment import SQLITE_OPTIONS

SECRET_KEY = "only-for-tests-" + "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Wagtail's own indexes (where a snippet is used, the search of the choosers) take a third of the time of each save.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
WHITENOISE_AUTOREFRESH = True  # no scan of the static files at each client
WHITENOISE_USE_FINDERS = True

_tmp = Path(tempfile.mkdtemp(prefix="portail-tests-"))
atexit.register(shutil.rmtree, _tmp, ignore_errors=True)
if "DATABASE_URL" not in os.environ:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _tmp / "portail.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            # A file, as in real life: several threads and a live server share it.
            "TEST": {"NAME": _tmp / "test.sqlite3"},
        }
    }
if "CACHE_URL" in os.environ:
    # Several processes test at once beside one Redis: what one keeps, or throws away, is not the others'.
    CACHES = {"default": {**CACHES["default"], "BACKEND": "tests.services.cache.OwnCache", "KEY_PREFIX": _tmp.name}}
SEARCH_INDEX_DIR = _tmp / "index"
# Each process has an index of its own: the whole suite runs on a cluster where there is one.
SEARCH_CLUSTER = f"{os.environ['ELASTICSEARCH_URL']}/{_tmp.name.lower()}" if "ELASTICSEARCH_URL" in os.environ else ""
ARCHIVE_DIR = _tmp / "archive"
FETCH_ALLOW_HOSTS = ("127.0.0.1",)
MEDIA_ROOT = _tmp / "media"
STORAGES = {
    **STORAGES,
    "originaux": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _tmp / "originaux", "base_url": None},
    },
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
