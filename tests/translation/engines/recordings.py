"""Human speech for tests that need it: the LibriVox reading in Debian's pocketsphinx-testdata."""

from pathlib import Path

from tests.servers import require
from translation.audio import read_sound
from translation.values import Samples

LIBRIVOX = Path("/usr/share/pocketsphinx/test/data/librivox")
SAID = "he was not an ill disposed young man"


def spoken_english() -> Samples:
    """`SAID` at 16 kHz, 3 s."""
    path = LIBRIVOX / "sense_and_sensibility_01_austen_64kb-0880.wav"
    return read_sound(
        Path(require(path if path.is_file() else None, "pocketsphinx-testdata"))
    ).samples
