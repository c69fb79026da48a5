"""The organizer's control room."""

import asyncio

from django.contrib.auth.models import User

from rooms.api.booth_shapes import booths_out, on_air_out
from rooms.domain import find
from rooms.domain.commands import ORGANIZER, clear_alarm, force, session_time_s
from rooms.domain.errors import Invalid, SignInFirst
from rooms.domain.refusals import sentence
from rooms.domain.timeline import names_of_interpreters, timeline
from rooms.live import protocol
from rooms.live.chat import Person
from rooms.live.console import Console
from rooms.live.escalate import delay_s, lasting
from rooms.live.feed import Told, told
from rooms.live.groups import alarm_cleared, session_group
from rooms.live.protocol import ChatIn, ClearIn, CommandIn, Message
from rooms.live.read import read
from translation.log.redis_streams import reaching_redis
from translation.values import AlarmKind, Gesture, Refusal

TIMELINE = 2000
"""So many of the newest entries come with hello; all of them come from the API."""

Key = tuple[str, str, str]


class ControlRoom(Console):
    def enter(self) -> None:
        user = User.objects.filter(id=self.scope["user"].id, is_active=True).first()
        if user is None:
            raise SignInFirst
        self.session = find.session_of(
            user=user, id=self.scope["url_route"]["kwargs"]["session_id"]
        )
        self.me = Person(ORGANIZER, user.get_full_name() or user.email.partition("@")[0], "")

    def plan(self) -> Message:
        shown: Message = booths_out(self.session).model_dump(mode="json")
        return shown

    def greeting(self) -> Message:
        found = timeline(session=self.session)[-TIMELINE:]
        names = names_of_interpreters(self.session.id)
        return {
            "me": {"id": self.me.id, "name": self.me.name},
            "timeline": [entry.model_dump(mode="json") for entry in on_air_out(found, names)],
        }

    def shown(self, one: Told) -> Told | None:
        match one.message["type"]:
            case "caption":
                return None
            case "channel" if one.message["facts"]:
                facts = lasting(one.message["facts"], session_time_s(self.session))
                if facts is one.message["facts"]:
                    return one
                return told(protocol.channel(one.message["language"], facts), one.key)
            case "alarm":
                return self._when_it_lasts(one)
        return one

    async def said(self, message: protocol.Said) -> None:
        match message:
            case ChatIn():
                await self.chat(message)
            case CommandIn() if message.gesture == Gesture.FORCE:
                await self._force(message)
            case CommandIn():
                refusal = Refusal.NOT_ASSIGNED
                self.put(protocol.answer(message.id, refusal.value, sentence(refusal)))
            case ClearIn():
                await self._clear(message)
            case _:
                raise Invalid("type: only booths say this.")

    async def _force(self, message: CommandIn) -> None:
        asked = read(
            force,
            session=self.session,
            language=message.language,
            to=message.to,
            id=message.id,
        )
        await self.answer(message.id, asked)

    async def _clear(self, message: ClearIn) -> None:
        """First the booth's pages: they would say again what they still mean."""
        with reaching_redis():
            await self.channel_layer.group_send(
                session_group(self.session.id), alarm_cleared(message.language, message.kind)
            )
        alarm = AlarmKind(message.kind)
        for kind, who in self.feed.alarms_in(message.language):
            if kind == alarm:
                await read(
                    clear_alarm,
                    session=self.session,
                    language=message.language,
                    alarm=alarm,
                    who=who,
                )

    def _when_it_lasts(self, one: Told) -> Told | None:
        """An alarm that is over before the booth's time was is never told."""
        message = one.message
        key = message["language"], message["kind"], message["who"]
        waiting = self._waiting()
        if not message["on"]:
            timer = waiting.pop(key, None)
            if timer:
                timer.cancel()
            return None if timer else one
        lasted_s = session_time_s(self.session) - message["at_s"]
        left_s = delay_s(message["kind"]) - lasted_s
        if left_s <= 0:
            return one
        if key not in waiting:
            loop = asyncio.get_running_loop()
            waiting[key] = loop.call_later(left_s, self._lasts, key, one)
        return None

    def _lasts(self, key: Key, one: Told) -> None:
        self._waiting().pop(key, None)
        self._put(one)

    async def left(self) -> None:
        for timer in self._waiting().values():
            timer.cancel()

    def _waiting(self) -> dict[Key, asyncio.TimerHandle]:
        waiting: dict[Key, asyncio.TimerHandle] = self.__dict__.setdefault("_lasting", {})
        return waiting
