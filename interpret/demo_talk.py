"""The demo's talk."""

from pathlib import Path

LIBRIVOX = Path("/usr/share/pocketsphinx/test/data/librivox")


def demo_talk(folder: Path = LIBRIVOX) -> list[Path]:
    """The human reading in Debian's pocketsphinx-testdata, in the reader's order; empty on systems
    that do not have it."""
    names = folder / "fileids"
    if not names.is_file():
        return []
    return [folder / f"{name}.wav" for name in names.read_text().split()]
