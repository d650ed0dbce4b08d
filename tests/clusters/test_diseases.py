"""TBC, HIV, outpatient care, home visits, births and deaths: classes, rules, and the Excel door."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from clusters.excel.imports import run_import
from clusters.growth import age_days, completed_months
from clusters.models import VISITS, Adult, HomeVisit, Outpatient, Vital
from clusters.services import SERVICES, icd10
from tests.clusters.test_templates import filled, template_of
from tests.clusters.workbooks import ADULT, MAN, OF_SERVICE, VITAL, WOMAN, refused, warned

MAY = date(2025, 5, 6)


def derived(service, born=date(1980, 3, 12), sex="P", on=MAY, **values):
    held = dict.fromkeys(SERVICES[service].typed) | values
    ages = {"age_days": age_days(born, on), "age_months": completed_months(born, on)}
    return SERVICES[service].derive(held | ages | {"sex": sex, "seen_on": on})


@pytest.mark.parametrize(("service", "row"), OF_SERVICE.items())
def test_a_template_is_read_by_its_own_import(page, tree, service, row):
    content = filled(template_of(page, tree, service), row)
    result = run_import(
        path=content, file_name="t.xlsx", service=None, facility=tree["first"], by=None, keep=True
    )
    assert (result.service, result.new, result.rejected) == (service, 1, 0), result.issues
    assert (result.headers["unknown"], result.headers["guessed"]) == ([], {})
    visit = VISITS[service].objects.get()
    assert page.get(reverse("clusters:visit", args=[service, visit.pk])).status_code == 200


@pytest.mark.parametrize(
    ("signs", "suspected", "count", "refer", "presumed"),
    [
        ({}, None, None, None, None),
        ({"cough": True}, None, 1, False, True),  # any cough is presumed TB for the programme
        ({"fever": True}, None, 1, False, False),
        ({"fever": True, "contact": True}, None, 2, True, True),  # two signs: the card refers
        ({"cough": False, "fever": True}, True, 1, False, True),
        ({"cough": True, "fever": True}, False, 2, True, False),
    ],
)
def test_presumed_tuberculosis(signs, suspected, count, refer, presumed):
    found = derived("tb_screening", suspected=suspected, **signs)
    assert found == {"signs": count, "to_refer": refer, "presumed": presumed}


@pytest.mark.parametrize(
    ("results", "complete", "reactive"),
    [
        ((None, None, None), None, None),
        (("nonreaktif", None, None), True, False),
        (("reaktif", None, None), False, False),
        (("reaktif", "nonreaktif", None), True, False),
        (("reaktif", "reaktif", None), False, False),
        (("reaktif", "reaktif", "reaktif"), True, True),
    ],
)
def test_a_reaction_asks_for_further_tests(results, complete, reactive):
    found = derived("hiv_test", **dict(zip(("r1", "r2", "r3"), results, strict=True)))
    assert found == {"complete": complete, "reactive": reactive}


@pytest.mark.parametrize(
    ("born", "values", "kind"),
    [
        (date(2025, 4, 8), {}, "neonatal"),  # 28 days
        (date(2025, 4, 7), {}, "postneonatal"),  # 29 days
        (date(2024, 5, 7), {}, "postneonatal"),  # 11 months
        (date(2024, 5, 6), {}, "balita"),  # 12 months
        (date(2020, 5, 7), {}, "balita"),  # 59 months
        (date(2020, 5, 6), {}, "lain"),
        (date(1995, 1, 1), {"pregnancy": "hamil"}, "ibu"),
        (date(1995, 1, 1), {"pregnancy": "nifas", "days_after": 42}, "ibu"),
        (date(1995, 1, 1), {"pregnancy": "nifas", "days_after": 43}, "lain"),
        (date(1995, 1, 1), {"pregnancy": "hamil", "cause": "kecelakaan"}, "lain"),
    ],
)
def test_deaths_by_age_and_pregnancy(born, values, kind):
    assert derived("vital", born, event="meninggal", **values)["death_class"] == kind


@pytest.mark.parametrize(
    ("months_old", "breaths", "fast"),
    [(1, 60, True), (1, 59, False), (2, 50, True), (11, 49, False), (12, 40, True), (60, 70, None)],
)
def test_fast_breathing_by_age(months_old, breaths, fast):
    born = date(2025 - (months_old + 7) // 12, (4 - months_old) % 12 + 1, 6)
    assert completed_months(born, MAY) == months_old
    assert derived("outpatient", born, diagnosis="J18", breaths=breaths)["fast_breathing"] is fast


def test_a_finding_has_seven_days():
    in_time = derived("home_visit", findings=["a"], followed_on=date(2025, 5, 13))
    late = derived("home_visit", findings=["a"], followed_on=date(2025, 5, 14))
    assert (in_time["due_on"], in_time["closed_in_time"]) == (date(2025, 5, 13), True)
    assert (late["closed_in_time"], derived("home_visit")["has_finding"]) == (False, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [("J06.9", "J06.9"), ("j069", "J06.9"), ("J06,9 ISPA", "J06.9"), ("A09 - diare", "A09"),
     ("I1O", "I10"), ("ISPA", None), ("9J", None), ("J6", None), ("J06.999", None)],
)  # fmt: skip
def test_codes_as_people_write_them(text, code):
    assert icd10.normalised(text) == code


def test_common_codes_exist_and_have_names():
    codes = icd10.names("id")
    assert all(icd10.normalised(code) == code and icd10.exists(code) for code in codes)
    assert icd10.name("A09.0") == "Diare dan gastroenteritis"
    assert not icd10.exists("U99")


def test_a_disease_has_a_name_in_each_language():
    lists = {code: icd10.names(code) for code, _name in settings.LANGUAGES}
    files = [path.read_text().split("\n") for path in icd10.NAMES.values()]

    assert lists.keys() == icd10.NAMES.keys(), "a language that is offered has its own list"
    assert lists["en"].keys() == lists["id"].keys()
    assert all(len(file) - 1 == len(lists["id"]) for file in files), "no code stands there twice"
    assert all(name.strip() for names in lists.values() for name in names.values())
    for language, name in (("id", "Diare dan gastroenteritis"), ("en", "Diarrhoea and gastro")):
        with translation.override(language):
            assert icd10.name("A09.0").startswith(name)
            assert not icd10.name("Y98")


RULES = [
    ("outpatient", {"Diagnosis utama (ICD-10)": "batuk"}, "icd-malformed"),
    ("outpatient", {"Diagnosis utama (ICD-10)": "U99"}, "icd-unknown"),
    ("outpatient", {"Diagnosis 2 (ICD-10)": "J06.9"}, "diagnosis-twice"),
    ("outpatient", {"Diagnosis 3 (ICD-10)": "A09"}, "second-needs-no-gap"),
    ("outpatient", {"Diagnosis utama (ICD-10)": "O80"}, "diagnosis-of-the-other-sex"),
    ("tb_screening", {"Pemeriksaan penunjang": None, "Hasil penunjang": "Negatif"},
     "result-of-a-test"),
    ("tb_screening", {"Terduga TBC": "tidak", "Hasil penunjang": "Positif"},
     "positive-is-presumed"),
    ("tb_case", {"Mulai pengobatan": date(2025, 5, 1)}, "treatment-after-diagnosis"),
    ("tb_case", {"Mulai pengobatan": date(2025, 5, 7)}, "dates-not-after-visit"),
    ("tb_case", {"Tanggal diagnosis": date(2021, 1, 1), "Mulai pengobatan": date(2021, 1, 1),
                 "Bulan pengobatan ke": None}, "treatment-too-old"),
    ("tb_case", {"Mulai pengobatan": None, "Hasil pengobatan": "Sembuh",
                 "Tanggal hasil pengobatan": MAY}, "outcome-of-a-treatment"),
    ("tb_case", {"Hasil pengobatan": "Sembuh"}, "outcome-with-its-day"),
    ("tb_case", {"Hasil pengobatan": "Lengkap",
                 "Tanggal hasil pengobatan": date(2025, 5, 2)}, "outcome-after-start"),
    ("tb_case", {"Kontak diperiksa (orang)": 2}, "examined-among-found"),
    ("tb_case", {"Kontak mulai TPT (orang)": 2}, "tpt-among-eligible"),
    ("hiv_test", {"Tes 2 (R2)": "Reaktif"}, "tests-in-order"),
    ("hiv_test", {"Kelompok": "Ibu hamil"}, "pregnant-women"),
    ("hiv_test", {"Mulai ARV": "ya"}, "treated-when-reactive"),
    ("home_visit", {"Ditindaklanjuti Pustu": date(2025, 5, 1)}, "followed-after-visit"),
    ("home_visit", {"Ditindaklanjuti Pustu": MAY}, "followed-without-finding"),
    ("home_visit", {"Sasaran kunjungan": "Lansia"}, "house-of-a-family"),
    ("vital", {"Peristiwa": "Lahir hidup", "Penyebab kematian": None}, "birth-on-its-day"),
    ("vital", {"Peristiwa": "Lahir mati", "Jumlah bayi lahir mati (bayi)": 1},
     "stillbirth-of-a-mother"),
    ("vital", {"Jumlah bayi lahir mati (bayi)": 1}, "stillborn-counted"),
    ("vital", {"Keadaan hamil": "Hamil"}, "pregnancy-of-a-woman"),
    ("vital", {"Hari sesudah bersalin (hari)": 3}, "days-after-delivery"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "change", "code"), RULES, ids=[r[2] for r in RULES])
def test_a_contradiction_is_refused_with_what_to_do(take, service, change, code):
    result = take(OF_SERVICE[service] | change, service=service)
    assert code in {found for _row, _column, found in refused(result)}
    assert result.new == 0
    assert all(issue.reason.endswith(".") for issue in result.issues)


@pytest.mark.parametrize(
    ("service", "change", "code"),
    [
        ("tb_screening", {"Batuk 2 minggu atau lebih": "tidak", "Terduga TBC": "ya"},
         "presumed-without-sign"),
        ("hiv_test", {"Tes 1 (R1)": "Reaktif"}, "reaction-unfinished"),
        ("home_visit", {"c. Tanda bahaya": "ya"}, "danger-is-referred"),
        ("outpatient", {"Zink": "ya"}, "zinc-for-diarrhoea"),
        ("vital", {"Penyebab kematian": None}, "cause-unknown"),
        ("tb_case", {"Bulan pengobatan ke": 6}, "month-agrees-with-start"),
    ],
)  # fmt: skip
def test_what_is_odd_is_kept_with_a_warning(take, service, change, code):
    result = take(OF_SERVICE[service] | change, service=service)
    assert (result.new, [found for *_where, found in warned(result)]) == (1, [code])


def test_the_disease_is_named_where_a_visit_is_read(page, take):
    take(OF_SERVICE["outpatient"])
    answer = page.get(reverse("clusters:visit", args=["outpatient", Outpatient.objects.get().pk]))
    assert "J06.9 ISPA atas tanpa keterangan" in answer.content.decode()


def test_no_visit_after_a_death(take):
    take(VITAL)  # on 6 May
    before = ADULT | {"Tanggal kunjungan": date(2025, 5, 6)}
    after = ADULT | {"Tanggal kunjungan": date(2025, 5, 7)}
    other = after | {"NIK": WOMAN["NIK"], "Jenis kelamin": "P",
                     "Tanggal lahir": WOMAN["Tanggal lahir"]}  # fmt: skip
    result = take(before, after, other)
    assert (result.read, result.new, result.rejected) == (3, 2, 1)
    assert refused(result) == [(3, "Tanggal kunjungan", "after-death")]
    assert set(Adult.objects.values_list("seen_on", flat=True)) == {MAY, date(2025, 5, 7)}


def test_no_death_before_a_visit_and_no_second_death(take):
    take(ADULT | {"Tanggal kunjungan": date(2025, 5, 7)})
    result = take(VITAL)
    assert refused(result) == [(2, "Tanggal kunjungan", "seen-after-death")]
    assert not Vital.objects.exists()
    late = VITAL | {"Tanggal kunjungan": date(2025, 6, 1)}
    result = take(late, late | {"Tanggal kunjungan": date(2025, 6, 2)})
    assert (result.new, refused(result)) == (1, [(3, "Tanggal kunjungan", "after-death")])


def test_a_death_that_was_cancelled_hinders_nobody(take):
    take(VITAL)
    Vital.objects.update(cancelled_at="2025-06-01T00:00Z")
    assert take(ADULT | {"Tanggal kunjungan": date(2025, 5, 7)}).new == 1


def test_a_stillbirth_is_its_mothers(take):
    row = WOMAN | {"Tanggal kunjungan": MAY, "Peristiwa": "Lahir mati"}
    assert take(row | {"Jumlah bayi lahir mati (bayi)": 2}, service="vital").new == 1
    assert refused(take(row, service="vital"))[0][2] == "stillborn-counted"


def test_findings_are_ticked(take):
    take(MAN | {"Sasaran kunjungan": "Dewasa", "b. Tidak patuh": "v", "d. Gejala TBC": "v"},
         service="home_visit")  # fmt: skip
    assert HomeVisit.objects.get().findings == ["b", "d"]
