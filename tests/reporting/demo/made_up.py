"""A small district made up once, for the tests that only look at it."""

from functools import cache

from ilp.core.months import Month
from reporting.demo.district import live
from reporting.demo.places import plan
from reporting.demo.sizes import SIZES
from reporting.demo.span import Span

SPAN = Span.ending(Month(2026, 10))


def lived(size, seed=1, span=SPAN):
    return list(live(plan(SIZES[size]), SIZES[size], seed, span))


@cache
def small():
    return lived("small")


def all_contacts(centres):
    return [(s, c) for centre in centres for s, found in centre.contacts.items() for c in found]
