"""Registries of places and accounts as workbooks: preview, confirm, all or nothing."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clusters.excel import registries
from facilities.actions.people import assign_role
from facilities.actions.places import rename
from facilities.excel import registry
from facilities.models import Facility, FacilityAlias
from ilp.core.models import AuditEvent
from tests.clusters.registering import (
    DESA,
    NEW,
    PKM,
    PLACES,
    USERS,
    book,
    confirm,
    melati,
    parcel,
    send,
    state,
    words,
)
from tests.clusters.workbooks import workbook
from tests.factories import worker


@pytest.mark.parametrize("which", ["tempat", "pengguna"])
def test_what_went_out_changes_nothing_on_its_way_back(tree, boss, office, which):
    nakes = worker("nakes", tree["first"], first_name="Rekaan", phone="0812")
    assign_role(
        user=nakes, facility=tree["melati"], role="kader", starts_on=date(2024, 1, 1), by=None
    )
    target = BytesIO()
    book(office, which).save(target)
    before = state()
    answer = send(office, which, (), content=target.getvalue())
    assert answer.status_code == 302
    assert "Tidak ada yang berubah" in words(office.get(answer["Location"]))
    assert state() == before


def test_a_preview_shows_what_would_be_and_writes_nothing(tree, office):
    before = state()
    answer = send(office, "tempat", PLACES, NEW, melati(tree))
    assert answer.status_code == 200
    text = words(answer)
    assert "nama: Melati → Melati Indah" in text
    assert "nama: Anggrek" in text
    assert "jenis: Posyandu" in text
    assert state() == before


def test_a_confirmed_preview_is_written(tree, office, boss):
    sealed = parcel(send(office, "tempat", PLACES, NEW, melati(tree)))
    assert "Tersimpan: 1 baru, 1 diubah" in words(confirm(office, "tempat", sealed))
    assert Facility.objects.get(code=NEW[0]).placements.count() == 2
    assert FacilityAlias.objects.get(facility=tree["melati"]).text_normalised == "melati"
    opened = AuditEvent.objects.get(event="place.opened", actor=boss)
    assert opened.detail == {"code": NEW[0]}


WRONG = [
    ([None, "X", "posyandu", date(2025, 1, 1), PKM, DESA, None], "Kolom kode kosong"),
    (["a", None, "posyandu", date(2025, 1, 1), PKM, DESA, None], "nama: kosong"),
    (["a", "X", "warung", date(2025, 1, 1), PKM, DESA, None], "jenis: tidak dikenal"),
    (["a", "X", "posyandu", None, PKM, DESA, None], "buka: kosong"),
    (["a", "X", "posyandu", "kemarin", PKM, DESA, None], "buka:"),
    (["a", "X", "posyandu", date(2025, 1, 1), "tiada", None, None], "tidak ditemukan"),
    (["a", "X", "posyandu", date(2025, 1, 1), None, None, None], "belum mempunyai induk"),
    (["a", "X", "pustu", date(2025, 1, 1), "99.01", None, None], "tidak dapat berinduk"),
    (["a", "X", "dinas", date(2025, 1, 1), None, None, None], "di luar wilayah kelolaan"),
    ([NEW[0], "Y", *NEW[2:]], "sudah ada di baris lain"),
    ([f"{DESA}-PSY-001", "M", "pustu", date(2020, 1, 1), None, None, None], "hanya nama"),
    (
        [f"{DESA}-PSY-001", "Melati", "posyandu", date(2020, 1, 1), "P9901020101", None, None],
        "hanya nama",
    ),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_one_wrong_row_and_nothing_is_written(tree, office, row, sentence):
    before = state()
    answer = send(office, "tempat", PLACES, NEW, row)
    assert answer.status_code == 422
    text = words(answer)
    assert "Tidak ada yang disimpan: 1 baris perlu diperbaiki" in text
    assert sentence in text
    assert re.search(rf"\b3\s+{re.escape(row[0] or '–')}", text), "the row that Excel shows"
    assert 'name="isi"' not in answer.content.decode()
    assert state() == before


def test_places_out_of_reach_are_refused_with_a_sentence(tree, django_user_model):
    other = worker("admin_dinas", tree["second"])
    client = Client()
    client.force_login(other)
    before = state()
    for row in (melati(tree), melati(tree, "Melati"), NEW):
        answer = send(client, "tempat", PLACES, row)
        assert answer.status_code == 422
        assert "di luar wilayah kelolaan Anda" in words(answer)
    assert "Kenanga" not in str(list(book(client, "tempat")["Data"].values))
    assert state()[:3] == before[:3]


@pytest.mark.parametrize(
    ("which", "role", "status"),
    [
        ("tempat", "admin_dinas", 200), ("tempat", "admin_puskesmas", 403),
        ("tempat", "ti", 403), ("tempat", "lihat", 403), ("pengguna", "admin_dinas", 200),
        ("pengguna", "admin_puskesmas", 200), ("pengguna", "ti", 200),
        ("pengguna", "nakes", 403), ("pengguna", "kepala_dinas", 403), ("lain", "ti", 404),
    ],
)  # fmt: skip
def test_who_may(tree, client, which, role, status):
    client.force_login(worker(role, tree["first"]))
    for path in (f"/daftar/{which}/", f"/daftar/{which}/unduh/"):
        assert client.get(path).status_code == status
    allowed = 302 if status == 200 else status
    assert client.post(f"/daftar/{which}/simpan/", {"isi": "x"}).status_code == allowed


def test_a_preview_belongs_to_its_uploader_and_cannot_be_changed(tree, office):
    sealed = parcel(send(office, "tempat", PLACES, melati(tree)))
    other = Client()
    other.force_login(worker("admin_dinas", tree["district"]))
    before = state()
    for client, which, text in (
        (other, "tempat", sealed), (office, "pengguna", sealed),
        (office, "tempat", sealed[:-2] + "xx"), (office, "tempat", ""),
    ):  # fmt: skip
        assert "kedaluwarsa" in words(confirm(client, which, text))
    assert state()[:3] == before[:3]


def test_what_changed_since_the_preview_is_shown_anew(tree, office):
    sealed = parcel(send(office, "tempat", PLACES, NEW, melati(tree)))
    rename(place=tree["melati"], name="Melati Raya", by=None)
    before = state()
    again = confirm(office, "tempat", sealed)
    assert "Daftar berubah sejak pratinjau" in words(again)
    assert "nama: Melati Raya → Melati Indah" in words(again)
    assert state() == before
    confirm(office, "tempat", parcel(again))
    assert Facility.objects.get(code=tree["melati"].code).name == "Melati Indah"


def test_a_right_that_was_lost_since_the_preview_is_lost(tree, office, boss):
    sealed = parcel(send(office, "tempat", PLACES, NEW))
    boss.assignments.update(ends_on=date(2025, 1, 1))
    assert confirm(office, "tempat", sealed).status_code == 403
    assert not Facility.objects.filter(code=NEW[0]).exists()


def test_a_row_that_became_wrong_rolls_everything_back(tree, office):
    sealed = parcel(send(office, "tempat", PLACES, melati(tree), NEW))
    Facility.objects.filter(pk=tree["desa_satu"].pk).update(closed_on=date(2024, 12, 1))
    before = state()
    answer = confirm(office, "tempat", sealed)
    assert answer.status_code == 422
    assert "sudah tutup" in words(answer)
    assert state() == before


def test_too_many_changes_are_refused(tree, office, monkeypatch):
    monkeypatch.setattr(registry, "MOST_CHANGES", 1)
    answer = send(office, "tempat", PLACES, NEW, melati(tree))
    assert answer.status_code == 422
    assert "Paling banyak 1 baris baru atau berubah" in words(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (workbook(Data=[["kode", "nama"], ["a", "b"]]), "Kolom yang harus ada: kode, nama, jenis"),
        (workbook(Data=[PLACES]), "tidak berisi satu baris pun"),
        (b"PK\x03\x04rusak", "rusak"),
        (b"", "kosong"),
    ],
)
def test_a_file_that_is_no_registry_is_refused(tree, office, content, sentence):
    before = state()
    answer = office.post("/daftar/tempat/", {"file": SimpleUploadedFile("d.xlsx", content)})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert state() == before


def test_a_file_of_too_many_rows_is_refused(tree, office, monkeypatch):
    monkeypatch.setattr(registries, "MOST_ROWS", 3)
    answer = send(office, "tempat", PLACES, NEW, NEW, NEW, NEW)
    assert answer.status_code == 422


def test_a_file_that_is_too_large_is_refused(office, settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    answer = send(office, "tempat", PLACES, NEW)
    assert answer.status_code == 422
    assert "terlalu besar" in words(answer)


def test_without_a_file_it_is_asked_for(office):
    answer = office.post("/daftar/tempat/", {})
    assert answer.status_code == 422
    assert "Pilih berkas Excel" in words(answer)


@pytest.mark.parametrize("which", ["tempat", "pengguna"])
def test_a_long_list_asks_few_queries(tree, office, which, django_assert_max_num_queries):
    for _ in range(20):
        worker("kader", tree["melati"])
    with django_assert_max_num_queries(20):
        book(office, which)


def test_the_lists_lead_there(tree, office):
    assert "/daftar/tempat/" in office.get("/faskes/").content.decode()
    assert "/daftar/pengguna/" in office.get("/pengguna/").content.decode()


def test_what_stands_around_the_rows_of_a_list_is_no_place(tree, office):
    around = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]
    content = workbook(
        Data=[
            ["DAFTAR TEMPAT"], [], PLACES, around, NEW, [], PLACES, melati(tree),
            ["Jumlah", 2], [], [None, "Mengetahui,"], [None, "NIP. 19700101 199803 1 001"],
        ],
        Petunjuk=[["Isi dengan benar"]],
    )  # fmt: skip
    sealed = parcel(send(office, "tempat", (), content=content))
    assert "Tersimpan: 1 baru, 1 diubah" in words(confirm(office, "tempat", sealed))


def test_a_list_on_two_sheets_is_refused_and_half_of_it_not_kept(tree, office):
    content = workbook(Satu=[PLACES, NEW], Dua=[PLACES, melati(tree)])
    before = state()
    text = words(send(office, "tempat", (), content=content))
    assert "Beberapa lembar berisi daftar ini: Satu, Dua. Satukan barisnya" in text
    assert state() == before


def test_an_account_called_as_one_who_signs_is_still_an_account(tree, office):
    account = worker("nakes", tree["first"], first_name="Lama")
    account.username = "kepala.dinas"
    account.save()
    row = ["kepala.dinas", "Baru", None, None, None]
    assert "nama: Lama → Baru" in words(send(office, "pengguna", USERS, row))
