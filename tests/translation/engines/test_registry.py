import subprocess
import sys

import pytest

from translation.engines.registry import engine_class, recogniser, recognises, voice_activity
from translation.engines.silero import Silero
from translation.errors import EngineMissing, PairUnsupported


def test_an_engine_is_found_by_its_name() -> None:
    assert type(voice_activity("silero")) is Silero


def test_an_engine_of_ones_own_is_found_by_its_dotted_path() -> None:
    path = "translation.engines.silero.Silero"

    assert engine_class("voice activity", path) is Silero


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(EngineMissing, match=r"“babelfish” .* known: apertium"):
        engine_class("translation", "babelfish")


@pytest.mark.parametrize("path", ["no.such.Engine", "translation.engines.silero.NoEngine"])
def test_a_dotted_path_that_leads_nowhere_is_missing(path: str) -> None:
    with pytest.raises(EngineMissing, match=path):
        engine_class("speech", path)


def test_a_recogniser_says_which_languages_it_understands() -> None:
    assert recognises("pocketsphinx") == frozenset({"en"})
    with pytest.raises(PairUnsupported, match="“fr”"):
        recogniser("pocketsphinx", "fr")


def test_importing_the_registry_loads_no_engine() -> None:
    heavy = ("onnxruntime", "pocketsphinx", "faster_whisper", "torch", "av")
    code = (
        "import sys, translation.engines.registry;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
