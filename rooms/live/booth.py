"""An interpreter's console."""

import asyncio
from functools import cached_property

from rooms.api.auth import claimed
from rooms.api.booth_shapes import console_out
from rooms.domain.booths import place_of
from rooms.domain.captions import captions
from rooms.domain.commands import PAGES_ALARMS, ask, raise_alarm
from rooms.domain.errors import Invalid
from rooms.live import protocol
from rooms.live.chat import Person
from rooms.live.console import Console
from rooms.live.feed import Told
from rooms.live.protocol import ChatIn, CommandIn, Message, ReportIn, SignalIn
from rooms.live.read import read
from rooms.models import Assignment
from rooms.parts import parts
from translation.errors import InterpretError
from translation.flow import cancel_and_wait
from translation.values import AlarmKind

CAPTIONS = 20
SILENT_S = 8.0
"""A page says something every two seconds, and comes by another line after seven in vain."""


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
        """`glossary`: another one where its terms changed."""
        shown = console_out(self.assignment).model_dump(mode="json")
        kept = ("session", "floor_language", "countdown_s", "channels")
        plan = parts().log(self.session.id).plan()
        return {**{name: shown[name] for name in kept}, "glossary": plan.glossary if plan else ""}

    def greeting(self) -> Message:
        shown = console_out(self.assignment).model_dump(mode="json")
        return {
            "event": shown["event"],
            "room_name": shown["room_name"],
            "me": {**shown["me"], "booth": self.me.booth, "booth_name": shown["booth_name"]},
            "captions": [
                protocol.remembered(caption)
                for language in self._read_here()
                for caption in captions(
                    session=self.session, language=language, limit=CAPTIONS
                ).captions
            ],
        }

    def shown(self, one: Told) -> Told | None:
        match one.message["type"]:
            case "caption":
                return one if one.message["language"] in self._read_here() else None
            case "channel" | "on_air" | "handover" | "alarm":
                return one if one.message["language"] in self._spoken_here() else None
        return one

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self._heard_s = asyncio.get_running_loop().time()
        await super().receive(text_data, bytes_data)

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
                await self._says(AlarmKind(message.kind), message.on)
            case ReportIn():
                await self._says(AlarmKind.MUTED_TALKING, message.muted_talking)
            case _:
                raise Invalid("type: only the organizer says this.")

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

    # --- alarms ---

    @cached_property
    def _meant(self) -> set[AlarmKind]:
        """What this page says now."""
        return set()

    @cached_property
    def _raised(self) -> set[AlarmKind]:
        """What the log has on."""
        return set()

    @cached_property
    def _one_at_a_time(self) -> asyncio.Lock:
        return asyncio.Lock()

    _again: asyncio.Task[None] | None = None
    _heard_s = 0.0

    async def joined(self) -> None:
        """What another page of hers left behind, when it died, ends here."""
        on = self.feed.alarms_in(self.me.booth)
        self._raised.update(kind for kind, who in on if who == self.me.id and kind in PAGES_ALARMS)
        await self._agree()

    def told(self, one: Told) -> None:
        super().told(one)
        message = one.message
        if message["type"] != "alarm" or message["on"] or message["who"] != self.me.id:
            return
        self._raised.discard(AlarmKind(message["kind"]))
        resting = self._again is None or self._again.done()
        there = asyncio.get_running_loop().time() - self._heard_s < SILENT_S
        if message["kind"] in self._meant and there and resting:
            self._again = asyncio.create_task(self._mean_it(), name="an alarm is raised again")

    async def _mean_it(self) -> None:
        """Another page of hers took back what this one still says."""
        try:
            await self._agree()
        except InterpretError:
            self.lost()

    async def _says(self, alarm: AlarmKind, on: bool) -> None:
        (self._meant.add if on else self._meant.discard)(alarm)
        await self._agree()

    async def _agree(self) -> None:
        """Has the log say what this page says."""
        async with self._one_at_a_time:
            for alarm in self._meant ^ self._raised:
                on = alarm in self._meant
                if await read(raise_alarm, assignment=self.assignment, alarm=alarm, on=on):
                    (self._raised.add if on else self._raised.discard)(alarm)

    async def session_changed(self, event: Message) -> None:
        """One that begins takes what was said before."""
        await super().session_changed(event)
        await self._mean_it()

    async def alarm_cleared(self, event: Message) -> None:
        alarm = AlarmKind(event["kind"])
        if event["language"] == self.me.booth and alarm in self._meant:
            self._meant.discard(alarm)
            self.put(protocol.cleared(alarm))
            await self._mean_it()

    async def left(self) -> None:
        """Nobody is there to take back what this page said."""
        await cancel_and_wait(self._again)
        self._meant.clear()
        await self._agree()
