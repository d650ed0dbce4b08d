"""A small district with visits of five months, its releases, and what changes it later."""

from datetime import date
from random import Random

from ilp.core.months import Month
from reporting.actions.releases import open_for_correction, release_month
from reporting.actions.roll_up import roll_up_changed
from reporting.actions.targets import set_targets
from reporting.models import ReleasedTotal, Total
from tests.reporting import rows

MONTH, JANUARY = Month(2025, 3), Month(2025, 1)
APRIL = MONTH.plus(1)
AT = ("melati", "mawar", "first", "second")


def with_visits(tree):
    places = [tree[key] for key in AT]
    rows.write("growth", rows.random_growth(Random(5), places, children=15, months=5), places)
    targets(tree, 40)
    roll_up_changed()


def targets(tree, people, since=JANUARY, codes=("S_BALITA", "S_ANBAL", "S_BUMIL")):
    set_targets(
        district=tree["district"], year=since.year, basis="proyeksi", since=since,
        source="SK contoh",
        rows=[
            (tree[village].code, code, people)
            for village in ("desa_satu", "desa_dua")
            for code in codes
        ],
        by=None,
    )  # fmt: skip


def write_late(tree, number=1, month=MONTH, at="melati", home=None):
    """A child that nobody has seen before is weighed in the month; not rolled up yet.

    Once more with another `home`: where it lives is put right.
    """
    late = rows.incoming(
        "growth",
        nik=f"99010170000{number:05d}",
        born_on=date(2023, 6, 1),
        sex="P",
        seen_on=date(month.year, month.number, 11),
        facility=tree[at],
        home=tree[home or at],
        weight=10.4,
        height=82.0,
        measured="h",
        kia_book=True,
    )
    rows.write("growth", [late], [tree[at]])


def correct(tree, number=1, month=MONTH, at="melati", home=None):
    write_late(tree, number, month, at, home)
    roll_up_changed()


def release(district, reason="", month=MONTH, by=None):
    return release_month(district=district, month=month, by=by, reason=reason)


def reopen(district, month=MONTH, reason="Susulan"):
    open_for_correction(district=district, month=month, by=None, reason=reason)


def stored(month=MONTH):
    totals = Total.objects.filter(month=month).order_by("place", "programme")
    return list(totals.values_list("place", "programme", "own", "total"))


def kept(one):
    totals = ReleasedTotal.objects.filter(release=one).order_by("place", "programme")
    return list(totals.values_list("place", "programme", "own", "total"))
