"""One file an engine, each behind a port of `translation.ports`; `registry` finds them by name."""
