"""The HTTP API; one router a resource. Its document: `/api/docs`, `manage.py openapi`."""

from ninja import NinjaAPI

from rooms.api import (
    booths,
    console,
    engines,
    events,
    glossary,
    invitations,
    languages,
    listen,
    livekit,
    me,
    members,
    organize,
    sessions,
    stage,
    transcript,
    voices,
)
from rooms.api.errors import handle_errors

api = NinjaAPI(
    title="Interpret",
    version="1",
    description="Events, and what is said at them in every language. Errors: code and message.",
)
handle_errors(api)

PARTS = (
    me,
    members,
    languages,
    events,
    listen,
    transcript,
    stage,
    organize,
    sessions,
    invitations,
    booths,
    console,
    glossary,
    engines,
    voices,
    livekit,
)

for part in PARTS:
    api.add_router("", part.router)
