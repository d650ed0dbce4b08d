"""An approved report stands in for the visits below it; no number is counted twice."""

from datetime import date

import pytest

from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis, ChangedCell, Facility
from ilp.core.months import Month
from reporting import totals
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import ELEMENTS
from tests.reporting import rows
from tests.reporting.rolled_up import approved, found, places_of, with_visits


@pytest.fixture
def visits(tree):
    with_visits(places_of(tree))


def test_an_approved_report_stands_in_for_all_below_it(visits, tree):
    month, code = Month(2025, 3), "skdn_d"
    places = [tree[k].pk for k in ("district", "first", "second", "melati")]
    before = totals.read(places, [month], [code, "growth_visits"])

    report = approved(tree["first"], month, 7)
    roll_up_changed()

    after = totals.read(places, [month], [code, "growth_visits"])
    boxes = 7 * len(ELEMENTS[code].parts)
    first, second, district, melati = (
        tree[k].pk for k in ("first", "second", "district", "melati")
    )
    assert after.get(first, month, code) == boxes
    assert after.get(district, month, code) == boxes + (before.get(second, month, code) or 0)
    assert after.get(melati, month, code) == before.get(melati, month, code)
    assert after.get(first, month, "growth_visits") == before.get(first, month, "growth_visits")
    assert found() == []

    report.delete()
    ChangedCell.objects.create(place=tree["first"], month=month, programme="growth")
    roll_up_changed()
    assert totals.read(places, [month], [code]).numbers == {
        key: {code: cell[code]} for key, cell in before.numbers.items()
    }


def test_reports_on_two_levels_are_not_added_up(visits, tree):
    month = Month(2025, 3)
    approved(tree["melati"], month, 2)
    approved(tree["first"], month, 7)

    roll_up_changed()

    assert found() == []
    cells = totals.read([tree["district"].pk, tree["first"].pk], [month], ["bgm"])
    assert cells.get(tree["first"].pk, month, "bgm") == 7 * len(ELEMENTS["bgm"].parts)


@pytest.fixture
def guest(tree):
    """A Posyandu whose Pustu stands in a village of the first and works for the second."""
    codes = {axis: tree[name].code for axis, name in
             ((Axis.NETWORK, "second"), (Axis.AREA, "desa_satu"))}  # fmt: skip
    kind = Facility.Kind
    pustu = NewPlace("99.01.01.2001-PST-09", "Tamu", kind.PUSTU, date(2020, 1, 1), codes)
    below = {Axis.NETWORK: pustu.code, Axis.AREA: tree["desa_dua"].code}
    posyandu = NewPlace("99.01.02.2001-PSY-09", "Tamu", kind.POSYANDU, date(2020, 1, 1), below)
    return bulk_open(places=[pustu, posyandu], by=None)


def test_what_a_silenced_report_spoke_for_counts_by_its_visits(tree, guest):
    """The Pustu's report is part of the first Puskesmas'; its Posyandu is not below that one."""
    month, (pustu, posyandu) = Month(2025, 3), guest
    child = rows.incoming(
        "growth", nik="9901010000099998", born_on=date(2024, 1, 1), sex="L",
        seen_on=date(2025, 3, 3), facility=posyandu, home=posyandu, weight=9.0,
    )  # fmt: skip
    rows.write("growth", [child], [posyandu])
    approved(tree["first"], month, 7)
    approved(pustu, month, 2)

    roll_up_changed()

    boxes = len(ELEMENTS["skdn_d"].parts)
    cells = totals.read([tree["district"].pk, tree["second"].pk], [month], ["skdn_d"])
    assert cells.get(tree["district"].pk, month, "skdn_d") == 7 * boxes + 1
    assert cells.get(tree["second"].pk, month, "skdn_d") == 2 * boxes
    assert found() == []


def test_a_report_counts_in_what_the_one_above_it_leaves_open(tree):
    month = Month(2025, 3)
    low, high = approved(tree["melati"], month, 2), approved(tree["first"], month, 7)
    high.values.filter(element="bgm").delete()
    low.values.filter(element="skdn_d").delete()

    roll_up_changed()

    asked = totals.read([tree["district"].pk], [month], ["bgm", "skdn_d"])
    for code, number in (("bgm", 2), ("skdn_d", 7)):
        boxes = len(ELEMENTS[code].parts)
        assert asked.get(tree["district"].pk, month, code) == number * boxes
    assert found() == []
