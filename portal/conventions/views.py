"""The admin's screens that Wagtail does not have, or has otherwise."""

from dataclasses import dataclass
from typing import Any

from wagtail.admin.compare import diff_text
from wagtail.admin.views.pages.revisions import RevisionsCompare

from portal.conventions import mapping
from portal.conventions.models import ActePage
from portal.domain.difference import Difference, difference


@dataclass(frozen=True)
class Comparison:
    """A `Difference` as Wagtail's compare screen shows one."""

    item: Difference
    is_field = True

    @property
    def field_label(self) -> str:
        return self.item.libelle

    @property
    def htmldiff(self) -> str:
        return diff_text(self.item.avant, self.item.apres).to_html()


class ActeCompareView(RevisionsCompare):
    """Compares two revisions of an act fact by fact: Wagtail's own does not look into the rows of a row."""

    def _get_comparison(self, revision_a: Any, revision_b: Any) -> list[Any]:
        if not isinstance(self.object, ActePage):
            return super()._get_comparison(revision_a, revision_b)
        found = difference(mapping.from_page(revision_a), mapping.from_page(revision_b))
        return [Comparison(item) for item in found]
