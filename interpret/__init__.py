"""Wires: settings, URLs, the processes' entries, and the one place that knows every class."""
