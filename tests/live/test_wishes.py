"""Engines that are changed while a talk is on: the real service follows from the next line on."""

import httpx
import pytest

from tests.listener import Listener
from tests.live.conftest import speaking
from tests.live.talks import end_and_drain, of, start, until
from tests.stack import Stack
from translation.values import Segment, Speaking, Spoken

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

WISHES = "/api/organize/events/demo/engines"


async def test_a_wish_changes_the_voice_of_a_running_talk_and_no_line_is_lost(
    service: Stack, organizer: httpx.Client
) -> None:
    def wish(*chain: str) -> None:
        wishes = [{"slot": "speech", "language": "es", "chain": list(chain)}] if chain else []
        answer = organizer.put(WISHES, json={"wishes": wishes})
        assert answer.is_success, answer.text

    def said_by() -> str:
        lines = of(service, session_id, Speaking)
        return lines[-1].engine if lines else ""

    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    try:
        async with Listener(service.base_url, session_id, "es"), speaking(service, invitation):
            await until(said_by, 120)
            own = said_by()
            wish("espeak-ng")
            await until(lambda: said_by().startswith("eSpeak NG"), 60)
            wish()
            await until(lambda: said_by() == own, 60)
        await end_and_drain(service, organizer, session_id)
    finally:
        wish()

    spoken = [s.segment_id for s in of(service, session_id, Spoken) if s.skipped is None]
    assert spoken == [s.id for s in of(service, session_id, Segment)]
