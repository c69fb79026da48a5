"""One slot's engines in a process: each built once, whatever chains it is in."""

import logging
from collections.abc import Callable, Iterable
from threading import RLock
from typing import Generic, TypeVar

from translation.choice import Chain
from translation.errors import EngineMissing

log = logging.getLogger(__name__)

E = TypeVar("E")


class Pool(Generic[E]):
    """`build` an engine by its name, `join` several to a chain. From any thread."""

    def __init__(self, build: Callable[[str], E], join: Callable[[list[E]], E]) -> None:
        self._build = build
        self._join = join
        self._lock = RLock()
        self._engines: dict[str, E] = {}
        self._chains: dict[Chain, E] = {}
        self._told: set[str] = set()

    def of(self, names: Chain) -> E:
        """The chain of these engines, less those that cannot be built here, which the log
        tells once. Raises the last one's `EngineMissing` where none can."""
        with self._lock:
            if names not in self._chains:
                self._chains[names] = self._join(self._able(names))
            return self._chains[names]

    def idle(self, used: Iterable[E]) -> list[E]:
        """The engines that are in none of the chains in use."""
        in_use = {id(chain) for chain in used}
        with self._lock:
            held = {
                name
                for names, chain in self._chains.items()
                if id(chain) in in_use
                for name in names
            }
            return [engine for name, engine in self._engines.items() if name not in held]

    @property
    def all(self) -> list[E]:
        """Chains, then engines; one engine alone is its own chain."""
        with self._lock:
            both = [*self._chains.values(), *self._engines.values()]
        return list({id(one): one for one in both}.values())

    def forget(self) -> None:
        with self._lock:
            self._engines.clear()
            self._chains.clear()
            self._told.clear()

    def _able(self, names: Chain) -> list[E]:
        engines: list[E] = []
        missing = EngineMissing("a chain of engines is empty; name one")
        for name in names:
            try:
                engines.append(self._one(name))
            except EngineMissing as error:
                missing = error
                if name not in self._told:
                    self._told.add(name)
                    log.warning("the engine %s is left out: %s", name, error)
        if not engines:
            raise missing
        return engines

    def _one(self, name: str) -> E:
        if name not in self._engines:
            self._engines[name] = self._build(name)
        return self._engines[name]
