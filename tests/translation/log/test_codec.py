import json
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.entries import plan, segment, speaking, spoken, translation
from translation.choice import Slot, Wish
from translation.errors import LogError
from translation.log.codec import decode, encode, kind, moment_s, once_key, payload
from translation.values import (
    Alarm,
    AlarmKind,
    Answer,
    Command,
    Drained,
    Entry,
    FloorActivity,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    Interpreted,
    OnAir,
    SkipReason,
    Stage,
    Trouble,
)

ENTRIES = st.one_of(*(st.from_type(entry) for entry in get_args(Entry)))


@given(ENTRIES.filter(lambda entry: "nan" not in repr(entry) and "inf" not in repr(entry)))
def test_every_entry_comes_back_as_it_was(entry: Entry) -> None:
    assert decode(encode(entry)) == entry
    assert decode(encode(entry).encode()) == entry


def test_an_entry_is_json_with_its_kind() -> None:
    assert json.loads(encode(spoken(17, at_s=2.5, skipped=SkipReason.BEHIND))) == {
        "kind": "spoken",
        "segment_id": 17,
        "language": "es",
        "ended_s": 2.5,
        "skipped": "behind",
    }


def test_a_payload_holds_every_field_and_no_kind() -> None:
    assert list(payload(segment(1))) == [field.name for field in fields(segment(1))]


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "17", "{}", '{"kind":"song"}', '{"kind":"segment","id":1}']
)
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(LogError, match=f"a log entry of {len(text)} bytes cannot be read"):
        decode(text)


def test_a_plan_from_before_engines_could_be_wished_for_is_read() -> None:
    written = json.loads(encode(plan("es")))
    assert written.pop("engines") == []
    assert decode(json.dumps(written)) == plan("es")


def test_segments_from_before_their_recogniser_was_kept_are_read() -> None:
    written = json.loads(encode(segment(1)))
    assert written.pop("engine") == ""
    assert decode(json.dumps(written)) == segment(1)


def test_wishes_are_small_in_the_log() -> None:
    wished = replace(plan("es"), engines=(Wish(Slot.SPEECH, "es", ("piper", "espeak-ng")),))
    assert json.loads(encode(wished))["engines"] == [
        {"slot": "speech", "language": "es", "chain": ["piper", "espeak-ng"]}
    ]
    assert decode(encode(wished)) == wished


def test_a_refused_entry_is_not_repeated_in_the_error() -> None:
    with pytest.raises(LogError) as refused:
        decode('{"kind":"segment","text":"my name is Ann"}')

    assert "Ann" not in str(refused.value)


@pytest.mark.parametrize(
    ("entry", "name", "key", "at_s"),
    [
        (segment(1, start_s=2.0), "segment", "segment:1", 2.0),
        (translation(1, at_s=3.0), "translation", "translation:es:1", 3.0),
        (speaking(1, at_s=4.0), "speaking", "speaking:es:1", 4.0),
        (spoken(1, at_s=5.0), "spoken", "spoken:es:1", 5.0),
        (plan("es"), "plan", "", 0.0),
        (OnAir("es", Input.MACHINE, "tones 1", 6.0), "on_air", "", 6.0),
        (FloorActivity(True, 7.0), "floor", "", 7.0),
        (Trouble(Stage.SPEAK, "es", "broken", 8.0), "trouble", "", 8.0),
        (Drained(17, 9.0), "drained", "", 9.0),
        (Command("c1", "es", Gesture.TAKE, "ann", "", 0.0, 9.5), "command", "command:c1", 9.5),
        (Answer("c1", "es", None, 9.6), "answer", "answer:c1", 9.6),
        (
            Handover("es", HandoverStage.COUNTING, "ann", "bob", "bob", 20.0, 10.0),
            "handover",
            "",
            10.0,
        ),
        (Alarm("es", AlarmKind.SLOW_DOWN, "ann", True, 11.0), "alarm", "", 11.0),
        (
            Interpreted(3, "en", "ann", "good morning", 12.0, 13.0, 13.5),
            "interpreted",
            "interpreted:en:3",
            12.0,
        ),
    ],
)
def test_an_entry_has_a_kind_a_moment_and_a_key_where_it_is_written_once(
    entry: Any, name: str, key: str, at_s: float
) -> None:
    assert (kind(entry), once_key(entry), moment_s(entry)) == (name, key, at_s)
