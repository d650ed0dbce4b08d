"""How people stand month by month: who is in care, under control, served without a gap."""

from datetime import date

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit
from clusters.models import Chronic, Milestone
from tests.clusters.lives import reached

FINE = {"hypertension": True, "systole": 125, "diastole": 80}
HIGH = {"hypertension": True, "systole": 160, "diastole": 95}
SERVED = HIGH | {"education": True, "adherent": True, "drug_given": True}


def months(found, code):
    return sorted(str(scope)[:7] for one, scope in found if one == code)


def on(month, values, day=5, year=2025):
    return date(year, month, day), values


def test_a_visit_speaks_for_three_months_unless_another_does(tree):
    found = reached("chronic", tree, on(1, FINE), on(5, FINE), on(6, HIGH))
    assert months(found, "ht_terkendali") == ["2025-01", "2025-02", "2025-03", "2025-05"]


def test_the_last_visit_of_a_month_decides(tree):
    assert months(reached("chronic", tree, on(1, HIGH), on(1, FINE, 20)), "ht_terkendali")[0] == (
        "2025-01"
    )
    assert "2025-01" not in months(reached("chronic", tree, on(1, HIGH, 28)), "ht_terkendali")


def test_a_visit_without_pressure_says_nothing_about_control(tree):
    unmeasured = {"hypertension": True, "drug_given": True}
    found = reached("chronic", tree, on(1, FINE), on(2, unmeasured))
    assert months(found, "ht_terkendali") == ["2025-01", "2025-02", "2025-03"]
    assert months(found, "ht_diobati") == ["2025-02", "2025-03", "2025-04"]


def test_who_does_not_come_for_twelve_months_is_no_longer_in_care(tree):
    found = reached("chronic", tree, on(3, HIGH))
    assert months(found, "ht_terdaftar")[0] == "2025-03"
    assert months(found, "ht_terdaftar")[-1] == "2026-02"
    assert len(months(found, "ht_terdaftar")) == 12
    assert months(found, "dm_terdaftar") == []


def test_one_month_without_service_ends_the_standard_until_the_year_is_over(tree):
    seen = [on(m, SERVED, year=2024) for m in (11, 12)]
    seen += [on(m, SERVED) for m in (1, 2, 4, 5)] + [on(1, SERVED, year=2026)]
    found = months(reached("chronic", tree, *seen), "ht_standar")
    assert found == ["2024-11", "2024-12", "2025-01", "2025-02", "2026-01"]


def test_who_was_registered_before_the_year_needs_january(tree):
    found = reached("chronic", tree, on(12, SERVED, year=2024), on(2, SERVED), on(3, SERVED))
    assert months(found, "ht_standar") == ["2024-12"]


def test_a_visit_that_is_not_whole_does_not_serve_but_another_of_the_month_does(tree):
    found = reached("chronic", tree, on(1, HIGH), on(2, HIGH), on(2, SERVED, 9), on(2, HIGH, 20))
    assert months(found, "ht_standar") == []
    assert months(reached("chronic", tree, on(1, SERVED, 8)), "ht_standar") == [
        "2025-01",
        "2025-02",
    ]


def test_a_cancelled_visit_speaks_no_more(tree):
    reached("chronic", tree, on(1, FINE), on(3, HIGH))
    cancel_visit(visit=Chronic.objects.get(seen_on=date(2025, 3, 5)), by=None)
    follow_touched(by=None)
    found = set(Milestone.objects.values_list("code", "scope"))
    assert months(found, "ht_terkendali") == ["2025-01", "2025-02", "2025-03"]
    assert months(found, "ht_terdaftar")[-1] == "2025-12"


def test_independence_is_of_the_calendar_year(tree):
    seen = [on(4, {"aks": 20}), on(11, {"aks": 15})]
    found = reached("elderly", tree, *seen)
    assert months(found, "lansia_mandiri") == [f"2025-{m:02d}" for m in range(4, 11)]
    assert months(found, "lansia_aks") == [f"2025-{m:02d}" for m in range(4, 13)]


def test_shackled_until_a_visit_says_no(tree):
    seen = [on(1, {"severe": True, "shackled": True}), on(3, {"severe": True})]
    seen += [on(6, {"severe": True, "shackled": False})]
    found = reached("mental", tree, *seen)
    assert months(found, "odgj_pasung") == [f"2025-{m:02d}" for m in range(1, 6)]
    assert len(months(found, "odgj_terdaftar")) == 17
