# livekit-server: one on PATH of at least this version, or else built once into build/bin.
livekit_version=1.13.5
livekit_go=1.26 # what its go.mod asks for

livekit_on_path() {
    local found
    have livekit-server || return 1
    found="$(livekit-server --version 2>/dev/null | grep -o '[0-9][0-9.]*' | head -n 1)"
    [ -n "$found" ] && at_least "$livekit_version" "$found"
}

livekit_built() { [ -x build/bin/livekit-server ] && stamped livekit "$livekit_version"; }

livekit_present() { livekit_built || livekit_on_path; }

livekit_server() {
    if livekit_present; then return; fi
    # Go calls the program after its folder: "server".
    download livekit "Building livekit-server $livekit_version (about two minutes)" \
        env CGO_ENABLED=0 GOFLAGS= GOBIN="$PWD/build/setup" \
        go install "github.com/livekit/livekit-server/cmd/server@v$livekit_version"
    mv build/setup/server build/bin/livekit-server
    stamp livekit "$livekit_version"
}
