"""Cells put right: choices of several, names of places too long to show, and orders of dates."""

import json
from datetime import date

from django.urls import reverse

from clusters.excel.imports import check_file, sheets_of
from clusters.excel.outline import outline
from clusters.excel.told import told_of
from clusters.models import Growth, Immunisation, Upload
from facilities.models import FacilityAlias
from facilities.registry import normalised
from ilp.core.crypto import seal
from tests.clusters.sending import sent
from tests.clusters.test_repairs import accepted, answer_of, child, groups, repaired
from tests.clusters.workbooks import CHILD, file, sheet, workbook

DOSES = CHILD | {"MR 1": None, "IPV 2": None, "BCG": "v"}


def without_doses(page, tree):
    row = DOSES | {"BCG": None}
    upload = sent(page, tree, file(row), service="immunisation")
    issue = upload.issues.get(is_warning=False)
    assert (issue.code, issue.name) == ("says-nothing", "antigens")
    return upload, f"sel-{issue.pk}"


def test_choices_that_are_typed_are_ticked_in_their_columns(page, tree):
    upload, box = without_doses(page, tree)
    repaired(page, upload, **{box: "mr 1, IPV 2"})
    assert (upload.new, upload.rejected) == (1, 0), list(upload.issues.values())
    accepted(page, upload)
    assert sorted(Immunisation.objects.get().antigens) == ["IPV2", "MR1"]


def test_a_choice_that_there_is_not_is_answered_with_all_that_there_are(page, tree):
    upload, box = without_doses(page, tree)
    address = reverse("clusters:upload-repair", args=[upload.pk])
    answer = page.post(address, {box: "campak Contoh Rahasia"}, follow=True).content.decode()
    assert "bukan pilihannya" in answer
    assert "MR 1" in answer
    assert "Rahasia" not in answer


def test_a_choice_of_which_the_file_has_no_column_has_no_cell(page, tree):
    upload, box = without_doses(page, tree)
    address = reverse("clusters:upload-repair", args=[upload.pk])
    answer = page.post(address, {box: "MR 1, HB0"}, follow=True)
    assert "kolomnya tidak ada di berkas" in answer.content.decode()


LONG = "Posyandu Mawar Melati Anggrek Kenanga RT 03 RW 11 Dusun Batu"


def test_a_long_name_is_learned_as_it_is_written(page, tree):
    assert 40 < len(LONG) <= 80
    upload = sent(page, tree, file(child(1) | {"Posyandu": LONG}), service="growth")
    (one,) = groups(page, upload)
    assert one.group.value == LONG
    answer = answer_of(one, one.offers[0], isi=tree["melati"].code, ingat="1")
    repaired(page, upload, **answer)
    assert FacilityAlias.objects.filter(text_normalised=normalised(LONG)).exists()
    again = sent(page, tree, file(child(2) | {"Posyandu": LONG}), service="growth")
    assert (again.new, again.rejected) == (1, 0)


def test_names_that_are_shown_cut_are_not_put_right_together(page, tree):
    rows = [child(n) | {"Posyandu": f"{LONG} {LONG} {n}"} for n in (1, 2)]
    upload = sent(page, tree, file(*rows), service="growth")
    (one,) = groups(page, upload)
    assert one.group.value.endswith("…")
    assert len(one.group.value) == 80
    assert one.offers == ()


def test_an_order_of_dates_holds_for_its_sheet_alone(page, tree):
    seen = "Tanggal kunjungan"
    american = [child(1) | {seen: "05/06/2025"}, child(2) | {seen: "05/25/2025"}]
    ours = [child(n) | {seen: f"0{n}/05/2025"} for n in (3, 4)]
    content = workbook(Barat=sheet(american), Kita=sheet(ours))
    upload = sent(page, tree, content, service="growth")
    assert (upload.new, upload.rejected) == (2, 2)
    (one,) = groups(page, upload)
    (offer,) = one.offers
    assert offer.way == "month-first"
    repaired(page, upload, **answer_of(one, offer))
    assert (upload.new, upload.rejected) == (4, 0)
    tables = outline(sheets_of(upload), "growth", told_of(upload))
    orders = {
        table.sheets: next(c.month_first for c in table.columns if c.name == "seen_on")
        for table in tables
    }
    assert orders == {("Barat",): True, ("Kita",): None}
    accepted(page, upload)
    days = set(Growth.objects.values_list("seen_on", flat=True))
    assert days == {date(2025, 5, day) for day in (3, 4, 6, 25)}


def test_an_order_kept_before_sheets_had_their_own_holds_for_each(tree):
    kept = {"columns": {}, "header_rows": {}, "skipped": [], "month_first": ["seen_on"],
            "constants": {}, "edits": []}  # fmt: skip
    upload = Upload(told=seal(json.dumps(kept).encode()))
    rows = [child(1) | {"Tanggal kunjungan": "05/06/2025"}]
    rows += [child(2) | {"Tanggal kunjungan": "05/25/2025"}]
    checked = check_file(
        path=workbook(Data=sheet(rows)), service="growth", facility=tree["first"], by=None,
        told=told_of(upload),
    )  # fmt: skip
    assert [row.seen_on for row in checked.rows] == [date(2025, 5, 6), date(2025, 5, 25)]
