"""What the path needs from outside, as Protocols of one to three methods.

Retry, timeout, fallback and metrics wrap a port; what an engine can do is data (`Abilities`).
"""

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from translation.termbase import Concept
from translation.values import Draft, Entry, Plan, Samples, Segment, Sound, Word
from translation.voices import NO_VOICES, Gender, Voices


@dataclass(frozen=True, slots=True)
class Listening:
    """How a recogniser's hypotheses are to be used.

    `every_s`: how much more sound there is before they are asked for again. `agreeing`: so many in
    a row must agree before a word is certain; 0 where only the engine says which words are
    (`Word.settled`).
    """

    every_s: float = 0.1
    agreeing: int = 5


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine is and can do. `languages`: BCP-47 tags; empty where pairs decide.

    `context`: a translator is better for so many sentences said before. `interim`: quick and
    cheap enough for captions that change several times a second. `glossary`: it holds to
    `Hints.concepts` by itself. `masks`: words that a translator without one copies as they are, in
    any language. `speeds`: the slowest and the fastest a voice speaks, as factors on
    its own pace. `loudness_lufs`: of its voices, where all are about equal and it is known.
    `listening`: of a recogniser.
    """

    name: str
    version: str
    licence: str
    languages: frozenset[str] = field(default_factory=frozenset)
    needs_network: bool = False
    context: int = 0
    interim: bool = True
    glossary: bool = False
    masks: tuple[str, ...] = ("QXA", "QXB", "QXC", "QXD", "QXE", "QXF")
    speeds: tuple[float, float] = (0.5, 2.0)
    loudness_lufs: float | None = None
    listening: Listening = Listening()

    @property
    def label(self) -> str:
        """As it stands in provenance."""
        return f"{self.name} {self.version}".strip()


class VoiceActivity(Protocol):
    """Says how likely a stretch of sound is speech. Keeps state from call to call."""

    def probability(self, window: NDArray[np.float32]) -> float:
        """`window`: 512 samples at 16 kHz in [-1, 1] -> 0..1."""

    def reset(self) -> None: ...


class RecognitionStream(Protocol):
    """One utterance under recognition. Blocking: call it from a worker thread."""

    def push(self, samples: Samples) -> None:
        """More sound, 16 kHz."""

    def hypothesis(self) -> list[Word]:
        """What seems said so far, all of it; times count from the utterance's first sample."""

    def finish(self) -> list[Word]:
        """The last hypothesis; the stream is closed."""


class Recogniser(Protocol):
    @property
    def abilities(self) -> Abilities: ...

    def open(self, *, terms: Sequence[str] = ()) -> RecognitionStream:
        """A stream for the next utterance; one at a time. `terms`: of the event's glossary, in
        the language that is recognised; an engine listens for as many as it can."""


class LanguageIdentifier(Protocol):
    abilities: Abilities

    def identify(self, samples: Samples) -> Mapping[str, float]:
        """Some seconds of speech at 16 kHz -> how likely each language (BCP-47) is; adds up to 1.
        Blocking."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to translate a sentence; an engine uses of it what it can.

    `context`: what was said before it, oldest first, in the source language. `concepts`: those of
    the glossary that occur in it. `session_id`: whose budget pays; "" is nobody's. `interim`: it
    is a caption that still changes.
    `doubts`: target -> what is wrong with the first try; the engine takes its most careful way.
    """

    context: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    session_id: str = ""
    interim: bool = False
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence in a target language and the engine that made it, pivots included.

    `doubts`: what a check between source and target still finds wrong (`number`, `term` ...).
    `terms`, `terms_kept`: how many terms of the glossary it had to hold, and how many it does.
    """

    text: str
    engine: str
    doubts: tuple[str, ...] = ()
    terms: int = 0
    terms_kept: int = 0


class Translator(Protocol):
    @property
    def abilities(self) -> Abilities: ...

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, "Rendering | Exception"]:
        """One sentence into every target. A target that failed holds its error, the others
        their rendering: one broken pair never costs the others."""

    def supports(self, source: str, target: str) -> bool: ...

    async def aclose(self) -> None: ...


class Budget(Protocol):
    """What sessions have used of an engine that costs, in its own units."""

    async def spend(self, session_id: str, units: int) -> int:
        """Adds to what the session has used (0 looks only); all of it so far."""


class Places(Protocol):
    """So many at once, for all processes together. Raises `LogUnreachable`."""

    async def take(self) -> str:
        """A place, to be given back; "" where none is free now."""

    async def give_back(self, place: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How a line is to be said; an engine takes of it what it can. `gender`: of the voice.
    `voices`: chosen for this event; they come before the settings'."""

    gender: Gender = Gender.ANY
    voices: Voices = NO_VOICES


PLAIN = Manner()


