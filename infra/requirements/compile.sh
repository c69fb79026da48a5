#!/usr/bin/env bash
# Compiles the requirements from pyproject.toml: `compile.sh [FOLDER]` writes them under FOLDER
# (the project's root by default), keeping the versions that stand there now unless UPGRADE=1.
set -euo pipefail
cd "$(dirname "$0")/../.."
target="${1:-.}"
uv=uv
uv --version >/dev/null 2>&1 || uv=build/tools/bin/uv
upgrade=()
if [ "${UPGRADE:-}" = 1 ]; then upgrade=(--upgrade); fi

# compile OUTPUT [OPTIONS]: from `$source`.
source=pyproject.toml
compile() {
    local output="$1"
    shift
    mkdir -p "$(dirname "$target/$output")"
    if [ "$target" != . ]; then cp "$output" "$target/$output"; fi
    "$uv" pip compile --quiet --no-header --python-version 3.11 --output-file "$target/$output" \
        "${upgrade[@]}" "$@" "$source"
}

compile requirements.txt
compile infra/requirements/dev.txt --extra dev --extra evaluate --extra japanese --constraint requirements.txt
compile infra/requirements/evaluate.txt --extra evaluate --constraint requirements.txt
compile infra/requirements/japanese.txt --extra japanese --constraint requirements.txt
compile infra/requirements/local.txt --extra local --constraint requirements.txt
source=infra/requirements/gateway.in
compile infra/requirements/gateway.txt
