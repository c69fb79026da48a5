"""Runs every file in which a test failed once more, as a whole: steps of a story need each other.

`python -m tests.again`, after a run of pytest that failed.
"""

import json
import sys
from pathlib import Path

import pytest

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def main() -> int:
    try:
        failed = json.loads(LAST_FAILED.read_text())
    except (OSError, ValueError):
        failed = {}
    files = sorted({name.partition("::")[0] for name in failed})
    if not files:
        sys.exit("No test is known to have failed; the run broke off otherwise.")
    return pytest.main(files)


if __name__ == "__main__":
    sys.exit(main())
