# The programs that come from the system. Each is looked for by what it brings, not by its
# package's name, so that a hand-made installation counts, on any system.
#
# The packages of Redis and PostgreSQL would leave a service running. A service that came with a
# package installed here is switched off again (the parts are started by `make run` and by the
# tests, on their own ports); one that was there before is never touched.

demo_talk=/usr/share/pocketsphinx/test/data/librivox/fileids

have_mode() { [[ " $apertium_modes " == *" $1 "* ]]; }
have_file() { compgen -G "$1" >/dev/null; }
have_initdb() { have initdb || have_file '/usr/lib/postgresql/*/bin/initdb'; }
have_chromium() { have chromium || have chromium-browser; } # as tests/browser/browsers.py
have_ensurepip() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# want PACKAGE WHAT-FOR CHECK...
want() {
    local package="$1" purpose="$2"
    shift 2
    if ! "$@"; then
        missing+=("$package")
        purposes+=("$package ($purpose)")
    fi
}

packages() {
    missing=() purposes=()
    apertium_modes="$(apertium -l 2>/dev/null | tr -s ' \n' ' ' || true)"
    have uv || want python3-venv "Python's virtual environments" have_ensurepip
    want redis-server "the session log and the tasks' queue" have redis-server
    want espeak-ng "speech" have espeak-ng
    want apertium-eng-spa "translation English-Spanish" have_mode eng-spa
    want apertium-eng-cat "translation English-Catalan" have_mode eng-cat
    want apertium-es-pt "translation Spanish-Portuguese" have_mode es-pt
    want apertium-fr-es "translation Spanish-French" have_mode es-fr
    want apertium-spa-ita "translation Spanish-Italian" have_mode spa-ita
    want apertium-fra-cat "translation Catalan-French" have_mode cat-fra
    if have apt-get; then # elsewhere nobody has it, and a run does without
        want pocketsphinx-testdata "the demo talk" have_file "$demo_talk"
    fi
    if [ "$scope" = dev ]; then
        want postgresql "tests on PostgreSQL" have_initdb
        want chromium "tests in a browser" have_chromium
        if have apt-get; then
            want fonts-noto-core "screenshots in every script" \
                have_file '/usr/share/fonts/truetype/noto/NotoSans-Regular.*'
        fi
    fi
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if ! have apt-get; then
        fail "This system has no apt-get; please install these by hand: $(join "${purposes[@]}")." \
            "Then run the same command again."
    fi
    install_packages
}

join() { local IFS=','; printf '%s' "$*" | sed 's/,/, /g'; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_packages() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300)
    if [ "$(id -u)" != 0 ] && ! have sudo; then
        fail "Debian packages are missing, and this is neither root nor is there sudo." \
            "As root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    fi
    # An old list names versions that the servers have no longer. A source that does not answer
    # (somebody's own, say) may not be needed here: whether all is there, installing says.
    try apt-update "Refreshing the list of Debian packages" as_root "${apt[@]}" update ||
        say "Not all of the list could be refreshed; going on."
    try apt "Installing Debian packages: ${missing[*]}" \
        as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" ||
        fail "Installing Debian packages did not work (all of it in build/setup/apt.log)." \
            "$(apt_remedy build/setup/apt.log)"
    local package
    for package in "${missing[@]}"; do
        case "$package" in redis-server | postgresql) switch_service_off "$package" ;; esac
    done
}

# apt_remedy LOG: what to do about a failure, by what apt-get said.
apt_remedy() {
    if grep -qE '^E: (Unable to locate package|Package .* has no installation candidate)' "$1"; then
        echo "This system's package sources lack some (Debian 12's have all): install what is named above by hand, then run the same command again."
    elif grep -qE 'Could not (resolve|connect)|Temporary failure|Failed to fetch|timed out' "$1"; then
        echo "The package servers did not give all of it: connect this machine, or correct /etc/apt/sources.list, and run the same command again."
    else
        echo "Put in order what apt-get complains of, then run the same command again."
    fi
}

switch_service_off() {
    if [ -d /run/systemd/system ]; then
        as_root systemctl disable --now "$1" >>build/setup/apt.log 2>&1 || true
    elif [ -x "/etc/init.d/$1" ]; then
        as_root "/etc/init.d/$1" stop >>build/setup/apt.log 2>&1 || true
    fi
}
