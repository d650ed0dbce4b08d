"""Scores and classes against cases worked out by hand from the instruments."""

from datetime import date

import pytest

from tests.clusters.lives import derived


@pytest.mark.parametrize(
    ("score", "found"),
    [(10, "sesuai"), (9, "sesuai"), (8, "meragukan"), (7, "meragukan"), (6, "penyimpangan")],
)
def test_kpsp(score, found):
    assert derived("development", months=12, kpsp=score)["kpsp_class"] == found
    answers = {f"kpsp_{n}": n <= score for n in range(1, 11)}
    worked_out = derived("development", months=12, **answers)
    assert (worked_out["kpsp_score"], worked_out["kpsp_class"]) == (score, found)


def test_kpsp_half_answered_has_no_class():
    found = derived("development", months=12, kpsp_1=True, kpsp_2=False)
    assert (found["kpsp_score"], found["kpsp_class"], found["deviation"]) == (None, None, None)


@pytest.mark.parametrize(
    ("score", "again", "deviates"),
    [(6, None, True), (7, None, False), (7, True, True), (9, True, False)],
)
def test_twice_doubtful_is_a_deviation(score, again, deviates):
    assert derived("development", kpsp=score, kpsp_again=again)["deviation"] is deviates


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ({"kmpe": 0}, False), ({"kmpe": 1}, True),
        ({"mchat": 2}, False), ({"mchat": 3}, True),
        ({"gpph": 12}, False), ({"gpph": 13}, True),
        ({"kmpe": 0, "gpph": 13}, True), ({}, None),
    ],
)  # fmt: skip
def test_behaviour(values, odd):
    assert derived("development", months=40, **values)["behaviour_odd"] is odd


@pytest.mark.parametrize(
    ("score", "found", "independence"),
    [
        (20, "M", "A"), (19, "R", "B"), (12, "R", "B"), (11, "S", "B"), (9, "S", "B"),
        (8, "B", "C"), (5, "B", "C"), (4, "T", "C"), (0, "T", "C"),
    ],
)  # fmt: skip
def test_aks(score, found, independence):
    worked_out = derived("elderly", months=840, aks=score)
    assert (worked_out["aks_class"], worked_out["independence"]) == (found, independence)


def test_skilas():
    groups = [f"skilas_{g}" for g in ("cognition", "mobility", "nutrition", "sight", "hearing",
                                      "mood")]  # fmt: skip
    none = dict.fromkeys(groups, False)
    assert derived("elderly", **none)["skilas_problem"] is False
    assert derived("elderly", **none | {"skilas_mood": True})["skilas_problem"] is True
    assert derived("elderly", skilas_mood=False)["skilas_problem"] is None
    assert derived("elderly", skilas_mood=True)["skilas_problem"] is True
    assert derived("elderly", skilas_mood=True)["skilas_done"] is False
    assert derived("elderly", **none)["skilas_done"] is True


@pytest.mark.parametrize(
    ("srq", "question_17", "positive"),
    [(5, None, False), (6, None, True), (1, True, True), (None, True, True), (None, None, None)],
)
def test_srq(srq, question_17, positive):
    assert derived("mental", srq=srq, srq_17=question_17)["srq_positive"] is positive


@pytest.mark.parametrize(
    ("months", "sex", "hb", "anaemic"),
    [
        (130, "P", 11.4, True), (130, "P", 11.5, False),  # 5 to 11 years: 11.5
        (150, "L", 11.9, True), (150, "L", 12.0, False),  # 12 to 14: 12
        (190, "P", 11.9, True), (190, "P", 12.0, False),  # girls from 15: 12
        (190, "L", 12.9, True), (190, "L", 13.0, False),  # boys from 15: 13
    ],
)  # fmt: skip
def test_anaemia_of_pupils(months, sex, hb, anaemic):
    assert derived("school", sex=sex, months=months, hb=hb)["anaemia"] is anaemic


@pytest.mark.parametrize(
    ("kilos", "found"),
    [(28.1, "gizi_baik"), (21.3, "gizi_kurang"), (34.0, "gizi_lebih"), (40.0, "obesitas")],
)
def test_bmi_for_age_of_a_boy_of_ten(kilos, found):
    """1.31 m: BMI 16.4 is the median, 12.4 lies between -4 and -3 … by WHO 2007."""
    worked_out = derived("school", sex="L", months=120, weight=kilos, height=131)
    if kilos == 21.3:
        assert worked_out["bmi_z"] < -3
        assert worked_out["bmi_class"] == "gizi_buruk"
    else:
        assert worked_out["bmi_class"] == found


@pytest.mark.parametrize(
    ("values", "basic", "senior"),
    [
        ({"grade": 9, "months": 200}, True, True),
        ({"grade": 10, "months": 190}, False, True),
        ({"grade": 6, "months": 150}, True, False),
        ({"months": 83}, False, False),
        ({"months": 84}, True, False),
        ({"months": 191}, True, True),
        ({"months": 192}, False, True),
    ],
)
def test_who_is_of_basic_school_age(values, basic, senior):
    found = derived("school", **values)
    assert (found["basic_age"], found["senior"]) == (basic, senior)


@pytest.mark.parametrize(
    ("values", "controlled"),
    [
        ({"systole": 139, "diastole": 89}, True),
        ({"systole": 140, "diastole": 80}, False),
        ({"systole": 120, "diastole": 90}, False),
        ({"systole": 120}, None),
    ],
)
def test_pressure_under_control(values, controlled):
    assert derived("chronic", hypertension=True, **values)["ht_controlled"] is controlled
    assert derived("chronic", diabetes=True, **values)["ht_controlled"] is None


@pytest.mark.parametrize(
    ("values", "controlled"),
    [
        ({"hba1c": 6.9}, True), ({"hba1c": 7.0}, False), ({"hba1c": 6.9, "fasting": 200}, True),
        ({"fasting": 80}, True), ({"fasting": 130}, True), ({"fasting": 131}, False),
        ({"fasting": 79}, False), ({"glucose": 199}, True), ({"glucose": 200}, False), ({}, None),
    ],
)  # fmt: skip
def test_sugar_under_control(values, controlled):
    assert derived("chronic", diabetes=True, **values)["dm_controlled"] is controlled


WHOLE = {
    "hypertension": True, "systole": 150, "diastole": 95, "education": True, "adherent": False,
    "drug_given": True, "referred": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "served"),
    [
        ({}, True), ({"drug_given": None, "referred": True}, True), ({"drug_given": None}, False),
        ({"diastole": None}, False), ({"education": None}, False), ({"adherent": None}, False),
        ({"hypertension": None}, False),
    ],
)  # fmt: skip
def test_a_month_of_service_is_whole_or_not(missing, served):
    assert derived("chronic", seen=date(2026, 1, 5), **WHOLE | missing)["ht_served"] is served
