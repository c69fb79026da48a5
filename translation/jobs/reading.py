"""How the machine of a channel reads a text: in whose voice, and as the event's terms are said."""

from translation.jobs.course import Course
from translation.path.pronounce import Pronunciations
from translation.ports import Manner, SessionLog
from translation.voices import Voices


class Reading:
    """As the plan has it now; `renew` learns the terms that it names."""

    def __init__(self, language: str, course: Course, session_log: SessionLog) -> None:
        self._language = language
        self._course = course
        self._log = session_log
        self._pronounce = Pronunciations((), language)
        self._glossary = ""

    async def renew(self) -> None:
        glossary = self._course.plan.glossary
        if glossary == self._glossary:
            return
        concepts = await self._log.terms(glossary)
        if concepts or not glossary:
            self._pronounce = Pronunciations(concepts, self._language)
            self._glossary = glossary

    def pronounce(self, text: str) -> str:
        return self._pronounce(text)

    def manner(self) -> Manner:
        plan = self._course.plan
        return Manner(plan.voice, Voices(plan.voices))
