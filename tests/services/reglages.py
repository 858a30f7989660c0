"""Settings of a process that is to be killed: a database and folders that outlive it, e-mail that leaves as files."""

import os
from pathlib import Path

from portal.settings.test import *  # noqa: F403
from portal.settings.test import STORAGES

DOSSIER = Path(os.environ["DOSSIER_DES_ESSAIS"])
SEARCH_INDEX_DIR = DOSSIER / "index"
ARCHIVE_DIR = DOSSIER / "archive"
FETCH_ALLOW_HOSTS = ("127.0.0.1",)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DOSSIER / "courriels"
STORAGES = {
    **STORAGES,
    "originaux": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DOSSIER / "originaux", "base_url": None},
    },
}