class Synthesiser(Protocol):
    """One that knows its voices by name also has `voice(language, manner)`: which it would take.
    One that is slow to begin has `async ready(language, manner)`: all that a line needs is there.
    """

    @property
    def abilities(self) -> Abilities: ...

    def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """Speech in chunks as they become ready; `speed` 1.0 is the voice's own pace."""


class Condenser(Protocol):
    """Says the same in fewer words, for a channel that is late."""

    async def condense(
        self, text: str, *, language: str, characters: int, session_id: str = ""
    ) -> str:
        """The text in at most about so many characters, in its own language. Raises
        `EngineError`, `BudgetSpent` (of the session that pays)."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry and where it stands; positions of one log sort as they were written."""

    position: str
    entry: Entry


class SessionLog(Protocol):
    """The ordered entries of one session, kept; and its drafts, not kept."""

    async def append(self, entry: Entry, *, owner: "Ownership | None" = None) -> bool:
        """Adds the entry. False where it stands there already (a segment, translation, speaking
        or spoken entry is written once) or the log was deleted. Raises `NotOwner` where `owner`
        has lost its lease."""

    async def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]:
        """Entries after a position, oldest first."""

    def follow(self, *, after: str = "") -> AsyncGenerator[Logged, None]:
        """Entries after a position, then those to come, for ever."""

    async def segment(self, segment_id: int) -> Segment | None: ...

    async def plan(self) -> Plan | None:
        """The newest plan."""

    async def terms(self, fingerprint: str) -> Sequence[Concept]:
        """The glossary that a plan names; empty where there is none (any more)."""


class Drafts(Protocol):
    """Interim captions: whoever listens now hears them, nobody else ever will."""

    async def say(self, draft: Draft) -> None: ...

    def hear(self) -> AsyncGenerator[Draft, None]: ...


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a job: its lease's name and fencing number."""

    job: str
    fence: int


class Translations(Protocol):
    """Orders the translate work; returns at once. Asked again, it does again: results are kept
    once."""

    async def order(self, session_id: str, segment_id: int) -> None: ...

    async def order_draft(self, session_id: str, draft: Draft) -> None: ...


class Passes(Protocol):
    """Tokens that let a job into LiveKit rooms; each good for one room and one purpose."""

    url: str

    def floor_token(self, session_id: str, identity: str) -> str:
        """Into the stage room: hear, send data, publish no sound."""

    def channel_token(self, session_id: str, language: str, shard: int, identity: str) -> str:
        """Into a listener room: publish one track and data."""

    def stage_listen_token(self, session_id: str, identity: str) -> str:
        """Into the stage room, hidden: hear only."""


class FloorSource(Protocol):
    """The floor's sound, mixed, mono, in pieces of 20 ms, silence included, in real time."""

    rate_hz: int

    @property
    def speakers(self) -> int:
        """How many microphones are open."""

    @property
    def lost_s(self) -> float:
        """How much sound there was no room for so far, because whoever reads is too slow."""

    def pieces(self) -> AsyncGenerator[tuple[Samples, float], None]:
        """Each piece with the session time of its first sample. Ends where the floor ends (a
        recording does, a stage does not)."""

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        """To the speakers' pages; nothing where there are none."""

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Microphone:
    """An interpreter's microphone in the stage room. `connected`: its sound arrives (a muted one
    sends none); `speaking`: there is speech in it; `level_db`: dBFS, of the last tenth second."""

    connected: bool = False
    muted: bool = False
    speaking: bool = False
    level_db: float = -96.0

    @property
    def able(self) -> bool:
        return self.connected and not self.muted


class Microphones(Protocol):
    """The microphones of a channel's interpreters, by their ids."""

    rate_hz: int

    def assign(self, interpreters: Collection[str]) -> None:
        """Whose microphones to listen to from now on; nobody else's are heard."""

    def states(self) -> Mapping[str, Microphone]:
        """Each assigned interpreter's, as it is now."""

    def pull(self, interpreter: str, count: int) -> Samples:
        """The next `count` samples of her sound; silence where there is none."""

    async def aclose(self) -> None: ...


class ChannelSink(Protocol):
    """One channel's way to its listeners."""

    rate_hz: int
    identity: str

    def wanted(self) -> int:
        """How many samples the track can take now without growing late; a multiple of 20 ms."""

    async def play(self, samples: Samples) -> None: ...

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        """To everyone who listens now."""

    async def carry(self, shards: int) -> None:
        """Carries the channel into listener rooms 0 .. shards - 1 from now on."""


class Attentive(Protocol):
    async def heard(self, language: str) -> bool:
        """Is anybody listening to this language now?"""


class VitalSigns(Protocol):
    async def report(self, name: str, facts: dict[str, object]) -> None:
        """How a job does, for the organizer's page."""
