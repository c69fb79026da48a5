#!/usr/bin/env bash
# Installs what the service (`infra/setup.sh run`), its tests (`infra/setup.sh dev`) or an evaluation
# of its engines (`infra/setup.sh evaluate`: no server, no page) need.
# Safe to call again and again: every step first looks whether there is anything to do.
set -euo pipefail
cd "$(dirname "$0")/.."
scope="${1:-run}"

for step in common prerequisites packages python livekit gateway frontend configuration; do
    # shellcheck source=/dev/null
    . "infra/setup/$step.sh"
done

prerequisites
packages
python_environment
if [ "$scope" != evaluate ]; then
    livekit_server
    frontend_build
fi
if [ "$scope" = dev ]; then litellm_gateway; fi
configuration
say "Everything is in place."
