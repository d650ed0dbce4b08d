"""The pages of a release: who opens, revises and locks a month, and what its history tells."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.models import LockedMonth
from facilities.roles import Role
from ilp.core import formats
from ilp.core.months import Month
from reporting.actions.releases import release_month
from reporting.models import Release
from tests.reporting.released_pages import PAGE, changed, corrected_since, forget, signed_in, text
from tests.reporting.releasing import MONTH, correct, with_visits, write_late

LIST = reverse("reporting:release-list")


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


@pytest.fixture
def corrected(tree):
    return corrected_since(tree)


def test_the_head_previews_releases_opens_and_revises(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    page = text(client.get(PAGE))
    assert "Belum dirilis" in page
    assert "Kesiapan" in page
    assert "Rilis dan kunci" in page
    done = client.post(PAGE, {"aksi": "rilis", "rilis-note": "Tanpa Cempaka"}, follow=True)
    assert "dirilis sebagai revisi 1 dan dikunci" in text(done)
    assert "Tanpa Cempaka" in text(done)
    assert "Angka sekarang sama dengan rilis revisi 1" in text(done)
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Melati menyusul"})
    correct(tree)
    page = text(client.get(PAGE))
    assert "dibuka untuk koreksi" in page
    assert "Terbitkan rev. 2" in page

    missing = client.post(PAGE, {"aksi": "rilis"})
    assert missing.status_code == 422
    assert "Tulis alasan revisi" in text(missing)
    write_late(tree, number=2)
    waiting = client.post(PAGE, {"aksi": "rilis", "rilis-reason": "Susulan"})
    assert waiting.status_code == 422
    assert "sedang dihitung" in text(waiting)
    assert Release.objects.count() == 1


def test_a_month_opened_in_vain_is_locked_again(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    client.post(PAGE, {"aksi": "rilis"})
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Periksa"})
    page = text(client.get(PAGE))
    assert "Kunci kembali" in page
    assert "Terbitkan rev. 2" not in page
    others = signed_in(Role.LIHAT, tree["district"])
    assert others.post(PAGE, {"aksi": "kunci"}).status_code == 403

    assert "dikunci kembali" in text(client.post(PAGE, {"aksi": "kunci"}, follow=True))
    assert LockedMonth.objects.filter(month=MONTH).exists()
    assert Release.objects.count() == 1
    assert "Kunci kembali" not in text(client.get(PAGE))


def test_a_correction_below_the_puskesmas_is_a_revision_too(tree):
    """A child lives in the village, not at the Posyandu: no Puskesmas changes."""
    with_visits(tree)
    correct(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    client.post(PAGE, {"aksi": "rilis"})
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Salah tempat"})
    correct(tree, home="desa_satu")

    page = text(client.get(PAGE))

    assert "ada angka di bawahnya yang berubah" in page
    assert "Terbitkan rev. 2" in page
    assert "Kunci kembali" not in page
    refused = client.post(PAGE, {"aksi": "kunci"})
    assert refused.status_code == 422
    assert "Terbitkan revisi" in text(refused)


def test_the_history_shows_before_and_after(corrected):
    tree, before, after = corrected
    release_month(district=tree["district"], month=MONTH, by=None, reason="Melati menyusul")
    client = signed_in(Role.LIHAT, tree["district"])
    code = changed(before, after)

    page = text(client.get(PAGE, {"w": "99.01"}))

    assert "Alasan: Melati menyusul" in page
    row = re.search(rf'<tr data-change="{code}\|99.01">.*?</tr>', page, re.DOTALL)[0]
    for score in (before[code], after[code]):
        assert formats.amount(score.value, "%", score.target_now) in row
        assert f"({score.numerator}/{score.denominator})" in row
    assert "Terbitkan" not in page
    assert "Kesiapan" not in page


def test_the_list_tells_each_month_and_offers_what_one_may(corrected):
    tree, _before, _after = corrected
    head, guest = (signed_in(r, tree["district"]) for r in (Role.KEPALA_DINAS, Role.LIHAT))
    page = text(head.get(LIST))
    assert "Dibuka untuk koreksi" in page
    assert page.count("Belum dirilis") == 4
    assert page.count("Pratinjau dan rilis") == 4
    assert "Pratinjau dan rilis" not in text(guest.get(LIST))
    assert guest.post(PAGE, {"aksi": "rilis", "rilis-reason": "x"}).status_code == 403
    assert head.post(PAGE, {"aksi": "lain"}).status_code == 404
    future = Month.of(timezone.localdate()).plus(1)
    answer = head.post(reverse("reporting:release", args=[future]), {"aksi": "rilis"})
    assert answer.status_code == 422
    assert "belum berakhir" in text(answer)


def test_a_puskesmas_sees_its_own_part_of_a_revision_only(corrected):
    tree, _before, _after = corrected
    release_month(district=tree["district"], month=MONTH, by=None, reason="Melati menyusul")
    for name, other in (("first", "second"), ("second", "first")):
        page = text(signed_in(Role.ADMIN_PUSKESMAS, tree[name]).get(PAGE))
        assert f"|{tree[other].code}" not in page
        assert "|99.01&" not in page.replace('"', "&")
    assert f"|{tree['first'].code}" in text(
        signed_in(Role.ADMIN_PUSKESMAS, tree["first"]).get(PAGE)
    )
    assert signed_in(Role.TI, tree["district"]).get(PAGE).status_code == 403
