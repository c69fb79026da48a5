"""Manifests: what they may say, and what is said about one that is wrong."""

import json
from pathlib import Path

import pytest

from translation.evaluation.manifest import (
    BadManifest,
    Recording,
    chosen,
    read_manifest,
    talks,
    with_glossaries,
)


def written(folder: Path, *lines: object) -> Path:
    for line in lines:
        if isinstance(line, dict) and isinstance(line.get("audio"), str):
            sound = folder / line["audio"]
            sound.parent.mkdir(parents=True, exist_ok=True)
            sound.touch()
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines))
    return path


def line(
    audio: str = "board/one.wav", lang: str = "en", text: object = "hello", **more: object
) -> dict[str, object]:
    return {"audio": audio, "lang": lang, "text": text} | more


def test_a_recording_needs_three_fields(tmp_path: Path) -> None:
    (only,) = read_manifest(written(tmp_path, line()))

    path = tmp_path / "board" / "one.wav"
    assert only == Recording("board/one.wav", path, "board", "en", "hello")


def test_parts_of_a_talk_are_joined_in_their_order(tmp_path: Path) -> None:
    path = written(
        tmp_path, line("a/1.wav", talk="opening"), line("b/1.wav"), line("a/2.wav", talk="opening"),
        line("a/3.wav"), line("c/1.wav", kind="read, part"), line("c/2.wav", kind="read, part"),
    )  # fmt: skip

    found = [(t.set, t.name, [r.name for r in t.recordings]) for t in talks(read_manifest(path))]

    assert found == [
        ("a", "opening", ["a/1.wav", "a/2.wav"]),
        ("b", "b/1.wav", ["b/1.wav"]),
        ("a", "a/3.wav", ["a/3.wav"]),
        ("c", "c en", ["c/1.wav", "c/2.wav"]),
    ]


def test_parallel_recordings_are_each_others_references(tmp_path: Path) -> None:
    path = written(
        tmp_path, line("a/en-0.wav", kind="x parallel across languages"),
        line("a/es-0.wav", "es", "hola", kind="x parallel across languages"),
        line("a/en-1.wav", parallel=7, references={"fr": "salut"}),
        line("a/fr.wav", "fr", "bonjour", parallel="7"), line("b/es.wav", "es", "no", parallel="7"),
    )  # fmt: skip

    assert [r.references for r in read_manifest(path)] == [
        {"es": "hola"}, {"en": "hello"}, {"fr": "salut"}, {"en": "hello"}, {},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ('{"audio": ', "is no JSON (Expecting value at character 11); write one object a line"),
        ("[]", "is no JSON object; write it like {...} with audio, lang, text"),
        (line(lang="xx"), ": “xx” is not a language of this service; known: "),
        (line(text=" "), ": “text” is missing or empty; every recording needs one"),
        (line(text="..."), ": “text” holds no word; write down what is said"),
        (line(text=["hello"]), ": “text” is ['hello']; write a text in quotes"),
        ({"lang": "en"}, ": “audio” is missing or empty; every recording needs one"),
        ('{"audio": "gone.wav", "lang": "en", "text": "x"}', ": the audio "),
        (line(references=["hola"]), ': “references” is no object; write it like {"es": "..."}'),
        (line(references={"es": ""}), ", references: “es” is missing or empty; "),
        (line(references={"xx": "a"}), ": “xx” is not a language"),
        (line(glossary="terms.csv"), ": the glossary "),
        (line("board/first.wav"), ": “board/first.wav” stands there already; keep one"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(tmp_path: Path, bad: object, told: str) -> None:
    path = written(tmp_path, line("board/first.wav"), "", bad)

    with pytest.raises(BadManifest) as refused:
        read_manifest(path)

    said = str(refused.value)
    start = f"{path}, line 3"
    assert said.startswith(start)
    assert said[len(start) :].lstrip(" ").startswith(told.lstrip(" "))


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "manifest.jsonl"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadManifest, match=r"manifest\.jsonl .*; (name|write|save)"):
        read_manifest(path)


def test_a_set_gets_a_glossary_where_the_manifest_names_none(tmp_path: Path) -> None:
    own, given = tmp_path / "own.csv", tmp_path / "given.csv"
    for file in (own, given):
        file.write_text("en\nblock book\n")
    path = written(tmp_path, line("a/1.wav", glossary="own.csv"), line("a/2.wav"), line("b/1.wav"))

    recordings = with_glossaries(read_manifest(path), {"a": given})

    assert [r.glossary for r in recordings] == [own, given, None]


@pytest.mark.parametrize(
    ("set_", "file", "told"),
    [("c", "", "--glossary c: the manifest has only a"), ("a", "gone.csv", "gone.csv")],
)
def test_a_glossary_for_nothing_is_refused(tmp_path: Path, set_: str, file: str, told: str) -> None:
    recordings = read_manifest(written(tmp_path, line("a/1.wav")))

    with pytest.raises(BadManifest, match=told):
        with_glossaries(recordings, {set_: tmp_path / file})


def test_sets_and_a_limit_choose(tmp_path: Path) -> None:
    lines = [line(f"{s}/{n}.wav", tag) for s in "ab" for n, tag in enumerate(("en", "en", "es"))]
    path = written(tmp_path, *lines)
    recordings = read_manifest(path)

    assert [r.name for r in chosen(recordings, ["b"], 1)] == ["b/0.wav", "b/2.wav"]
    assert chosen(recordings, [], 0) == recordings
    with pytest.raises(BadManifest, match=r"no set “c”; it has: a, b"):
        chosen(recordings, ["c"], 0)
