"""Who releases a month, when it is refused, and what nobody can rewrite."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from reporting.actions import release_errors as errors
from reporting.actions.releases import open_for_correction
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Release, ReleasedFigures, ReleasedTotal, Report
from reporting.selectors.places import Place
from reporting.selectors.revisions import readiness
from tests.factories import small_district, worker
from tests.reporting.releasing import (
    APRIL,
    MONTH,
    kept,
    release,
    reopen,
    stored,
    targets,
    with_visits,
    write_late,
)


@pytest.fixture
def district(tree):
    with_visits(tree)
    return tree["district"]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_head_and_the_admin_of_the_dinas_release(district, tree, role):
    by = worker(role, district)
    if role in (Role.KEPALA_DINAS, Role.ADMIN_DINAS):
        assert release(district, by=by).released_by == by
        open_for_correction(district=district, month=MONTH, by=by, reason="Susulan")
        return
    with pytest.raises(Forbidden):
        release(district, by=by)
    release(district)
    with pytest.raises(Forbidden):
        open_for_correction(district=district, month=MONTH, by=by, reason="Susulan")


def test_what_is_not_ready_is_refused_in_a_plain_sentence(district, tree):
    this_month = Month.of(timezone.localdate())
    with pytest.raises(errors.MonthNotOver, match="belum berakhir"):
        release(district, month=this_month)
    with pytest.raises(errors.NothingToRelease, match="Belum ada angka untuk Maret 2020"):
        release(district, month=Month(2020, 3))
    write_late(tree)
    with pytest.raises(errors.StillCounting, match="sedang dihitung"):
        release(district)
    roll_up_changed()
    assert release(district).number == 1
    with pytest.raises(errors.UnlockReasonMissing):
        reopen(district, reason=" ")


def test_nothing_new_is_not_released_twice(district, tree):
    release(district)
    with pytest.raises(errors.RevisionReasonMissing):
        release(district)
    with pytest.raises(errors.NothingChanged, match="masih sama dengan rilis revisi 1"):
        release(district, reason="Sekali lagi")
    assert Release.objects.count() == 1
    targets(tree, 41)
    assert release(district, reason="Sasaran direvisi").number == 2


def test_what_waits_in_another_district_does_not_hold_a_release_up(district, tree):
    other = small_district(2)
    write_late(other, number=8)

    assert release(district).number == 1
    with pytest.raises(errors.StillCounting):
        release(other["district"])


def test_a_release_is_never_rewritten(district):
    made = release(district)
    for rows, change in (
        (Release.objects, {"reason": "lain"}),
        (ReleasedTotal.objects, {"total": []}),
        (ReleasedFigures.objects, {"numbers": {}}),
    ):
        assert rows.exists()
        for act in (
            lambda r=rows, c=change: r.update(**c),
            lambda r=rows: r.all()._raw_delete("default"),
        ):
            with (
                pytest.raises(DatabaseError, match="Cannot delete or update"),
                transaction.atomic(),
            ):
                act()
    assert kept(made) == stored()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"number": 1}, "one_release_a_revision"),
        ({"number": 0}, "revisions_begin_with_one"),
        ({"number": 2, "reason": ""}, "revision_says_why"),
        ({"month": APRIL, "released_on": date(2025, 4, 30)}, "released_month_is_over"),
    ],
)
def test_the_database_keeps_the_rules(district, wrong, constraint):
    release(district)
    usual = {
        "district": district, "month": MONTH, "number": 2, "reason": "Susulan",
        "released_on": date(2025, 6, 10), "reports_due": 0, "reports_in": 0, "data_version": 1,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Release.objects.create(**(usual | wrong))
    assert Release.objects.create(**usual).number == 2


def test_what_speaks_against_a_release_is_listed(district, tree):
    Report.objects.create(
        facility=tree["first"], month=MONTH, form_code="F1", status="sent",
        sent_at=timezone.now(),
    )  # fmt: skip
    at = [Place(district.pk, district.code, district.name, district.kind)]

    found = readiness(district=district, month=MONTH, at=at)

    assert [(one.place.code, one.form) for one in found.under_way] == [(tree["first"].code, "F1")]
    assert (tree["second"].code, "F1") in [(one.place.code, one.form) for one in found.missing]
    assert found.approved == 0
    assert found.due == 1 + len(found.missing)
