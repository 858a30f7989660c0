from dataclasses import replace
from decimal import Decimal

from portal.conventions import actions
from portal.conventions.models import ActePage, AvenantPage, ConventionPage
from portal.reader.chiffres import Chiffres, read_chiffres
from tests.factories import ConventionFactory
from tests.reader.exemples import CONVENTION


def test_drafts_and_avenants_do_not_count(convention: ConventionPage, avenant: AvenantPage) -> None:
    actions.create_draft(replace(CONVENTION, titre="Un brouillon"))
    assert read_chiffres(2024) == Chiffres(2024, Decimal("120000"), services=2, fictives=0)
    assert read_chiffres(2025).ae is None


def test_public_conventions_add_up(published: ActePage) -> None:
    before = read_chiffres(2026)
    actions.publish_page(actions.create_draft(ConventionFactory()))
    assert read_chiffres(2026) == Chiffres(2026, before.ae * 2, before.services, before.fictives)


def test_invented_conventions_are_counted_apart(published: ActePage) -> None:
    actions.publish_page(actions.create_draft(ConventionFactory(), fictif=True))
    actions.create_draft(ConventionFactory(), fictif=True)
    assert read_chiffres(2026).fictives == 1
