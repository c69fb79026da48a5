"""Remembers and admits: organizations, events, sessions, and who may listen, speak and organize."""
