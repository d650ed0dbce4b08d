"""Sick children: what MTBS and MTBM conclude, what contradicts, and the Excel door."""

from datetime import date

import pytest

from clusters.models import VISITS
from tests.clusters.lives import broken, derived
from tests.clusters.sending import sent
from tests.clusters.test_templates import filled, template_of
from tests.clusters.workbooks import CHILD, refused, warned
from tests.clusters.workbooks import SICK_CHILD as SICK

WHOLE = {
    **{"danger": False, "diarrhoea": False, "temperature": 36.8, "weight": 9.4},
    **{"cough": False, "fever": False, "ear": False},
    **{"immunisation_checked": True, "treated": True},
}
YOUNG = {
    **{"danger": False, "diarrhoea": False, "temperature": 36.8, "weight": 3.9},
    **{"breaths": 48, "infection": False, "immunisation_checked": True, "advice": True},
}


def of(months=14, **values):
    return derived("sick_child", months=months, **values)


@pytest.mark.parametrize(
    ("months", "breaths", "found"),
    [
        (2, 49, "bukan_pneumonia"),
        (2, 50, "pneumonia"),
        (11, 50, "pneumonia"),
        (12, 39, "bukan_pneumonia"),
        (12, 40, "pneumonia"),
        (59, 40, "pneumonia"),
        (12, None, None),
    ],
)
def test_a_cough_by_breaths_and_age(months, breaths, found):
    assert of(months, cough=True, breaths=breaths)["cough_class"] == found


def test_a_severe_pneumonia_needs_no_breaths():
    assert of(cough=True, indrawing=True)["cough_class"] == "pneumonia_berat"
    assert of(cough=True, breaths=30, oxygen=89)["cough_class"] == "pneumonia_berat"
    assert of(cough=True, breaths=30, oxygen=90)["cough_class"] == "bukan_pneumonia"
    assert of(cough=False, breaths=60)["cough_class"] is None


CALM = {"alertness": "baik", "sunken_eyes": False, "drinking": "biasa", "pinch": "segera"}


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (CALM, "tanpa"),
        (CALM | {"sunken_eyes": True}, "tanpa"),  # one sign alone
        (CALM | {"sunken_eyes": True, "drinking": "haus"}, "ringan_sedang"),
        (CALM | {"sunken_eyes": True, "drinking": "malas"}, "berat"),
        (CALM | {"alertness": "letargis", "pinch": "sangat_lambat"}, "berat"),
        (CALM | {"alertness": "letargis", "pinch": "lambat"}, "ringan_sedang"),
        ({"alertness": "rewel", "drinking": "haus"}, "ringan_sedang"),
        ({"alertness": "rewel"}, None),  # the others were not looked at
        ({}, None),
    ],
)
def test_two_signs_make_a_degree_of_dehydration(signs, found):
    assert of(diarrhoea=True, **signs)["dehydration"] == found
    assert of(diarrhoea=False, **signs)["dehydration"] is None


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"fever": True, "stiff_neck": True}, "berat"),
        ({"fever": True, "danger": True}, "berat"),
        ({"fever": True, "malaria": "positif"}, "malaria"),
        ({"temperature": 37.5, "malaria": "negatif"}, "bukan_malaria"),
        ({"temperature": 37.4, "malaria": "negatif"}, None),
        ({"fever": True}, None),
    ],
)
def test_fever(values, found):
    assert of(**values)["fever_class"] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "tidak_ada"),
        ({"infection": True}, "lokal"),
        ({"breaths": 60}, "berat"),
        ({"temperature": 35.4}, "berat"),
        ({"temperature": 37.5}, "berat"),
        ({"indrawing": True}, "berat"),
        ({"infection": None}, None),
    ],
)
def test_young_infants_have_a_chart_of_their_own(changes, found):
    seen = of(1, **YOUNG | changes)
    assert (seen["young_class"], seen["cough_class"], seen["fever_class"]) == (found, None, None)
    assert of(2, **YOUNG | changes)["young_class"] is None


@pytest.mark.parametrize(
    ("months", "values", "found"),
    [
        (6, {"muac": 11.4}, "gizi_buruk"),
        (6, {"muac": 11.5}, "gizi_kurang"),
        (6, {"muac": 12.5}, "gizi_baik"),
        (5, {"muac": 11.4}, None),
        (5, {"oedema": True}, "gizi_buruk"),
    ],
)
def test_nutrition_by_the_arm_and_oedema(months, values, found):
    assert of(months, **values)["muac_class"] == found


