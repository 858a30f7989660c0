"""What `manage.py check --deploy` says of a site that does not name who answers for it."""

from typing import Any

from django.core import checks

from portal.reader.mentions import list_missing


def check_mentions(**_kwargs: Any) -> list[checks.CheckMessage]:
    """A warning for each setting that the legal notice or the accessibility statement lacks."""
    return [
        checks.Warning(
            f"{name} n'est pas donné\u00a0: la page qui doit le dire au public dit qu'il manque.",
            hint=f"Donnez {name} dans l'environnement du serveur (loi n°\u00a02004-575 du 21 juin 2004\u00a0; RGAA).",
            id="reader.W001",
        )
        for name in list_missing()
    ]
