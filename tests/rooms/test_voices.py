"""Voices of an event, and as whom the machines speak for a speaker."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from rooms.domain.speakers import invite_speaker
from rooms.models import EventVoice, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import Outside
from tests.translation.jobs.hall import Hall
from translation.engines.espeak import ESpeak
from translation.flow import SkippingLoop
from translation.values import Plan, Speaking
from translation.voices import Gender, VoiceChoice, Voices

EVENT = "/organize/events/conference/voices"
HERS = {"engine": "elevenlabs", "language": "es", "gender": "female", "voice": "EXAVITQu4vr4xn"}
ANYS = {"engine": "piper", "language": "", "gender": "any", "voice": "de_DE-thorsten-medium#1"}


def put(client: Client, *voices: dict[str, Any]) -> Any:
    return send(client, "put", EVENT, {"voices": list(voices)})


def plan_of(outside: Outside, session: Session) -> Plan:
    plan = outside.logs[session.id].plan()
    assert isinstance(plan, Plan)
    return plan


def test_an_event_chooses_voices_and_running_sessions_go_on_with_them(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    assert send(signed_in, "get", EVENT).json()["voices"] == []
    answer = put(signed_in, HERS, ANYS).json()

    assert answer["voices"] == [HERS, ANYS]
    assert "espeak-ng" in answer["engines"]
    chosen = Voices(plan_of(outside, live).voices)
    assert chosen.of("elevenlabs", "es", Gender.FEMALE) == "EXAVITQu4vr4xn"
    assert chosen.of("piper", "fr", Gender.MALE) == "de_DE-thorsten-medium#1"

    assert put(signed_in, ANYS).json()["voices"] == [ANYS]
    assert plan_of(outside, live).voices == (
        VoiceChoice("piper", "*", "de_DE-thorsten-medium#1", Gender.ANY),
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"engine": "nobody"}, "unknown_engine"),
        ({"language": "tlh"}, "unknown_language"),
        ({"voice": "../../v1/user"}, "bad_voice"),
        ({"voice": "-s400"}, "bad_voice"),
        ({"voice": "a b"}, "bad_voice"),
        ({"gender": "both"}, "invalid"),
    ],
)
def test_what_cannot_be_a_voice_is_refused(
    signed_in: Client, session: Session, wrong: dict[str, str], code: str
) -> None:
    assert refusal(put(signed_in, {**HERS, **wrong}))[1] == code
    assert not EventVoice.objects.exists()


def test_two_voices_for_the_same_are_refused(signed_in: Client, session: Session) -> None:
    assert refusal(put(signed_in, HERS, {**HERS, "voice": "other"})) == (422, "invalid")


def said(client: Client, path: str, token: str, **more: str) -> dict[str, Any]:
    answer: dict[str, Any] = send(client, "post", path, {"invitation": token, **more}).json()
    return answer


def test_the_machines_speak_as_the_speaker_wishes(
    client: Client, live: Session, outside: Outside
) -> None:
    token = invite_speaker(session=live).token
    assert said(client, "/stage/status", token)["voice"] == "any"

    assert said(client, "/stage/voice", token, voice="female")["voice"] == "female"
    assert plan_of(outside, live).voice == Gender.ANY, "nobody has come yet"
    said(client, "/stage", token)
    assert plan_of(outside, live).voice == Gender.FEMALE
    said(client, "/stage/voice", token, voice="male")
    assert plan_of(outside, live).voice == Gender.MALE


def test_the_next_speaker_brings_a_voice_of_their_own(
    client: Client, signed_in: Client, live: Session, outside: Outside
) -> None:
    path = f"/sessions/{live.id}/invitations"
    tokens = [
        send(signed_in, "post", path, {"voice": voice}).json()["url"].split("#i=")[1]
        for voice in ("female", "male", "any")
    ]
    told = [one["voice"] for one in send(signed_in, "get", path).json()["items"]]
    assert told == ["female", "male", "any"]
    heard = []
    for token in tokens:
        said(client, "/stage", token)
        heard.append(plan_of(outside, live).voice)
    assert heard == [Gender.FEMALE, Gender.MALE, Gender.ANY]


async def spoken_by(plans: Sequence[Plan]) -> list[str]:
    """The voices of a running channel's lines: one line a plan, each said before the next comes."""
    hall = Hall("es", voice=ESpeak())
    async with hall.on_air(hall.channel("es")):
        for number, plan in enumerate(plans, start=1):
            await hall.log.append(plan)
            await hall.say("we saw it")
            await hall.done(number)
    return [line.engine.split()[-1] for line in await hall.of(Speaking, "es")]


@pytest.mark.programs
def test_a_running_channel_speaks_with_the_voices_of_its_event_and_its_speaker(
    client: Client, signed_in: Client, live: Session, outside: Outside
) -> None:
    token = invite_speaker(session=live).token
    said(client, "/stage", token)
    plans = [plan_of(outside, live)]
    said(client, "/stage/voice", token, voice="female")
    plans.append(plan_of(outside, live))
    put(
        signed_in,
        {"engine": "espeak-ng", "language": "es", "gender": "female", "voice": "es-419+f4"},
        {"engine": "espeak-ng", "language": "es", "gender": "male", "voice": "es-419+m3"},
    )
    plans.append(plan_of(outside, live))
    said(client, "/stage/voice", token, voice="male")
    plans.append(plan_of(outside, live))
    put(signed_in)
    plans.append(plan_of(outside, live))

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        assert runner.run(spoken_by(plans)) == ["es", "es+f2", "es-419+f4", "es-419+m3", "es"]
