"""Staff and equipment go out as workbooks and come back: seen first, all or nothing."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from clusters.excel.registries import MOST_ROWS
from facilities.actions.staff import Count
from facilities.excel import StockResource, bring_in
from facilities.excel.registry import MOST_CHANGES
from facilities.models import Assessment, AssessmentRow, Facility, StaffCount, StandardItem
from ilp.core import formats
from tests.clusters.registering import book, confirm, parcel, send, words
from tests.facilities.needing import LONG_AGO, entry, save, sent, staff, standard, this_year
from tests.factories import worker

STOCK = ["kode", "tempat", "barang", "standar", "ada", "baik", "rusak_ringan", "rusak_berat",
         "catatan"]  # fmt: skip


@pytest.fixture
def items(tree):
    return [standard(tree["district"], name=name) for name in ("Doppler", "Tensimeter")]


@pytest.fixture
def centre(tree, items):
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))
    return client


def sheet(client, which):
    return [list(row) for row in book(client, which)["Data"].iter_rows(values_only=True)]


def line(tree, item, *numbers, note=None, at="pustu_satu"):
    return [f"{tree[at].code}/{item.code}", None, item.name, 2, *numbers, note]


@pytest.mark.parametrize("which", ["tenaga", "sarana"])
def test_what_went_out_changes_nothing_on_its_way_back(tree, centre, which):
    save(tree["pustu_satu"], entry(2, light=1, note="gudang"))
    staff(tree["pustu_satu"], LONG_AGO, bidan=1, kader=Count(2, 1))
    target = BytesIO()
    book(centre, which).save(target)
    answer = send(centre, which, (), content=target.getvalue())
    assert "Tidak ada yang berubah" in words(centre.get(answer["Location"]))
    assert (StaffCount.objects.count(), Assessment.objects.get().version) == (2, 1)


def test_staff_is_one_row_a_place_within_reach(tree, centre):
    staff(tree["pustu_satu"], LONG_AGO, bidan=1)
    head, *rows = sheet(centre, "tenaga")
    assert {row[0] for row in rows} == {tree[key].code for key in ("first", "pustu_satu", "melati")}
    told = dict(zip(head, next(r for r in rows if r[0] == tree["pustu_satu"].code), strict=True))
    assert (told["bidan"], told["perawat"], told["kader_purwa"]) == (1, None, None)


def staffed(client, place, **numbers):
    head = sheet(client, "tenaga")[0]
    told = {"kode": place.code, **numbers}
    return send(client, "tenaga", head, [told.get(column) for column in head])


def test_staff_comes_back_with_a_preview_and_is_written(tree, centre):
    staff(tree["pustu_satu"], LONG_AGO, bidan=1, kader=Count(2, 1))
    answer = staffed(centre, tree["pustu_satu"], bidan="2", perawat=1, kader_purwa=2)
    text = words(answer)
    assert "bidan: 1 → 2" in text
    assert "perawat: kosong → 1" in text
    assert StaffCount.objects.count() == 2, "nothing is written yet"
    confirm(centre, "tenaga", parcel(answer))
    now = StaffCount.objects.exclude(since=LONG_AGO)
    assert sorted(now.values_list("worker", "number", "purwa")) == [
        ("bidan", 2, 0), ("kader", 2, 2), ("perawat", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"bidan": "dua orang"}, "Kolom bidan"),
        ({"bidan": 9999}, "terlalu besar"),
        ({"kader": 1, "kader_purwa": 2}, "lebih dari 1 kader"),
        ({"kader": 5, "kader_purwa": -1}, "-1 di bawah nol"),
        ({"kader_purwa": 1}, "Isi juga jumlah kader"),
    ],
)
def test_staff_that_cannot_be_is_refused_with_its_row(tree, centre, numbers, sentence):
    assert sentence in words(staffed(centre, tree["pustu_satu"], **numbers))
    assert not StaffCount.objects.exists()


def test_staff_of_others_and_unknown_places_are_refused(tree, centre):
    assert "di luar wilayah" in words(staffed(centre, tree["pustu_dua"], bidan=1))
    head = sheet(centre, "tenaga")[0]
    assert "tidak ada" in words(send(centre, "tenaga", head, ["X9", *[None] * (len(head) - 1)]))


def test_equipment_is_one_row_an_item_and_only_what_is_open(tree, items, centre):
    keys = {row[0] for row in sheet(centre, "sarana")[1:]}
    assert keys == {f"{tree['pustu_satu'].code}/{item.code}" for item in items}
    sent(tree["pustu_satu"], entry(1), entry(2))
    assert sheet(centre, "sarana") == [STOCK]


def test_equipment_comes_back_into_the_assessment_of_this_year(tree, items, centre):
    rows = (line(tree, items[0], 2, 1, 1, 0, note="bocor"), line(tree, items[1], 2, 2, 0, 0))
    answer = send(centre, "sarana", STOCK, *rows)
    assert "ada: kosong → 2" in words(answer)
    assert not Assessment.objects.exists()
    confirm(centre, "sarana", parcel(answer))
    held = Assessment.objects.get()
    assert (held.facility, held.year, held.state) == (tree["pustu_satu"], this_year(), "draf")
    kept = AssessmentRow.objects.order_by("item__name").values_list("present", "good", "note")
    assert list(kept) == [(2, 1, "bocor"), (2, 2, "")]


def test_an_empty_box_leaves_what_is_known(tree, items, centre):
    save(tree["pustu_satu"], entry(2))
    answer = send(centre, "sarana", STOCK, line(tree, items[0], None, 1, 1, None))
    confirm(centre, "sarana", parcel(answer))
    row = AssessmentRow.objects.get(item=items[0])
    assert (row.present, row.good, row.light, row.heavy) == (2, 1, 1, 0)


def test_equipment_that_cannot_be_is_refused_and_nothing_is_kept(tree, items, centre):
    good = line(tree, items[0], 1, 1, 0, 0)
    wrong = {
        "bukan bilangan bulat": line(tree, items[1], "banyak", 1, 0, 0),
        "0 sampai 99.999": line(tree, items[1], 100_000, 1, 0, 0),
        "tidak dinilai tahun ini": [f"{tree['melati'].code}/tensimeter", *[None] * 8],
        "di luar wilayah": line(tree, items[1], 1, 1, 0, 0, at="pustu_dua"),
        "tidak ada": ["X9/tensimeter", *[None] * 8],
    }
    for sentence, row in wrong.items():
        assert sentence in words(send(centre, "sarana", STOCK, good, row)), sentence
    sent(tree["pustu_satu"], entry(1), entry(2))
    before = AssessmentRow.objects.filter(present=9).count()
    locked = send(centre, "sarana", STOCK, line(tree, items[0], 9, 9, 0, 0))
    assert "terkunci" in words(locked)
    assert AssessmentRow.objects.filter(present=9).count() == before == 0


def test_what_somebody_sent_in_between_is_not_written(tree, items, centre):
    sealed = parcel(send(centre, "sarana", STOCK, line(tree, items[0], 1, 1, 0, 0)))
    sent(tree["pustu_satu"], entry(2), entry(2))
    assert "terkunci" in words(confirm(centre, "sarana", sealed))
    assert AssessmentRow.objects.get(item=items[0]).present == 2


class Overtaken(StockResource):
    """Somebody else saves between the reading of what is known and the writing of a row."""

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        save(Facility.objects.get(code=row["kode"].split("/")[0]), entry(7))


def test_what_somebody_saved_in_between_is_not_overwritten(tree, items):
    save(tree["pustu_satu"], entry(2))
    row = [str(cell or "") for cell in line(tree, items[0], 3, None, None, None)]
    user = worker("admin_puskesmas", tree["first"])
    outcome = bring_in(Overtaken(), STOCK, [row], by=user, dry_run=False)
    assert "disimpan orang lain" in outcome.refused[0].refused[0]


def test_a_whole_district_goes_out_and_what_was_left_alone_comes_back(tree, client):
    """1,839 Posyandu with four items each are more than 5,000 rows."""
    district = {"district": tree["district"], "kind": "pustu", "group": "alat", "unit": "buah"}
    more = {"number": 1, "source": "Keputusan Dinas", "certainty": "bersumber", "since": LONG_AGO}
    StandardItem.objects.bulk_create(
        StandardItem(code=f"alat-{n}", name=f"Alat {n}", **district, **more) for n in range(3_000)
    )
    client.force_login(worker("admin_dinas", tree["district"]))
    target = BytesIO()
    book(client, "sarana").save(target)
    target.seek(0)
    data = openpyxl.load_workbook(target, read_only=True)["Data"]
    assert sum(1 for _row in data.rows) == 1 + 2 * 3_000
    answer = send(client, "sarana", (), content=target.getvalue())
    assert "Tidak ada yang berubah" in words(client.get(answer["Location"]))


def test_how_much_one_file_may_bring_is_said_before(tree, centre):
    for which in ("tenaga", "sarana"):
        text = words(centre.get(f"/daftar/{which}/"))
        assert f"paling banyak {formats.whole(MOST_ROWS)} baris, {MOST_CHANGES} di antar" in text
    long = [[f"X{number}", *[None] * 8] for number in range(MOST_ROWS + 1)]
    assert "lebih dari 20000 baris" in words(send(centre, "sarana", STOCK, *long))


def test_who_keeps_no_registers_has_no_such_workbook(tree, items, client):
    client.force_login(worker("kepala_puskesmas", tree["first"]))
    for which in ("tenaga", "sarana"):
        assert client.get(f"/daftar/{which}/").status_code == 403
        assert client.get(f"/daftar/{which}/unduh/").status_code == 403


def test_names_that_look_like_formulas_stay_text(tree, centre):
    save(tree["pustu_satu"], entry(1, note="=1+1"))
    target = BytesIO()
    book(centre, "sarana").save(target)
    cell = openpyxl.load_workbook(BytesIO(target.getvalue()))["Data"]["I2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
