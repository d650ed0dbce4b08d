"""LPLPO: columns of stock of which two are worked out, carried from month to month."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ilp.core.months import Month
from reporting import catalogue
from reporting.actions.reports import (
    NotComplete,
    ReasonMissing,
    RuleBroken,
    open_report,
    save_values,
    take_step,
)
from reporting.catalogue.checks_forms import across_columns
from reporting.selectors import quality
from reporting.selectors.places import place as place_of
from reporting.selectors.reports import sheet
from reporting.workflow import Step
from tests.factories import worker

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
FORM = catalogue.FORMS["LPLPO"]
DRUG, OTHER = "stok_amoksisilin", "stok_parasetamol"
TYPED = ("awal", "terima", "pakai", "rusak", "optimum", "minta")


def opened(tree, month=APRIL, place="first"):
    return open_report(facility=tree[place], month=month, form="LPLPO", by=None)


def kept(report, reasons=None, **rows):
    """Keep columns of drugs: amoksisilin="100 20 30 0 150 50" in the order of what is typed."""
    values = {
        (f"stok_{name}", part): int(number)
        for name, numbers in rows.items()
        for part, number in zip(TYPED, numbers.split(), strict=True)
    }
    return save_values(
        report=report, values=values, reasons=reasons or {}, version=report.version, by=None
    )


def complete(report, reasons=None, **rows):
    usual = {code.removeprefix("stok_"): "10 5 3 0 20 8" for code in FORM.typed}
    return kept(report, reasons, **(usual | rows))


def sent(report):
    return take_step(report=report, step=Step.SEND, by=None)


def columns(report, code=DRUG):
    row = next(r for r in sheet(report=report).rows if r.element == code)
    return {box.part: box.proposed for box in row.boxes}


@pytest.fixture
def client(tree):
    browser = Client()
    browser.force_login(worker("admin_puskesmas", tree["first"]))
    return browser


def keep(client, report, **cells):
    boxes = {box.name: box for row in sheet(report=report).rows for box in row.boxes}
    seen = {name: [boxes[name].version, boxes[name].shown] for name in cells}
    return client.post(f"/laporan/{report.pk}/isian/", cells | {"tampil": json.dumps(seen)}).json()


def test_what_is_there_and_what_is_left_follow_from_the_other_columns(tree):
    report = kept(opened(tree), amoksisilin="100 20 30 5 150 50")
    assert columns(report) == {
        "awal": 100, "terima": 20, "sedia": 120, "pakai": 30, "rusak": 5, "sisa": 85,
        "optimum": 150, "minta": 50,
    }  # fmt: skip
    held = dict(report.values.filter(element=DRUG).values_list("part", "value"))
    assert (held["sedia"], held["sisa"]) == (120, 85)


def test_without_a_part_nothing_follows(tree):
    report = opened(tree)
    values = {(DRUG, "awal"): 4, (DRUG, "terima"): 1, (DRUG, "pakai"): 2}
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    found = columns(report)
    assert (found["sedia"], found["sisa"]) == (5, None)


def test_more_than_there_was_cannot_be_used_and_the_row_is_named(tree):
    report = complete(opened(tree), amoksisilin="10 5 14 2 0 0")
    (found,) = sheet(report=report).findings
    assert found.message.startswith("4 Amoksisilin 500 mg (tablet): pemakaian dan yang rusak")
    assert (found.element, found.parts, found.warning) == (DRUG, ("pakai", "rusak"), False)
    assert not report.values.filter(element=DRUG, part="sisa").exists()
    with pytest.raises(RuleBroken, match="Amoksisilin"):
        sent(report)
    assert sent(complete(report, amoksisilin="10 5 13 2 0 0")).status == "sent"


def test_a_drug_begins_with_what_was_left_the_month_before(tree):
    sent(complete(opened(tree, MARCH), amoksisilin="100 20 30 5 0 0"))
    report = opened(tree)
    assert columns(report)["awal"] == 85
    assert columns(report, OTHER)["awal"] == 12
    complete_but = complete(report, amoksisilin="80 5 3 0 20 8", **dict.fromkeys(
        (c.removeprefix("stok_") for c in FORM.typed if c != DRUG), "12 5 3 0 20 8"
    ))  # fmt: skip
    with pytest.raises(ReasonMissing, match=r"Baris 4 berbeda dari sisa stok bulan lalu"):
        sent(complete_but)
    why = kept(complete_but, {DRUG: "Stok opname"})
    assert sent(why).status == "sent"


def test_a_draft_a_returned_report_and_other_places_carry_nothing_over(tree):
    draft = complete(opened(tree, MARCH))
    complete(opened(tree, MARCH, "second"))
    assert columns(opened(tree))["awal"] is None
    sent(draft)
    assert columns(opened(tree))["awal"] == 12
    draft.refresh_from_db()
    take_step(report=draft, step=Step.RETURN, by=None, note="Periksa lagi.")
    assert columns(opened(tree))["awal"] is None
    assert columns(opened(tree, place="second"))["awal"] is None


def test_a_drug_that_is_not_kept_there_is_neither_zero_nor_carried_over(tree, client):
    march = complete(opened(tree, MARCH))
    answer = keep(client, march, **{f"{DRUG}|{part}": "TA: bukan layanan" for part in TYPED})
    assert answer["rows"][DRUG]["outputs"] == {"sedia": "–", "sisa": "–"}
    march.refresh_from_db()
    sent(march)
    assert columns(opened(tree))["awal"] is None
    assert columns(opened(tree), OTHER)["awal"] == 12


def test_a_blank_column_is_a_gap(tree):
    report = kept(opened(tree), amoksisilin="10 5 3 0 20 8")
    assert sheet(report=report).blanks == 6 * (len(FORM.items) - 1)
    with pytest.raises(NotComplete):
        sent(report)


def test_the_answer_brings_back_what_follows_and_what_is_wrong(tree, client):
    report = kept(opened(tree), amoksisilin="100 20 30 0 150 50")
    with CaptureQueriesContext(connection) as asked:
        answer = keep(client, report, **{f"{DRUG}|pakai": "130"})
    statements = [q["sql"] for q in asked.captured_queries
                  if "SAVEPOINT" not in q["sql"] and "django_session" not in q["sql"]]  # fmt: skip
    assert len(statements) <= 8 + 1  # who it is stands outside
    row = answer["rows"][DRUG]
    assert row["outputs"] == {"sedia": "120", "sisa": "−10"}
    assert row["sum"] == "–"
    assert row["cells"][f"{DRUG}|pakai"]["doubted"]
    assert set(row["cells"]) == {f"{DRUG}|{part}" for part in TYPED}
    assert "di bawah nol" in row["note"]


def test_what_is_worked_out_cannot_be_typed(tree, client):
    report = kept(opened(tree), amoksisilin="100 20 30 0 150 50")
    keep(client, report, **{f"{DRUG}|sisa": "999"})
    assert columns(report)["sisa"] == 90
    page = client.get(f"/laporan/LPLPO/{tree['first'].code}/{APRIL}/").content.decode()
    assert f'name="{DRUG}|sisa"' not in page
    assert f'name="{DRUG}|awal"' in page


def test_the_page_has_columns_and_no_sums_and_says_beside_what_it_is_laid(tree, client):
    sent(complete(opened(tree, MARCH)))
    kept(opened(tree), amoksisilin="11 20 30 0 150 50")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/laporan/LPLPO/{tree['first'].code}/{APRIL}/").content.decode()
    assert len(asked) <= 25
    assert "Rusak/kedaluwarsa" in page
    assert "data-sum>" not in page
    assert "Berbeda dari sisa stok bulan lalu. Alasan:" in page


def test_the_report_of_management_is_told_how_many_drugs_are_there(tree):
    manage = open_report(facility=tree["first"], month=APRIL, form="MANAJEMEN", by=None)

    def told():
        rows = {r.element: r.counted for r in sheet(report=manage).rows}
        return rows["obat_indikator"], rows["obat_tersedia"]

    report = complete(opened(tree), amoksisilin="3 0 3 0 0 0", vaksin_bcg="3 0 3 0 0 0")
    assert told() == (None, None)
    sent(report)
    assert told() == (40, 39)  # vaccines are none of them


def test_round_numbers_of_packs_are_no_sign_of_guessing(tree):
    sent(complete(opened(tree), **dict.fromkeys(
        (c.removeprefix("stok_") for c in FORM.typed), "100 50 50 0 200 100"
    )))  # fmt: skip
    user = worker("admin_dinas", tree["district"])
    place = place_of(code=tree["first"].code, user=user)
    found = quality.quality_of(places=[place], month=APRIL)
    assert not [one for one in found.findings if one.subject == "LPLPO"]


def test_a_check_between_columns_names_columns_that_there_are():
    elements = dict(catalogue.ROWS)
    assert list(across_columns(FORM, elements)) == []
    (check,) = FORM.across
    wrong = replace(
        FORM, across=(replace(check, left="pakai + hilang"),), carried=("awal", "akhir")
    )
    named = {one.rpartition(" ")[2] for one in across_columns(wrong, elements)}
    assert named == {"hilang", "akhir"}
    assert list(across_columns(replace(catalogue.FORMS["F1"], across=(check,)), elements))
