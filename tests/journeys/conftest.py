import os
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from portal.conventions import followers
from search import indexing
from tests.journeys.kept import Kept, keep_database

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "documents"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium n'est pas installé : les parcours du navigateur ne sont pas passés.")
    # Playwright's own loop runs in this thread, where Django would refuse to reach the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(transactional_db: None, portail: None, live_server: object, imported: "Imported") -> Iterator[str]:
    """A live portal with every example published, as after `make run`; its address."""
    imported.restore()
    yield str(live_server)
    imported.database.settle()


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Imported"]:
    with keep_database(tmp_path_factory.mktemp("journeys")) as database:
        yield Imported(database, tmp_path_factory.mktemp("index"))


class Imported:
    """The database and the index with the examples in them: imported once, for each journey to start from."""

    def __init__(self, database: Kept, folder: Path) -> None:
        self.database = database
        self.index = folder / "index"

    def restore(self) -> None:
        index = django_settings.SEARCH_INDEX_DIR
        shutil.rmtree(index, ignore_errors=True)
        if self.index.exists():
            self.database.restore()
            ContentType.objects.clear_cache()  # their keys are those of the database kept
            shutil.copytree(self.index, index)
            if django_settings.SEARCH_CLUSTER:
                indexing.rebuild(fresh=True)
            return
        with redirect_stdout(StringIO()):
            call_command("import_documents", str(EXAMPLES), "--publish", verbosity=0)
        followers.catch_up_all()
        self.database.keep()
        shutil.copytree(index, self.index)


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, width: int) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(_told(message)) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def _told(message: ConsoleMessage) -> str:
    return f"{message.text} ({message.location['url']})"
