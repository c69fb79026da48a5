# The three languages that must be there: Python 3.11, Node, Go.

go_home=/usr/local/go/bin # where go.dev's package puts it, which is not on every PATH

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

# What Vite runs on: ^20.19 || >=22.12.
node_suffices() {
    case "$1" in
        20.*) at_least 20.19 "$1" ;;
        21.*) return 1 ;;
        *) at_least 22.12 "$1" ;;
    esac
}

# From 1.21 on, Go fetches the version that a program asks for, unless it is told not to.
go_suffices() {
    at_least "$livekit_go" "$1" ||
        { at_least 1.21 "$1" && [[ "$(go env GOTOOLCHAIN)" == *auto ]]; }
}

prerequisites() {
    local complaints=()
    if ! have go && [ -x "$go_home/go" ]; then PATH="$PATH:$go_home"; fi
    find_python || complaints+=("Python 3.11 is missing: install python3.11 (Debian 12: apt-get install python3).")
    local node_wanted="install Node 20.19 or later of 20, or 22.12 or later, with npm (nodejs.org)." version
    if ! have node || ! have npm; then
        complaints+=("Node.js is missing: $node_wanted")
    elif version="$(node -p process.versions.node)" && ! node_suffices "$version"; then
        complaints+=("Node.js $version is too old: $node_wanted")
    fi
    local go_wanted="install Go $livekit_go or later (go.dev/dl), or put livekit-server $livekit_version on PATH."
    if ! livekit_present; then
        if ! have go; then
            complaints+=("Go is missing: $go_wanted")
        elif version="$(go env GOVERSION | sed 's/^go//')" && ! go_suffices "$version"; then
            complaints+=("Go ${version:-of long ago} is too old: $go_wanted")
        fi
    fi
    if [ ${#complaints[@]} -gt 0 ]; then
        printf 'setup: %s\n' "${complaints[@]}" >&2
        exit 1
    fi
}
