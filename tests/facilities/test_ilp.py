from datetime import date

import pytest

from facilities.actions import ilp
from facilities.actions.districts import load_district
from facilities.actions.places import move
from facilities.models import Axis, Facility, IlpStatus
from facilities.roles import Role
from facilities.selectors import rollout
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from tests.factories import place, worker

TODAY = date(2025, 6, 15)


def record(facility, state, since):
    return ilp.record_ilp_status(
        facility=facility, state=state, since=since, evidence="Berita acara", decree="", by=None
    )


def of(answer, kind):
    return next(row for row in answer.kinds if row.kind == kind)


def curve(answer, kind):
    return next(row for row in answer.curves if row.kind == kind)


def test_counts_shares_and_targets(tree):
    record(tree["first"], "persiapan", date(2024, 1, 10))
    record(tree["first"], "berjalan", date(2025, 2, 10))
    record(tree["second"], "direncanakan", date(2025, 3, 1))
    ilp.set_ilp_target(
        district=tree["district"],
        kind="puskesmas",
        year=2025,
        number=2,
        source="Renstra",
        decided_on=date(2025, 1, 5),
        by=None,
    )
    row = of(rollout(district=tree["district"], year=2025, today=TODAY), "puskesmas")
    assert (row.total, row.running, row.in_process, row.not_yet) == (2, 1, 1, 0)
    assert (row.share, row.target, row.target_share) == (50.0, 2, 50.0)
    assert of(rollout(district=tree["district"], year=2025, today=TODAY), "pustu").target is None


def test_the_curve_counts_by_month_and_stops_today(tree):
    record(tree["melati"], "berjalan", date(2025, 2, 28))
    record(tree["mawar"], "terverifikasi", date(2025, 4, 1))
    answer = curve(rollout(district=tree["district"], year=2025, today=TODAY), "posyandu")
    assert answer.running == (0, 1, 1, 2, 2, 2, None, None, None, None, None, None)
    assert answer.total[:6] == (2,) * 6


def test_a_new_place_changes_no_earlier_month(tree):
    before = curve(rollout(district=tree["district"], year=2025, today=TODAY), "posyandu").total
    place("posyandu", opened_on=date(2025, 5, 1), network=tree["first"], area=tree["desa_satu"])
    after = curve(rollout(district=tree["district"], year=2025, today=TODAY), "posyandu").total
    assert before[:4] == after[:4]
    assert after[4:6] == (3, 3)


def test_a_cancelled_status_counts_no_more(tree):
    status = record(tree["first"], "berjalan", date(2025, 2, 10))
    ilp.cancel_ilp_status(status=status, reason="keliru", by=None)
    answer = rollout(district=tree["district"], year=2025, today=TODAY)
    assert of(answer, "puskesmas").running == 0
    with pytest.raises(ilp.StatusCancelled):
        ilp.cancel_ilp_status(status=status, reason="lagi", by=None)


def test_a_past_year_shows_its_end(tree):
    record(tree["first"], "berjalan", date(2025, 1, 1))
    past = rollout(district=tree["district"], year=2024, today=TODAY)
    assert past.on == date(2024, 12, 31)
    assert of(past, "puskesmas").running == 0


def test_each_puskesmas_has_its_pustu_and_posyandu(tree):
    record(tree["melati"], "berjalan", date(2025, 2, 10))
    [cempaka, kenanga] = rollout(district=tree["district"], year=2025, today=TODAY).rows
    assert (kenanga.below["posyandu"], kenanga.below["pustu"]) == ((1, 1), (0, 1))
    assert cempaka.below["posyandu"] == (0, 1)
    move(
        place=tree["melati"],
        parent=tree["second"],
        axis=Axis.NETWORK,
        since=Month(2025, 3),
        by=None,
    )
    move(
        place=tree["desa_satu"],
        parent=tree["second"],
        axis=Axis.AREA,
        since=Month(2025, 3),
        by=None,
    )
    [cempaka, kenanga] = rollout(district=tree["district"], year=2025, today=TODAY).rows
    assert (cempaka.below["posyandu"], kenanga.below["posyandu"]) == ((1, 2), (0, 0))


def test_a_rollout_asks_few_queries(tree, django_assert_max_num_queries):
    for _ in range(10):
        place("posyandu", network=tree["first"], area=tree["desa_satu"])
    with django_assert_max_num_queries(7):  # two for readiness and obstacles
        rollout(district=tree["district"], year=2025, today=TODAY)


@pytest.mark.django_db
def test_a_real_district_tells_how_ilp_began():
    load_district(code="52.02", since=date(2020, 1, 1), by=None)
    district = Facility.objects.get(code="52.02")
    answer = rollout(district=district, year=2024, today=TODAY)
    assert of(answer, "puskesmas").running == 28
    assert curve(answer, "puskesmas").running == (0,) * 7 + (28,) * 5
    assert {(fact.kind, fact.number) for fact in answer.facts} == {("puskesmas", 29), ("pustu", 94)}


def test_only_who_manages_ilp_records_it(tree):
    with pytest.raises(Forbidden):
        ilp.record_ilp_status(
            facility=tree["first"],
            state="persiapan",
            since=date(2025, 1, 1),
            evidence="",
            decree="",
            by=worker(Role.ADMIN_PUSKESMAS, tree["first"]),
        )
    assert not IlpStatus.objects.exists()
