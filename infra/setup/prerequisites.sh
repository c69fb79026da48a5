# The three languages that must be there: Python 3.11, Node 20 or later, Go.

find_python() {
    local name
    for name in python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            python="$("$name" -c 'import sys; print(sys.executable)')"
            return
        fi
    done
    return 1
}

prerequisites() {
    local complaints=()
    if ! have go && [ -x /usr/local/go/bin/go ]; then PATH="$PATH:/usr/local/go/bin"; fi
    find_python || complaints+=("Python 3.11 is missing: install python3.11 (Debian 12: apt-get install python3).")
    if ! have node || ! have npm; then
        complaints+=("Node.js is missing: install Node 20 or later, with npm (nodejs.org).")
    elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
        complaints+=("Node.js $(node -v) is too old: install Node 20 or later (nodejs.org).")
    fi
    if ! have go && ! livekit_present; then
        complaints+=("Go is missing: install Go 1.24 or later (go.dev/dl), or put livekit-server $livekit_version on PATH.")
    fi
    if [ ${#complaints[@]} -gt 0 ]; then
        printf 'setup: %s\n' "${complaints[@]}" >&2
        exit 1
    fi
}
