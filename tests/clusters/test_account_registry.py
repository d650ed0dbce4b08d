"""The registry of accounts as a workbook: posts, names, and passwords that are never in it."""

import re

import pytest

from facilities.models import Assignment
from ilp.core.models import AuditEvent, User
from tests.clusters.registering import PKM, USERS, book, confirm, parcel, send, state, words
from tests.factories import worker


def test_accounts_come_in_with_a_password_shown_once(tree, office, boss):
    rows = [
        ["kader.satu", "=cmd|'x'!A1", "0812", "kader", tree["melati"].code],
        ["nakes.dua", "Dua", None, "nakes, kader", f"{PKM}, {tree['mawar'].code}"],
    ]
    before = state()
    look = send(office, "pengguna", USERS, *rows)
    assert look.status_code == 200
    assert state() == before
    done = confirm(office, "pengguna", parcel(look))
    user = User.objects.get(username="kader.satu")
    assert (user.phone, user.must_change_password) == ("0812", True)
    password = re.search(r"kader\.satu\s+(\S+)", words(done))[1]
    assert user.check_password(password)
    assert Assignment.objects.filter(user__username="nakes.dua").count() == 2
    assert "no-store" in done["Cache-Control"]
    sheet = book(office, "pengguna")["Data"]
    values = list(sheet.values)
    assert values[0] == tuple(USERS)
    assert "password" not in str(values).casefold()
    assert password not in str(values)
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}, "no formula"
    taken = AuditEvent.objects.get(event="registry.taken")
    assert (taken.actor, taken.detail["kind"]) == (boss, "pengguna")


def test_a_known_account_gets_another_name_and_one_more_role(tree, office):
    user = worker("nakes", tree["first"], first_name="Lama", phone="1")
    row = [user.username, "Baru", "1", "nakes, kader", f"{PKM}, {tree['melati'].code}"]
    look = send(office, "pengguna", USERS, row)
    text = words(look)
    assert "nama: Lama → Baru" in text
    assert "→ Tenaga kesehatan (P9901010101), Kader Posyandu" in text
    assert "hp:" not in text
    confirm(office, "pengguna", parcel(look))
    user.refresh_from_db()
    assert user.first_name == "Baru"
    assert set(user.assignments.values_list("role", flat=True)) == {"nakes", "kader"}
    assert AuditEvent.objects.filter(event="user.details-set", subject_id=str(user.pk)).exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["a b", "X", "", "kader", PKM], "nama_pengguna:"),
        (["baru", "X", "", "dukun", PKM], "Peran dukun tidak dikenal"),
        (["baru", "X", "", "kader", "tiada"], "Tempat dengan kode tiada tidak ada"),
        (["baru", "X", "", "kader, nakes", PKM], "Jumlah peran dan kode tempat berbeda"),
        (["baru", "X", "", "", ""], "Jumlah peran dan kode tempat berbeda"),
        (["baru", "X", "0" * 21, "kader", PKM], "hp:"),
        (["baru", "X", "", "admin_dinas", PKM], "tidak dapat memberi peran ini"),
        (["baru", "X", "", "kader", "P9901020101"], "tidak mengelola pengguna di P9901020101"),
        (["DINAS", "X", "", "kader", PKM], "DINAS"),
        (["dinas", "Lain", "", "admin_dinas", "99.01"], "bukan kelolaan Anda"),
    ],
)
def test_one_wrong_account_and_nothing_is_written(tree, client, row, sentence):
    secret = worker("admin_dinas", tree["district"], first_name="Nama Rahasia")
    User.objects.filter(pk=secret.pk).update(username="dinas")
    client.force_login(worker("admin_puskesmas", tree["first"]))
    before = state()
    answer = send(client, "pengguna", USERS, ["kader.ok", "Ok", "", "kader", PKM], row)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Nama Rahasia" not in words(answer)
    assert state() == before
