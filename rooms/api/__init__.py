"""The HTTP API; one router a resource. Its document: `/api/docs`, `manage.py openapi`."""

from ninja import NinjaAPI

from rooms.api import (
    events,
    invitations,
    languages,
    listen,
    livekit,
    me,
    organize,
    sessions,
    stage,
)
from rooms.api.errors import handle_errors

api = NinjaAPI(
    title="Interpret",
    version="1",
    description="Events, and what is said at them in every language. Errors: code and message.",
)
handle_errors(api)

for part in (me, languages, events, listen, stage, organize, sessions, invitations, livekit):
    api.add_router("", part.router)
