"""Which of a session's languages the floor speaks, found out from its sound.

At the beginning of each utterance it is not known yet. The language of the one before hears it,
and its clauses wait until some seconds of it are identified: then they come out, or an ear for
another language hears the same sound again.

    |<- 3 s of an utterance ->| en, as before:  "we have seen" comes out
     clauses wait             | fr, clearly:    they are dropped, "nous avons vu" comes out
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from translation.errors import InterpretError
from translation.path.listen import RATE_HZ, Activity, Ear, FloorSpeaks, Heard, Interim
from translation.path.segment import Clause
from translation.ports import LanguageIdentifier, Recogniser
from translation.values import Samples

LIKELY, UNLIKELY = 0.7, 0.15
"""Another language: it is at least so likely, and the one before at most so."""

LOOKS_S = (3.0, 5.0)
"""After so much of an utterance it is looked at; what is not clear the second time stays."""

LEAST_S = 1.5
"""A shorter utterance, the pause that ends it included, fits any language."""

LEAD_S = 0.5
"""An utterance's sound begins so long before the gate opens."""

log = logging.getLogger(__name__)


def judged(likely: Mapping[str, float], language: str, candidates: Collection[str]) -> str | None:
    """Which of the candidates is spoken where `language` was before; None where it is not clear.
    A tag with a region is as likely as its plain one."""
    chances = {tag: _chance(likely, tag) for tag in candidates}
    best, mine = (
        max(chances, key=lambda tag: chances[tag], default=language),
        _chance(likely, language),
    )
    if mine <= UNLIKELY and chances.get(best, 0.0) >= LIKELY:
        return best
    return language if mine >= LIKELY else None


def _chance(likely: Mapping[str, float], tag: str) -> float:
    return likely.get(tag, likely.get(tag.partition("-")[0], 0.0))


class DetectingEar:
    """An `Ear` that changes its language. `ear`: a new one for a language; `languages`: those of
    the session now. Blocking: it identifies where it listens."""

    def __init__(
        self,
        ear: Callable[[str], Ear],
        *,
        identifier: Callable[[], LanguageIdentifier],
        languages: Callable[[], Sequence[str]],
        language: str,
    ) -> None:
        self._make_ear = ear
        self._identifier = identifier
        self._languages = languages
        self._language = language
        self._ear = ear(language)
        self._pieces: list[tuple[Samples, float]] = []
        self._held: list[Heard] = []
        self._began_s: float | None = None
        self._looks = 0

    @property
    def recogniser(self) -> Recogniser | None:
        return self._ear.recogniser

    @property
    def busy(self) -> bool:
        return self._ear.busy

    def listen_for(self, terms: Sequence[str]) -> None:
        self._ear.listen_for(terms)

    def hear(self, samples: Samples, at_s: float) -> list[Heard]:
        """As `Ear.hear`."""
        now_s = at_s + len(samples) / RATE_HZ
        self._keep(samples, at_s)
        heard = self._sorted(self._ear.hear(samples, at_s), now_s)
        if self._began_s is None or now_s - self._began_s < LOOKS_S[self._looks]:
            return heard
        return heard + self._look(now_s, over=False)

    def drain(self, at_s: float) -> list[Heard]:
        return self._sorted(self._ear.drain(at_s), at_s)

    def _keep(self, samples: Samples, at_s: float) -> None:
        """The sound of an utterance that is not identified, and a little before it."""
        self._pieces.append((samples, at_s))
        needed_s = (at_s if self._began_s is None else self._began_s) - LEAD_S
        while self._pieces[0][1] + len(self._pieces[0][0]) / RATE_HZ < needed_s:
            del self._pieces[0]

    def _sorted(self, heard: list[Heard], now_s: float) -> list[Heard]:
        out: list[Heard] = []
        for each in heard:
            match each:
                case Activity(speaking=True):
                    self._began_s, self._looks = each.at_s, 0
                case Activity(speaking=False):
                    out += self._look(now_s, over=True)
                case Clause() if self._began_s is not None:
                    self._held.append(each)
                    continue
            out.append(each)
        return out

    def _look(self, now_s: float, *, over: bool) -> list[Heard]:
        """What waited comes out, once it is clear which language it is in or will not become so."""
        if self._began_s is None:
            return []
        found, self._looks = self._identified(now_s - self._began_s), self._looks + 1
        if found is None and not over and self._looks < len(LOOKS_S):
            return []
        held, self._held, self._began_s = self._held, [], None
        if found is None or found == self._language:
            return held
        try:
            ear = self._make_ear(found)
        except InterpretError as error:
            log.warning("the floor is heard in %s as before: %s", self._language, error)
            return held
        self._language, self._ear = found, ear
        return [FloorSpeaks(found), *self._heard_again(now_s, over=over)]

    def _identified(self, seconds: float) -> str | None:
        languages = self._languages()
        if seconds < LEAST_S or len({tag.partition("-")[0] for tag in languages}) < 2:
            return None
        sound = np.concatenate([samples for samples, _ in self._pieces])
        try:
            likely = self._identifier().identify(sound)
        except InterpretError as error:
            log.warning("the floor's language cannot be identified: %s", error)
            return None
        return judged(likely, self._language, languages)

    def _heard_again(self, now_s: float, *, over: bool) -> list[Heard]:
        """The utterance in its own language; that it began (and ended) is known."""
        heard = [each for samples, at_s in self._pieces for each in self._ear.hear(samples, at_s)]
        if over:
            heard += self._ear.drain(now_s)
        said = [each for each in heard if isinstance(each, Clause)]
        interim = [each for each in heard if isinstance(each, Interim)]
        ended = [Activity(False, now_s)] if not over and not self._ear.busy else []
        return [*said, *interim[-1:], *ended]
