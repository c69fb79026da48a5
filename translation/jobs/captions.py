"""What a channel's listeners read: the machine's translation, the floor's own words or, while an
interpreter is on air whose words are recognised, hers."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing

from translation.jobs.course import Course
from translation.jobs.interpreted import InterpreterCaptions
from translation.jobs.machine import Machine
from translation.names import CAPTIONS_TOPIC
from translation.path.listen import Interim
from translation.path.publish import (
    condensed_caption,
    final_caption,
    interim_caption,
    interim_interpreted,
    interpreted_caption,
    skipped_caption,
)
from translation.ports import ChannelSink, Drafts
from translation.values import (
    Entry,
    Interpreted,
    Segment,
    SkipReason,
    Speaking,
    Spoken,
    Translation,
)


class Captions:
    """`reads_interpreter`: are her own words shown now? `write` puts an entry into the log.
    `last`: what was shown last of all."""

    def __init__(
        self,
        language: str,
        sink: ChannelSink,
        machine: Machine,
        course: Course,
        *,
        reads_interpreter: Callable[[], bool],
        write: Callable[[Entry], Awaitable[None]],
    ) -> None:
        self.last = ""
        self._language = language
        self._sink = sink
        self._machine = machine
        self._course = course
        self._reads_interpreter = reads_interpreter
        self._write = write

    async def tell(self, entry: Entry) -> None:
        """An entry of the log that listeners should know of at once."""
        match entry:
            case Segment(language=self._language):
                await self._final(entry, entry.text)
            case Translation(language=self._language) if not self._reads_interpreter():
                segment = self._machine.segment(entry.segment_id)
                if segment is not None:
                    await self._final(segment, entry.text)
            case Spoken(language=self._language, skipped=SkipReason() as reason):
                message = skipped_caption(entry.segment_id, language=self._language, reason=reason)
                await self._sink.send(CAPTIONS_TOPIC, message)
            case Speaking(language=self._language) if entry.said:
                await self._sink.send(CAPTIONS_TOPIC, condensed_caption(entry))

    async def _final(self, segment: Segment, text: str) -> None:
        self.last = text
        message = final_caption(segment, language=self._language, text=text)
        await self._sink.send(CAPTIONS_TOPIC, message)

    async def forward(self, drafts: Drafts) -> None:
        """Interim captions, for ever."""
        async with aclosing(drafts.hear()) as heard:
            async for draft in heard:
                mine = draft.language == self._language and not self._reads_interpreter()
                if mine and draft.segment_id > self._machine.last_id:
                    message = interim_caption(draft, spoken=self._course.plan.spoken_language)
                    await self._sink.send(CAPTIONS_TOPIC, message)

    async def of_interpreter(self, interpreted: InterpreterCaptions) -> None:
        """Her own words, for ever."""
        async with aclosing(interpreted.heard()) as heard:
            async for what in heard:
                match what:
                    case Interim():
                        number = interpreted.last_id + 1
                        message = interim_interpreted(
                            number, language=self._language, text=what.text
                        )
                    case Interpreted():
                        self.last = what.text
                        await self._write(what)
                        message = interpreted_caption(what)
                await self._sink.send(CAPTIONS_TOPIC, message)
