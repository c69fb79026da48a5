#!/usr/bin/env bash
# Writes frontend/openapi.json and the frontend's types anew; with --check only says whether
# they are what the API is now.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
.venv/bin/python manage.py openapi >build/openapi.json
if [ "${1:-}" = --check ]; then
    if ! .venv/bin/python - <<'PYTHON'; then
import json, sys
current, committed = (json.load(open(path)) for path in ("build/openapi.json", "frontend/openapi.json"))
sys.exit(current != committed)
PYTHON
        echo "frontend/openapi.json is out of date; run: make openapi"
        exit 1
    fi
    exec npm --prefix frontend run --silent api:check
fi
cp build/openapi.json frontend/openapi.json
npm --prefix frontend run --silent api
