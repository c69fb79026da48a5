import pytest

from translation.engines.espeak import ESpeak
from translation.languages import LANGUAGES
from translation.path.notices import notice

SPOKEN = sorted(tag for tag, language in LANGUAGES.items() if language.espeak)


def test_every_language_has_its_notice() -> None:
    assert [tag for tag in LANGUAGES if not notice(tag)] == []
    assert notice("xx") == ""


@pytest.mark.programs
@pytest.mark.parametrize("tag", SPOKEN)
async def test_a_notice_is_short(tag: str) -> None:
    sounds = [sound async for sound in ESpeak().speak(notice(tag), language=tag, speed=1.0)]

    assert 0.4 < sum(sound.duration_s for sound in sounds) < 2.5
