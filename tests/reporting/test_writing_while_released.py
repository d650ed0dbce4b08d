"""What is written while a month is being locked is in it or is refused; nothing lands later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import transaction

from clusters.actions import locks
from clusters.actions.locks import MonthLocked as VisitsLocked
from clusters.actions.locks import StillWriting, lock_month
from clusters.models import VISITS, LockedMonth
from clusters.selectors.locks import month_key
from ilp.core import sql
from ilp.core.errors import DomainError
from ilp.core.months import Month
from reporting.actions import releases
from reporting.actions.bulk import take_onward
from reporting.actions.release_errors import StillCounting
from reporting.actions.releases import close_unchanged, open_for_correction, release_month
from reporting.actions.report_errors import WrongStep
from reporting.actions.reports import open_report, save_cells, save_values, take_step
from reporting.actions.roll_up import ROLL_UP_LOCK
from reporting.models import Release, Report
from reporting.selectors.editing import MonthLocked, editing
from reporting.selectors.typed import Edit, Entry
from reporting.workflow import Status, Step
from tests.clusters.test_at_once import at_once, elsewhere, someone_waits
from tests.factories import small_district
from tests.reporting.releasing import targets
from tests.reporting.rows import incoming, write
from tests.reporting.sheets import filled

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = Month(2025, 3)
CELL = ("skdn_s", "L:0-5")


@pytest.fixture
def tree(transactional_db):
    return small_district()


@pytest.fixture
def report(tree):
    return filled(tree["first"], MONTH)


def child(tree, number=1):
    return incoming(
        "growth", nik=f"99010170000{number:05d}", born_on=date(2023, 6, 1), sex="P",
        seen_on=date(2025, 3, 11), facility=tree["melati"], home=tree["melati"], weight=10.4,
        height=82.0, measured="h", kia_book=True,
    )  # fmt: skip


WRITERS = {
    "cells": lambda tree, report: save_cells(
        report=report.pk, edits={CELL: Edit(Entry(3), 1)}, by=None
    ),
    "values": lambda tree, report: save_values(
        report=report, values={CELL: 3}, reasons={}, version=report.version, by=None
    ),
    "step": lambda tree, report: take_step(report=report, step=Step.SEND, by=None),
    "begin": lambda tree, report: open_report(
        facility=tree["second"], month=MONTH, form="F1", by=None
    ),
    "visit": lambda tree, report: write("growth", [child(tree)], [tree["melati"]]),
}


def lock(tree):
    return lambda: lock_month(district=tree["district"], month=MONTH, by=None)


def release(district, month):
    return release_month(district=district, month=month, by=None)


def close(district, month):
    return close_unchanged(district=district, month=month, by=None)


def answer(work):
    """What it says, or why it does not."""

    def told():
        try:
            return work()
        except DomainError as refused:
            return refused

    return told


def is_locked(tree):
    return LockedMonth.objects.filter(district=tree["district"], month=MONTH).exists()


@pytest.mark.parametrize("writer", WRITERS)
def test_who_locks_waits_for_who_writes(tree, report, writer):
    before_its_end = []

    at_once(
        lambda: WRITERS[writer](tree, report),
        lock(tree),
        lambda: before_its_end.append(is_locked(tree)),
    )

    assert before_its_end == [False]
    assert is_locked(tree)


@pytest.mark.parametrize("writer", WRITERS)
def test_who_writes_waits_for_who_locks_and_is_refused(tree, report, writer):
    told = at_once(lock(tree), answer(lambda: WRITERS[writer](tree, report)))

    assert isinstance(told, MonthLocked | VisitsLocked)
    kept = Report.objects.get(pk=report.pk)
    assert (kept.version, kept.status) == (report.version, Status.DRAFT)
    assert not Report.objects.filter(facility=tree["second"]).exists()
    assert not VISITS["growth"].objects.exists()


def test_a_release_has_what_was_sent_while_it_began(tree, report):
    """Approval marks the totals as changed: the release sees that, and does not go on without."""
    targets(tree, 40)
    for step in (Step.SEND, Step.VERIFY):
        report = take_step(report=report, step=step, by=None)

    with pytest.raises(Exception, match="sedang dihitung"):
        at_once(
            lambda: take_step(report=report, step=Step.APPROVE, by=None),
            lambda: release_month(district=tree["district"], month=MONTH, by=None),
        )

    assert not Release.objects.exists()


def test_writers_do_not_wait_for_each_other(tree, report):
    other = filled(tree["second"], MONTH)
    was_done = []

    at_once(
        lambda: WRITERS["cells"](tree, report),
        lambda: WRITERS["cells"](tree, other),
        lambda: was_done.append(someone_waits()),
    )

    assert was_done == [False]


@pytest.mark.parametrize(
    "work",
    [
        lambda district: lock_month(district=district, month=MONTH, by=None),
        lambda district: release_month(district=district, month=MONTH, by=None),
        lambda district: close_unchanged(district=district, month=MONTH, by=None),
    ],
    ids=["lock", "release", "close"],
)
def test_who_locks_gives_up_after_a_while(tree, report, work, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        WRITERS["cells"](tree, report)
        other = pool.submit(elsewhere, answer(lambda: work(tree["district"])))
        told = other.result(timeout=30)

    assert isinstance(told, StillWriting)
    assert "Tunggu sebentar" in told.sentence
    assert not is_locked(tree)


def test_a_release_waits_neither_for_a_long_count_nor_with_the_month_held(
    tree, report, monkeypatch
):
    monkeypatch.setattr(releases, "PATIENCE", 0.2)
    with ThreadPoolExecutor(2) as pool, transaction.atomic():
        sql.lock(ROLL_UP_LOCK, month_key(MONTH))
        told = [
            pool.submit(elsewhere, answer(lambda work=work: work(tree["district"], MONTH)))
            for work in (release, close)
        ]
        WRITERS["values"](tree, report)
        refused = [one.result(timeout=30) for one in told]

    assert [type(one) for one in refused] == [StillCounting, StillCounting]
    assert report.values.get(element=CELL[0], part=CELL[1]).value == 3


def test_who_approves_several_holds_the_month_before_the_report(tree, report):
    """Else one would hold the report and want its month, the other the month and want the report:
    who opens a month because somebody asked returns the report in the same transaction."""
    report = take_step(report=report, step=Step.SEND, by=None)
    lock(tree)()

    told = at_once(
        lambda: open_for_correction(
            district=tree["district"], month=MONTH, by=None, reason="Keliru"
        ),
        answer(lambda: take_onward(report=report, version=report.version, by=None)),
        lambda: take_step(report=report, step=Step.RETURN, by=None, note="Keliru"),
    )

    assert isinstance(told, WrongStep)
    assert Report.objects.get(pk=report.pk).status == Status.RETURNED


def test_the_function_says_what_the_page_says(tree, report):
    """Both name the moment at which the month was locked, for the place as it lay then."""
    lock(tree)()

    said = [editing(report=report.pk, by=None, holding=one).shut.sentence for one in (False, True)]

    assert said[0] == said[1]
    open_for_correction(district=tree["district"], month=MONTH, by=None, reason="x")
    assert editing(report=report.pk, by=None, holding=True).shut is None
