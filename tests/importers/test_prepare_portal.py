from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from pytest_django import Settings

from portal.conventions.models import ConventionPage
from search.engines.current import local_engine

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "documents"


def test_it_may_run_at_each_start_and_keeps_what_was_edited(uninstalled: None) -> None:
    call_command("prepare_portal", str(EXAMPLES), admin="admin", stdout=StringIO(), stderr=StringIO())
    number = ConventionPage.objects.count()
    page = ConventionPage.objects.live().first()
    page.objet = "Objet corrigé."
    page.save_revision().publish()
    again = StringIO()
    call_command("prepare_portal", str(EXAMPLES), admin="admin", stdout=again, stderr=StringIO())
    page.refresh_from_db()
    assert page.objet == "Objet corrigé."
    assert ConventionPage.objects.count() == number > 0
    assert get_user_model().objects.count() == 1
    assert "mot de passe" not in again.getvalue()


@pytest.mark.usefixtures("portail", "own_index")
def test_a_cluster_that_is_away_does_not_keep_the_portal_from_starting(tmp_path: Path, settings: Settings) -> None:
    settings.SEARCH_CLUSTER = "http://127.0.0.1:9/nulle-part"
    (tmp_path / "convention.txt").write_bytes((EXAMPLES / "convention_menj_dinum_2024.txt").read_bytes())
    said = StringIO()
    call_command("prepare_portal", str(tmp_path), stdout=StringIO(), stderr=said)
    assert "Le portail démarre sans eux" in said.getvalue()
    assert local_engine().count() == 1
