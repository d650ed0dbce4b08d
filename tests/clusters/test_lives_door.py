"""Through the Excel door: templates that pass their own import, and rows that contradict."""

from datetime import date

import pytest

from clusters.excel.imports import run_import
from clusters.models import VISITS
from tests.clusters.lives import CHRONIC, DEVELOPMENT, ELDERLY, LIVES, MENTAL, SCHOOL, broken
from tests.clusters.sending import sent
from tests.clusters.test_templates import filled, template_of
from tests.clusters.workbooks import ADULT, file, refused, warned


@pytest.mark.parametrize(("service", "row"), LIVES.items(), ids=LIVES)
def test_a_template_is_read_by_its_own_import(page, tree, service, row):
    titled = dict(row)
    if "Tekanan darah" in titled:
        systole, diastole = titled.pop("Tekanan darah").split("/")
        titled |= {"Sistole (mmHg)": int(systole), "Diastole (mmHg)": int(diastole)}
    content = filled(template_of(page, tree, service), titled)
    upload = sent(page, tree, content, service=service)
    assert (upload.status, upload.read, upload.new) == ("previewed", 1, 1)
    assert upload.headers["unknown"] == []
    assert upload.headers["guessed"] == {}


@pytest.mark.parametrize(("service", "row"), LIVES.items(), ids=LIVES)
def test_a_file_of_another_layout_is_recognised(take, service, row):
    result = take(row)
    assert (result.service, result.new, refused(result)) == (service, 1, [])
    assert VISITS[service].objects.count() == 1


def test_what_follows_is_written_with_the_row(take):
    for row in LIVES.values():
        take(row)
    assert VISITS["development"].objects.get().kpsp_class == "sesuai"
    pupil = VISITS["school"].objects.get()
    assert (pupil.bmi_class, pupil.bp_class, pupil.anaemia) == ("gizi_baik", "N", False)
    assert (pupil.basic_age, pupil.senior, pupil.finding) == (True, True, False)
    old = VISITS["elderly"].objects.get()
    assert (old.aks_class, old.independence, old.bp_class) == ("M", "A", "T")
    assert VISITS["mental"].objects.get().srq_positive is False
    ill = VISITS["chronic"].objects.get()
    assert (ill.ht_controlled, ill.ht_served, ill.dm_controlled) == (True, True, None)


@pytest.mark.parametrize(
    ("row", "changes", "code"),
    [
        (CHRONIC, {"Hipertensi": "tidak"}, "one-illness"),
        (CHRONIC, {"Tekanan darah": "80/120"}, "diastole-below-systole"),
        (SCHOOL, {"Jenis kelamin": "L", "NIK": None}, "tablets-girls"),
        (MENTAL, {"SRQ nomor 17 ya": "ya", "Skor SRQ-20": 0}, "question-17-scores"),
        (MENTAL, {"Dipasung": "ya"}, "only-of-severe"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_contradiction_is_refused_with_what_to_do(take, row, changes, code):
    result = take(row | changes)
    assert result.new == 0
    assert [found for _row, _column, found in refused(result)] == [code]
    assert all(str(issue.reason).endswith(".") for issue in result.issues)


@pytest.mark.parametrize(
    ("row", "changes", "code"),
    [
        (MENTAL, {"SRQ nomor 17 ya": "ya"}, "question-17-referred"),
        (ELDERLY, {"Skor AKS": 11}, "needs-referral"),
        (SCHOOL, {"Karies gigi": "ya"}, "finding-followed-up"),
        (DEVELOPMENT, {"Formulir KPSP (bulan)": 36}, "kpsp-form-of-age"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_odd_is_kept_and_marked(take, row, changes, code):
    result = take(row | changes)
    assert result.new == 1
    assert code in [found for _row, _column, found in warned(result)]


@pytest.mark.parametrize(
    ("service", "values", "code"),
    [
        ("development", {f"kpsp_{n}": True for n in range(1, 11)} | {"kpsp": 8}, "kpsp-sum-agrees"),
        ("elderly", {"aks": 20, "aks_walking": 1}, None),
        ("mental", {"depression_care": True}, "care-of-depression"),
        ("mental", {"interview": True, "severe": False}, "only-of-severe"),
        ("chronic", {"hypertension": True}, None),
    ],
)
def test_rules_that_refuse(service, values, code):
    assert broken(service, **values)[0] == ({code} if code else set())


def test_ten_items_that_do_not_add_up_to_the_score_are_refused():
    most = dict(zip(
        [f"aks_{n}" for n in ("bowels", "bladder", "grooming", "toilet", "feeding", "transfer",
                              "walking", "dressing", "stairs", "bathing")],
        (2, 2, 1, 2, 2, 3, 3, 2, 2, 1), strict=True,
    ))  # fmt: skip
    assert broken("elderly", months=840, aks=20, **most)[0] == set()
    assert broken("elderly", months=840, aks=19, **most)[0] == {"aks-sum-agrees"}
    assert "aks-all-scored" in broken("elderly", months=840, aks_walking=1)[1]


def test_a_diagnosis_lies_between_birth_and_visit():
    ill = {"hypertension": True, "months": 240}
    assert broken("chronic", diagnosed_on=date(2026, 3, 5), **ill)[0] == set()
    assert broken("chronic", diagnosed_on=date(2026, 3, 6), **ill)[0] == {"diagnosed-before-visit"}
    assert broken("chronic", diagnosed_on=date(2001, 1, 1), **ill)[0] == {"diagnosed-before-visit"}


def test_questionnaires_have_their_ages():
    assert broken("development", months=20, mchat=2)[1] == set()
    assert broken("development", months=40, mchat=2)[1] == {"questionnaire-of-age"}
    assert broken("development", months=20, kmpe=0)[1] == {"questionnaire-of-age"}
    assert broken("development", months=20, kpsp_1=True)[1] == {"kpsp-all-answered"}


def test_adherence_without_a_drug_and_odd_classes_are_asked_about():
    assert (
        "adherent-without-drug"
        in broken("chronic", hypertension=True, drug_given=False, adherent=True)[1]
    )
    assert broken("school", months=96, grade=9)[1] == {"class-of-age"}
    assert broken("school", months=96, grade=2)[1] == set()


def test_the_free_check_of_the_elderly_is_asked_for_in_their_own_service(take):
    old = ADULT | {"Tanggal lahir": ELDERLY["Tanggal lahir"], "NIK": None, "CKG selesai": "ya"}
    result = take(old)
    assert "ckg-elderly" in [code for _row, _column, code in warned(result)]


def test_nobody_of_another_age_is_taken(take, tree):
    result = run_import(
        path=file(ELDERLY | {"Tanggal lahir": ADULT["Tanggal lahir"], "NIK": None}),
        file_name="a.xlsx", service="elderly", facility=tree["first"], by=None, keep=True,
    )  # fmt: skip
    assert result.new == 0
