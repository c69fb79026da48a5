"""Apertium: rule-based translation by its own programs, kept open, one pipeline a pair.

Where no pipeline goes from one language to another directly, the sentence goes by the shortest
way over the others (en > es > it).
"""

import asyncio
import re
import shutil
import subprocess
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from translation.engines.apertium_pipeline import MASKS, Pipeline
from translation.errors import EngineError, EngineMissing, PairUnsupported
from translation.languages import LANGUAGES, language
from translation.ports import NO_HINTS, Abilities, Hints, Rendering

PACKAGES = "apertium apertium-eng-spa apertium-eng-cat apertium-fra-cat apertium-spa-ita"

CODES = {"ca": "cat", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por"}
"""Two-letter codes that older pairs are named by -> ours."""

PIVOTS = ("spa", "cat")
"""Of two ways of the same length, the one over the language named first here. Over Catalan English
would become slightly better French (chrF on 250 FLORES sentences 48.4, over Spanish 46.8), but
Debian's cat-fra takes 620 MB of memory a worker, es-fr 90."""

Way = tuple[str, ...]
"""The modes a sentence passes in order (`eng-spa`, `es-pt`)."""


class Apertium:
    """Translates between all languages that its modes connect: those that the program lists,
    wherever they are installed, unless they are given.

    `timeout_s` bounds one sentence through one pipeline; one that fails or is late is ended and
    started anew. At most `most_pipelines` are kept open: the one that was used least recently
    makes room. Belongs to the event loop that first calls it.
    """

    def __init__(
        self,
        *,
        program: str = "apertium",
        modes: Iterable[str] | None = None,
        timeout_s: float = 2.0,
        most_pipelines: int = 12,
    ) -> None:
        self._program = program
        self._given_modes = modes
        self.timeout_s = timeout_s
        self._most_pipelines = most_pipelines
        self._pipelines: OrderedDict[str, Pipeline] = OrderedDict()

    @cached_property
    def abilities(self) -> Abilities:
        done = subprocess.run(
            [self._found_program, "-V"], capture_output=True, text=True, timeout=10, check=False
        )
        return Abilities(
            name="Apertium",
            version=(re.findall(r"\d+(?:\.\d+)+", done.stdout + done.stderr) or ["unknown"])[0],
            licence="GPL-2.0-or-later (separate programs)",
            languages=frozenset(
                tag for tag in LANGUAGES if any(self.supports(other, tag) for other in LANGUAGES)
            ),
            masks=MASKS,
        )

    @property
    def process_ids(self) -> dict[str, int]:
        """Of the pipelines that are open, the one used least recently first: mode -> group."""
        groups = {mode: pipeline.process_id for mode, pipeline in self._pipelines.items()}
        return {mode: group for mode, group in groups.items() if group is not None}

    def supports(self, source: str, target: str) -> bool:
        return self.way(source, target) != ()

    def way(self, source: str, target: str) -> Way:
        """The modes from one language to another; none where they are not connected."""
        start, end = language(source).apertium, language(target).apertium
        if not start or not end or start == end:
            return ()
        ways: dict[str, Way] = {start: ()}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for there, mode in self._modes.get(here, {}).items():
                if there not in ways:
                    ways[there] = (*ways[here], mode)
                    queue.append(there)
        return ways.get(end, ())

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        """One sentence into every target. What several targets pivot over is made once."""
        steps: dict[Way, asyncio.Task[str | EngineError]] = {}

        def step(way: Way) -> "asyncio.Task[str | EngineError]":
            if way not in steps:
                before = step(way[:-1]) if len(way) > 1 else None
                work = self._step(text, before, way[-1])
                steps[way] = group.create_task(work, name=f"apertium {' '.join(way)}")
            return steps[way]

        ways = {target: self.way(source, target) for target in targets}
        spoken = bool(text.strip())
        async with asyncio.TaskGroup() as group:
            tasks = {target: step(way) for target, way in ways.items() if way and spoken}
        results: dict[str, Rendering | Exception] = {}
        for target in targets:
            if target in tasks:
                result = tasks[target].result()
                results[target] = (
                    result
                    if isinstance(result, EngineError)
                    else Rendering(_cased(text, result), self._made_by(ways[target]))
                )
            elif target == source or not spoken:
                results[target] = Rendering(text, self._made_by(()))
            else:
                results[target] = self._no_way(source, target)
        return results

    async def aclose(self) -> None:
        pipelines = list(self._pipelines.values())
        self._pipelines.clear()
        await asyncio.gather(*(pipeline.aclose() for pipeline in pipelines))

    async def _step(
        self, text: str, before: "asyncio.Task[str | EngineError] | None", mode: str
    ) -> str | EngineError:
        said = text if before is None else await before
        if isinstance(said, EngineError):
            return said
        try:
            return await self._pipeline(mode).translate(said, self.timeout_s) if said else said
        except EngineError as error:
            return error
        finally:
            await self._make_room()

    def _pipeline(self, mode: str) -> Pipeline:
        pipeline = self._pipelines.get(mode)
        if pipeline is None:
            pipeline = Pipeline(self._found_program, mode)
            self._pipelines[mode] = pipeline
        self._pipelines.move_to_end(mode)
        return pipeline

    async def _make_room(self) -> None:
        idle = [mode for mode, pipeline in self._pipelines.items() if not pipeline.busy]
        for mode in idle[: max(0, len(self._pipelines) - self._most_pipelines)]:
            await self._pipelines.pop(mode).aclose()

    @property
    def _found_program(self) -> str:
        found = shutil.which(self._program)
        if found is None:
            raise EngineMissing(
                f"the program {self._program} is missing; on Debian: apt-get install {PACKAGES}"
            )
        return found

    @cached_property
    def _modes(self) -> dict[str, dict[str, str]]:
        """From -> to -> mode, in our languages' codes, preferred pivots first."""
        ours = {entry.apertium for entry in LANGUAGES.values() if entry.apertium}
        modes: dict[str, dict[str, str]] = {code: {} for code in ours}
        for mode in sorted(self._listed if self._given_modes is None else self._given_modes):
            start, _, end = (_code(part) for part in mode.partition("-"))
            if start in ours and end in ours:
                modes[start][end] = mode
        for code in ours:  # a variety nobody translates from is read as its language
            modes[code] = modes[code] or modes.get(code.partition("_")[0], {})
        rank = {code: place for place, code in enumerate(PIVOTS)}
        return {
            code: dict(sorted(ends.items(), key=lambda end: rank.get(end[0], len(rank))))
            for code, ends in modes.items()
        }

    @property
    def _listed(self) -> list[str]:
        """`apertium -l`; none without the program."""
        try:
            program = self._found_program
        except EngineMissing:
            return []
        done = subprocess.run(
            [program, "-l"], capture_output=True, text=True, timeout=10, check=False
        )
        return done.stdout.split()

    def _made_by(self, way: Way) -> str:
        """`Apertium 3.8.3 (eng-spa, es-fr)`"""
        return f"{self.abilities.label} ({', '.join(way)})" if way else "Apertium"

    def _no_way(self, source: str, target: str) -> Exception:
        try:
            _ = self._found_program
        except EngineMissing as missing:
            return missing
        return PairUnsupported(
            f"Apertium has no way from “{source}” to “{target}” with the pairs installed;"
            f" on Debian: apt-get install {PACKAGES}, or choose another TRANSLATION_ENGINE"
        )


def _code(mode_part: str) -> str:
    """`es` -> `spa`, `pt_BR` -> `por_BR`."""
    code, mark, variety = mode_part.partition("_")
    return f"{CODES.get(code, code)}{mark}{variety}"


def _cased(source: str, text: str) -> str:
    """The translation begins with a capital where its source does, and only there; the English
    pronoun I is no capital."""
    first = source.lstrip().partition(" ")[0]
    if not first[:1].isalpha() or not text[:1].isalpha():
        return text
    capital = first[0].isupper() and first.split("'")[0] != "I"
    head = text[0].upper() if capital else text[0].lower()
    return head + text[1:]
