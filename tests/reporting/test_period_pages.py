"""Deadlines, days off and more time, set by the admin of a Dinas, without a script."""

from datetime import date

import pytest
from django.test import Client

from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.catalogue import FORMS
from reporting.models import Deadline, Extension, Holiday
from reporting.selectors.deadlines import due_on
from tests.factories import small_district, worker

PAGE = "/laporan/batas/"
RULE = {
    "aksi": "batas", "batas-form": "F1", "batas-kind": "puskesmas", "batas-way": "tanggal",
    "batas-number": "7", "batas-grace_days": "1", "batas-to_workday": "on",
    "batas-since": "2025-01", "batas-source": "SK Kepala Dinas 4/2025",
}  # fmt: skip


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


@pytest.fixture
def admin(tree):
    return browser("admin_dinas", tree["district"])


def longer(tree, **changes):
    usual = {
        "aksi": "lama", "lama-place": tree["first"].pk, "lama-form": "F1",
        "lama-month": "2025-03", "lama-until": "2025-04-20", "lama-reason": "Banjir",
    }  # fmt: skip
    return usual | changes


def shown(client, address=PAGE):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_anything_is_set_the_usual_days_are_shown_with_their_source(admin):
    html = shown(admin)

    assert "Belum ada ketetapan" in html
    assert "Belum ada perpanjangan" in html
    assert "Belum ada hari libur" in html
    assert FORMS["F1"].due[-1].source in html


def test_a_rule_is_set_shown_and_ended(admin, tree):
    answer = admin.post(PAGE, RULE, follow=True)
    html = answer.content.decode()
    assert "Berlaku mulai laporan Januari 2025" in html
    assert "tanggal 7 bulan berikutnya" in html
    assert "toleransi 1 hari" in html
    assert "pindah ke hari kerja" in html
    rule = Deadline.objects.get()
    assert (rule.day, rule.days_after, rule.created_by.get_username()) == (
        7, None, AuditEvent.objects.get(event="deadline.set").actor.get_username(),
    )  # fmt: skip
    assert due_on(FORMS["F1"], tree["first"], Month(2025, 1)).until == date(2025, 2, 8)

    wrong = admin.post(f"{PAGE}batas/{rule.pk}/", {"bulan": "besok"}, follow=True)
    assert "contoh 2026-01" in wrong.content.decode()
    ended = admin.post(f"{PAGE}batas/{rule.pk}/", {"bulan": "2025-06"}, follow=True)
    assert "tidak berlaku lagi" in ended.content.decode()
    assert "sebelum Juni 2025" in shown(admin)
    again = admin.post(f"{PAGE}batas/{rule.pk}/", {"bulan": "2025-07"}, follow=True)
    assert "sudah berakhir" in again.content.decode()


def test_days_after_the_end_of_the_period(admin, tree):
    admin.post(PAGE, RULE | {"batas-way": "hari", "batas-number": "60", "batas-to_workday": ""})

    assert due_on(FORMS["F1"], tree["first"], Month(2025, 1)).day == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"batas-number": ""}, "Isi angkanya"),
        ({"batas-number": "lima"}, "Tulis bilangan bulat"),
        ({"batas-number": "0"}, "Paling kecil 1"),
        ({"batas-number": "91", "batas-way": "hari"}, "Paling besar 90"),
        ({"batas-number": "29"}, "Tanggal paling besar 28"),
        ({"batas-grace_days": "40"}, "Paling besar 31"),
        ({"batas-since": "Mei"}, "Tulis bulan seperti ini"),
        ({"batas-source": ""}, "Tulis dasar keputusannya"),
        ({"batas-way": "lain"}, "Pilih"),
        ({"batas-form": "F99"}, "Pilih"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_and_the_rest_stays_typed(admin, changes, sentence):
    answer = admin.post(PAGE, RULE | changes)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert "Ada 1 yang perlu diperbaiki" in html
    if "batas-source" not in changes:
        assert "SK Kepala Dinas 4/2025" in html
    assert not Deadline.objects.exists()


def test_a_rule_that_is_no_later_is_refused_at_its_form(admin):
    admin.post(PAGE, RULE)
    answer = admin.post(PAGE, RULE)

    assert answer.status_code == 422
    assert "harus mulai sesudah Januari 2025" in answer.content.decode()


def test_days_off_are_pasted_line_by_line(admin):
    lines = "17/08/2025, Hari Kemerdekaan\n\n2025-12-25,Natal\n 1 Januari 2026 , Tahun Baru \n"
    answer = admin.post(PAGE, {"aksi": "libur", "libur-days": lines}, follow=True)

    assert "3 hari libur tersimpan" in answer.content.decode()
    days = dict(Holiday.objects.values_list("day", "name"))
    assert days == {
        date(2025, 8, 17): "Hari Kemerdekaan",
        date(2025, 12, 25): "Natal",
        date(2026, 1, 1): "Tahun Baru",
    }
    gone = Holiday.objects.get(name="Natal")
    answer = admin.post(f"{PAGE}libur/{gone.pk}/", follow=True)
    assert "Hari libur dihapus" in answer.content.decode()
    assert Holiday.objects.count() == 2


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "paling sedikit satu"),
        ("besok, Libur", "Baris “besok, Libur”"),
        ("17/08/2025", "belum lengkap"),
        ("17/08/2025, ", "belum lengkap"),
        ("17/08/2025, A\n17/08/2025, B", "tertulis dua kali"),
        ("<b>, x", "&lt;b&gt;"),
    ],
)
def test_a_day_off_that_cannot_be_read_is_shown(admin, lines, sentence):
    answer = admin.post(PAGE, {"aksi": "libur", "libur-days": lines})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Holiday.objects.exists()


