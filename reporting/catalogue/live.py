"""A dictionary whose whole content is put in at once, while others read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Live(Mapping[K, V]):
    """Read like a dict. Who iterates over it goes on with what there was when he began."""

    def __init__(self, held: Mapping[K, V]) -> None:
        self._held = dict(held)

    def __getitem__(self, key: K) -> V:
        return self._held[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def take(self, held: Mapping[K, V]) -> None:
        """From now on this is its content."""
        self._held = dict(held)
