#!/usr/bin/env bash
# All tests. Files with a failure are run once more, for a machine that is starved for a moment is
# no defect; what passes then is named at the very end, for a test that fails now and then is one.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
repeated=build/tests/passed-when-repeated.txt
mkdir -p build/tests
rm -f "$repeated"

name_them() {
    if [ -s "$repeated" ]; then
        printf '\nThese tests FAILED at first, and passed when they were repeated:\n'
        sed 's/^/    /' "$repeated"
    fi
}
trap name_them EXIT

CI=true python -m pytest || CI=true python -m tests.again "$repeated"
make --no-print-directory test-postgres
npm --prefix frontend test
