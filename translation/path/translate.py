"""A committed segment -> its translations in the log, all wanted languages in one go.

Stateless and idempotent: it may run twice, late or out of order; the log keeps one translation a
segment and language. A language that fails is said to be in trouble; the others go on.
"""

from collections.abc import Mapping

from translation.errors import InterpretError
from translation.flow import SessionClock, outside_work
from translation.ports import Drafts, SessionLog, Translator
from translation.values import Draft, Plan, Stage, Translation, Trouble


async def translate_segment(
    *, log: SessionLog, translator: Translator, segment_id: int, clock: SessionClock | None = None
) -> None:
    """`clock`: the session's, where the caller has one. Nothing happens where the segment or the
    plan is gone (the session was deleted)."""
    plan, segment = await log.plan(), await log.segment(segment_id)
    if plan is None or segment is None:
        return
    clock = clock or SessionClock(plan.epoch_s)
    texts = await _translate(translator, segment.text, segment.language, plan)
    for language, text in texts.items():
        if isinstance(text, str):
            made = Translation(segment.id, language, text, translator.abilities.name, clock.now())
            await log.append(made)
        else:
            await log.append(Trouble(Stage.TRANSLATE, language, _in_plain_words(text), clock.now()))


async def translate_draft(
    *, log: SessionLog, drafts: Drafts, translator: Translator, draft: Draft
) -> None:
    """An interim caption into every wanted language; a failure costs only this caption."""
    plan = await log.plan()
    if plan is None:
        return
    texts = await _translate(translator, draft.text, draft.language, plan)
    for language, text in texts.items():
        if isinstance(text, str):
            await drafts.say(Draft(draft.segment_id, language, text))


async def _translate(
    translator: Translator, text: str, source: str, plan: Plan
) -> Mapping[str, str | Exception]:
    if not (targets := plan.targets(source)):
        return {}
    with outside_work():
        return await translator.translate(text, source=source, targets=targets)


def _in_plain_words(error: Exception) -> str:
    """For the organizer. Our own errors never hold what was said; others might, so are not told."""
    if isinstance(error, InterpretError):
        return str(error)
    return f"the translation engine failed ({type(error).__name__})"
