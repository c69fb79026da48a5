"""Names as they stand in addresses."""

import secrets
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

M = TypeVar("M", bound=models.Model)

ATTEMPTS = 5


def create_with_slug(among: "models.Manager[M]", *, named: str, otherwise: str, **fields: Any) -> M:
    """Creates one whose address says its name: “Hall A” -> hall-a, or hall-a-2 where that is taken;
    `otherwise` for a name without any Latin letter or digit. Where somebody takes the address at
    the same moment, it is the next one."""
    base = slugify(named)[:50].strip("-_") or otherwise
    for _ in range(ATTEMPTS):
        slug = _free(base, among)
        try:
            with transaction.atomic():
                return among.create(slug=slug, **fields)
        except IntegrityError:
            if not among.filter(slug=slug).exists():
                raise
    return among.create(slug=_random(base), **fields)


def _free(base: str, among: "models.Manager[Any]") -> str:
    for slug in (base, *(f"{base}-{number}" for number in range(2, 20))):
        if not among.filter(slug=slug).exists():
            return slug
    return _random(base)


def _random(base: str) -> str:
    return f"{base}-{secrets.token_hex(4)}"
