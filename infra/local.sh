#!/usr/bin/env bash
# Makes build/local, an environment with torch: for engines with weights of one's own and for
# converting models. `infra/local.sh dev` adds what their tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

for step in common prerequisites python; do
    # shellcheck source=/dev/null
    . "infra/setup/$step.sh"
done

requirements=(infra/requirements/local.txt)
if [ "${1:-}" = dev ] || [ -e build/setup/local-dev ]; then
    requirements+=(infra/requirements/dev.txt)
    touch build/setup/local-dev
fi
find_python || fail "Python 3.11 is missing." "Install python3.11 (Debian 12: apt-get install python3)."
fresh="$({ echo "$python"; cat "${requirements[@]}"; } | sha)"
if [ -x build/local/bin/python ] && stamped local "$fresh"; then exit; fi
find_uv
if [ ! -x build/local/bin/python ]; then
    download local-venv "Making the virtual environment build/local" \
        "$uv" venv --quiet --no-python-downloads --python "$python" build/local
fi
download local "Installing torch and transformers (minutes, some gigabytes)" \
    "$uv" pip install --python build/local/bin/python "${requirements[@]/#/--requirement=}"
stamp local "$fresh"
