"""How steady captions are, and what went wrong in them: erasure, skipped segments, repetition
loops, doubts, terms of the glossary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from translation.evaluation.loops import loops
from translation.evaluation.runs import Run
from translation.evaluation.words import normalised
from translation.path.erasure import erased as taken_back
from translation.values import Translation


def score(runs: Sequence[Run], target: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Runs of one set and source -> the row of a target (the source's own tag: the floor's
    captions), and the detail of each talk: of each segment how many words were taken back and how
    many stayed, how many terms were kept and how many there were; and the talk's loops."""
    first = runs[0]
    watched = [_watched(run, target) for run in runs]
    details = [
        {
            "set": run.talk.set,
            "source": run.talk.language,
            "target": target,
            "talk": run.talk.name,
            "erasure": blocks if drafts else [],
            "terms": [[t.terms_kept, t.terms] for t in _translations(run, target) if t.terms],
            "loops": _loops(run, target),
        }
        for run, (drafts, blocks) in zip(runs, watched, strict=True)
    ]
    drafts = sum(count for count, _ in watched)
    erased, final = (
        sum(block[column] for _, blocks in watched for block in blocks) for column in (0, 1)
    )
    row: dict[str, Any] = {
        "set": first.talk.set,
        "source": first.talk.language,
        "target": target,
        "drafts": drafts,
        "erased_words": erased,
        "final_words": final,
        "erasure": round(erased / max(1, final), 3) if drafts else None,
        "repetition_loops": sum(detail["loops"] for detail in details),
    }
    if target == first.talk.language:
        return row, details
    rendered = [each for run in runs for each in run.rendered[target]]
    translations = [each for run in runs for each in _translations(run, target)]
    terms = sum(each.terms for each in translations)
    kept = sum(each.terms_kept for each in translations)
    return row | {
        "segments": len(rendered),
        "skipped": dict(Counter(each.skipped.value for each in rendered if each.skipped)),
        "doubts": dict(Counter(doubt for each in translations for doubt in each.doubts)),
        "terms": terms,
        "terms_kept": kept,
        "term_hit_rate": round(kept / terms, 3) if terms else None,
        "made_by": dict(Counter(each.engine for each in translations)),
    }, details


def _translations(run: Run, target: str) -> list[Translation]:
    """None of the floor's own language."""
    return [each.translation for each in run.rendered.get(target, ()) if each.translation]


def _watched(run: Run, target: str) -> tuple[int, list[list[int]]]:
    """Shows a talk's captions in the order in which they came, as one text: what an interim
    caption loses to the next one is not taken back. A draft that comes after its final caption is
    not shown. How many drafts were, and of each segment `[words taken back, words that stayed]`."""
    finals = {id: (at_s, text) for id, at_s, text in _finals(run, target)}
    drafts = [
        (at_s, 1, draft.segment_id, draft.text)
        for at_s, draft in run.drafts
        if draft.language == target and at_s < finals.get(draft.segment_id, (float("inf"), ""))[0]
    ]
    ends = [(at_s, 0, id, text) for id, (at_s, text) in finals.items()]
    blocks = {id: [0, len(text.split())] for id, (_, text) in finals.items()}
    shown: dict[int, str] = {}
    before, last = "", 0
    for _, interim, id, text in sorted(drafts + ends):
        shown[id] = text
        if interim:
            whole, last = _whole(shown), id
            blocks.setdefault(id, [0, 0])[0] += taken_back(before, whole)
            before = whole
    whole = _whole({id: text for id, (_, text) in finals.items()})
    blocks.setdefault(last, [0, 0])[0] += taken_back(before, whole)
    return len(drafts), [block for _, block in sorted(blocks.items())]


def _whole(shown: Mapping[int, str]) -> str:
    return " ".join(shown[id] for id in sorted(shown))


def _finals(run: Run, target: str) -> list[tuple[int, float, str]]:
    if target == run.talk.language:
        return [(s.id, s.committed_s, s.text) for s in run.segments]
    made = _translations(run, target)
    return [(each.segment_id, each.translated_s, each.text) for each in made]


def _loops(run: Run, target: str) -> int:
    """Those of the captions that are not in what was said."""
    said = " ".join(part.recording.text for part in run.parts)
    shown = " ".join(text for _, _, text in _finals(run, target))
    found = loops(normalised(shown, target).split())
    return max(0, found - loops(normalised(said, run.talk.language).split()))
