"""What both consoles are: one page's WebSocket, let in, told, heard, and let go."""

import asyncio
import contextlib
import logging
from abc import abstractmethod
from collections.abc import Awaitable, Iterable
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError

from rooms.domain.commands import session_time_s
from rooms.domain.errors import NotYours, RoomsError, SignInFirst, Unknown
from rooms.live import protocol
from rooms.live.allowance import Allowance
from rooms.live.asked import Asked
from rooms.live.chat import Person, chat_item, may_read
from rooms.live.feed import Feed, Told, feeds, told
from rooms.live.groups import chat_said, session_group
from rooms.live.outbox import Outbox, OutboxFull
from rooms.live.protocol import ChatIn, Message, PingIn
from rooms.live.read import read
from rooms.models import Session
from translation.errors import InterpretError
from translation.flow import cancel_and_wait
from translation.log.redis_streams import reaching_redis
from translation.values import Answer

GOODBYE_S = 2.0
"""So long a page has to take the last words."""

LOOK_EVERY_S = 10.0
"""A page that only watches asks for nothing; whether it still may is looked at all the same."""

HELD = 1000
"""So much may happen while a page's hello is made."""

log = logging.getLogger(__name__)


class Console(AsyncWebsocketConsumer):  # type: ignore[misc] # channels has no types
    """Sends by an outbox, so that a slow page holds up nobody: it is let go and comes back."""

    session: Session
    me: Person
    look_every_s = LOOK_EVERY_S

    # --- what a kind of console is ---

    @abstractmethod
    def enter(self) -> None:
        """Sets `session` and `me`, read anew. Blocking. Raises why not, as `RoomsError`."""

    @abstractmethod
    def greeting(self) -> Message:
        """What `hello` says besides. Blocking."""

    @abstractmethod
    def plan(self) -> Message:
        """The session, its channels and booths, as this person sees them. Blocking."""

    @abstractmethod
    async def said(self, message: protocol.Said) -> None:
        """A message from the page. May raise `RoomsError`."""

    def shown(self, one: Told) -> Told | None:
        """What happened, as this person sees it; None where it is not theirs to see."""
        return one

    async def joined(self) -> None:
        """From here on nothing is missed."""

    async def left(self) -> None:
        """The page is gone."""

    # --- coming and going ---

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """However it ends, what it holds is given back."""
        self._outbox = Outbox()
        self._held: list[Told] | None = []
        self._feed: Feed | None = None
        self._ending: asyncio.Task[None] | None = None
        self._asked = Asked(self._unanswered)
        self._allowance = Allowance(per_s=10, burst=40)
        self._writer: asyncio.Task[None] | None = None
        self._looker: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        running = asyncio.create_task(super().__call__(scope, receive, send), name="console")
        over = asyncio.create_task(self._over.wait(), name="console is over")
        try:
            await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
        finally:
            await cancel_and_wait(running, over)
            await self._leave()

    async def connect(self) -> None:
        await self.accept()
        self._writer = asyncio.create_task(self._write(), name="console writes")
        try:
            await read(self.enter)
            await self._join()
            self._looker = asyncio.create_task(self._look(), name="console looks who is here")
        except RoomsError as error:
            self._refused(error)
        except InterpretError as error:
            log.warning("a console waits: %s", error)
            self.lost()

    async def _join(self) -> None:
        with reaching_redis():
            await self.channel_layer.group_add(session_group(self.session.id), self.channel_name)
        feed = self._feed = await feeds().join(self.session.id, self)
        await self.joined()
        hello = {
            "type": "hello",
            "now_s": session_time_s(self.session),
            **await read(self.plan),
            **await read(self.greeting),
            "facts": {m["language"]: m["facts"] for m in self._seen(feed.channels())},
            "alarms": self._seen(map(protocol.alarm, feed.alarms.values())),
            "chat": [
                item for item in await feeds().chat.last(self.session.id) if may_read(item, self.me)
            ],
        }
        self.put(hello)
        held, self._held = self._held or [], None
        known = {_stretch(entry) for entry in hello.get("timeline", ())}
        for one in held:
            if _stretch(one.message) not in known:
                self.told(one)

    @property
    def feed(self) -> Feed:
        """Of who has joined."""
        assert self._feed is not None  # noqa: S101
        return self._feed

    async def _leave(self) -> None:
        self._asked.close()
        if self._feed is not None:
            with contextlib.suppress(InterpretError, RoomsError):
                await self.left()
            await feeds().leave(self.session.id, self._feed, self)
        if session := getattr(self, "session", None):
            with contextlib.suppress(InterpretError), reaching_redis():
                await self.channel_layer.group_discard(session_group(session.id), self.channel_name)
        await cancel_and_wait(self._looker, self._writer, self._ending)

    def _seen(self, messages: Iterable[Message]) -> list[Message]:
        """Those that are this person's to see."""
        shown = (self.shown(told(message)) for message in messages)
        return [one.message for one in shown if one]

    # --- to the page ---

    def put(self, message: Message, key: str = "") -> None:
        self._put(told(message, key))

    def told(self, one: Told) -> None:
        if self._held is not None:
            self._held.append(one)
            if len(self._held) > HELD:
                self._too_slow()
            return
        if one.message["type"] == "answer":
            self._answered(one)
        elif seen := self.shown(one):
            self._put(seen)

    def lost(self) -> None:
        self.end(
            protocol.UNAVAILABLE,
            protocol.error("unavailable", "The service cannot be reached. Come back in a moment."),
        )

    def end(self, code: int, why: Message) -> None:
        """Says why, and closes. The first reason counts."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._close(code, why), name="console closes")

    def _refused(self, error: RoomsError) -> None:
        self.end(protocol.close_code(error), protocol.error(error.code, error.message))

    async def _look(self) -> None:
        while self._ending is None:
            await asyncio.sleep(self.look_every_s)
            try:
                await read(self.enter)
            except RoomsError as error:
                self._refused(error)
            except DatabaseError as error:
                log.warning("who is at a console could not be read: %s", type(error).__name__)

    def _put(self, one: Told) -> None:
        try:
            self._outbox.put(one.text, one.key)
        except OutboxFull:
            self._too_slow()

    def _too_slow(self) -> None:
        self.end(protocol.TOO_SLOW, protocol.error("too_slow", "This page does not keep up."))

    async def _write(self) -> None:
        with contextlib.suppress(OSError):  # the page is gone; the server says so by itself
            while True:
                await self.send(text_data=await self._outbox.get())

    async def _close(self, code: int, why: Message) -> None:
        await cancel_and_wait(self._writer)
        with contextlib.suppress(OSError):  # gone, or too slow even for this
            async with asyncio.timeout(GOODBYE_S):
                await self.send(text_data=protocol.write(why))
        with contextlib.suppress(OSError):
            async with asyncio.timeout(GOODBYE_S):
                await self.close(code)
                await self._over.wait()
        self._over.set()

    # --- from the page ---

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._held is not None or self._ending is not None:
            return
        if len(text_data or bytes_data or "") > protocol.LARGEST:
            self.end(protocol.TOO_LARGE, protocol.error("too_large", "The message is too large."))
        elif not self._allowance.take(asyncio.get_running_loop().time()):
            self.put(protocol.error("too_many", "Too many messages. Wait a moment."), "too many")
        elif text_data is None:
            self.put(protocol.error("malformed", "Messages are JSON text."))
        else:
            await self._hear(text_data)

    async def _hear(self, text: str) -> None:
        try:
            message = protocol.read(text)
            if isinstance(message, PingIn):
                self.put({"type": "pong", "t": message.t, "now_s": session_time_s(self.session)})
                return
            await read(self.enter)
            await self.said(message)
        except protocol.Malformed as error:
            self.put(protocol.error("malformed", str(error)))
        except (NotYours, SignInFirst, Unknown) as error:
            self._refused(error)
        except RoomsError as error:
            self.put(protocol.error(error.code, error.message))
        except InterpretError:
            self.lost()

    async def chat(self, message: ChatIn) -> None:
        item = chat_item(sender=self.me, to=message.to, text=message.text)
        await feeds().chat.add(self.session.id, item)
        with reaching_redis():
            await self.channel_layer.group_send(session_group(self.session.id), chat_said(item))

    # --- commands ---

    async def answer(self, command_id: str, asked: Awaitable[Answer | None]) -> None:
        """`asked` gives what is known of the answer already; else the log will tell it."""
        self._asked.expect(command_id)
        try:
            known = await asked
        except BaseException:
            self._asked.settle(command_id)
            raise
        if known:
            self._answered(told(protocol.answered(known)))

    def _answered(self, one: Told) -> None:
        """Once for each time it was asked."""
        if self._asked.settle(one.message["command_id"]):
            self._put(one)

    def _unanswered(self, command_id: str) -> None:
        message = "The channel does not answer. Try again."
        self.put(protocol.answer(command_id, "no_answer", message))

    # --- from the channel layer ---

    async def session_changed(self, event: Message) -> None:
        try:
            await read(self.enter)
            self.put({"type": "plan", **await read(self.plan)}, "plan")
        except RoomsError as error:
            self._refused(error)
        except InterpretError:
            self.lost()

    async def alarm_cleared(self, event: Message) -> None:
        """Nothing, to who raises none."""

    async def chat_said(self, event: Message) -> None:
        if may_read(event["item"], self.me):
            self.put({"type": "chat", **event["item"]})


def _stretch(message: Message) -> tuple[Any, Any]:
    """Names an on-air entry, in a timeline or told by itself."""
    return message.get("language"), message.get("since_s")
