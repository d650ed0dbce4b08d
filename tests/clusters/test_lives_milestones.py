"""What people reach: each milestone with one part missing does not count; scopes; cohorts."""

from datetime import date

import pytest

from clusters.milestones import MILESTONES
from clusters.models import Milestone
from clusters.services import SERVICES
from tests.clusters.lives import LIVES, reached

MAY, JUNE = date(2026, 5, 6), date(2026, 6, 4)
PUPIL = {
    "grade": 7, "weight": 44.5, "height": 152, "systole": 105, "diastole": 65, "caries": False,
    "sight_ok": True, "hearing_ok": True, "srq": 2, "reproductive": True,
}  # fmt: skip
OLD = {
    "systole": 130, "diastole": 80, "glucose": 110, "cholesterol": 180, "aks": 20,
    "skilas_cognition": False, "skilas_mood": False,
}  # fmt: skip
SEVERE = {"severe": True, "mental_exam": True, "interview": True, "education": True,
          "drug_given": True}  # fmt: skip
ADULT = {
    "weight": 70, "height": 165, "waist": 80, "systole": 120, "diastole": 80, "glucose": 100,
    "smoker": False, "srq": 1, "education": True, "sight_ok": True, "hearing_ok": True,
    "iva": "negatif", "breast_exam": True,
}  # fmt: skip
WHOLE = [
    ("school", "spm5_sekolah", PUPIL),
    ("school", "cek_sekolah", PUPIL),
    (
        "school",
        "dijaring_kelas_baru",
        {k: PUPIL[k] for k in PUPIL if k not in ("srq", "reproductive")},
    ),
    ("elderly", "skrining_lansia", OLD),
    ("mental", "odgj_dilayani", SEVERE),
    ("adult", "skrining_produktif", ADULT),
]
NOT_NEEDED_ALONE = {("school", "grade")}


def codes(*args, **more):
    return {code for code, _scope in reached(*args, **more)}


@pytest.mark.parametrize(("service", "code", "values"), WHOLE, ids=[w[1] for w in WHOLE])
def test_the_whole_standard_counts(tree, service, code, values):
    assert code in codes(service, tree, (MAY, values))


MISSING = [
    (service, code, values, name)
    for service, code, values in WHOLE
    for name in values
    if (service, name) not in NOT_NEEDED_ALONE
]


@pytest.mark.parametrize(
    ("service", "code", "values", "name"), MISSING, ids=[f"{m[1]}-{m[3]}" for m in MISSING]
)
def test_one_missing_part_does_not_count(tree, service, code, values, name):
    assert code not in codes(service, tree, (MAY, {**values, name: None}))


@pytest.mark.parametrize(("service", "code", "values"), WHOLE, ids=[w[1] for w in WHOLE])
def test_parts_may_come_on_different_days(tree, service, code, values):
    name = list(values)[-1]
    keep = {k: v for k, v in values.items() if k in ("grade", "severe")}
    visits = (MAY, {**values, name: None}), (JUNE, keep | {name: values[name]})
    assert code in codes(service, tree, *visits)


def test_a_finding_has_to_be_followed_up(tree):
    found = {**PUPIL, "caries": True}
    assert "spm5_sekolah" not in codes("school", tree, (MAY, found))
    assert "spm5_sekolah" in codes("school", tree, (MAY, found), (JUNE, {"followed_up": True}))


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"iva": None}, False),
        ({"iva": None, "breast_exam": None, "married": False}, True),
        ({"sight_ok": None}, False),
    ],
)
def test_what_spm_6_asks_of_a_woman_of_46_years(tree, changed, counts):
    found = codes("adult", tree, (MAY, ADULT | changed))
    assert ("skrining_produktif" in found) is counts


def test_senses_are_asked_from_40_years_and_cancer_of_women_alone(tree):
    values = {**ADULT, "sight_ok": None, "iva": None, "breast_exam": None}
    young = codes("adult", tree, (MAY, values), sex="L", born=date(1996, 1, 1))
    assert "skrining_produktif" in young


def test_a_school_year_begins_on_the_first_of_july(tree):
    visits = [(day, PUPIL) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 15))]
    found = {scope for code, scope in reached("school", tree, *visits) if code == "spm5_sekolah"}
    assert found == {date(2025, 7, 1), date(2026, 7, 1)}
    assert Milestone.objects.get(code="spm5_sekolah", scope=date(2026, 7, 1)).on == date(2026, 7, 1)


def test_tablets_are_added_up_within_the_school_year(tree):
    girl = date(2012, 9, 1)
    visits = [(date(2025, 6, 20), {"tablets": 40}), (date(2025, 7, 5), {"tablets": 30})]
    visits += [(date(2025, 8, 5), {"tablets": 21}), (date(2025, 9, 2), {"tablets": 1})]
    reached("school", tree, *visits, born=girl)
    assert Milestone.objects.get(code="rematri_ttd_52").on == date(2025, 9, 2)


