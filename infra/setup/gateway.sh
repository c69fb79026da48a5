# LiteLLM's gateway for the tests, in build/litellm: what it pins does not go with the service's.

litellm_gateway() {
    local requirements=infra/requirements/gateway.txt fresh
    fresh="$({ echo "$python"; cat "$requirements"; } | sha)"
    if [ -x build/litellm/bin/litellm ] && stamped litellm "$fresh"; then return; fi
    find_uv
    if [ ! -x build/litellm/bin/python ]; then
        download litellm-venv "Making the virtual environment build/litellm" \
            "$uv" venv --quiet --no-python-downloads --python "$python" build/litellm
    fi
    download litellm "Installing LiteLLM's gateway for the tests" \
        "$uv" pip install --python build/litellm/bin/python --requirement "$requirements"
    stamp litellm "$fresh"
}
