#!/usr/bin/env bash
# Every static check; all of them run, and what failed is listed at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=()

check() {
    local name="$1"
    shift
    printf '%-28s' "$name"
    if output="$("$@" 2>&1)"; then
        printf 'ok%s\n' "${output:+$(grep -m 1 '^skipped' <<<"$output" | sed 's/^/: /')}"
    else
        printf 'FAILED\n%s\n' "$output"
        failed+=("$name")
    fi
}

requirements_current() {
    local fresh
    fresh="$(mktemp -d)"
    # shellcheck disable=SC2064
    trap "rm -rf '$fresh'" RETURN
    if ! infra/requirements/compile.sh "$fresh" 2>"$fresh/words"; then
        if grep -qiE 'connect|dns|network|timed out|fetch' "$fresh/words"; then
            echo "skipped, no network"
            return 0
        fi
        cat "$fresh/words"
        return 1
    fi
    local file
    for file in requirements.txt infra/requirements/{dev,evaluate,gateway,japanese,local}.txt; do
        diff -u "$file" "$fresh/$file" || { echo "run: make requirements"; return 1; }
    done
}

openapi_current() {
    infra/openapi.sh --check
}

compose_valid() {
    local compose
    if docker compose version >/dev/null 2>&1; then
        compose=(docker compose)
    elif docker-compose version --short 2>/dev/null | grep -q '^v\?2'; then
        compose=(docker-compose)
    else
        echo "skipped, no docker compose here"
        return 0
    fi
    SECRET_KEY=check LIVEKIT_API_SECRET=check \
        "${compose[@]}" --file infra/compose.yaml config --quiet
}

# Nothing that is committed may name a machine's own folders.
no_machine_paths() {
    ! git grep -nE '(^|[^A-Za-z0-9_.$}/])/(work|root|home/[a-z]+|Users/[A-Za-z]+|tmp/[a-z])/' -- . \
        ':!infra/check.sh' ':!*.lock' ':!LICENSE'
}

shell_syntax() {
    local script
    for script in .ci/run $(git ls-files '*.sh'); do bash -n "$script" || return 1; done
}

check "ruff" ruff check .
check "ruff format" ruff format --check .
check "mypy" mypy .
check "import-linter" lint-imports
check "migrations" python manage.py makemigrations --check --dry-run
check "frontend" npm --prefix frontend run lint
check "OpenAPI document" openapi_current
check "languages table" python manage.py languages --check
check "requirements" requirements_current
check "compose.yaml" compose_valid
check "shell scripts" shell_syntax
check "no machine's paths" no_machine_paths

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nFailed: %s\n' "$(IFS=,; echo "${failed[*]}" | sed 's/,/, /g')"
    exit 1
fi
