# ruff: noqa: RUF001 - the letters of the phonetic alphabet are meant
"""How an English word that no dictionary has is said: eSpeak NG's reading of it, in the phones that
PocketSphinx's model knows (CMU's ARPAbet without stress).

    Subiaco  ->  S AH B IH AA K OW
"""

import subprocess
from collections.abc import Mapping, Sequence
from itertools import pairwise

from translation.errors import EngineMissing

PHONES = {
    "tʃ": "CH", "dʒ": "JH", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW", "aʊ": "AW", "eɪ": "EY", "aɪ": "AY",
    "ɪɹ": "IH R", "ʊɹ": "UH R", "ɔːɹ": "AO R", "ɑːɹ": "AA R", "ɛɹ": "EH R", "oːɹ": "AO R",
    "iː": "IY", "uː": "UW", "ɑː": "AA", "ɔː": "AO", "ɜː": "ER", "əl": "AH L",
    "ɚ": "ER", "ɝ": "ER", "i": "IY", "u": "UW", "ɪ": "IH", "ʊ": "UH", "ɛ": "EH", "e": "EH",
    "æ": "AE", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɔ": "AO", "ɒ": "AA", "ɑ": "AA", "a": "AA",
    "o": "OW", "ᵻ": "IH", "y": "UW", "ø": "ER", "œ": "ER", "θ": "TH", "ð": "DH", "ʃ": "SH",
    "ʒ": "ZH", "ŋ": "NG", "ɾ": "T", "ʔ": "T", "ɡ": "G", "j": "Y", "ɹ": "R", "r": "R", "x": "K",
    "ç": "HH", "h": "HH", "ɫ": "L", "p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "f": "F",
    "v": "V", "s": "S", "z": "Z", "m": "M", "n": "N", "l": "L", "w": "W",
}  # fmt: skip
LONGEST = max(map(len, PHONES))


def pronunciations(words: Sequence[str]) -> Mapping[str, str]:
    """Words that eSpeak NG can read, with their phones. Raises `EngineMissing`."""
    if not words:
        return {}
    try:
        done = subprocess.run(
            ["espeak-ng", "-q", "--ipa", "-v", "en-us", "--stdin"],
            input="\n\n".join(words), capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineMissing(f"eSpeak NG does not run: {error}; install espeak-ng") from error
    read = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    if len(read) != len(words):
        return {}
    return {word: said for word, ipa in zip(words, read, strict=True) if (said := phones(ipa))}


def phones(ipa: str) -> str:
    """What is no phone (stress, length, pauses) is left out."""
    said, place = [], 0
    while place < len(ipa):
        for length in range(LONGEST, 0, -1):
            if phone := PHONES.get(ipa[place : place + length]):
                said.append(phone)
                break
        else:
            length = 1
        place += length
    flat = " ".join(said).split()
    return " ".join(b for a, b in pairwise(["", *flat]) if a != b)
