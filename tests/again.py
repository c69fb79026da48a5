"""Runs every file in which a test failed once more, as a whole: steps of a story need each other.

`python -m tests.again FILE`, after a run of pytest that failed; what passes this time is named in
FILE, a test a line.
"""

import json
import sys
from pathlib import Path

import pytest

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def last_failed() -> set[str]:
    try:
        return set(json.loads(LAST_FAILED.read_text()))
    except (OSError, ValueError):
        return set()


def main(passed: Path) -> int:
    failed = last_failed()
    files = sorted({name.partition("::")[0] for name in failed})
    if not files:
        sys.exit("No test is known to have failed; the run broke off otherwise.")
    status = pytest.main(files)
    if status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        passed.write_text("".join(f"{name}\n" for name in sorted(failed - last_failed())))
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
