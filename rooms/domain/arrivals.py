"""Listeners on their way: they have a token, and LiveKit does not count them yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

ARRIVING_S = 10
"""A listener with a token counts for one to two of these, by then LiveKit counts them."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One who was counted. `before`: how many were on their way to the same room already."""

    key: str
    before: int


def arrive(room: str, now_s: float) -> Arrival:
    """Counts one more, at once, so that others see it."""
    current, previous = _keys(room, now_s)
    cache.add(current, 0, timeout=3 * ARRIVING_S)
    return Arrival(current, int(cache.incr(current)) - 1 + int(cache.get(previous, 0)))


def turn_away(arrival: Arrival) -> None:
    cache.decr(arrival.key)


def arriving(rooms: Iterable[str], now_s: float) -> dict[str, int]:
    """How many are on their way to each room."""
    keys = {room: _keys(room, now_s) for room in rooms}
    counts = cache.get_many([key for pair in keys.values() for key in pair])
    return {room: sum(counts.get(key, 0) for key in pair) for room, pair in keys.items()}


def _keys(room: str, now_s: float) -> tuple[str, str]:
    now = int(now_s / ARRIVING_S)
    return f"arriving:{room}:{now}", f"arriving:{room}:{now - 1}"
