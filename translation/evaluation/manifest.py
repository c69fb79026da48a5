"""A manifest: one JSON object a line, one recording each.

    {"audio": "talks/opening.flac", "lang": "en", "text": "Good morning ...",
     "references": {"es": "Buenos días ..."}, "set": "talks", "talk": "opening",
     "parallel": "7", "glossary": "terms.csv"}

`audio` (a path from the manifest's folder), `lang` and `text` (what is said, word for word) have
to be there. The others may:

references  language -> the translation to compare with
set         what is reported together; without it the first folder of `audio`
talk        recordings of one set, language and talk are joined in their order to one sound
parallel    recordings of one set with the same value say the same: each one's text is the other
            languages' reference
glossary    terms (CSV or TBX) to listen for and to hold in translation, a path like `audio`

Other fields are left alone, but for `kind`: one that ends in `part` joins the recordings of a set
and language to a talk; one that ends in `parallel across languages` takes what follows the
language in the file's name (`en-000`) as `parallel`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from translation.errors import InterpretError, UnknownLanguage
from translation.evaluation.words import normalised
from translation.languages import language as known_language


class BadManifest(InterpretError):
    """Names the line and says what to write instead. Never retry."""


@dataclass(frozen=True, slots=True)
class Recording:
    """`name`: its `audio`, which stands for it in a report."""

    name: str
    path: Path
    set: str
    language: str
    text: str
    references: dict[str, str] = field(default_factory=dict)
    talk: str = ""
    parallel: str = ""
    glossary: Path | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What goes through the path at once: a recording, or several joined in their order."""

    set: str
    language: str
    recordings: tuple[Recording, ...]

    @property
    def name(self) -> str:
        return self.recordings[0].talk or self.recordings[0].name


def read_manifest(path: Path) -> list[Recording]:
    """Raises `BadManifest`; its text names the line that is wrong, and the remedy."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise BadManifest(f"{path} is not there; name a manifest with --manifest") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadManifest(f"{path} cannot be read ({error}); save it as UTF-8 text") from None
    recordings: dict[str, Recording] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        recording = _recording(where, line, path.parent)
        if recording.name in recordings:
            raise BadManifest(f"{where}: “{recording.name}” stands there already; keep one")
        recordings[recording.name] = recording
    if not recordings:
        raise BadManifest(f"{path} names no recording; write one JSON object a line")
    return _with_parallels(list(recordings.values()))


def chosen(recordings: Sequence[Recording], sets: Sequence[str], limit: int) -> list[Recording]:
    """Of the named sets (none: of all), `limit` of each set and language (0: all)."""
    there = sorted({recording.set for recording in recordings})
    for name in sets:
        if name not in there:
            raise BadManifest(f"the manifest has no set “{name}”; it has: {', '.join(there)}")
    counts: dict[tuple[str, str], int] = {}
    kept = []
    for recording in recordings:
        kind = recording.set, recording.language
        counts[kind] = counts.get(kind, 0) + 1
        if (not sets or recording.set in sets) and (not limit or counts[kind] <= limit):
            kept.append(recording)
    return kept


def with_glossaries(
    recordings: Sequence[Recording], glossaries: Mapping[str, Path]
) -> list[Recording]:
    """Each recording without a glossary gets its set's. Raises `BadManifest`."""
    there = sorted({recording.set for recording in recordings})
    for name, path in glossaries.items():
        if name not in there:
            raise BadManifest(f"--glossary {name}: the manifest has only {', '.join(there)}")
        _file(f"--glossary {name}", "glossary", path)
    return [
        recording
        if recording.glossary is not None
        else replace(recording, glossary=glossaries.get(recording.set))
        for recording in recordings
    ]


def talks(recordings: Iterable[Recording]) -> Iterator[Talk]:
    """In the order in which they begin."""
    joined: dict[tuple[str, str, str], list[Recording]] = {}
    for recording in recordings:
        name = recording.talk or recording.name
        joined.setdefault((recording.set, recording.language, name), []).append(recording)
    for (set_, language, _), parts in joined.items():
        yield Talk(set_, language, tuple(parts))


def _recording(where: str, line: str, folder: Path) -> Recording:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadManifest(
            f"{where} is no JSON ({error.msg} at character {error.pos + 1});"
            " write one object a line"
        ) from None
    if not isinstance(row, dict):
        raise BadManifest(
            f"{where} is no JSON object; write it like {{...}} with audio, lang, text"
        )
    name = _text(where, row, "audio")
    tag = _language(where, _text(where, row, "lang"))
    kind = _text(where, row, "kind", needed=False)
    if not normalised(_text(where, row, "text"), tag):
        raise BadManifest(f"{where}: “text” holds no word; write down what is said")
    set_ = _text(where, row, "set", needed=False) or Path(name).parts[0]
    talk = _text(where, row, "talk", needed=False)
    parallel = _text(where, row, "parallel", needed=False)
    if not talk and kind.endswith("part"):
        talk = f"{set_} {tag}"
    if not parallel and kind.endswith("parallel across languages"):
        parallel = Path(name).stem.removeprefix(tag)
    glossary = _text(where, row, "glossary", needed=False)
    return Recording(
        name=name,
        path=_file(where, "audio", folder / name),
        set=set_,
        language=tag,
        text=_text(where, row, "text"),
        references=_references(where, row),
        talk=talk,
        parallel=parallel,
        glossary=_file(where, "glossary", folder / glossary) if glossary else None,
    )


def _text(where: str, row: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = row.get(name, "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BadManifest(f"{where}: “{name}” is {value!r}; write a text in quotes")
    if needed and not value.strip():
        raise BadManifest(f"{where}: “{name}” is missing or empty; every recording needs one")
    return value.strip()


def _language(where: str, tag: str) -> str:
    try:
        known_language(tag)
    except UnknownLanguage as error:
        raise BadManifest(f"{where}: {error}") from None
    return tag


def _references(where: str, row: dict[str, Any]) -> dict[str, str]:
    references = row.get("references") or {}
    if not isinstance(references, dict):
        raise BadManifest(f'{where}: “references” is no object; write it like {{"es": "..."}}')
    return {
        _language(where, tag): _text(f"{where}, references", references, tag) for tag in references
    }


def _file(where: str, name: str, path: Path) -> Path:
    if not path.is_file():
        raise BadManifest(f"{where}: the {name} {path} is not there; correct its path")
    return path


def _with_parallels(recordings: list[Recording]) -> list[Recording]:
    said: dict[tuple[str, str], dict[str, str]] = {}
    for each in recordings:
        if each.parallel:
            said.setdefault((each.set, each.parallel), {})[each.language] = each.text
    full = []
    for each in recordings:
        others = said.get((each.set, each.parallel), {})
        references = {**others, **each.references}
        references.pop(each.language, None)
        full.append(replace(each, references=references))
    return full
