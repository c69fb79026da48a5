"""A committed segment -> its translations in the log, all wanted languages in one go.

Stateless and idempotent: it may run twice, late or out of order; the log keeps one translation a
segment and language. A language that fails is said to be in trouble; the others go on.

Interim captions are translated again as often as they change; they are never in the log, and what
is not in the log is never spoken: speech only ever appends.
"""

from collections import OrderedDict
from collections.abc import Mapping

from translation.errors import InterpretError
from translation.flow import SessionClock, outside_work
from translation.path.glossary import Glossary
from translation.ports import Drafts, Hints, Rendering, SessionLog, Translator
from translation.values import Draft, Plan, Segment, Stage, Translation, Trouble


async def translate_segment(
    *,
    log: SessionLog,
    translator: Translator,
    segment_id: int,
    plan: Plan | None = None,
    clock: SessionClock | None = None,
) -> None:
    """`plan`, `clock`: the session's, where the caller has them. Nothing happens where the segment
    or the plan is gone (the session was deleted)."""
    plan, segment = plan or await log.plan(), await log.segment(segment_id)
    if plan is None or segment is None:
        return
    clock = clock or SessionClock(plan.epoch_s)
    hints = await _hints(log, plan, segment, translator.abilities.context)
    made = await _translate(translator, segment.text, segment.language, plan, hints)
    for language, rendering in made.items():
        if isinstance(rendering, Rendering):
            await log.append(_translation(segment.id, language, rendering, clock.now()))
        else:
            said = _in_plain_words(rendering)
            await log.append(Trouble(Stage.TRANSLATE, language, said, clock.now()))


async def translate_draft(
    *,
    log: SessionLog,
    drafts: Drafts,
    translator: Translator,
    draft: Draft,
    plan: Plan | None = None,
) -> None:
    """An interim caption into every wanted language; a failure costs only this caption."""
    plan = plan or await log.plan()
    if plan is None or not translator.abilities.interim:
        return
    hints = Hints(interim=True, session_id=plan.session_id)
    made = await _translate(translator, draft.text, draft.language, plan, hints)
    for language, rendering in made.items():
        if isinstance(rendering, Rendering):
            await drafts.say(Draft(draft.segment_id, language, rendering.text))


async def _translate(
    translator: Translator, text: str, source: str, plan: Plan, hints: Hints
) -> Mapping[str, Rendering | Exception]:
    if not (targets := plan.targets(source)):
        return {}
    with outside_work():
        return await translator.translate(text, source=source, targets=targets, hints=hints)


async def _hints(log: SessionLog, plan: Plan, segment: Segment, context: int) -> Hints:
    before = [
        earlier.text
        for id in range(max(1, segment.id - context), segment.id)
        if (earlier := await log.segment(id)) and earlier.language == segment.language
    ]
    glossary = await _glossary(log, plan.glossary)
    return Hints(
        context=tuple(before),
        concepts=glossary.found_in(segment.text, segment.language),
        session_id=plan.session_id,
    )


_glossaries: OrderedDict[str, Glossary] = OrderedDict({"": Glossary()})
MOST_GLOSSARIES = 8
"""Kept at once: making one of 20,000 terms takes a second, and every segment asks."""


async def _glossary(log: SessionLog, fingerprint: str) -> Glossary:
    """The same fingerprint is the same glossary, whatever the session."""
    if fingerprint not in _glossaries and (concepts := await log.terms(fingerprint)):
        _glossaries[fingerprint] = Glossary(concepts)
        while len(_glossaries) > MOST_GLOSSARIES:
            _glossaries.popitem(last=False)
    return _glossaries.get(fingerprint) or Glossary()


def _translation(id: int, language: str, made: Rendering, at_s: float) -> Translation:
    return Translation(
        segment_id=id,
        language=language,
        text=made.text,
        engine=made.engine,
        translated_s=at_s,
        doubts=made.doubts,
        terms=made.terms,
        terms_kept=made.terms_kept,
    )


def _in_plain_words(error: Exception) -> str:
    """For the organizer. Our own errors never hold what was said; others might, so are not told."""
    if isinstance(error, InterpretError):
        return str(error)
    return f"the translation engine failed ({type(error).__name__})"
