"""What a process remembers of things that never change under their key; the oldest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Thing = TypeVar("_Thing")


class Memory(Generic[_Key, _Thing]):
    """At most `room` in all, as `size` measures each thing; what was used last stays longest."""

    def __init__(self, room: int, size: Callable[[_Thing], int] = lambda thing: 1) -> None:
        self.room, self.size = room, size
        self.used = 0
        self._things: OrderedDict[_Key, _Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key) -> _Thing | None:
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key]

    def put(self, key: _Key, thing: _Thing) -> None:
        """Remember it, unless it alone would fill all the room."""
        with self._lock:
            self._drop(key)
            if self.size(thing) > self.room:
                return
            self._things[key] = thing
            self.used += self.size(thing)
            while self.used > self.room:
                self._drop(next(iter(self._things)))

    def forget(self, key: _Key) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: _Key) -> None:
        if key in self._things:
            self.used -= self.size(self._things.pop(key))

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self.used = 0
