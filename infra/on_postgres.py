"""Runs a command with TEST_DATABASE_URL set to a PostgreSQL of its own:
`python -m infra.on_postgres COMMAND...`; ends with the command's status."""

import os
import subprocess
import sys

from tests.servers import postgres_server


def main(command: list[str]) -> int:
    inherited = os.environ
    with postgres_server() as url:
        return subprocess.run(command, env={**inherited, "TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
