"""An interpreter's console."""

from rooms.api.auth import claimed
from rooms.api.booth_shapes import console_out
from rooms.domain.booths import place_of
from rooms.domain.captions import captions
from rooms.domain.commands import ask, raise_alarm
from rooms.live import protocol
from rooms.live.chat import Person
from rooms.live.console import Console
from rooms.live.feed import Told
from rooms.live.protocol import ChatIn, CommandIn, Message, ReportIn, SignalIn
from rooms.live.read import read
from rooms.models import Assignment
from translation.values import AlarmKind

CAPTIONS = 20


class BoothConsole(Console):
    """Who is here was read last when the page said something or the session changed."""

    assignment: Assignment

    def enter(self) -> None:
        session_id = self.scope["url_route"]["kwargs"]["session_id"]
        assignment_id = claimed(self.scope["session"], session_id)
        self.assignment = place_of(session_id=session_id, assignment_id=assignment_id)
        self.session = self.assignment.booth.session
        self.me = Person(self.assignment.id, self.assignment.name, self.assignment.booth.language)

    def plan(self) -> Message:
        shown = console_out(self.assignment).model_dump(mode="json")
        kept = ("session", "floor_language", "countdown_s", "channels")
        return {name: shown[name] for name in kept}

    def greeting(self) -> Message:
        shown = console_out(self.assignment).model_dump(mode="json")
        return {
            "event": shown["event"],
            "room_name": shown["room_name"],
            "me": {**shown["me"], "booth": self.me.booth, "booth_name": shown["booth_name"]},
            "captions": [
                protocol.remembered(caption)
                for language in self._read_here()
                for caption in captions(session=self.session, language=language, limit=CAPTIONS)[0]
            ],
        }

    def shown(self, one: Told) -> Told | None:
        match one.message["type"]:
            case "caption":
                return one if one.message["language"] in self._read_here() else None
            case "handover" | "alarm":
                return one if one.message["language"] in self._spoken_here() else None
        return one

    def _read_here(self) -> list[str]:
        """What the floor speaks, now and usually, and the booth's own language."""
        session = self.session
        languages = (session.floor_language, session.source_language, self.me.booth)
        return list(dict.fromkeys(filter(None, languages)))

    def _spoken_here(self) -> set[str]:
        retour = {self.session.source_language} if self.assignment.retour else set()
        return {self.me.booth} | retour

    async def said(self, message: protocol.Said) -> None:
        match message:
            case CommandIn():
                await self._command(message)
            case ChatIn():
                await self.chat(message)
            case SignalIn():
                await self._alarm(AlarmKind(message.kind), message.on)
            case ReportIn():
                await self._alarm(AlarmKind.MUTED_TALKING, message.muted_talking)

    async def _command(self, message: CommandIn) -> None:
        asked = read(
            ask,
            assignment=self.assignment,
            id=message.id,
            language=message.language,
            gesture=message.gesture,
            to=message.to,
            countdown_s=message.countdown_s,
        )
        await self.answer(message.id, asked)

    async def _alarm(self, alarm: AlarmKind, on: bool) -> None:
        """Told once for each change."""
        raised = self._raised()
        if on != (alarm in raised):
            await read(raise_alarm, assignment=self.assignment, alarm=alarm, on=on)
            (raised.add if on else raised.discard)(alarm)

    async def left(self) -> None:
        """Nobody is there to take back what this page said."""
        for alarm in tuple(self._raised()):
            await read(raise_alarm, assignment=self.assignment, alarm=alarm, on=False)

    def _raised(self) -> set[AlarmKind]:
        raised: set[AlarmKind] = self.__dict__.setdefault("_alarms_raised", set())
        return raised
