"""The LiveKit server: rooms, participants, tokens, webhooks. The only user of `livekit.api`.

Tokens say what their holder may do, and nobody but this service makes them:

    listener       hidden, hears one channel's room, sends nothing
    speaker        publishes a microphone into the stage room
    interpreter    likewise, while she is assigned
    floor          a job: hears the stage, sends data there
    channel        a job: publishes one channel's sound and data into a listener room
    stage listen   a job: hidden, hears the stage
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
from asgiref.sync import async_to_sync
from livekit import api

from translation.names import listener_room, stage_room

JOB_TOKEN_TTL = timedelta(hours=6)
SPEAKER_TOKEN_TTL = timedelta(minutes=10)
INTERPRETER_TOKEN_TTL = timedelta(minutes=10)
EMPTY_TIMEOUT_S = 3600
TIMEOUT_S = 5

T = TypeVar("T")


class MediaUnreachable(Exception):
    """LiveKit does not answer, or refuses our key. Names the address and the remedy."""


class BadWebhook(Exception):
    """A webhook that LiveKit did not sign."""


@dataclass(frozen=True, slots=True)
class MediaRoom:
    """A room as LiveKit has it. `created_at`: seconds since 1970."""

    name: str
    participants: int
    publishers: int
    created_at: float


@dataclass(frozen=True, slots=True)
class Webhook:
    """What LiveKit says has happened: a hint, for it may come late, twice or never."""

    event: str
    room: str
    identity: str


class MediaServer:
    """Calls block. Every one that talks to LiveKit may raise `MediaUnreachable`."""

    def __init__(
        self,
        url: str,
        public_url: str,
        api_key: str,
        api_secret: str,
        listener_ttl: timedelta = timedelta(minutes=10),
    ) -> None:
        self.url = url
        self.public_url = public_url
        self._key = api_key
        self._secret = api_secret
        self._listener_ttl = listener_ttl

    # --- rooms ---

    def ensure_room(self, name: str) -> None:
        """Creates the room; one that is there already stays as it is."""
        request = api.CreateRoomRequest(
            name=name, empty_timeout=EMPTY_TIMEOUT_S, departure_timeout=EMPTY_TIMEOUT_S
        )
        self._ask(lambda livekit: livekit.room.create_room(request))

    def delete_room(self, name: str) -> None:
        """Ends the room and disconnects whoever is in it; none of that name is fine too."""
        request = api.DeleteRoomRequest(room=name)
        self._ask(lambda livekit: livekit.room.delete_room(request), missing_ok=True)

    def list_rooms(self, names: list[str] | None = None) -> list[MediaRoom]:
        """Every room, or those of `names` that exist."""
        if names == []:
            return []
        request = api.ListRoomsRequest(names=names or [])
        answer = self._ask(lambda livekit: livekit.room.list_rooms(request))
        return [
            MediaRoom(
                name=room.name,
                participants=room.num_participants,
                publishers=room.num_publishers,
                created_at=float(room.creation_time),
            )
            for room in (answer.rooms if answer else ())
        ]

    def list_participants(self, room: str) -> list[str]:
        """Identities in a room."""
        request = api.ListParticipantsRequest(room=room)
        answer = self._ask(lambda livekit: livekit.room.list_participants(request), missing_ok=True)
        return [participant.identity for participant in (answer.participants if answer else ())]

    def remove_participant(self, room: str, identity: str) -> None:
        """Disconnects. Asks to revoke the token too, which the open-source server (1.13.5) does
        not do: whoever comes back with it has to be removed again."""
        request = api.RoomParticipantIdentity(
            room=room, identity=identity, revoke_token_ts=int(time.time()) + 1
        )
        self._ask(lambda livekit: livekit.room.remove_participant(request), missing_ok=True)

    def _ask(
        self, call: Callable[[api.LiveKitAPI], Awaitable[T]], missing_ok: bool = False
    ) -> T | None:
        async def asked() -> T | None:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
            async with api.LiveKitAPI(
                self.url, self._key, self._secret, timeout=timeout, failover=False
            ) as livekit:
                return await call(livekit)

        try:
            return async_to_sync(asked)()
        except api.ServerError as error:
            if missing_ok and error.code == api.ServerErrorCode.NOT_FOUND:
                return None
            raise MediaUnreachable(
                f"LiveKit at {self.url} refused a call ({error.code}): check LIVEKIT_API_KEY and"
                " LIVEKIT_API_SECRET"
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MediaUnreachable(
                f"LiveKit does not answer at {self.url}: start it, or set LIVEKIT_URL"
            ) from error

    # --- tokens ---

    def listener_token(self, session_id: str, language: str, shard: int, identity: str) -> str:
        grants = api.VideoGrants(
            room_join=True,
            room=listener_room(session_id, language, shard),
            hidden=True,
            can_publish=False,
            can_publish_data=False,
            can_subscribe=True,
            can_update_own_metadata=False,
        )
        return self._token(identity, grants, self._listener_ttl)

    def speaker_token(self, session_id: str, identity: str, name: str = "") -> str:
        return self._token(identity, _one_microphone(session_id), SPEAKER_TOKEN_TTL, name)

    def interpreter_token(self, session_id: str, identity: str) -> str:
        """Carries no name: everybody on the stage would read it."""
        return self._token(identity, _one_microphone(session_id), INTERPRETER_TOKEN_TTL)

    def floor_token(self, session_id: str, identity: str) -> str:
        grants = api.VideoGrants(
            room_join=True,
            room=stage_room(session_id),
            can_publish=False,
            can_publish_data=True,
            can_subscribe=True,
        )
        return self._token(identity, grants, JOB_TOKEN_TTL)

    def channel_token(self, session_id: str, language: str, shard: int, identity: str) -> str:
        grants = api.VideoGrants(
            room_join=True,
            room=listener_room(session_id, language, shard),
            can_publish=True,
            can_publish_sources=["microphone"],
            can_publish_data=True,
            can_subscribe=False,
        )
        return self._token(identity, grants, JOB_TOKEN_TTL)

    def stage_listen_token(self, session_id: str, identity: str) -> str:
        grants = api.VideoGrants(
            room_join=True,
            room=stage_room(session_id),
            hidden=True,
            can_publish=False,
            can_publish_data=False,
            can_subscribe=True,
        )
        return self._token(identity, grants, JOB_TOKEN_TTL)

    def _token(self, identity: str, grants: api.VideoGrants, ttl: timedelta, name: str = "") -> str:
        token = api.AccessToken(self._key, self._secret).with_identity(identity)
        return token.with_name(name).with_ttl(ttl).with_grants(grants).to_jwt()

    # --- webhooks ---

    def verify_webhook(self, body: bytes, token: str) -> Webhook:
        """A webhook's body and its Authorization header -> what happened. Raises `BadWebhook`."""
        verifier = api.TokenVerifier(self._key, self._secret)
        try:
            claims = verifier.verify(token)
        except Exception as error:  # the verifier's errors share no base
            raise BadWebhook("The webhook is not signed with our LiveKit key.") from error
        digest = hashlib.sha256(body).digest()
        try:
            signed = base64.b64decode(claims.sha256 or "")
            said: Any = json.loads(body)
        except ValueError as error:
            raise BadWebhook("The webhook is not readable.") from error
        if not hmac.compare_digest(digest, signed):
            raise BadWebhook("The webhook's body is not the one that was signed.")
        if not isinstance(said, dict):
            raise BadWebhook("The webhook is not an object.")
        return Webhook(
            event=str(said.get("event", "")),
            room=_name(said.get("room"), "name"),
            identity=_name(said.get("participant"), "identity"),
        )


def _one_microphone(session_id: str) -> api.VideoGrants:
    """Hears the stage, publishes a microphone there, sends no data."""
    return api.VideoGrants(
        room_join=True,
        room=stage_room(session_id),
        can_publish=True,
        can_publish_sources=["microphone"],
        can_publish_data=False,
        can_subscribe=True,
        can_update_own_metadata=False,
    )


def _name(value: Any, key: str) -> str:
    return str(value.get(key, "")) if isinstance(value, dict) else ""