def test_what_is_severe_is_to_be_referred():
    assert of(danger=True)["to_refer"] is True
    assert of(danger=False)["to_refer"] is False
    assert of()["to_refer"] is None
    assert of(cough=True, indrawing=True, danger=False)["to_refer"] is True
    assert of(1, breaths=62)["to_refer"] is True


@pytest.mark.parametrize("left_out", ["", *WHOLE])
def test_the_chart_was_followed_when_all_of_it_is_there(left_out):
    seen = of(**WHOLE | ({left_out: None} if left_out else {}))
    assert seen["by_mtbs"] is not bool(left_out)


@pytest.mark.parametrize("left_out", ["", *YOUNG])
def test_the_chart_of_young_infants_likewise(left_out):
    seen = of(1, **YOUNG | ({left_out: None} if left_out else {}))
    assert seen["by_mtbs"] is not bool(left_out)


def test_a_chart_stops_short_without_a_class_and_a_word_of_staff_goes_before():
    assert of(**WHOLE | {"cough": True})["by_mtbs"] is False
    assert of(**WHOLE | {"cough": True, "breaths": 30})["by_mtbs"] is True
    assert of(**WHOLE | {"diarrhoea": True})["by_mtbs"] is False
    assert of(**WHOLE | {"diarrhoea": True} | CALM)["by_mtbs"] is True
    assert of(**WHOLE | {"form_used": False})["by_mtbs"] is False
    assert of(form_used=True)["by_mtbs"] is True


@pytest.mark.parametrize(
    ("values", "refusing", "warning"),
    [
        ({"diarrhoea": False, "blood": True}, {"signs-of-diarrhoea"}, set()),
        ({"visit_kind": "pertama", "outcome": "tetap"}, {"outcome-of-a-return"}, set()),
        ({"visit_kind": "ulang", "outcome": "tetap"}, set(), set()),
        ({"cough": True}, set(), {"breaths-of-a-cough"}),
        ({"diarrhoea": True}, set(), {"dehydration-assessed"}),
        ({"diarrhoea": False, "zinc": True}, set(), {"salts-for-diarrhoea"}),
        ({"cough": True, "breaths": 30, "antibiotic": True}, set(), {"antibiotic-for-a-cold"}),
        ({"cough": True, "breaths": 30, "antibiotic": True, "ear": True}, set(), set()),
        ({"danger": True}, set(), {"severe-is-referred"}),
        ({"danger": True, "referred": True}, set(), set()),
        ({"fever": False, "temperature": 38.2}, set(), {"fever-by-thermometer"}),
    ],
    ids=str,
)
def test_contradictions(values, refusing, warning):
    assert broken("sick_child", months=14, **values) == (refusing, warning)


def test_a_template_is_read_by_its_own_import(page, tree):
    upload = sent(
        page, tree, filled(template_of(page, tree, "sick_child"), SICK), service="sick_child"
    )
    assert (upload.status, upload.read, upload.new) == ("previewed", 1, 1)
    assert (upload.headers["unknown"], upload.headers["guessed"]) == ([], {})


def test_a_file_of_another_layout_is_recognised_and_classified(take):
    result = take(SICK)
    assert (result.service, result.new, refused(result), warned(result)) == (
        "sick_child", 1, [], []
    )  # fmt: skip
    seen = VISITS["sick_child"].objects.get()
    assert (seen.cough_class, seen.fever_class, seen.muac_class) == (
        "pneumonia", "bukan_malaria", "gizi_kurang"
    )  # fmt: skip
    assert (seen.fast_breathing, seen.to_refer, seen.by_mtbs) == (True, False, True)


def test_other_titles_are_known(take):
    row = CHILD | {"BB": 9.4, "Suhu": 38.1, "Batuk": "ya", "RR": 30, "Mencret": "tidak"}
    result = take(row | {"Panas": "ya", "MTBS": "ya", "Tanda bahaya": "tidak"})
    assert (result.service, result.new, refused(result)) == ("sick_child", 1, [])
    assert VISITS["sick_child"].objects.get().form_used is True


def test_a_child_of_five_is_no_balita(take):
    old = SICK | {"Tanggal lahir": date(2020, 5, 6), "NIK": None}
    assert take(old, service="sick_child").new == 0
