"""What was said, with whose voice it was heard and whose words are shown."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.reconcile import archive_logs
from rooms.domain.transcript import Line, Transcript
from rooms.domain.web_vtt import clock, web_vtt
from rooms.models import Assignment, Booth, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import Outside
from translation.values import (
    Input,
    Interpreted,
    OnAir,
    Reason,
    Segment,
    SkipReason,
    Speaking,
    Spoken,
    Stage,
    Translation,
    Trouble,
)


@pytest.fixture
def told(live: Session, outside: Outside) -> Session:
    """The machine, an interpreter who is recognised, the machine, one who is not."""
    booth = Booth.objects.create(session=live, language="es", name="ES")
    for name, agrees in (("Ann", True), ("Bob", False)):
        Assignment.objects.create(
            id=f"{name.lower()}000000000",
            booth=booth,
            name=name,
            show_name=agrees,
            token_sha256=name,
            expires_at=timezone.now(),
            claimed_at=timezone.now(),
        )
    log = outside.logs[live.id]
    log.append(OnAir("es", Input.MACHINE, "espeak-ng 1.51", 0.0, Reason.STARTED))
    log.append(OnAir("fr", Input.MACHINE, "espeak-ng 1.51", 0.0, Reason.STARTED))
    ears = ("Whisper tiny 1", "Whisper tiny 1", "PocketSphinx 5", "")
    for number, (start_s, ear) in enumerate(zip((1.0, 11.0, 21.0, 31.0), ears, strict=True), 1):
        end_s = start_s + 2
        log.append(Segment(number, "en", f"words {number}", start_s, end_s, end_s + 0.5, ear))
        doubts, terms = (("number", "term"), 2) if number == 3 else ((), 0)
        text = f"palabras {number}"
        log.append(
            Translation(number, "es", text, "apertium", start_s + 2.6, doubts, terms, terms // 2)
        )
    log.append(Speaking(1, "es", "piper es-davefx", 1.0, 4.0, said="palabras"))
    log.append(Spoken(1, "es", 6.0))
    log.append(OnAir("es", Input.INTERPRETER, "ann000000000", 10.0, Reason.TAKEN, name="Ann"))
    said = "buenas <tardes>"
    log.append(Interpreted(1, "es", "ann000000000", said, 11.5, 13.0, 13.5, "Whisper tiny 1"))
    log.append(OnAir("es", Input.MACHINE, "espeak-ng 1.51", 20.0, Reason.RELEASED))
    log.append(Spoken(3, "es", 24.0, SkipReason.BEHIND))
    log.append(OnAir("es", Input.INTERPRETER, "bob000000000", 30.0, Reason.TAKEN))
    log.append(Speaking(4, "es", "piper es-davefx", 1.0, 34.0))  # in the shadow
    log.append(Spoken(4, "es", 36.0))
    return live


@pytest.mark.parametrize("archived", [False, True])
def test_captions_follow_the_voice(
    client: Client, told: Session, outside: Outside, archived: bool
) -> None:
    if archived:
        archive_logs()
        outside.logs.clear()
    answer = client.get(f"/api/sessions/{told.id}/transcript.json?language=es")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{told.id}.es.json"'
    said = answer.json()
    assert [(v["input"], v["who"], v["name"], v["since_s"]) for v in said["voices"]] == [
        ("machine", "espeak-ng 1.51", "", 0.0),
        ("interpreter", "ann000000000", "Ann", 10.0),
        ("machine", "espeak-ng 1.51", "", 20.0),
        ("interpreter", "bob000000000", "", 30.0),
    ]
    lines = [(x["id"], x["by"], x["voice"], x["skipped"], x["start_s"]) for x in said["lines"]]
    assert lines == [
        ("1", "machine", "machine", None, 4.0),
        ("i1", "interpreter", "interpreter", None, 11.5),
        ("3", "machine", "machine", "behind", 21.0),
        ("4", "machine", "interpreter", None, 34.0),
    ]
    assert [line["said"] for line in said["lines"]] == ["palabras", "", "", ""]
    assert [line["speech_engine"] for line in said["lines"]] == ["piper es-davefx", "", "", ""]
    checked = [(line["doubts"], line["terms"], line["terms_kept"]) for line in said["lines"]]
    assert checked == [([], 0, 0), ([], 0, 0), (["number", "term"], 2, 1), ([], 0, 0)]
    assert [(line["engine"], line["recogniser"]) for line in said["lines"]] == [
        ("apertium", "Whisper tiny 1"),
        ("", "Whisper tiny 1"),
        ("apertium", "PocketSphinx 5"),
        ("apertium", ""),
    ]


def test_listeners_who_come_late_read_the_same(client: Client, told: Session) -> None:
    said = send(client, "get", f"/sessions/{told.id}/captions?language=es").json()
    items = said["items"]
    assert [(c["id"], c["by"], c["text"]) for c in items] == [
        (1, "machine", "palabras 1"),
        (2, "machine", ""),
        ("i1", "interpreter", "buenas <tardes>"),
        (3, "machine", "palabras 3"),
        (4, "machine", "palabras 4"),
    ]
    assert [c["said"] for c in items] == ["palabras", "", "", "", ""]
    path = f"/sessions/{told.id}/captions?language=es"
    transcript = send(client, "get", f"/sessions/{told.id}/transcript.json?language=es").json()
    assert said["voices"] == transcript["voices"]
    admission = send(client, "post", f"/sessions/{told.id}/listen", {"language": "es"}).json()
    assert (admission["captions"], admission["voices"]) == (items, said["voices"])
    wanted = {"language": "es", "captions": False}
    admission = send(client, "post", f"/sessions/{told.id}/listen", wanted).json()
    assert (admission["captions"], admission["voices"]) == ([], [])
    page = send(client, "get", f"{path}&limit=1&before_id=3").json()
    assert ([c["id"] for c in page["items"]], page["more"]) == ([2, "i1"], True)
    page = send(client, "get", f"{path}&before_id=2").json()
    assert ([c["id"] for c in page["items"]], page["more"]) == ([1], False)


@pytest.mark.parametrize("archived", [False, True])
def test_the_machines_words_stand_where_the_interpreters_recogniser_failed(
    client: Client, told: Session, outside: Outside, archived: bool
) -> None:
    log = outside.logs[told.id]
    log.append(Trouble(Stage.RECOGNISE, "fr", "it crashed", 9.0))
    log.append(Trouble(Stage.RECOGNISE, "es", "it crashed", 14.0))
    log.append(Segment(5, "en", "words 5", 15.0, 17.0, 17.5))
    log.append(Translation(5, "es", "palabras 5", "apertium", 17.6))
    log.append(Trouble(Stage.RECOGNISE, "es", "it crashed", 17.0))
    log.append(Trouble(Stage.RECOGNISE, "es", "", 18.0))
    log.append(Segment(6, "en", "words 6", 18.0, 19.0, 19.5))
    log.append(Translation(6, "es", "palabras 6", "apertium", 19.6))
    if archived:
        archive_logs()
        outside.logs.clear()

    lines = client.get(f"/api/sessions/{told.id}/transcript.json?language=es").json()["lines"]
    assert [(x["id"], x["voice"]) for x in lines if 10 < x["start_s"] < 20] == [
        ("i1", "interpreter"), ("5", "interpreter"),
    ]  # fmt: skip
    items = send(client, "get", f"/sessions/{told.id}/captions?language=es").json()["items"]
    shown = {c["id"]: c["text"] for c in items}
    assert (shown[2], shown[5], shown[6]) == ("", "palabras 5", "")


def test_web_vtt_notes_every_change_of_voice(client: Client, told: Session) -> None:
    answer = client.get(f"/api/sessions/{told.id}/transcript.vtt?language=es")
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert (
        answer.content.decode()
        == """WEBVTT

