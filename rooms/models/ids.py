"""Ids that stand in addresses, room names and Redis keys."""

import secrets
import string

ALPHABET = string.ascii_lowercase + string.digits
LENGTH = 12


def new_id() -> str:
    """12 random lower-case letters and digits (62 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
