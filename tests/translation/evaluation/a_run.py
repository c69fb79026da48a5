"""A run as it comes out of the path, written down by hand."""

from pathlib import Path

from translation.evaluation.manifest import Recording, Talk
from translation.evaluation.runs import Part, Rendered, Run
from translation.values import Draft, Segment, SkipReason, Translation

LOCAL = "Local 1"


def recording(text: str, *, name: str = "talks/one.wav", **fields: object) -> Recording:
    known = {"path": Path(name), "set": "talks", "language": "en"} | fields
    return Recording(name=name, text=text, **known)  # type: ignore[arg-type]


def a_run(
    *recordings: Recording,
    segments: list[tuple[str, float, float]],
    spanish: list[str | None] | None = None,
    late_s: float = 1.0,
    drafts: tuple[tuple[float, Draft], ...] = (),
    part_s: float = 10.0,
    recognised_by: str = LOCAL,
    translated_by: str = LOCAL,
    spoken_by: str = LOCAL,
    units: dict[str, float] | None = None,
) -> Run:
    """`segments`: text, floor start and end; each is committed 0.5 s after its end, translated
    0.25 s later, spoken `late_s` after its end for a second. `spanish`: None was skipped."""
    kept = tuple(
        Segment(id, "en", text, start_s, end_s, end_s + 0.5, recognised_by)
        for id, (text, start_s, end_s) in enumerate(segments, 1)
    )
    texts = spanish or [segment.text for segment in kept]
    rendered = tuple(
        Rendered(
            segment=segment,
            translation=Translation(
                segment.id, "es", text, translated_by, segment.committed_s + 0.25
            )
            if text is not None
            else None,
            started_s=None if text is None else segment.floor_end_s + late_s,
            ended_s=None if text is None else segment.floor_end_s + late_s + 1,
            skipped=SkipReason.BEHIND if text is None else None,
            spoken_by="" if text is None else spoken_by,
        )
        for segment, text in zip(kept, texts, strict=True)
    )
    parts = tuple(Part(each, i * part_s, part_s) for i, each in enumerate(recordings))
    return Run(
        talk=Talk(recordings[0].set, recordings[0].language, recordings),
        parts=parts,
        segments=kept,
        rendered={"es": rendered},
        heard_s={segment.id: segment.floor_end_s + 0.5 for segment in kept},
        drafts=drafts,
        engines=dict.fromkeys(("recognition", "translation", "speech"), "First choice 1"),
        units=units or {},
        duration_s=part_s * len(recordings),
        cpu_s=4.0,
        wall_s=8.0,
        gpu_s=None,
    )
