"""The session log: the one thing that floor, translate and channel work share."""
