"""How good a machine channel's last lines were, in numbers that an organizer can act on.

quality.feed(Translation(7, "es", ..., doubts=("number",), terms=2, terms_kept=1))
quality.feed(Spoken(8, "es", 40.0, SkipReason.BEHIND))
quality.facts()  -> {"lines": 2, "skipped": 1, "condensed": 0, "doubted": 1,
                     "terms": 2, "terms_kept": 1}
"""

from collections import OrderedDict
from dataclasses import dataclass, replace

from translation.values import Entry, SkipReason, Speaking, Spoken, Translation

LINES = 20


@dataclass(frozen=True, slots=True)
class _Line:
    skipped: bool = False
    condensed: bool = False
    doubted: bool = False
    terms: int = 0
    terms_kept: int = 0


class Quality:
    """Of one language, over its last lines. A line that nobody listened to counts as said."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lines: OrderedDict[int, _Line] = OrderedDict()

    def feed(self, entry: Entry) -> None:
        """An entry of the session's log, other languages' too."""
        match entry:
            case Translation(language=self._language):
                line = replace(
                    self._line(entry.segment_id), doubted=bool(entry.doubts),
                    terms=entry.terms, terms_kept=entry.terms_kept,
                )  # fmt: skip
            case Speaking(language=self._language):
                line = replace(self._line(entry.segment_id), condensed=bool(entry.said))
            case Spoken(language=self._language):
                skipped = entry.skipped not in (None, SkipReason.UNHEARD)
                line = replace(self._line(entry.segment_id), skipped=skipped)
            case _:
                return
        self._lines[entry.segment_id] = line
        while len(self._lines) > LINES:
            self._lines.popitem(last=False)

    def facts(self) -> dict[str, int]:
        lines = self._lines.values()
        return {
            "lines": len(lines),
            "skipped": sum(line.skipped for line in lines),
            "condensed": sum(line.condensed for line in lines),
            "doubted": sum(line.doubted for line in lines),
            "terms": sum(line.terms for line in lines),
            "terms_kept": sum(line.terms_kept for line in lines),
        }

    def _line(self, segment_id: int) -> _Line:
        return self._lines.get(segment_id, _Line())