NOTE Keynote

NOTE language: es

NOTE from 00:00:00.000: machine voice (espeak-ng 1.51)

NOTE captions: machine translation (apertium) of what Whisper tiny 1 recognised

NOTE spoken by: piper es-davefx

NOTE 1 was spoken shorter: palabras

1
00:00:04.000 --> 00:00:06.000
palabras 1

NOTE from 00:00:10.000: interpreter (Ann)

NOTE captions: the interpreter's words, recognised by machine (Whisper tiny 1)

i1
00:00:11.500 --> 00:00:13.000
buenas &lt;tardes&gt;

NOTE from 00:00:20.000: machine voice (espeak-ng 1.51)

NOTE captions: machine translation (apertium) of what PocketSphinx 5 recognised

NOTE 3 may be wrong: number, term

3
00:00:21.000 --> 00:00:23.000
palabras 3 (not spoken)

NOTE from 00:00:30.000: interpreter

NOTE captions: machine translation (apertium)

4
00:00:34.000 --> 00:00:36.000
palabras 4
"""
    )


def test_web_vtt_names_the_engine_that_spoke_where_the_voices_note_does_not() -> None:
    voices = [OnAir("es", Input.MACHINE, "espeak-ng 1.51 es", 0.0)]
    spoke = ("espeak-ng 1.51 es", "piper es-davefx", "piper es-davefx", "", "espeak-ng 1.51 es")
    lines = [
        Line(str(at), at, at + 1.0, "palabras", "machine", voice=Input.MACHINE, speech_engine=who)
        for at, who in enumerate(spoke)
    ]

    blocks = web_vtt(Transcript("es", voices, lines), title="Keynote").split("\n\n")

    assert [block.splitlines()[0] for block in blocks[5:]] == [
        "0", "NOTE spoken by: piper es-davefx", "1", "2", "3",
        "NOTE spoken by: espeak-ng 1.51 es", "4",
    ]  # fmt: skip


def test_the_original_is_the_speakers_own_words(client: Client, told: Session) -> None:
    lines = client.get(f"/api/sessions/{told.id}/transcript.json?language=en").json()["lines"]
    assert {(line["by"], line["engine"], line["voice"]) for line in lines} == {("floor", "", None)}
    assert [line["recogniser"] for line in lines] == [
        "Whisper tiny 1", "Whisper tiny 1", "PocketSphinx 5", "",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["json", "vtt"])
def test_a_transcript_of_nothing(client: Client, session: Session, ending: str) -> None:
    path = f"/sessions/{session.id}/transcript.{ending}"
    assert send(client, "get", f"{path}?language=es").status_code == 200
    assert refusal(send(client, "get", f"{path}?language=tlh")) == (404, "language_not_offered")
    assert refusal(send(client, "get", path)) == (422, "invalid")
    assert refusal(send(client, "get", f"/sessions/nobody/transcript.{ending}?language=es")) == (
        404,
        "unknown_session",
    )


moments = st.floats(0, 100_000)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(
    st.lists(st.tuples(moments, moments, texts), max_size=8),
    st.lists(st.tuples(moments, st.sampled_from(Input), texts), max_size=8),
    texts,
)
def test_whatever_was_said_is_web_vtt(said: Any, heard: Any, title: str) -> None:
    lines = [Line(str(n), a, b, text, "machine") for n, (a, b, text) in enumerate(said)]
    voices = [OnAir("es", input, who, at, name=who) for at, input, who in heard]
    transcript = Transcript(
        "es",
        sorted(voices, key=lambda voice: voice.since_s),
        sorted(lines, key=lambda line: line.start_s),
    )
    blocks = web_vtt(transcript, title=title).rstrip("\n").split("\n\n")
    assert blocks[0] == "WEBVTT"
    cues = [block for block in blocks[1:] if not block.startswith("NOTE")]
    assert len(cues) == len([line for line in lines if line.text.strip()])
    notes = [block for block in blocks if block.startswith("NOTE from ")]
    assert len(notes) == len(voices)
    for block in blocks[1:]:
        arrows = block.count("-->")
        assert arrows == (0 if block.startswith("NOTE") else 1)
    for cue in cues:
        start, end = cue.split("\n")[1].split(" --> ")
        assert start < end or len(start) != len(end)


def test_hours_are_counted() -> None:
    assert clock(3723.5) == "01:02:03.500"
