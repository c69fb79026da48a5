"""What a channel tells its listeners beside the sound: captions and its state, as JSON messages."""

from typing import Any

from translation.values import Draft, Segment, SkipReason


def final_caption(segment: Segment, *, language: str, text: str) -> dict[str, Any]:
    return {
        "kind": "final",
        "id": segment.id,
        "language": language,
        "text": text,
        "start_s": round(segment.floor_start_s, 3),
        "end_s": round(segment.floor_end_s, 3),
        "skipped": None,
    }


def interim_caption(draft: Draft) -> dict[str, Any]:
    return {
        "kind": "interim",
        "id": draft.segment_id,
        "language": draft.language,
        "text": draft.text,
    }


def skipped_caption(segment_id: int, *, language: str, reason: SkipReason) -> dict[str, Any]:
    return {"kind": "skipped", "id": segment_id, "language": language, "skipped": reason.value}
