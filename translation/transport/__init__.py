"""How sound and captions travel: LiveKit rooms, sound files."""
