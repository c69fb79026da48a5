"""What a channel tells its listeners beside the sound: captions and its state, as JSON messages.

`by` says whose words a caption shows: the floor's own, the machine's translation of them, or the
interpreter's, recognised from her voice. The last count for themselves (`i1`, `i2` ...).
"""

from typing import Any

from translation.values import Draft, Interpreted, Segment, SkipReason, Speaking

FLOOR = "floor"
MACHINE = "machine"
INTERPRETER = "interpreter"


def final_caption(segment: Segment, *, language: str, text: str) -> dict[str, Any]:
    return {
        "kind": "final",
        "id": segment.id,
        "language": language,
        "text": text,
        "start_s": round(segment.floor_start_s, 3),
        "end_s": round(segment.floor_end_s, 3),
        "skipped": None,
        "by": FLOOR if segment.language == language else MACHINE,
    }


def interim_caption(draft: Draft, *, spoken: str) -> dict[str, Any]:
    """`spoken`: what the floor speaks now."""
    return {
        "kind": "interim",
        "id": draft.segment_id,
        "language": draft.language,
        "text": draft.text,
        "by": FLOOR if draft.language == spoken else MACHINE,
    }


def interpreted_caption(said: Interpreted) -> dict[str, Any]:
    return {
        "kind": "final",
        "id": f"i{said.id}",
        "language": said.language,
        "text": said.text,
        "start_s": round(said.start_s, 3),
        "end_s": round(said.end_s, 3),
        "skipped": None,
        "by": INTERPRETER,
    }


def interim_interpreted(number: int, *, language: str, text: str) -> dict[str, Any]:
    """`number`: of the clause that is being said."""
    return {
        "kind": "interim",
        "id": f"i{number}",
        "language": language,
        "text": text,
        "by": INTERPRETER,
    }


def skipped_caption(segment_id: int, *, language: str, reason: SkipReason) -> dict[str, Any]:
    return {"kind": "skipped", "id": segment_id, "language": language, "skipped": reason.value}


def condensed_caption(line: Speaking) -> dict[str, Any]:
    """The caption stays whole; what is heard of it is this."""
    return {
        "kind": "condensed",
        "id": line.segment_id,
        "language": line.language,
        "text": line.said,
    }
