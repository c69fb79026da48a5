"""`manage.py rehearse`, with the engines that come with the service."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from interpret import wiring
from tests.servers import ROOT, require
from tests.translation.engines.recordings import spoken_english
from translation.audio import read_sound, write_wav
from translation.values import Sound

pytestmark = pytest.mark.programs


@pytest.fixture(autouse=True)
def fresh_engines() -> Iterator[None]:
    """Each command is a process of its own for real: it finds its programs anew."""
    require(shutil.which("apertium") and shutil.which("espeak-ng"), "Apertium or eSpeak NG")
    wiring.forget()
    yield
    wiring.forget()


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    write_wav(tmp_path / "talk.wav", Sound(spoken_english(), 16_000))
    return tmp_path / "talk.wav"


def refusal(sound: Path, out: Path, to: str = "es", source: str = "en") -> str:
    """What the command says on stderr before it exits with status 2."""
    stderr = StringIO()
    with pytest.raises(SystemExit) as exited:
        call_command(
            "rehearse", str(sound), "--from", source, "--to", to, "--out", str(out), "--pace", "0",
            stderr=stderr, no_color=True,
        )  # fmt: skip
    assert exited.value.code == 2
    return stderr.getvalue().strip()


def test_rehearse_writes_speech_captions_and_a_report(talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    command = ["manage.py", "rehearse", str(talk), "--to", "es, fr,es", "--out", str(out)]

    done = subprocess.run(
        [sys.executable, *command, "--pace", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert [line[:4] for line in done.stdout.splitlines()] == ["es: ", "fr: "]
    assert sorted(path.name for path in out.iterdir()) == [
        "es.vtt", "es.wav", "fr.vtt", "fr.wav", "report.json",
    ]  # fmt: skip
    report = json.loads((out / "report.json").read_text())
    assert list(report) == ["source", "languages", "engines", "cpu_s", "real_time_factor"]
    assert (report["source"]["language"], report["source"]["duration_s"]) == (
        "en", pytest.approx(read_sound(talk).duration_s, abs=0.001),
    )  # fmt: skip
    assert "young man" in report["source"]["text"]
    assert list(report["languages"]) == ["es", "fr"]
    for language in ("es", "fr"):
        told = report["languages"][language]
        assert list(told) == ["text", "segments", "lag_s", "ear_voice_span_s"]
        assert [list(told[name]) for name in ("lag_s", "ear_voice_span_s")] == [
            ["p50", "p95", "p99"]
        ] * 2
        assert [list(row) for row in told["segments"]] == [[
            "id", "source_text", "text", "floor_start_s", "floor_end_s", "committed_s",
            "translated_s", "spoken_start_s", "spoken_end_s", "skipped",
        ]] * len(told["segments"])  # fmt: skip
        assert [row["skipped"] for row in told["segments"]] == [None] * len(told["segments"])
        captions = (out / f"{language}.vtt").read_text()
        assert captions.startswith("WEBVTT\n\nNOTE Machine voice: ")
        last = told["segments"][-1]
        assert last["text"] in captions
        speech = read_sound(out / f"{language}.wav", 24_000)
        assert speech.duration_s >= last["spoken_end_s"] - 0.1
        before = int((told["segments"][0]["spoken_start_s"] - 0.1) * 24_000)
        assert not speech.samples[:before].any()
        assert speech.samples[before:].any()


def test_rehearse_says_where_no_words_were_recognised(tmp_path: Path) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(32_000) / 16_000) * 8_000
    write_wav(tmp_path / "tone.wav", Sound(tone.astype(np.int16), 16_000))
    said, out = StringIO(), tmp_path / "out"
    call_command(
        "rehearse", str(tmp_path / "tone.wav"), "--to", "es", "--out", str(out), "--pace", "0",
        stdout=said,
    )  # fmt: skip
    assert said.getvalue() == f"es: no words were recognised → {out}/es.wav\n"


def test_rehearse_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    sound = tmp_path / "talk.wav"

    assert refusal(sound, tmp_path) == f"{sound} is not there; give the path of a sound file"


def test_rehearse_refuses_what_is_no_sound(tmp_path: Path) -> None:
    (tmp_path / "talk.wav").write_text("no sound at all")

    told = refusal(tmp_path / "talk.wav", tmp_path)

    assert told.startswith(f"{tmp_path}/talk.wav cannot be read as sound (")
    assert told.endswith("convert it to WAV, FLAC, MP3 or OGG")


def test_rehearse_refuses_silence(tmp_path: Path) -> None:
    write_wav(tmp_path / "talk.wav", Sound(np.zeros(16_000, np.int16), 16_000))

    assert refusal(tmp_path / "talk.wav", tmp_path) == (
        f"{tmp_path}/talk.wav is silent; check the recording's level and channel"
    )


@pytest.mark.parametrize(
    ("source", "to", "told"),
    [
        ("en", "es,xx", "“xx” is not a language of this service; known: ar, bn, ca, "),
        ("xx", "es", "“xx” is not a language of this service; known: ar, bn, ca, "),
        ("es", "fr", "pocketsphinx does not recognise “es”; it recognises: en"),
        ("en", "ar", "no engine translates from “en” into “ar”"),
        ("en", "en", "“en” is the language of the floor; leave it out of --to"),
        ("en", " , ", "--to names no language"),
    ],
)
def test_rehearse_refuses_languages_it_cannot_interpret(
    talk: Path, tmp_path: Path, source: str, to: str, told: str
) -> None:
    refused = refusal(talk, tmp_path / "out", to, source)

    assert refused[: len(told)] == told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("missing", "told"), [("apertium", "apertium"), ("espeak-ng", "espeak-ng")]
)
def test_rehearse_names_an_engine_that_is_not_installed(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, told: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for program in {"apertium", "espeak-ng"} - {missing}:
        (programs / program).symlink_to(shutil.which(program) or "")
    monkeypatch.setenv("PATH", str(programs))

    refused = refusal(talk, tmp_path / "out")

    assert told in refused
    assert "install" in refused
    assert len(refused.splitlines()) == 1


def test_rehearse_refuses_a_folder_it_cannot_write_to(talk: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    assert "out" in refusal(talk, tmp_path / "out")
