"""Translations -> an unbroken, bounded line of speech for one language.

`Script` knows which segment comes next; `CatchUp` decides how fast to speak it, or to skip it;
`Playout` is what the track plays, sample by sample. All pure.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from translation.languages import said_in_s
from translation.values import Entry, Samples, Segment, Speaking, Spoken, Translation


class Script:
    """The log as one language sees it: what was said, what is translated, what is done with."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._segments: dict[int, Segment] = {}
        self._texts: dict[int, Translation] = {}
        self._begun: dict[int, Speaking] = {}
        self._done: set[int] = set()
        self._last = 0
        self._next = 1
        self.fresh = True

    def feed(self, entry: Entry) -> None:
        match entry:
            case Segment():
                self._last = max(self._last, entry.id)
                if entry.id >= self._next:
                    self._segments[entry.id] = entry
            case Translation(language=self.language) if entry.segment_id >= self._next:
                self._texts[entry.segment_id] = entry
            case Speaking(language=self.language):
                self._begin_with(entry.segment_id)
                self._begun[entry.segment_id] = entry
            case Spoken(language=self.language):
                self._begin_with(entry.segment_id)
                self._done.add(entry.segment_id)
                self.start_at(self._next)

    def _begin_with(self, segment_id: int) -> None:
        """The first line a channel ever touched: what was said before is not its business."""
        if self.fresh:
            self.fresh = False
            self.start_at(segment_id)

    def start_at(self, segment_id: int) -> None:
        """Everything before this segment is done with, and so is what is marked as done."""
        self._next = max(self._next, segment_id)
        while self._next in self._done:
            self._next += 1
        self._segments = {i: kept for i, kept in self._segments.items() if i >= self._next}
        self._texts = {i: kept for i, kept in self._texts.items() if i >= self._next}
        self._begun = {i: kept for i, kept in self._begun.items() if i >= self._next}
        self._done = {i for i in self._done if i >= self._next}

    def start_after(self, floor_s: float) -> None:
        """A new channel begins with what was said after this moment."""
        early = [i for i, segment in self._segments.items() if segment.floor_end_s < floor_s]
        self.start_at(max(early, default=self._next - 1) + 1)

    @property
    def next_id(self) -> int:
        return self._next

    @property
    def last_id(self) -> int:
        """The newest segment of the log, whether done with or not."""
        return self._last

    def segment(self, segment_id: int) -> Segment | None:
        return self._segments.get(segment_id)

    def text(self, segment_id: int) -> Translation | None:
        return self._texts.get(segment_id)

    def begun(self, segment_id: int) -> Speaking | None:
        """How a predecessor began to speak this segment without coming to its end."""
        return self._begun.get(segment_id)

    def waiting_s(self, segment_id: int) -> float:
        """How long it takes to say what waits behind a segment; a guess from the source where it is
        not translated."""
        waiting = [
            self._texts.get(i) or self._segments[i] for i in self._segments if i > segment_id
        ]
        return sum(said_in_s(one.text, one.language) for one in waiting)


@dataclass(frozen=True, slots=True)
class CatchUpSettings:
    """How a late channel catches up. Speeds are factors on the voice's own pace.

    `calm_s`: lag at which the voice keeps its pace. From there on `gain` is added for each second
    of work that waits, up to `fastest`. A line that is longer than what it renders is hurried by
    as much, up to `fastest_alone`, before anything waits behind it. A line whose speech would
    start more than `skip_after_s` after it was said is skipped when another waits behind it, one
    of `stale_s` in any case. Figures: infra/decisions/0005.
    """

    calm_s: float = 0.6
    gain: float = 0.3
    fastest: float = 1.5
    fastest_alone: float = 1.35
    skip_after_s: float = 12.0
    stale_s: float = 30.0


class CatchUp:
    """Lag, backlog and length -> how fast to speak the next line, or None to skip it."""

    def __init__(self, settings: CatchUpSettings = CatchUpSettings()) -> None:
        self._settings = settings
        self.speed = 1.0

    @property
    def fastest(self) -> float:
        """More it never asks for."""
        return self._settings.fastest

    def decide(
        self, *, lag_s: float, waiting_s: float, line_s: float, said_s: float
    ) -> float | None:
        """`lag_s`: from the end of the line's last word on the floor to the start of its speech,
        as things stand; `waiting_s`, `line_s`: how long it takes at the voice's own pace to say
        what waits behind it, and the line itself; `said_s`: how long that took on the floor."""
        settings = self._settings
        if lag_s > (settings.skip_after_s if waiting_s else settings.stale_s):
            return None
        behind_s = max(0.0, lag_s - settings.calm_s) + waiting_s
        longer = line_s / max(said_s, 0.1)
        hurry = max(1.0 + settings.gain * behind_s, min(settings.fastest_alone, longer))
        wanted = min(settings.fastest, hurry)
        # Quicker at once, slower by steps: a voice that changes its pace with every clause tires.
        self.speed = wanted if wanted > self.speed else max(wanted, self.speed - 0.1)
        return self.speed


