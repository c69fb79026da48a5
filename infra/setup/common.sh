# What the steps share: words to the person, hashes, stamps, downloads.

mkdir -p build/setup build/bin build/run

say() { printf 'setup: %s\n' "$*"; }

# fail WHAT REMEDY: one line each, then the end.
fail() {
    printf 'setup: %s\n' "$1" >&2
    if [ -n "${2:-}" ]; then printf 'setup: %s\n' "$2" >&2; fi
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED FOUND: of versions like 1.26 or 20.19.4.
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# sha256 of standard input.
sha() { if have sha256sum; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# A stamp remembers of what a thing was made: `stamped NAME HASH` asks, `stamp NAME HASH` notes.
stamped() { [ "$(cat "build/setup/$1.stamp" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s\n' "$2" >"build/setup/$1.stamp"; }

# try NAME WHAT COMMAND...: runs the command, its words kept in a log, the last of them shown where
# it fails.
try() {
    local log="build/setup/$1.log" what="$2"
    shift 2
    say "$what ..."
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 5 "$log" | sed 's/^/    /' >&2
        return 1
    fi
}

# download NAME WHAT COMMAND...: the same; a failure is told in two lines, the likeliest cause first.
download() {
    try "$@" || fail "$2 did not work (all of it in build/setup/$1.log)." \
        "If that reads like a network failure, connect this machine and run the same command again."
}
