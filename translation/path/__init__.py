"""One sentence's life in order: listen, recognise, segment, translate, speak, publish.

What decides here is pure: no asyncio, no I/O and no clock of its own; time is passed in.
"""