Shape = Callable[[Samples], Samples]


@dataclass(slots=True)
class _Line:
    """`at`, `offset`: the chunk and the sample in it that are played next. `shapes`: of each chunk,
    what is done to its samples as they are played."""

    segment_id: int
    heard_before: int = 0
    chunks: list[Samples] = field(default_factory=list)
    shapes: list[Shape | None] = field(default_factory=list)
    complete: bool = False
    begun: bool = False
    at: int = 0
    offset: int = 0

    @property
    def played(self) -> int:
        return self.heard_before + sum(len(c) for c in self.chunks[: self.at]) + self.offset

    @property
    def waiting(self) -> int:
        return sum(len(chunk) for chunk in self.chunks[self.at :]) - self.offset

    def take(self, most: int) -> Samples:
        """The next samples of one chunk; none where there are none yet."""
        if self.at == len(self.chunks):
            return np.zeros(0, np.int16)
        chunk, shape = self.chunks[self.at], self.shapes[self.at]
        taken = chunk[self.offset : self.offset + most]
        self.offset += len(taken)
        if self.offset == len(chunk):
            self.at, self.offset = self.at + 1, 0
        return shape(taken) if shape else taken


@dataclass(frozen=True, slots=True)
class Began:
    segment_id: int


@dataclass(frozen=True, slots=True)
class Ended:
    segment_id: int


class Playout:
    """Lines of speech -> exactly as many samples as are asked for, silence where there is nothing.

    A line may still grow while it plays. `put` is never refused; whoever fills it looks at
    `waiting_s` first, so at most the line on air and the next one are held.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._lines: deque[_Line] = deque()
        self.held = False
        """No further line begins while it is."""

    @property
    def waiting_s(self) -> float:
        """Seconds of sound not played yet."""
        return sum(line.waiting for line in self._lines) / self._rate_hz

    @property
    def idle(self) -> bool:
        """Every line was played and its end was told."""
        return not self._lines

    @property
    def position(self) -> tuple[int, float] | None:
        """The segment on air and how many seconds of it have been played."""
        for line in self._lines:
            if line.begun:
                return line.segment_id, line.played / self._rate_hz
        return None

    def open(self, segment_id: int, *, skip_s: float = 0.0) -> None:
        """A new line behind the others. `skip_s` of it were heard before a restart: the caller
        leaves them out of what it puts."""
        self._lines.append(_Line(segment_id, int(skip_s * self._rate_hz)))

    def put(self, samples: Samples, shape: Shape | None = None) -> None:
        """More sound for the newest line; `shape` is asked for each piece as it is played."""
        if len(samples):
            self._lines[-1].chunks.append(samples)
            self._lines[-1].shapes.append(shape)

    def close(self) -> None:
        """The newest line is complete."""
        self._lines[-1].complete = True

    def peek(self, count: int) -> Samples:
        """What would be played next, up to `count` samples of the line on air."""
        if not self._lines:
            return np.zeros(0, np.int16)
        line = self._lines[0]
        ahead = np.concatenate([np.zeros(0, np.int16), *line.chunks[line.at :]])
        return ahead[line.offset : line.offset + count]

    def rewind(self, most_s: float) -> None:
        """The line on air begins again, where no more than `most_s` of it were played: whoever
        comes back to the machine is told the whole of it."""
        if self._lines and self._lines[0].played <= most_s * self._rate_hz:
            self._lines[0].at = self._lines[0].offset = 0

    def pull(self, count: int) -> tuple[Samples, list[Began | Ended]]:
        out = np.zeros(count, np.int16)
        events: list[Began | Ended] = []
        filled = 0
        while self._lines and filled < count:
            line = self._lines[0]
            if self.held and not line.begun:
                break
            taken = line.take(count - filled)
            if len(taken):
                if not line.begun:
                    line.begun = True
                    events.append(Began(line.segment_id))
                out[filled : filled + len(taken)] = taken
                filled += len(taken)
                continue
            if not line.complete:
                break
            events.append(Ended(line.segment_id))
            self._lines.popleft()
        if self._lines and self._lines[0].complete and not self._lines[0].waiting:
            events.append(Ended(self._lines.popleft().segment_id))
        return out, events
