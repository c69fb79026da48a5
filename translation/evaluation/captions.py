"""How steady captions are, and what went wrong in them: erasure, skipped segments, repetition
loops, doubts, terms of the glossary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from translation.evaluation.loops import loops
from translation.evaluation.runs import Run
from translation.evaluation.words import normalised
from translation.path.erasure import Erasure


def score(runs: Sequence[Run], target: str) -> dict[str, Any]:
    """Runs of one set and source -> the row of a target; the source's own tag: the floor's
    captions."""
    first, erasure = runs[0], Erasure()
    drafts = sum(_watch(erasure, run, target) for run in runs)
    row: dict[str, Any] = {
        "set": first.talk.set,
        "source": first.talk.language,
        "target": target,
        "drafts": drafts,
        "erased_words": erasure.erased_words,
        "final_words": erasure.final_words,
        "erasure": round(erasure.normalised or 0.0, 3) if drafts else None,
        "repetition_loops": sum(_loops(run, target) for run in runs),
    }
    if target == first.talk.language:
        return row
    rendered = [each for run in runs for each in run.rendered[target]]
    translations = [each.translation for each in rendered if each.translation]
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
    }


def _watch(erasure: Erasure, run: Run, target: str) -> int:
    """Shows a talk's captions in the order in which they came, as one text: what an interim
    caption loses to the next one is not taken back. A draft that comes after its final caption is
    not shown. Returns how many drafts were."""
    finals = {id: (at_s, text) for id, at_s, text in _finals(run, target)}
    drafts = [
        (at_s, 1, draft.segment_id, draft.text)
        for at_s, draft in run.drafts
        if draft.language == target and at_s < finals.get(draft.segment_id, (float("inf"), ""))[0]
    ]
    ends = [(at_s, 0, id, text) for id, (at_s, text) in finals.items()]
    shown: dict[int, str] = {}
    for _, interim, id, text in sorted(drafts + ends):
        shown[id] = text
        if interim:
            erasure.draft(0, _whole(shown))
    erasure.final(0, _whole({id: text for id, (_, text) in finals.items()}))
    return len(drafts)


def _whole(shown: Mapping[int, str]) -> str:
    return " ".join(shown[id] for id in sorted(shown))


def _finals(run: Run, target: str) -> list[tuple[int, float, str]]:
    if target == run.talk.language:
        return [(s.id, s.committed_s, s.text) for s in run.segments]
    made = [each.translation for each in run.rendered[target] if each.translation]
    return [(each.segment_id, each.translated_s, each.text) for each in made]


def _loops(run: Run, target: str) -> int:
    """Those of the captions that are not in what was said."""
    said = " ".join(part.recording.text for part in run.parts)
    shown = " ".join(text for _, _, text in _finals(run, target))
    found = loops(normalised(shown, target).split())
    return max(0, found - loops(normalised(said, run.talk.language).split()))
