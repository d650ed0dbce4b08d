"""Numbers that look wrong: what is found, and what is not."""

from datetime import date
from random import Random

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.quality import confirm_number
from reporting.catalogue import ELEMENTS, quality
from reporting.catalogue.language import Reported
from reporting.models import Report, ReportValue
from reporting.selectors.gaps import gaps
from reporting.selectors.spread import chance_of_round, spread
from tests.factories import worker
from tests.reporting import earlier
from tests.reporting.figures import sasaran, total
from tests.reporting.findings import MAY, PAGE, USUAL, codes, found, history


@pytest.mark.parametrize("seed", range(20))
def test_the_spread_is_the_one_of_a_population(seed):
    some = Random(seed)
    before = [some.choice([None, some.randrange(200)]) for _ in range(12)] + [7, 9]
    known, value = spread(before), some.randrange(300)
    theirs = pl.Series(before, dtype=pl.Float64).drop_nulls()
    assert known.z(value) == pytest.approx((value - theirs.mean()) / theirs.std(ddof=0))
    middle = (theirs - theirs.median()).abs().median()
    if middle:
        expected = 0.6745 * (value - theirs.median()) / middle
        assert known.robust_z(value) == pytest.approx(expected)
    else:
        assert known.robust_z(value) is None
    assert known.count == len(theirs)


def test_a_month_without_a_number_is_not_taken_as_none():
    assert spread([None, None]) is None
    assert spread([10, None, 20]).mean == 15
    assert spread([0, 10, 20]).mean == 10


def test_what_never_varied_has_no_distance():
    known = spread([8] * 12)
    assert (known.z(9), known.robust_z(9), known.change(12)) == (None, None, 0.5)


@pytest.mark.parametrize(
    ("numbers", "chance"),
    [([10, 15, 20], 0.008), ([11, 12, 13], 1), ([10, 11], 0.36), ([10] * 5 + [11] * 5, 0.0328)],
)
def test_the_chance_of_round_numbers(numbers, chance):
    assert chance_of_round(numbers) == pytest.approx(chance, abs=1e-4)


def test_a_number_far_from_the_months_before_is_severe(tree):
    history(tree["first"], "k1", USUAL, 0)
    (one,) = found(tree["first"]).findings
    assert (one.check, one.subject, one.numbers) == (quality.OUTLIER, "k1", "0")
    assert one.is_severe
    assert "rata-rata 12 bulan 46,3" in one.sentence


@pytest.mark.parametrize(
    ("now", "severe"), [(50, None), (52, None), (54, False), (55, False), (56, True), (44, True)]
)
def test_on_the_limit_is_beyond_it(tree, now, severe):
    """Mean 50, deviation 2: two of them are 54, three are 56; medians would be milder."""
    history(tree["first"], "td_diukur", [48, 52] * 6, now)
    listed = found(tree["first"]).findings
    assert [one.is_severe for one in listed] == ([] if severe is None else [severe])


@pytest.mark.parametrize(
    "numbers",
    [[None] * 7 + USUAL[:5], [1, 2, 3, 4, 2, 1, 3, 2, 4, 1, 2, 3]],
    ids=["too few months", "too small"],
)
def test_of_little_nothing_is_said(tree, numbers):
    history(tree["first"], "k1", numbers, 40)
    assert codes(tree["first"]) == []


def test_a_month_that_was_not_reported_is_late_and_not_odd(tree):
    history(tree["first"], "k1", USUAL, None)
    assert codes(tree["first"]) == []


def test_where_nothing_varied_a_large_change_is_a_jump(tree):
    history(tree["first"], "k1", [20] * 12, 29)
    assert codes(tree["first"]) == []
    total(tree["first"], MAY, k1=30)
    assert codes(tree["first"]) == [("lonjakan", "k1")]


def test_later_contacts_may_not_be_more_than_first_ones(tree):
    total(tree["first"], Month(2025, 2), k1=30, k4=10)
    total(tree["first"], MAY, k1=3, k4=20)
    assert codes(tree["first"]) == []  # 30 of 33 since January
    total(tree["first"], MAY, k1=3, k4=24)
    (one,) = found(tree["first"]).findings
    assert (one.check.code, one.subject, one.numbers) == ("urutan", "k4<=k1", "34>33")
    assert not one.is_severe


def test_parts_of_a_month_are_compared_in_the_month(tree):
    total(tree["first"], Month(2025, 4), tb_diskrining=90, tb_terduga=2)
    total(tree["first"], MAY, tb_diskrining=4, tb_terduga=5)
    (one,) = found(tree["first"]).findings
    assert (one.subject, one.is_severe) == ("tb_terduga<=tb_diskrining", True)


def test_more_than_the_whole_sasaran(tree):
    sasaran(tree["district"], {tree["first"]: {"S_BUMIL": 40}, tree["second"]: {"S_BUMIL": 80}})
    total(tree["first"], MAY, k1=60, k4=60, k6=60)
    total(tree["second"], MAY, k1=60, k4=60, k6=60)
    over = found(tree["first"], tree["second"]).of("penyebut")
    assert over
    assert {one.place.pk for one in over} == {tree["first"].pk}
    assert all(one.numbers == "60/40" and "150,0%" in one.sentence for one in over)


