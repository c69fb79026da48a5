from django.http import HttpRequest
from ninja import Router, Status

from rooms.api.schemas import ErrorOut
from rooms.domain.reconcile import heed_webhook
from rooms.parts import parts

router = Router(tags=["servers"])


@router.post("/livekit/webhook", response={204: None, 401: ErrorOut})
def webhook(request: HttpRequest) -> Status[None]:
    """Called by LiveKit, which signs what it says with the key it shares with us."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    heard = parts().media.verify_webhook(request.body, token)
    heed_webhook(event=heard.event, room=heard.room, identity=heard.identity)
    return Status(204, None)
