"""What an older report holds and a new one does not, though it was asked for."""

from collections.abc import Iterator, Sequence
from typing import Any

Report = dict[str, Any]

Row = tuple[str, str, str]
"""Set, floor, target; "" for the floor itself."""


def missing(before: Report, now: Report) -> Iterator[tuple[str, str]]:
    """What it is, and in words what is missing of it."""
    asked = now["asked"]
    old, new = _talks(before), _talks(now)
    gone = [row for row in _rows(before) if row not in _rows(now) and _is_asked(row, asked)]
    for row in gone:
        if not row[2] or (*row[:2], "") not in gone:  # its floor's row says it
            yield " ".join(filter(None, row)), "nothing of it is in the new report"
    for key, names in old.items():
        lost = [name for name in names if name not in new.get(key, names)]
        if lost and not asked["limit"] and _is_asked((*key, ""), asked):
            yield " ".join(key), f"without {_listed(lost)}"


def _rows(report: Report) -> list[Row]:
    floors = [(row["set"], row["language"], "") for row in report["recognition"]]
    pairs = [
        (row["set"], row["source"], row["target"])
        for row in report["latency"]
        if row["source"] != row["target"]
    ]
    return [*floors, *pairs]


def _talks(report: Report) -> dict[tuple[str, str], list[str]]:
    talks: dict[tuple[str, str], list[str]] = {}
    for detail in report["details"]["recognition"]:
        talks.setdefault((detail["set"], detail["language"]), []).append(detail["talk"])
    return talks


def _is_asked(row: Row, asked: dict[str, Any]) -> bool:
    """An empty list asks for all."""
    set_, source, target = row
    return (
        set_ in (asked["sets"] or [set_])
        and source in (asked["sources"] or [source])
        and (not target or target in (asked["targets"] or [target]))
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
