from io import StringIO
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command

from portal.conventions.models import ConventionPage

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
