"""Names as they stand in addresses."""

import secrets
from typing import Any

from django.db.models import Manager
from django.utils.text import slugify


def free_slug(name: str, *, among: "Manager[Any]", otherwise: str) -> str:
    """“Hall A” -> hall-a, or hall-a-2 where that is taken; `otherwise` for a name without any
    Latin letter or digit."""
    base = slugify(name)[:50].strip("-_") or otherwise
    if not among.filter(slug=base).exists():
        return base
    for number in range(2, 20):
        if not among.filter(slug=f"{base}-{number}").exists():
            return f"{base}-{number}"
    return f"{base}-{secrets.token_hex(4)}"
