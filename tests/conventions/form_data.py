"""What a browser posts from the edit form of a page that is left as it is."""

from collections.abc import Collection, Iterable
from typing import Any

from django.forms.models import model_to_dict
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.conventions.models import ActePage

ACTE_FACTS = ("titre", "nature", "reference", "nor", "objet", "date_signature", "preambule", "montant_total")
DUREE_FACTS = ("regle_effet", "date_effet", "date_fin", "reconduction", "preavis_mois")
AVENANT_FACTS = ("avenant_numero", "convention_date", "convention_reference")
FACTS = (*ACTE_FACTS, *DUREE_FACTS, *AVENANT_FACTS)
RELATIONS = ("parties", "echeancier", "imputations", "publications_prevues", "copies", "signataires", "derogations")


def form_data(page: ActePage, *, new: bool = False, **changes: Any) -> dict[str, Any]:
    """The posted data of `page`, or of a new page with its facts; `changes` replaces whole facts or relations."""
    data: dict[str, Any] = {name: _posted(getattr(page, name)) for name in FACTS}
    for relation in RELATIONS:
        data[relation] = rows(getattr(page, relation).all(), new=new)
    for stream in ("visas", "articles", "annexes"):
        data[stream] = streamfield([(block.block_type, _block(block.value)) for block in getattr(page, stream)])
    data["comments"] = inline_formset([])
    return nested_form_data({**data, **changes})


def rows(items: Iterable[Any], *, new: bool = False, without: Collection[Any] = ()) -> dict[str, Any]:
    """The posted formset of the rows `items`, those of `without` marked as deleted."""
    forms = [{**_row(item, new), "DELETE": "1" if item in without else ""} for item in items]
    return inline_formset(forms, initial=0 if new else len(forms))


def _row(item: Any, new: bool) -> dict[str, Any]:
    own = ("acte", "sort_order", "partie" if hasattr(item, "partie_id") else "")
    data = {name: _posted(value) for name, value in model_to_dict(item).items() if name not in own}
    data["id"] = "" if new else item.pk
    if hasattr(item, "representants"):
        data["representants"] = rows(item.representants.all(), new=new)
    return data


def _posted(value: Any) -> Any:
    return "" if value is None else value


def _block(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else value
