"""Live interpretation of speech: what is said on a floor, recognised, translated and spoken.

No Django here. Importing this package needs no network, no LiveKit server and no torch.
"""
