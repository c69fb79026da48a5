"""A floor whose language is found out: its channel passes it through, and gives it back."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.live.conftest import speaking
from tests.live.talks import of, start, until
from tests.stack import stack
from translation.values import Input, OnAir, Reason, Segment

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]


async def test_a_channel_passes_the_floor_through_while_it_is_found_to_speak_its_language(
    tmp_path: Path,
) -> None:
    tongue = tmp_path / "tongue"
    tongue.write_text("en")
    with stack(
        tmp_path,
        SPEECH_ENGINE="tests.tones.Tones",
        IDENTIFICATION_ENGINE="tests.live.tongue.Tongue",
        TONGUE_FILE=str(tongue),
    ) as service, closing(service.organizer()) as organizer:  # fmt: skip
        session_id, invitation = service.new_session(organizer, ["es", "fr"])
        path = f"/api/sessions/{session_id}/floor-language"
        assert organizer.post(path, json={"detect": True}).is_success
        start(organizer, session_id)

        def changes() -> list[tuple[Input, Reason]]:
            return [(each.input, each.reason) for each in of(service, session_id, OnAir)
                    if each.language == "es"]  # fmt: skip

        async with speaking(service, invitation):
            await until(lambda: len(of(service, session_id, Segment)) > 1, 120)
            tongue.write_text("es")
            await until(lambda: changes()[-1:] == [(Input.FLOOR, Reason.FLOOR_LANGUAGE)])
            tongue.write_text("en")
            await until(lambda: changes()[-1:] == [(Input.MACHINE, Reason.FLOOR_LANGUAGE)])

        booths = organizer.get(f"/api/sessions/{session_id}/booths").json()
        assert (booths["detects_language"], booths["floor_language"]["tag"]) == (True, "en")