def reported(place, values, *, sent="2025-06-02T00:00Z"):
    report = Report.objects.create(
        facility=place, month=MAY, form_code="F1", sent_at=sent,
        status="sent" if sent else "draft",
    )  # fmt: skip
    boxes = [(e.code, part) for e in ELEMENTS.values() for part in e.parts]
    ReportValue.objects.bulk_create(
        ReportValue(report=report, element=code, part=part, value=value)
        for (code, part), value in zip(boxes, values, strict=False)
    )


def test_too_many_round_numbers_in_a_report(tree):
    reported(tree["first"], [10, 25, 30, 40, 15, 50, 35, 20, 61, 72, 3, 5])
    (one,) = found(tree["first"]).findings
    assert (one.check.code, one.subject, one.numbers) == ("pola", "F1", "8/10")


@pytest.mark.parametrize("values", [[10, 25, 31, 42, 13, 54, 37, 28, 61, 72], [10] * 9])
def test_some_round_numbers_or_few_numbers_are_nothing(tree, values):
    reported(tree["first"], values)
    assert codes(tree["first"]) == []


def test_a_draft_is_not_looked_at(tree):
    reported(tree["first"], [10] * 12, sent=None)
    assert codes(tree["first"]) == []


def test_every_rule_names_what_is_counted():
    named = {*quality.WATCHED, *(c for one in quality.ORDERS for c in (one.less, one.more))}
    assert named <= ELEMENTS.keys()
    assert quality.limits(date(2025, 5, 31)) == quality.LIMITS[0]
    for one in quality.ORDERS:
        sides = [isinstance(ELEMENTS[code].source, Reported) for code in (one.less, one.more)]
        assert len(set(sides)) == 1, one.code


class TestReportsBesideVisits:
    """What an approved report says, beside what was recorded at the place and below it."""

    def approve(self, place, values, **kind):
        return earlier.reported(place, MAY, values, **kind)

    def gaps(self, *places):
        return found(*places).of("kunjungan")

    def test_a_gap_of_a_tenth_is_told_with_its_reason(self, tree):
        earlier.visits_say(tree["melati"], MAY, n_naik=60, t_tidak_naik=20)
        report = self.approve(
            tree["first"], {("n_naik", "L:0-5"): 54, ("t_tidak_naik", "L:0-5"): 19}
        )
        report.values.filter(element="n_naik").update(reason="Enam anak dari luar")
        (one,) = self.gaps(tree["first"])
        assert (one.subject, one.numbers) == ("F1:n_naik", "54/60")
        assert one.sentence == (
            "Di laporan 54, menurut kunjungan 60. Alasan di laporan: Enam anak dari luar"
        )

    @pytest.mark.parametrize("status", ["draft", "sent", "verified", "returned"])
    def test_only_an_approved_report_is_held_against_the_visits(self, tree, status):
        earlier.visits_say(tree["melati"], MAY, n_naik=60)
        self.approve(tree["first"], {("n_naik", "L:0-5"): 5}, status=status)
        assert self.gaps(tree["first"]) == ()

    def test_where_nothing_was_recorded_nothing_is_compared(self, tree):
        self.approve(tree["first"], {("n_naik", "L:0-5"): 60, ("skdn_s", "L:0-5"): 9})
        assert self.gaps(tree["first"]) == ()
        earlier.visits_say(tree["melati"], MAY, t_tidak_naik=0)
        (one,) = self.gaps(tree["first"])
        assert one.numbers == "60/0"

    def test_small_numbers_and_absent_services_are_left_out(self, tree):
        earlier.visits_say(tree["melati"], MAY, n_naik=3, t_tidak_naik=40)
        self.approve(tree["first"], {("n_naik", "L:0-5"): 4, ("t_tidak_naik", "L:0-5"): None})
        assert self.gaps(tree["first"]) == ()

    def test_it_is_confirmed_like_any_other_until_a_number_changes(self, tree):
        earlier.visits_say(tree["melati"], MAY, n_naik=60)
        self.approve(tree["first"], {("n_naik", "L:0-5"): 50})
        confirm_number(
            place=tree["first"], month=MAY, check="kunjungan", subject="F1:n_naik",
            numbers="50/60", reason="Data impor menyusul", by=None,
        )  # fmt: skip
        assert self.gaps(tree["first"]) == ()
        earlier.visits_say(tree["melati"], MAY, n_naik=61)
        assert [one.numbers for one in self.gaps(tree["first"])] == ["50/61"]

    def test_many_places_cost_two_queries(self, tree):
        earlier.visits_say(tree["melati"], MAY, n_naik=60)
        earlier.visits_say(tree["mawar"], MAY, n_naik=70)
        places = [tree["first"].pk, tree["second"].pk, tree["district"].pk]
        for name in ("first", "second"):
            self.approve(tree[name], {("n_naik", "L:0-5"): 50})
        with CaptureQueriesContext(connection) as asked:
            listed = gaps(places=places, month=MAY)
        assert len(asked) == 2
        assert {place: [(g.reported, g.visits) for g in one] for place, one in listed.items()} == {
            tree["first"].pk: [(50, 60)],
            tree["second"].pk: [(50, 70)],
        }

    def test_the_page_offers_to_confirm_it(self, tree, client):
        earlier.visits_say(tree["melati"], MAY, n_naik=60)
        self.approve(tree["first"], {("n_naik", "L:0-5"): 50})
        client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
        page = client.get(PAGE, {"w": tree["first"].code, "p": "2025-05", "k": "kunjungan"})
        text = page.content.decode()
        assert "Di laporan 50, menurut kunjungan 60." in text
        assert 'value="F1:n_naik"' in text
