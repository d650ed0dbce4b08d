"""What stands around the rows of a register, in the file that is given back."""

from datetime import date
from io import BytesIO

from django.urls import reverse

from clusters import tasks
from clusters.excel import ours
from clusters.models import Growth, Upload
from tests.clusters.annotating import given_back, opened, reasons
from tests.clusters.sending import sent
from tests.clusters.test_messy import children
from tests.clusters.workbooks import sheet, workbook


def test_only_rows_about_somebody_are_called_accepted(page, tree):
    titles, *rows = sheet(children(3))
    at = titles.index("Berat badan (kg)")
    rows[1][at] = "94"
    total = ["Jumlah", *[None] * (at - 1), 30]
    table = [titles, rows[0], ["POSYANDU MAWAR"], titles, rows[1], rows[2], total]
    upload = sent(page, tree, workbook(Data=table), service="growth")
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.read, upload.new) == (Upload.Status.DONE, 3, 2)
    said = reasons(opened(given_back(upload))["Data"])
    said = {row: text.split(" – ")[0] for row, text in said.items()}
    looked_at = {3: ours.LOOK, 7: ours.LOOK}
    assert said == {2: ours.ACCEPTED, 5: ours.REPAIR, 6: ours.ACCEPTED} | looked_at


def test_a_file_with_such_rows_goes_in_when_it_is_repaired(page, tree):
    titles, *rows = sheet(children(2))
    at = titles.index("Tanggal kunjungan")
    rows[1][at] = "31/04/2025"
    table = [["POSYANDU MELATI"], [], titles, rows[0], ["POSYANDU MAWAR"], titles, rows[1]]
    upload = sent(page, tree, workbook(Data=table), service="growth")
    book = opened(given_back(upload))
    book["Data"].cell(7, at + 1).value = date(2025, 4, 30)
    target = BytesIO()
    book.save(target)
    again = sent(page, tree, target.getvalue(), service="growth", name="mei 2.xlsx")
    page.post(reverse("clusters:upload-accept", args=[again.pk]))
    tasks.write_upload(again.pk)
    assert Growth.objects.count() == 2
