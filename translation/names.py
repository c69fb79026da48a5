"""Names in LiveKit and in data messages, each built and read in one place."""

SPEAKER_PREFIX = "speaker."
CHANNEL_PREFIX = "channel."
INTERPRETER_PREFIX = "interpreter."
CAPTIONS_TOPIC = "captions"
STATE_TOPIC = "state"
SIGNALS_TOPIC = "signals"
"""What a booth tells the speaker: to slow down, or that the sound cannot be interpreted."""


def stage_room(session_id: str) -> str:
    """Speakers, interpreters, the floor job and the channel jobs meet here."""
    return f"{session_id}.stage"


def listener_room(session_id: str, language: str, shard: int) -> str:
    """One of the rooms that carry a channel to its listeners."""
    return f"{session_id}.{language}.{shard}"


def parse_room(name: str) -> tuple[str, str, int] | None:
    """`listener_room` backwards: session, language ("" for the stage), shard; None if foreign."""
    match name.split("."):
        case [session_id, "stage"]:
            return session_id, "", 0
        case [session_id, language, shard] if shard.isdecimal():
            return session_id, language, int(shard)
    return None


def channel_identity(language: str, fence: int) -> str:
    """The publisher of a channel; listeners play the one with the highest fence."""
    return f"{CHANNEL_PREFIX}{language}.{fence}"


def floor_identity(fence: int) -> str:
    return f"floor.{fence}"


def speaker_identity(invitation_id: str, nonce: str) -> str:
    return f"{SPEAKER_PREFIX}{invitation_id}.{nonce}"


def interpreter_identity(interpreter_id: str, nonce: str) -> str:
    """A page of an interpreter's in the stage room; the id is her assignment's."""
    return f"{INTERPRETER_PREFIX}{interpreter_id}.{nonce}"


def interpreter_of(identity: str) -> str:
    """`interpreter_identity` backwards: her id, or "" for anybody else."""
    if not identity.startswith(INTERPRETER_PREFIX):
        return ""
    return identity.removeprefix(INTERPRETER_PREFIX).partition(".")[0]


def floor_job(session_id: str) -> str:
    """The floor job's lease."""
    return f"{session_id}/floor"


def channel_job(session_id: str, language: str) -> str:
    """The lease of one language; a channel job holds those of the few languages it speaks."""
    return f"{session_id}/channel/{language}"
