"""Secret tokens of invitations: made once, shown once, kept as SHA-256."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(24)


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
