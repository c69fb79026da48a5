"""Piper's voices, run here: phonemes by the program eSpeak NG, sound by onnxruntime.

Piper's own package is GPL-3.0 and is not used: its voices are plain ONNX files, each with a
licence of its own (see the voice's MODEL_CARD). eSpeak NG stays a program apart.
"""

import asyncio
import re
import shutil
import unicodedata
from collections import OrderedDict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from translation.engines.espeak import trimmed
from translation.engines.espeak_text import readable
from translation.engines.piper_voice import PiperVoice, VoiceFacts, read_facts, voice_files
from translation.errors import EngineBroken, EngineMissing, EngineTimeout, PairUnsupported
from translation.flow import offload
from translation.languages import LANGUAGES
from translation.ports import PLAIN, Abilities, Manner
from translation.values import Sound
from translation.voices import NO_VOICES, Voices

NAME = "piper"
SLOWEST, FASTEST = 0.7, 1.2
"""The models go further; people do not like to listen to that for an hour."""

MOST_LOADED = 8
"""Voices in memory, 60 to 120 MB each; the one that spoke longest ago goes."""

_WIDE = "\u3002\uff0c\u3001\uff1b\uff1a\uff01\uff1f"
"""The marks of Chinese and Japanese, which no space follows."""

_SENTENCE = re.compile(r"(?<=[.!?…؟।])\s+|(?<=[\u3002\uff01\uff1f])")
_PARTS = re.compile(rf"([,;:.!?…،؛؟।]+(?=\s|$)|[{_WIDE}]+)")
_MARKS = {"،": ",", "؛": ";", "؟": "?", "।": ".", "\u3002": ".", "\u3001": ","}
_ESPEAK = {"cmn": "cmn-latn-pinyin"}
"""By the first name eSpeak NG 1.51 reads the digits of tones as English words."""

_FOREIGN = re.compile(r"\([^)]*\)")
"""eSpeak marks words it takes for another language: `(en)tower(es)`."""


