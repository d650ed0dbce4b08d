"""A released month stays as it was; what comes later is a revision with its reason."""

from random import Random

import pytest
from django.utils import timezone

from clusters.actions.locks import MonthLocked
from clusters.actions.visits import cancel_visit
from clusters.models import Growth, LockedMonth
from facilities.roles import Role
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting import totals
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import REGISTERS, indicators_on
from reporting.models import Release, ReleasedTotal, Report
from reporting.selectors import verification
from reporting.selectors.registers import registers
from reporting.selectors.revisions import differences, places_shown
from reporting.selectors.scores import scores
from reporting.selectors.series import series
from reporting.selectors.targets import sasaran
from reporting.totals import Data, showing
from tests.factories import small_district, worker
from tests.reporting.releasing import (
    APRIL,
    MONTH,
    correct,
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


def read(data, tree, month=MONTH, code="growth_visits"):
    with showing(data):
        cells = totals.read([p.pk for p in tree.values()], [month], [code])
    return {name: cells.get(place.pk, month, code) for name, place in tree.items()}


def all_scores(data, tree, month=MONTH):
    listed = indicators_on(month.last_day).values()
    with showing(data):
        found = scores(places=[p.pk for p in tree.values()], indicators=listed, month=month)
    return {key: (s.numerator, s.denominator, s.reported) for key, s in found.items()}


def test_a_release_keeps_the_month_exactly_as_it_stands_and_locks_it(district, tree):
    before = stored()

    made = release(district)

    assert before
    assert kept(made) == before == stored()
    assert (made.number, made.released_on, made.reason) == (1, timezone.localdate(), "")
    assert made.targets.version == 1
    assert LockedMonth.objects.filter(district=district, month=MONTH).exists()
    with pytest.raises(MonthLocked):
        write_late(tree)
    event = AuditEvent.objects.get(event="month.released")
    assert event.detail["month"] == str(MONTH)


def test_a_late_correction_changes_the_live_number_only(district, tree):
    before = read(Data.LIVE, tree)
    release(district)
    reopen(district)

    correct(tree)

    after = {n: v + (n in ("district", "kec_one", "first", "desa_satu", "pustu_satu", "melati"))
             for n, v in before.items() if v is not None}  # fmt: skip
    assert {n: v for n, v in read(Data.LIVE, tree).items() if v is not None} == after
    assert read(Data.RELEASED, tree) == before
    assert verified() == []


def verified():
    first, last = verification.span()
    return list(verification.differences(first=first, last=last))


def test_every_indicator_of_every_place_stays_as_it_was_released(district, tree):
    before = all_scores(Data.LIVE, tree)
    release(district)
    reopen(district)
    correct(tree)
    targets(tree, 90)
    Report.objects.create(
        facility=tree["first"], month=MONTH, form_code="F1", status="sent",
        sent_at=timezone.now(),
    )  # fmt: skip

    live = all_scores(Data.LIVE, tree)

    changed = {code for (place, code), said in live.items() if said != before[place, code]}
    assert changed & {"SPM04", "GZ01", "IB04"} or len(changed) > 5
    assert any(live[key][1] != before[key][1] for key in live), "a new sasaran counts"
    assert all_scores(Data.RELEASED, tree) == before


def test_sasaran_and_registers_are_those_of_the_release(district, tree):
    places, codes = [p.pk for p in tree.values()], ["S_BALITA", *REGISTERS]
    before = sasaran(places=places, codes=codes, month=MONTH)
    release(district)
    targets(tree, 77)
    Report.objects.create(
        facility=tree["first"], month=MONTH, form_code="F1", status="sent",
        sent_at=timezone.now(),
    )  # fmt: skip

    live = sasaran(places=places, codes=codes, month=MONTH)
    with showing(Data.RELEASED):
        kept_then = sasaran(places=places, codes=codes, month=MONTH)
        months = registers(places=places, codes=["F_LAPORAN_MASUK"], months=[MONTH, APRIL])

    key = (tree["district"].pk, "S_BALITA")
    assert (before[key], live[key], kept_then[key]) == (80, 154, 80)
    masuk = (tree["first"].pk, "F_LAPORAN_MASUK")
    assert (before[masuk], live[masuk], kept_then[masuk]) == (0, 1, 0)
    assert kept_then == before
    assert months[MONTH][masuk] == 0
    assert masuk in months[APRIL], "a month without a release is told as it stands"


def test_each_month_of_a_trend_comes_from_its_own_release(district, tree):
    february, code = MONTH.plus(-1), "SPM04"
    release(district, month=february)
    reopen(district, month=february)
    before = trend(Data.LIVE, tree, code)
    for number, month in enumerate((february, APRIL), start=1):
        correct(tree, number=number, month=month)
    live, shown = trend(Data.LIVE, tree, code), trend(Data.RELEASED, tree, code)

    assert shown[february] == before[february]
    assert live[february] == before[february] + 1
    assert shown[APRIL] == live[APRIL] == before[APRIL] + 1


def trend(data, tree, code):
    """The weighings of each month, as they are read for a trend."""
    with showing(data):
        months = Month(2025, 1).until(Month(2025, 5))
        series(place=tree["district"].pk, codes=[code], month=months[-1])
        cells = totals.history(tree["district"].pk, months[0], months[-1], ["growth_visits"])
    return {m: cells.get(tree["district"].pk, m, "growth_visits") for m in months}


def test_another_district_is_not_touched_by_a_release(district, tree):
    other = small_district(2)
    correct(other, number=9, at="melati")

    release(district)

    assert read(Data.RELEASED, other) == read(Data.LIVE, other)
    assert read(Data.RELEASED, other)["district"] == 1


def test_what_was_not_there_when_the_month_was_released_stays_away(district, tree):
    """Numbers of a place without a row in the release are not taken from what stands now."""
    release(district)
    reopen(district)
    correct(tree, at="pustu_dua")

    assert read(Data.LIVE, tree)["pustu_dua"] is not None
    assert read(Data.RELEASED, tree)["pustu_dua"] == read_before(tree)["pustu_dua"]


def read_before(tree):
    one = Release.objects.get()
    rows = ReleasedTotal.objects.filter(release=one, programme="growth")
    held = dict(rows.values_list("place", "total"))
    slot = totals.reading.SLOTS["growth", "growth_visits", ""]
    return {n: held[p.pk][slot - 1] if p.pk in held else None for n, p in tree.items()}


def test_live_numbers_are_read_without_a_look_at_releases(
    district, tree, django_assert_num_queries
):
    release(district)
    with django_assert_num_queries(1) as asked:
        totals.read([district.pk], MONTH.of_year, ["growth_visits", "k1"])
    assert "release" not in asked.captured_queries[0]["sql"]


def test_the_second_revision_says_exactly_what_changed(district, tree):
    first = release(district)
    before = all_scores(Data.LIVE, tree)
    reopen(district)
    correct(tree)
    after = all_scores(Data.LIVE, tree)
    second = release(district, reason="Posyandu Melati menyusul")
    reopen(district)
    correct(tree, number=2)  # comes later still, and belongs to no revision yet

    at = places_shown(district=district, month=MONTH, user=worker(Role.KEPALA_DINAS, district))
    found = differences(district=district, month=MONTH, at=at, before=first, after=second)

    assert [p.code for p in at] == [tree[k].code for k in ("district", "second", "first")]
    here = {p.pk for p in at}
    expected = {key for key in after if key[0] in here and before[key] != after[key]}
    said = {
        (c.place.pk, c.after.indicator.code): (c.before.numerator, c.after.numerator)
        for c in found.scores
    }
    assert expected
    assert said == {key: (before[key][0], after[key][0]) for key in expected}
    counted = {(c.place.code, c.code): (c.before, c.after) for c in found.totals}
    visits = read(Data.RELEASED, tree)["district"]
    assert counted[district.code, "growth_visits"] == (visits - 1, visits)
    assert not any(code == tree["second"].code for code, _element in counted)
    assert second.number == 2
    assert AuditEvent.objects.get(event="month.revised").detail["revision"] == 2


def test_whatever_is_edited_each_revision_is_the_totals_of_its_day(district, tree):
    random, taken = Random(23), {}
    for turn in range(14):
        month = random.choice([MONTH.plus(-1), MONTH])
        if random.random() < 0.5:
            correct(tree, number=100 + turn, month=month, at=random.choice(["melati", "mawar"]))
        else:
            standing = Growth.objects.filter(
                cancelled_at=None, seen_on__range=(month.first_day, month.last_day)
            )
            cancel_visit(visit=random.choice(list(standing)), by=None, reason="twice")
            roll_up_changed()
        if random.random() < 0.7:
            taken[release(district, reason="Susulan", month=month)] = stored(month)
            reopen(district, month)

    assert len(taken) > 5
    assert {one.month for one in taken} == {MONTH, MONTH.plus(-1)}
    for one, then in taken.items():
        assert kept(one) == then, one
    assert verified() == []
