"""The pages that are a text: glossary, legal notice, accessibility, robots.txt."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView


def text_page(template_name: str, **options: Any) -> Callable[..., HttpResponse]:
    """A view that renders `template_name` and nothing else."""
    view = TemplateView.as_view(template_name=template_name, **options)
    return cache_control(public=True, no_cache=True)(conditional_page(view))
