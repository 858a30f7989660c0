"""What the reader sees while the search index cannot answer."""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.results import IndexIndisponible

logger = logging.getLogger(__name__)
ATTENTE = 120  # seconds after which a reader is told to try again


def or_unavailable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers 503 where `view` finds no index to search."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except IndexIndisponible:
            logger.exception("La recherche est indisponible.")
            answer = render(request, "503.html", status=503)
            answer["Retry-After"] = str(ATTENTE)
            return answer

    return wrapped
