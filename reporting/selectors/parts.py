"""What several pages of one sight are made of, worked out once.

A kept page stands for as long as its reader's posts and the numbers behind them are the same
(reporting.views.caching). So does everything that it was made of: a table that is sorted anew,
or the next page of the same place and month, need not ask again for the places, their scores and
doubts. Outside a page that is kept nothing is remembered, nor is how fresh the numbers are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.utils.translation import get_language

from ilp.core.memory import Memory
from ilp.core.months import Month
from reporting.catalogue import Indicator
from reporting.totals import shown

P = ParamSpec("P")
R = TypeVar("R")
ROOM = 50_000  # scores or places; a score takes less than a kilobyte


def _size(part: Any) -> int:
    return 1 + (len(part) if isinstance(part, Sized) else 0)


PARTS: Memory[Hashable, Any] = Memory(ROOM, _size)
_sight: ContextVar[Hashable] = ContextVar("sight", default=None)


@contextmanager
def seen_by(sight: Hashable) -> Iterator[None]:
    """Until the block ends parts are remembered, for all who have the same sight: whatever a page
    depends on besides its address."""
    token = _sight.set(sight)
    try:
        yield
    finally:
        _sight.reset(token)


def part(key: Callable[..., Hashable]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember what a selector says; `key` tells its calls apart, None those not to remember.

    Not for what asks who is there: the posts may be others by now than those of the sight. A list
    or dict is given as a copy: nobody changes what another page was given.
    """

    def decorate(select: Callable[P, R]) -> Callable[P, R]:
        name = f"{select.__module__}.{select.__qualname__}"

        @wraps(select)
        def found(*args: P.args, **kwargs: P.kwargs) -> R:
            sight, source = _sight.get(), shown()
            call = None if sight is None or source.instead else key(*args, **kwargs)
            if call is None:
                return select(*args, **kwargs)
            asked = (sight, name, source.data, get_language(), call)
            held = PARTS.get(asked)
            if held is None:
                held = select(*args, **kwargs)
                PARTS.put(asked, held)
            return cast(R, held.copy()) if isinstance(held, list | dict) else cast(R, held)

        return found

    return decorate


def of_numbers(
    *,
    places: Iterable[int],
    indicators: Iterable[Indicator],
    month: Month,
    people: Mapping[tuple[int, str], int] | None = None,
) -> Hashable:
    """The key of indicators at places."""
    return tuple(places), tuple(one.code for one in indicators), month, of_people(people)


def of_people(people: Mapping[tuple[int, str], int] | None) -> Hashable:
    """Of sasaran that are handed in: they may be those of fewer groups."""
    return None if people is None else frozenset(people.items())
