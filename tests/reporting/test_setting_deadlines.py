"""Who sets deadlines, what is refused, and what stays on record."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from clusters.actions.locks import lock_month
from facilities.audit_words import DETAILS, EVENTS, told
from facilities.models import DataVersion
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions import deadline_errors as errors
from reporting.actions import deadlines as actions
from reporting.models import Deadline, Extension, Holiday
from tests.clusters.test_at_once import at_once
from tests.factories import small_district, worker
from tests.reporting.deadlines import MARCH, SATURDAY, extend, set_rule, until


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": "F99"}, errors.UnknownForm),
        ({"kind": "posyandu"}, errors.NobodyReports),
        ({"kind": "warung"}, errors.NobodyReports),
        ({"day": None}, errors.DayOrDistance),
        ({"days_after": 5}, errors.DayOrDistance),
        ({"day": 29}, errors.DayOrDistance),
        ({"day": None, "days_after": 91}, errors.DayOrDistance),
        ({"grace_days": 32}, errors.GraceTooLong),
        ({"source": " "}, errors.SourceMissing),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(tree, changes, error):
    with pytest.raises(error) as refused:
        set_rule(tree, **changes)

    assert "%(" not in refused.value.sentence
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": "F99"}, errors.UnknownForm),
        ({"form": "MUTU", "month": Month(2025, 2)}, errors.NotAReporter),
        ({"reason": " "}, errors.ReasonMissing),
        ({"day": SATURDAY}, errors.NotLonger),
        ({"day": date(2027, 1, 1)}, errors.NotLonger),
    ],
)
def test_an_extension_that_cannot_be_is_refused_with_a_sentence(tree, changes, error):
    with pytest.raises(error) as refused:
        extend(tree, **changes)

    assert "%(" not in refused.value.sentence
    assert not Extension.objects.exists()


def test_a_day_off_is_written_once_and_with_its_name(tree):
    days = {date(2025, 4, 7): "Cuti"}
    actions.add_holidays(district=tree["district"], days=days, by=None)

    with pytest.raises(errors.HolidayTwice, match="7 April 2025"):
        actions.add_holidays(
            district=tree["district"], days={date(2025, 4, 8): "Lain", **days}, by=None
        )
    with pytest.raises(errors.HolidayNameMissing):
        actions.add_holidays(district=tree["district"], days={date(2025, 4, 9): " "}, by=None)
    assert Holiday.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_month_that_is_being_locked_keeps_its_deadlines_too(tree):
    set_rule(tree, to_workday=True)

    with pytest.raises(errors.MonthsLocked, match="Maret 2025"):
        at_once(
            lambda: lock_month(district=tree["district"], month=MARCH, by=None),
            lambda: set_rule(tree, since=MARCH, day=9),
        )

    assert until(tree) == date(2025, 4, 7)


def test_what_was_published_keeps_its_deadlines(tree):
    district = tree["district"]
    made = set_rule(tree, to_workday=True)
    longer = extend(tree, date(2025, 3, 12), month=Month(2025, 2))
    lock_month(district=district, month=Month(2025, 2), by=None)
    with pytest.raises(errors.MonthsLocked, match="Februari 2025"):
        actions.cancel_extension(extension=longer, by=None)
    lock_month(district=district, month=MARCH, by=None)  # its deadline is Monday 7 April

    with pytest.raises(errors.MonthsLocked, match="Maret 2025"):
        set_rule(tree, since=MARCH, day=9)
    with pytest.raises(errors.MonthsLocked), transaction.atomic():
        actions.end_deadline(deadline=made, until=Month(2025, 2), by=None)
    with pytest.raises(errors.MonthsLocked):
        extend(tree)
    with pytest.raises(errors.MonthsLocked):
        actions.add_holidays(district=district, days={date(2025, 4, 7): "Cuti"}, by=None)
    assert until(tree) == date(2025, 4, 7)
    actions.add_holidays(district=district, days={date(2025, 4, 18): "Jumat Agung"}, by=None)
    set_rule(tree, since=Month(2025, 4), day=9)
    assert until(tree) == date(2025, 4, 7)


@pytest.mark.parametrize("role", ["admin_puskesmas", "programmer", "kepala_dinas", "kader"])
def test_only_the_dinas_admin_sets_deadlines(tree, role):
    user = worker(role, tree["district"])
    with pytest.raises(Forbidden):
        set_rule(tree, by=user)
    with pytest.raises(Forbidden):
        extend(tree, by=user)
    with pytest.raises(Forbidden):
        actions.add_holidays(district=tree["district"], days={SATURDAY: "Libur"}, by=user)
    set_rule(tree, by=worker("admin_dinas", tree["district"]))


def test_an_admin_of_another_district_sets_none_here(tree):
    stranger = worker("admin_dinas", small_district(2)["district"])
    with pytest.raises(Forbidden):
        set_rule(tree, by=stranger)
    with pytest.raises(Forbidden):
        extend(tree, by=stranger)


def test_every_change_is_on_record_in_words_and_no_kept_page_outlives_it(tree):
    def version():
        return DataVersion.objects.get(district=tree["district"]).number

    numbers = []
    made = set_rule(tree)
    numbers.append(version())
    actions.end_deadline(deadline=made, until=MARCH, by=None)
    numbers.append(version())
    given = extend(tree)
    numbers.append(version())
    actions.cancel_extension(extension=given, by=None)
    numbers.append(version())
    actions.add_holidays(district=tree["district"], days={SATURDAY: "Libur"}, by=None)
    numbers.append(version())
    actions.remove_holiday(holiday=Holiday.objects.get(), by=None)
    numbers.append(version())

    assert numbers == sorted(set(numbers))
    events = AuditEvent.objects.filter(event__regex="^(deadline|extension|holiday)")
    assert events.count() == 6
    for event in events:
        assert event.event in EVENTS
        assert set(event.detail) <= set(DETAILS)
    assert "Banjir" in told(events.get(event="extension.granted").detail)


def test_the_database_refuses_what_contradicts(tree):
    made = set_rule(tree)
    given = extend(tree)
    usual = {"district": tree["district"], "source": "SK", "since": MARCH}
    for fields in (
        {**usual, "form_code": "F1", "day": 9},  # overlaps
        {**usual, "day": 9, "days_after": 9},
        {**usual},
        {**usual, "day": 29},
        {**usual, "day": 9, "grace_days": 40},
        {**usual, "day": 9, "source": ""},
        {**usual, "day": 9, "until": Month(2025, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deadline.objects.create(**fields)
    for fields in (
        {"until": date(2025, 5, 1), "reason": "Banjir", "form_code": "F1"},  # twice
        {"until": date(2025, 5, 1), "reason": ""},
        {"until": date(2025, 3, 1), "reason": "Banjir"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(facility=tree["first"], month=MARCH, **fields)
    Holiday.objects.create(district=tree["district"], day=SATURDAY, name="Libur")
    for day, name in ((SATURDAY, "Sekali lagi"), (date(2025, 4, 9), "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(district=tree["district"], day=day, name=name)
    assert (made.pk, given.pk) == (Deadline.objects.get().pk, Extension.objects.get().pk)
