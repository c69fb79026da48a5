"""Booths on real servers: a session, its interpreters with open microphones, a listener who must
never have to reconnect."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.interpreter import Interpreter
from tests.listener import Listener
from tests.live.conftest import speaking
from tests.live.talks import of, spoken_ids, start, until
from tests.stack import Stack
from translation.audio import level_db
from translation.values import Alarm, AlarmKind, Input, OnAir, Reason, Samples


class Scene:
    """A session with a machine talk on its floor, its booths and a listener."""

    def __init__(self, service: Stack, organizer: httpx.Client, session_id: str) -> None:
        self.service, self.organizer, self.session_id = service, organizer, session_id
        self.listener: Listener

    def changes(self, language: str = "es") -> list[tuple[Input, Reason]]:
        entries = of(self.service, self.session_id, OnAir, language)
        return [(e.input, e.reason) for e in entries if e.language == language]

    def on_air_now(self, language: str) -> str:
        """An interpreter's id, or what else is on air."""
        entry = of(self.service, self.session_id, OnAir, language)[-1]
        return str(entry.who if entry.input == Input.INTERPRETER else entry.input)

    async def on_air(self, what: Input, reason: Reason, language: str = "es") -> None:
        await until(lambda: self.changes(language)[-1:] == [(what, reason)], 30)

    async def rings(self, alarm: AlarmKind, *, on: bool) -> None:
        await until(lambda: self.last_of(alarm) is on, 30)

    def last_of(self, alarm: AlarmKind) -> bool | None:
        told = [a.on for a in of(self.service, self.session_id, Alarm) if a.alarm == alarm]
        return told[-1] if told else None

    def alarms(self) -> set[tuple[AlarmKind, bool]]:
        return {(a.alarm, a.on) for a in of(self.service, self.session_id, Alarm)}

    def post(self, path: str, **body: Any) -> None:
        answer = self.organizer.post(f"/api/sessions/{self.session_id}/{path}", json=body)
        assert answer.is_success, answer.text


@asynccontextmanager
async def scene(
    service: Stack,
    organizer: httpx.Client,
    folder: Path,
    voice: Samples,
    *names: str,
    french: Sequence[str] = (),
    **how: Any,
) -> AsyncIterator[tuple[Scene, list[Interpreter]]]:
    """A live session into Spanish and French; interpreters of the Spanish booth, then of the
    French one, microphones open. The floor speaks all the time. `how`: as `Stack.invite`."""
    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    members = [*(("es", name) for name in names), *(("fr", name) for name in french)]
    links = [
        service.invite(organizer, session_id, tag, name, **how)["url"] for tag, name in members
    ]
    start(organizer, session_id)
    made = Scene(service, organizer, session_id)
    async with AsyncExitStack() as exits:
        made.listener = await exits.enter_async_context(
            Listener(service.base_url, session_id, "es")
        )
        await exits.enter_async_context(speaking(service, invitation))
        booths = []
        for link in links:
            interpreter = Interpreter(service.base_url, link, folder)
            booths.append(await exits.enter_async_context(interpreter))
            await interpreter.open_microphone(voice)
        for (language, _), interpreter in zip(members, booths, strict=True):
            await interpreter.until(partial(heard_open, interpreter, interpreter, language))
        await until(lambda: spoken_ids(service, session_id), 60)
        try:
            yield made, booths
            assert (made.listener.reconnects, len(made.listener.publishers)) == (0, 1)
        finally:
            start(organizer, session_id, "end")  # its processes are the next test's


def heard_open(seen_by: Interpreter, interpreter: Interpreter, language: str = "es") -> bool:
    """Her microphone is open and she is heard to speak, as the channel's job says."""
    microphones = seen_by.facts[language].get("microphones", ())
    return any(m["id"] == interpreter.id and m["speaking"] for m in microphones)


def louder_than(listener: Listener, db: float, last_s: float = 1.0) -> bool:
    sound = listener.recording()[-int(last_s * 24_000) :]
    return len(sound) > 0 and level_db(sound) > db