def test_four_tablets_in_a_month_may_come_weekly(tree):
    weekly = [(date(2025, 8, day), {"tablets": 1}) for day in (1, 8, 15, 22)]
    others = [(date(2025, 9, day), {"tablets": 1}) for day in (1, 8, 15)]
    found = reached("school", tree, *weekly, *others, born=date(2012, 9, 1))
    assert {s for c, s in found if c == "rematri_ttd_bulan"} == {date(2025, 8, 1)}
    assert Milestone.objects.get(code="rematri_ttd_bulan").on == date(2025, 8, 22)


def test_boys_and_children_get_no_tablets_of_girls(tree):
    found = codes("school", tree, (MAY, {"tablets": 60}), born=date(2015, 1, 1))
    assert not {code for code in found if code.startswith("rematri")}


@pytest.mark.parametrize(
    ("service", "code", "values", "other"),
    [
        ("development", "penyimpangan_dirujuk", {"kpsp": 5, "referred": True}, {"referred": False}),
        ("development", "kpsp_diperiksa", {"kpsp": 10}, {"kpsp": None, "kpsp_1": True}),
        ("development", "dengar_curiga", {"hearing": "curiga"}, {"hearing": "normal"}),
        ("development", "lihat_curiga", {"sight": "curiga"}, {"sight": "normal"}),
        ("development", "perilaku_curiga", {"mchat": 9}, {"mchat": 0}),
        ("development", "ckg_balita", {"kpsp": 10, "ckg": True}, {"ckg": None}),
        ("school", "temuan_karies", {"caries": True}, {"caries": False}),
        ("school", "temuan_visus", {"sight_ok": False}, {"sight_ok": True}),
        ("school", "temuan_dengar", {"hearing_ok": False}, {"hearing_ok": True}),
        ("school", "temuan_kurus", {"weight": 27, "height": 152}, {"weight": 44}),
        ("school", "temuan_gemuk", {"weight": 75, "height": 152}, {"weight": 44}),
        ("school", "temuan_ht", {"systole": 142, "diastole": 70}, {"systole": 120}),
        ("school", "rematri_anemia", {"hb": 11.2}, {"hb": 12.0}),
        ("school", "rematri_hb_7_10", {"hb": 11.2, "grade": 7}, {"grade": 8}),
        ("school", "remaja_rokok", {"smoker": True}, {"smoker": False}),
        ("school", "remaja_jiwa_positif", {"srq": 6}, {"srq": 5}),
        ("school", "siswa_ckg_lanjut", {"ckg": True, "caries": True, "referred": True},
         {"referred": None}),
        ("elderly", "skilas_masalah", dict.fromkeys(
            [f"skilas_{g}" for g in ("cognition", "mobility", "nutrition", "sight", "hearing",
                                     "mood")], True), {"skilas_sight": None}),
        ("elderly", "lansia_pjp", {"aks": 8, "home_care": True}, {"aks": 12}),
        ("elderly", "lansia_ckg_lanjut", {"ckg": True, "glucose": 220, "referred": True},
         {"glucose": 120}),
        ("mental", "depresi_dilayani", {"depression": True, "depression_care": True},
         {"depression_care": None}),
        ("mental", "jiwa_positif", {"srq": 2, "srq_17": True}, {"srq_17": False}),
        ("adult", "ckg_lanjut", {"ckg": True, "glucose": 250, "referred": True}, {"ckg": None}),
        ("chronic", "ht_bulan", {"hypertension": True, "systole": 150, "diastole": 90,
                                 "education": True, "adherent": True, "drug_given": True},
         {"education": None}),
        ("chronic", "dm_bulan", {"diabetes": True, "glucose": 150, "education": True,
                                 "adherent": True, "referred": True}, {"glucose": None}),
        ("chronic", "dm_baru", {"diabetes": True}, {"diabetes": None, "hypertension": True}),
    ],
)  # fmt: skip
def test_with_and_without(tree, service, code, values, other):
    assert code in codes(service, tree, (MAY, values))
    Milestone.objects.all().delete()
    assert code not in codes(service, tree, (MAY, values | other))


def test_kpsp_twice(tree):
    assert "kpsp_2x" not in codes("development", tree, (MAY, {"kpsp": 9}))
    assert "kpsp_2x" in codes("development", tree, (MAY, {"kpsp": 9}), (JUNE, {"kpsp": 9}))


def test_every_service_from_school_to_chronic_has_milestones():
    assert set(LIVES) <= {m.service for m in MILESTONES} <= set(SERVICES)
