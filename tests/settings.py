"""The service's settings under test: nothing of the developer's `.env`, and fakes outside.

`TEST_DATABASE_URL` runs the same tests on PostgreSQL.
"""

import os

os.environ.update(
    {
        "SECRET_KEY": "tests",
        "DEBUG": "false",
        "BASE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver",
        "ALLOW_SIGN_UP": "true",
        "EMAIL_URL": "",
        "EMAIL_FROM": "",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL")
        or "sqlite:///build/tests/tests.sqlite3",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "LIVEKIT_URL": "ws://127.0.0.1:1",
        "LIVEKIT_PUBLIC_URL": "",
        "LIVEKIT_API_KEY": "testkey",
        "LIVEKIT_API_SECRET": "a-secret-of-the-tests-32-letters-long",
        "LISTENERS_PER_SHARD": "3",
    }
)

from interpret.env import ROOT
from interpret.settings import *  # noqa: F403 - after the environment is set
from interpret.settings import CACHES, DATABASES

PARTS_FACTORY = "tests.rooms.parts.parts"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
WHITENOISE_AUTOREFRESH = True  # else every new client of a test reads the whole frontend's folder
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: threads of the race tests share it.
    DATABASES["default"]["TEST"] = {"NAME": str(ROOT / "build" / "tests" / "tests.sqlite3")}
