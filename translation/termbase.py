"""An event's terms: what a concept is called in each language.

A session's plan names its terms by their fingerprint only; they are stored once under it, so the
plan stays small and whoever replays a session reads the terms it had.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from translation.errors import BadTermbase

MOST_TERMS = 20_000
LONGEST = {"concept": 60, "term": 200, "note": 500, "pronunciation": 200}
"""Characters of each field."""


@dataclass(frozen=True)
class Term:
    """`do_not_translate`: the word stays as it is, in every language. `pronunciation`: how a voice
    of this language should read it, respelled (`Subiaco` -> `soo-bee-ack-oh`); never shown."""

    language: str
    term: str
    note: str = ""
    do_not_translate: bool = False
    pronunciation: str = ""


@dataclass(frozen=True)
class Concept:
    id: str
    terms: list[Term] = field(default_factory=list)

    def term(self, language: str) -> Term | None:
        """In this language, or in the same without its region (`pt` for `pt-BR`)."""
        for tag in dict.fromkeys((language, language.partition("-")[0])):
            for term in self.terms:
                if term.language == tag:
                    return term
        return None

    def required(self, source: str, target: str) -> str | None:
        """What the concept has to be called in the target where it occurs in the source; None
        where nothing is said about it."""
        said = self.term(source)
        if said is None:
            return None
        if said.do_not_translate:
            return said.term
        wanted = self.term(target)
        return wanted.term if wanted else None


_CONCEPTS = TypeAdapter(list[Concept])


def to_json(concepts: Iterable[Concept]) -> bytes:
    return _CONCEPTS.dump_json(list(concepts), exclude_defaults=True)


def of_json(text: bytes | str) -> list[Concept]:
    """Raises `BadTermbase`."""
    try:
        return _CONCEPTS.validate_json(text)
    except ValidationError as error:
        raise BadTermbase(f"{len(text)} bytes of stored terms cannot be read") from error


def fingerprint(stored: bytes) -> str:
    """Of terms as `to_json` writes them: the same terms, the same fingerprint; "" for none."""
    return hashlib.sha256(stored).hexdigest()[:16] if stored not in (b"", b"[]") else ""