def test_more_time_is_given_and_cancelled(admin, tree):
    html = admin.post(PAGE, longer(tree), follow=True).content.decode()
    assert "Puskesmas Kenanga diberi waktu sampai 20 April 2025" in html
    assert "Banjir" in html
    given = Extension.objects.get()

    twice = admin.post(PAGE, longer(tree))
    assert twice.status_code == 422
    assert "sudah diberi perpanjangan" in twice.content.decode()
    admin.post(f"{PAGE}lama/{given.pk}/")
    assert "Dibatalkan" in shown(admin)
    assert due_on(FORMS["F1"], tree["first"], Month(2025, 3)).until == date(2025, 4, 5)


def test_an_extension_shows_on_the_report_and_in_the_matrix(admin, tree):
    admin.post(PAGE, longer(tree))

    html = shown(admin, "/laporan/kelengkapan/?f=F1&t=2025")

    assert "batas 20 April 2025 (diperpanjang)" in html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lama-until": "2025-04-05"}, "Batas biasanya 5 April 2025"),
        ({"lama-until": "kapan"}, "Tulis tanggal seperti ini"),
        ({"lama-reason": ""}, "Tulis mengapa"),
        ({"lama-place": "0"}, "Pilih tempat dari daftar"),
        ({"lama-form": "BIAS"}, "tidak mengisi laporan itu"),
    ],
)
def test_what_is_wrong_with_an_extension_is_said(admin, tree, changes, sentence):
    answer = admin.post(PAGE, longer(tree, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Extension.objects.exists()


@pytest.mark.parametrize("role", ["programmer", "kepala_dinas", "lihat", "ti", "admin_puskesmas"])
def test_nobody_else_may_look_or_set(tree, role):
    client = browser(role, tree["first"] if role == "admin_puskesmas" else tree["district"])

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, RULE).status_code == 403
    assert client.post(f"{PAGE}batas/1/", {"bulan": "2025-01"}).status_code == 403


def test_another_districts_rows_do_not_exist_here(admin, tree):
    other = small_district(2)
    stranger = browser("admin_dinas", other["district"])
    admin.post(PAGE, RULE)
    admin.post(PAGE, longer(tree))
    admin.post(PAGE, {"aksi": "libur", "libur-days": "17/08/2025, Kemerdekaan"})
    rows = (("batas", Deadline), ("lama", Extension), ("libur", Holiday))

    for what, model in rows:
        address = f"{PAGE}{what}/{model.objects.get().pk}/"
        assert stranger.post(address, {"bulan": "2025-06"}).status_code == 404
    assert "SK Kepala Dinas 4/2025" not in shown(stranger)
    answer = stranger.post(PAGE, longer(tree))
    assert "Pilih tempat dari daftar" in answer.content.decode()


def test_what_is_no_action_is_not_found(admin):
    assert admin.post(PAGE, {"aksi": "lain"}).status_code == 404
    assert admin.post(f"{PAGE}lain/1/").status_code == 404
