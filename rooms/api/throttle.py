"""How often one address may ask."""

from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

WINDOW_S = 60

HALL = 3000
"""All phones of a hall may come by one address, and tap in the same minute."""


class PerAddress(BaseThrottle):
    """`most` requests a minute. It counts; ninja's own remembers when each of them was."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most

    def allow_request(self, request: HttpRequest) -> bool:
        key = f"throttle:{self._name}:{self.get_ident(request)}"
        if cache.add(key, 1, timeout=WINDOW_S):
            return True
        try:
            count = int(cache.incr(key))
        except ValueError:  # its minute has ended just now
            return True
        if count == 1:  # it ended while this was counted, and the new one has no end yet
            cache.touch(key, WINDOW_S)
        return count <= self._most
