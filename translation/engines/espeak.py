"""eSpeak NG: speech by its own program, one process a clause, about 30 ms each.

The program is never linked or kept: its licence (GPL-3+) stays its own, and ending it is how
speech is cancelled.
"""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from functools import cached_property

import numpy as np

from translation.engines import kana
from translation.engines.espeak_text import readable
from translation.errors import EngineBroken, EngineMissing, EngineTimeout, PairUnsupported
from translation.languages import LANGUAGES
from translation.languages import language as known_language
from translation.ports import PLAIN, Abilities, Manner
from translation.values import Samples, Sound
from translation.voices import NO_VOICES, Gender, Voices

WORDS_PER_MINUTE = 175
"""At speed 1.0; eSpeak takes 80 to 450."""

KEPT_SILENCE_S = 0.06
"""Left before and after the speech; eSpeak pads with up to 0.3 s."""

QUIET = 64
"""Samples below this (-54 dBFS) at the ends are silence."""

FEMALE = "+f2"
"""eSpeak's variant of a voice; without one it is a man's."""


class ESpeak:
    """A synthesiser of its language's one voice, as a woman's where that is asked for.
    `timeout_s` bounds one clause."""

    def __init__(
        self,
        *,
        program: str = "espeak-ng",
        timeout_s: float = 5.0,
        voices: Voices = NO_VOICES,
    ) -> None:
        self._voices = voices
        self._program = program
        self._timeout_s = timeout_s

    @cached_property
    def abilities(self) -> Abilities:
        done = subprocess.run(
            [self._found_program, "--version"],
            capture_output=True, text=True, timeout=10, check=False,
        )  # fmt: skip
        return Abilities(
            name="eSpeak NG",
            version=(re.findall(r"\d+(?:\.\d+)+", done.stdout) or ["unknown"])[0],
            licence="GPL-3.0-or-later (separate program)",
            languages=frozenset(tag for tag in LANGUAGES if not self.lacks(tag)),
        )

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """The whole clause as one sound; none where there is nothing to say.

        Raises `EngineMissing`, `PairUnsupported` (no voice), `EngineTimeout`, `EngineBroken`.
        Left early or cancelled, its process is ended.
        """
        if why := self.lacks(language):
            raise PairUnsupported(f"eSpeak NG does not speak “{language}”: {why}")
        spoken = await asyncio.to_thread(readable, text, language)
        if spoken:
            sound = await self._synthesise(spoken, self.voice(language, manner), speed)
            if len(sound.samples):
                yield sound

    async def _synthesise(self, text: str, voice: str, speed: float) -> Sound:
        words_per_minute = min(450, max(80, round(WORDS_PER_MINUTE * speed)))
        process = await asyncio.create_subprocess_exec(
            self._found_program,
            "-v", voice, "-s", str(words_per_minute), "-b", "1", "-z", "--stdin", "--stdout",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._timeout_s):
                wav, complaint = await process.communicate(text.encode())
        except TimeoutError:
            raise EngineTimeout(
                f"eSpeak NG did not speak a clause of {len(text)} characters"
                f" within {self._timeout_s:g} s"
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            said = complaint.decode(errors="replace").strip()
            raise EngineBroken(f"eSpeak NG failed with the voice “{voice}”: {said}")
        return trimmed(parse_wav(wav))

    def voice(self, language: str, manner: Manner) -> str:
        """One of `espeak-ng --voices`, with its variant: `es-419+f3`; "" for a language that it
        does not speak."""
        if self.lacks(language):
            return ""
        chosen = manner.voices.over(self._voices).of("espeak-ng", language, manner.gender)
        woman = FEMALE if manner.gender == Gender.FEMALE else ""
        return chosen or f"{known_language(language).espeak}{woman}"

    def lacks(self, language: str) -> str:
        """What it needs to speak a language; "" where it needs nothing."""
        if not known_language(language).espeak:
            return "it has no voice for it; choose another engine"
        if known_language(language).plain == "ja" and not kana.installed():
            return f"it reads no Chinese characters; {kana.REMEDY}"
        return ""

    @property
    def _found_program(self) -> str:
        found = shutil.which(self._program)
        if found is None:
            raise EngineMissing(
                f"the program {self._program} is missing; on Debian: apt-get install espeak-ng"
            )
        return found


def parse_wav(data: bytes) -> Sound:
    """A mono 16-bit wav as it comes from a pipe: its sizes are placeholders.

    Raises `EngineBroken`.
    """
    start = data.find(b"data", 12)
    if data[:4] != b"RIFF" or start < 0:
        raise EngineBroken(f"eSpeak NG answered {len(data)} bytes that are no wav")
    rate_hz = int.from_bytes(data[24:28], "little")
    samples = data[start + 8 : len(data) - (len(data) - start) % 2]
    return Sound(np.frombuffer(samples, "<i2").astype(np.int16), rate_hz)


def trimmed(sound: Sound) -> Sound:
    """Without the silence at both ends, but for `KEPT_SILENCE_S`; empty where all is silence."""
    loud = np.flatnonzero(np.abs(sound.samples.astype(np.int32)) >= QUIET)
    if not len(loud):
        empty: Samples = np.empty(0, np.int16)
        return Sound(empty, sound.rate_hz)
    kept = round(KEPT_SILENCE_S * sound.rate_hz)
    start, end = max(0, int(loud[0]) - kept), int(loud[-1]) + 1 + kept
    return Sound(sound.samples[start:end], sound.rate_hz)
