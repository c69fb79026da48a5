"""The consoles' WebSockets. `groups.py` names every group and message; the protocol of the
interpreters' and organizers' pages is in `protocol.py`."""
