"""Writes .env: .env.example with secrets of this machine's own, readable by its owner only."""

import os
import re
import secrets
from pathlib import Path

SECRETS = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "LIVEKIT_API_KEY": "API" + secrets.token_hex(6),
    "LIVEKIT_API_SECRET": secrets.token_urlsafe(36),
}


def main() -> None:
    text = Path(".env.example").read_text(encoding="utf-8")
    for name, value in SECRETS.items():
        text, found = re.subn(rf"(?m)^(# ?)?{name}=.*$", f"{name}={value}", text, count=1)
        if not found:
            text += f"{name}={value}\n"
    with os.fdopen(os.open(".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
