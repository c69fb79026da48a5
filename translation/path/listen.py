"""Floor sound -> who speaks when, and the clauses that are said.

`Gate` decides from speech probabilities when an utterance begins and ends. `Ear` puts gate,
recognition, agreement and segmentation together: sound in, what was heard out. Blocking (it
recognises), so the floor job calls it on a worker thread; it has no clock of its own.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from translation.path.gain import AutomaticGain
from translation.path.recognise import Agreement
from translation.path.segment import Clause, Segmenter, joined
from translation.ports import Listening, Recogniser, RecognitionStream, VoiceActivity
from translation.values import Samples, Word

RATE_HZ = 16_000
WINDOW = 512
"""Samples that voice activity looks at together (Silero's window at 16 kHz): 32 ms."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Speech begins at `open_at` or more for `open_after_s`; it ends when the probability stayed
    under `close_at` for `close_after_s`. Two thresholds, so that it does not flutter."""

    open_at: float = 0.5
    close_at: float = 0.35
    open_after_s: float = 0.064
    close_after_s: float = 0.4


class Gate:
    """Probabilities of consecutive windows -> open or closed, and since when it is silent."""

    def __init__(self, settings: GateSettings = GateSettings()) -> None:
        self._settings = settings
        self.open = False
        self._loud_s = 0.0
        self._quiet_s = 0.0

    @property
    def quiet_s(self) -> float:
        """How long the floor has been silent while the gate is still open."""
        return self._quiet_s

    def update(self, probability: float, window_s: float) -> bool:
        """One more window; True when the gate opened or closed with it."""
        settings = self._settings
        if self.open:
            self._quiet_s = self._quiet_s + window_s if probability < settings.close_at else 0.0
            if self._quiet_s >= settings.close_after_s:
                self.open, self._loud_s = False, 0.0
                return True
            return False
        self._loud_s = self._loud_s + window_s if probability >= settings.open_at else 0.0
        if self._loud_s >= settings.open_after_s:
            self.open, self._quiet_s = True, 0.0
            return True
        return False


@dataclass(frozen=True, slots=True)
class Activity:
    """The floor began (or ceased) to speak at this session time."""

    speaking: bool
    at_s: float


@dataclass(frozen=True, slots=True)
class Interim:
    """Words heard since the last clause; they may still change."""

    text: str


@dataclass(frozen=True, slots=True)
class FloorSpeaks:
    """From here on the floor speaks this language, as was found out."""

    language: str


Heard = Activity | Clause | Interim | FloorSpeaks


class Ear:
    """Sound of the floor, piece by piece -> activity, clauses and interim text.

    A clause's words never change once it is out. An utterance starts with `lead_s` of sound from
    before the gate opened, for the gate opens late. Without a recogniser (there is none for the
    language) it hears only who speaks when. `terms`: of the event's glossary, to listen for.
    """

    def __init__(
        self,
        *,
        recogniser: Recogniser | None,
        voice_activity: VoiceActivity,
        language: str,
        terms: Sequence[str] = (),
        lead_s: float = 0.3,
        longest_utterance_s: float = 60.0,
    ) -> None:
        self._recogniser = recogniser
        self._voice_activity = voice_activity
        self._gate = Gate()
        self._segmenter = Segmenter(language=language)
        self._lead: deque[tuple[Samples, float]] = deque(
            maxlen=max(1, round(lead_s * RATE_HZ / WINDOW))
        )
        self._terms = tuple(terms)
        self._longest_utterance_s = longest_utterance_s
        self._rest: Samples = np.zeros(0, np.int16)
        self._gain = AutomaticGain()
        self._stream: RecognitionStream | None = None
        self._agreement = Agreement()
        self._times = Times()
        self._heard_s = 0.0
        self._looked_s = 0.0
        self._said = ""

    @property
    def recogniser(self) -> Recogniser | None:
        return self._recogniser

    @property
    def busy(self) -> bool:
        """Somebody speaks: to stop listening now would cut a word."""
        return self._gate.open or self._stream is not None

    def hear(self, samples: Samples, at_s: float) -> list[Heard]:
        """`samples`: 16 kHz, `at_s`: session time of the first of them."""
        at_s -= len(self._rest) / RATE_HZ
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // WINDOW * WINDOW
        self._rest = sound[whole:]
        heard: list[Heard] = []
        for start in range(0, whole, WINDOW):
            heard += self._window(sound[start : start + WINDOW], at_s + start / RATE_HZ)
        return heard

    def listen_for(self, terms: Sequence[str]) -> None:
        """Other terms, from the next utterance on."""
        self._terms = tuple(terms)

    def drain(self, at_s: float) -> list[Heard]:
        """The floor stops listening: everything said so far comes out."""
        if not self._gate.open and self._stream is None:
            return self._recognised(self._segmenter.flush())
        self._gate = Gate()
        return self._finish(at_s)

    def _window(self, window: Samples, at_s: float) -> list[Heard]:
        probability = self._voice_activity.probability(window.astype(np.float32) / 32768.0)
        changed = self._gate.update(probability, WINDOW / RATE_HZ)
        if self._recogniser is None:
            return [Activity(self._gate.open, at_s)] if changed else []
        if self._stream is None:
            self._lead.append((window, at_s))
            return self._begin(at_s) if changed else []
        self._push(window, at_s)
        if changed:
            return self._finish(at_s + WINDOW / RATE_HZ)
        if self._heard_s - self._looked_s < self._listening.every_s:
            return []
        heard = self._look()
        if self._heard_s > self._longest_utterance_s:
            heard += self._close_stream()
            self._open_stream()
        return heard

    @property
    def _listening(self) -> Listening:
        assert self._recogniser is not None  # noqa: S101 - callers have looked
        return self._recogniser.abilities.listening

    def _begin(self, at_s: float) -> list[Heard]:
        lead, self._lead = list(self._lead), deque(maxlen=self._lead.maxlen)
        self._open_stream()
        for window, _ in lead:
            self._gain.hear(window)
        for window, window_at_s in lead:
            self._push(window, window_at_s)
        return [Activity(True, at_s)]

    def _open_stream(self) -> None:
        assert self._recogniser is not None  # noqa: S101 - callers have looked
        self._stream = self._recogniser.open(terms=self._terms)
        self._agreement = Agreement()
        self._times = Times()
        self._heard_s = self._looked_s = 0.0

    def _push(self, window: Samples, at_s: float) -> None:
        assert self._stream is not None  # noqa: S101 - callers have looked
        self._times.note(self._heard_s, at_s)
        self._gain.hear(window)
        self._stream.push(self._gain.louder(window))
        self._heard_s += len(window) / RATE_HZ

    def _look(self) -> list[Heard]:
        assert self._stream is not None  # noqa: S101 - callers have looked
        self._looked_s = self._heard_s
        hypothesis = self._stream.hypothesis()
        self._agreement.depth = self._listening.agreeing  # a chain may have changed its engine
        agreed = self._on_floor(self._agreement.update(hypothesis, audio_end_s=self._heard_s))
        ahead = self._on_floor(self._agreement.pending(hypothesis))
        heard = self._recognised(self._segmenter.add(agreed, ahead=ahead))
        text = joined(word.text for word in (*self._segmenter.open_words, *ahead))
        if text != self._said:
            self._said = text
            heard.append(Interim(text))
        return heard

    def _close_stream(self) -> list[Heard]:
        if self._stream is None:
            return []
        rest = self._agreement.finish(self._stream.finish())
        self._stream = None
        return self._recognised(self._segmenter.add(self._on_floor(rest)))

    def _finish(self, now_s: float) -> list[Heard]:
        heard = self._close_stream()
        self._voice_activity.reset()
        self._said = ""
        return [*heard, *self._recognised(self._segmenter.flush()), Activity(False, now_s)]

    def _recognised(self, clauses: Iterable[Clause]) -> list[Heard]:
        """By the engine that serves now: a chain may have changed it."""
        by = self._recogniser.abilities.label if self._recogniser else ""
        return [replace(clause, engine=by) for clause in clauses]

    def _on_floor(self, words: list[Word]) -> list[Word]:
        at = self._times.at
        return [Word(w.text, at(w.start_s), max(at(w.start_s), at(w.end_s))) for w in words]


class Times:
    """Seconds of an utterance's sound -> session time. Sound does not come evenly: where packets
    were late or lost, a second of it may stand for more or less than a second of the floor."""

    TOLERANCE_S = 0.03

    def __init__(self) -> None:
        self._heard_s: list[float] = []
        self._at_s: list[float] = []

    def note(self, heard_s: float, at_s: float) -> None:
        """What comes after the first `heard_s` seconds was said at `at_s`."""
        if not self._heard_s or abs(self.at(heard_s) - at_s) > self.TOLERANCE_S:
            self._heard_s.append(heard_s)
            self._at_s.append(at_s)

    def at(self, heard_s: float) -> float:
        place = max(0, bisect_right(self._heard_s, heard_s) - 1)
        return self._at_s[place] + heard_s - self._heard_s[place]


class Mixer:
    """Several speakers' sound -> one floor, piece by piece.

    The first speaker whose sound comes sets the beat: what she sends goes straight on, with the
    others' sound added. Whoever falls silent for `patience_s` loses the beat to the next, whose
    first sound holds what she said meanwhile (`most_s` of it).
    """

    def __init__(self, rate_hz: int, *, patience_s: float = 0.1, most_s: float = 0.2) -> None:
        self._rate_hz = rate_hz
        self._patience_s = patience_s
        self._most = int(most_s * rate_hz)
        self._waiting: dict[str, Samples] = {}
        self._leader = ""
        self._led_s = float("-inf")

    @property
    def speakers(self) -> int:
        return len(self._waiting)

    def push(self, speaker: str, samples: Samples, now_s: float) -> Samples | None:
        """Sound of one speaker; the mix to go on with when she sets the beat, else None."""
        if speaker != self._leader and now_s - self._led_s > self._patience_s:
            self._leader = speaker
            samples = np.concatenate([self._waiting.get(speaker, samples[:0]), samples])
        if speaker != self._leader:
            waiting = np.concatenate([self._waiting.get(speaker, samples[:0]), samples])
            self._waiting[speaker] = waiting[-self._most :]
            return None
        self._led_s = now_s
        self._waiting[speaker] = samples[:0]
        mixed = samples.astype(np.int32)
        for other, waiting in self._waiting.items():
            taken = waiting[: len(samples)]
            self._waiting[other] = waiting[len(taken) :]
            mixed[: len(taken)] += taken
        return np.clip(mixed, -32768, 32767).astype(np.int16)

    def leave(self, speaker: str) -> None:
        self._waiting.pop(speaker, None)
        if speaker == self._leader:
            self._leader, self._led_s = "", float("-inf")

    def silent_since(self, now_s: float) -> float:
        """Seconds without a beat: the caller fills them with silence."""
        return now_s - self._led_s