class Piper:
    """`folder`: of voices. Which voice a language takes is in `voices` (`name`, or `name#speaker`),
    or else the first of the folder that is named after the language. `threads` of the processor
    a sentence. Raises `EngineMissing` where there is no voice at all, or no eSpeak NG
    for its phonemes."""

    def __init__(
        self,
        *,
        folder: Path,
        voices: Voices = NO_VOICES,
        threads: int = 2,
        program: str = "espeak-ng",
        timeout_s: float = 5.0,
    ) -> None:
        self._files = voice_files(folder)
        self._voices = voices
        self._threads = threads
        self._program = program
        self._timeout_s = timeout_s
        self._loaded: OrderedDict[str, PiperVoice] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, "piper")
        voiced = {tag: self.voice(tag, PLAIN) for tag in LANGUAGES}
        languages = frozenset(tag for tag, voice in voiced.items() if voice)
        if not shutil.which(program):
            languages = frozenset(tag for tag in languages if self._is_spelled(voiced[tag]))
            if self._files and not languages:
                raise self._without_program
        if not languages:
            raise EngineMissing(
                f"{folder} holds no Piper voice of a language of ours (.onnx with .onnx.json); put"
                " one there, or set PIPER_VOICES_FOLDER"
            )
        self._used = [
            self._files[name]
            for name in sorted({voiced[tag].partition("#")[0] for tag in languages})
        ]
        self.abilities = Abilities(
            name="Piper",
            version="",
            licence="each voice's own (MODEL_CARD); phonemes by eSpeak NG (separate program)",
            languages=languages,
            speeds=(SLOWEST, FASTEST),
        )

    @property
    def files(self) -> list[Path]:
        """Of the voices that its languages take."""
        return [file for path in self._used for file in sorted(path.parent.glob(f"{path.name}*"))]

    async def ready(self, language: str, manner: Manner) -> None:
        """Its voice is loaded: half a second and more. Raises `EngineMissing`."""
        if name := self.voice(language, manner).partition("#")[0]:
            await offload(self._pool, self._load, name)

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """A sound a sentence. Raises `PairUnsupported`, `EngineMissing` (eSpeak NG, the voice),
        `EngineTimeout`, `EngineBroken`."""
        name, _, speaker = self.voice(language, manner).partition("#")
        if not name:
            raise PairUnsupported(f"there is no Piper voice for “{language}”")
        said = await asyncio.to_thread(readable, text, language)
        if not any(character.isalnum() for character in said):
            return
        voice = await offload(self._pool, self._load, name)
        speed = min(FASTEST, max(SLOWEST, speed))
        for sentence in _SENTENCE.split(said):
            phonemes = await self._phonemes(sentence, voice.facts)
            if phonemes:
                work = partial(voice.speak, phonemes, speaker=speaker, speed=speed)
                sound = trimmed(await offload(self._pool, work))
                if len(sound.samples):
                    yield sound

    async def aclose(self) -> None:
        """Lets go of its voices; the next line loads them anew."""
        pool, self._pool = self._pool, ThreadPoolExecutor(1, "piper")
        pool.submit(self._loaded.clear)
        pool.shutdown(wait=False)

    def voice(self, language: str, manner: Manner) -> str:
        """`name` or `name#speaker` of a voice that is there; "" where none is."""
        for voices in (manner.voices.over(self._voices), self._voices):
            chosen = voices.of(NAME, language, manner.gender)
            if chosen.partition("#")[0] in self._files:
                return chosen
        code = LANGUAGES[language].piper if language in LANGUAGES else ""
        named = (name for name in self._files if code and name.startswith(f"{code}-"))
        return next(named, "")

    def _load(self, name: str) -> PiperVoice:
        """On the thread, which alone knows what is loaded."""
        if name not in self._loaded:
            self._loaded[name] = PiperVoice(self._files[name], threads=self._threads)
            while len(self._loaded) > MOST_LOADED:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(name)
        return self._loaded[name]

    async def _phonemes(self, sentence: str, facts: VoiceFacts) -> str:
        """What stands between two marks goes through eSpeak; the marks stay, as pauses."""
        if facts.spelled:
            return sentence
        pieces = _PARTS.split(sentence)
        texts, marks = pieces[0::2], pieces[1::2]
        spoken = await asyncio.gather(*(self._espeak(each, facts.espeak_voice) for each in texts))
        said = ""
        for number, part in enumerate(spoken):
            said += part + (f"{_mark(marks[number])} " if number < len(marks) and part else "")
        return said.strip() if any(spoken) else ""

    async def _espeak(self, text: str, voice: str) -> str:
        if not any(character.isalnum() for character in text):
            return ""
        process = await asyncio.create_subprocess_exec(
            self._espeak_program(), "-q", "--ipa", "-b", "1", "-v", voice, "--stdin",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._timeout_s):
                lines, _ = await process.communicate(text.encode())
        except TimeoutError:
            raise EngineTimeout(
                f"eSpeak NG made no phonemes of {len(text)} characters in {self._timeout_s:g} s"
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise EngineBroken(f"eSpeak NG has no voice “{voice}”, which the Piper voice wants")
        phonemes = lines.decode(errors="replace").replace("\u200d", "")
        return " ".join(_FOREIGN.sub("", phonemes).split())

    def _espeak_program(self) -> str:
        found = shutil.which(self._program)
        if found is None:
            raise self._without_program
        return found

    @property
    def _without_program(self) -> EngineMissing:
        return EngineMissing(
            f"the program {self._program} is missing; on Debian: apt-get install espeak-ng"
        )

    def _is_spelled(self, voice: str) -> bool:
        """It reads letters, and needs no phonemes."""
        return read_facts(self._files[voice.partition("#")[0]]).spelled


def _mark(marks: str) -> str:
    """As the voices know it."""
    return _MARKS.get(marks[0]) or unicodedata.normalize("NFKC", marks[0])[0]
