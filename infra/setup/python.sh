# uv, and .venv with what requirements.txt (or the tests' superset of it) lists.

python_environment() {
    local requirements=requirements.txt fresh
    if [ "$scope" = evaluate ]; then requirements=infra/requirements/evaluate.txt; fi
    if [ "$scope" = dev ] || [ -e build/setup/dev ]; then requirements=infra/requirements/dev.txt; fi
    fresh="$({ echo "$python"; cat "$requirements"; } | sha)"
    if [ -x .venv/bin/python ] && stamped python "$fresh"; then return; fi
    find_uv
    if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        download venv "Making the virtual environment .venv" \
            "$uv" venv --quiet --allow-existing --no-python-downloads --python "$python" .venv
    fi
    # Adds and updates; what somebody installed by hand besides (an engine of their own) stays.
    download python "Installing the Python packages (a minute or two)" \
        "$uv" pip install --compile-bytecode --python .venv/bin/python --requirement "$requirements"
    if [ "$scope" = dev ]; then touch build/setup/dev; fi
    stamp python "$fresh"
}

find_uv() {
    uv=uv
    if uv --version >/dev/null 2>&1; then return; fi
    uv=build/tools/bin/uv
    if [ -x "$uv" ]; then return; fi
    "$python" -m venv build/tools
    download uv "Installing uv" build/tools/bin/python -m pip install --quiet uv
}
