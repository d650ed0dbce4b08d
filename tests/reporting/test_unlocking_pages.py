"""The pages on which a locked report is asked to be opened again, and answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting.actions.unlocking import refuse_unlock
from reporting.models import UnlockRequest
from tests.factories import worker
from tests.reporting.unlocking import MONTH, WHY, ask, browser, locked, page, text


@pytest.fixture
def report(tree):
    return locked(tree)


@pytest.fixture
def filler(tree):
    return worker("admin_puskesmas", tree["first"])


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"])


def test_from_the_locked_page_to_the_answer_without_a_script(tree, report, filler, admin):
    mine, theirs = browser(filler), browser(admin)
    at = reverse("reporting:report", args=["F1", tree["first"].code, MONTH])
    assert f'href="{page(tree)}"' in text(mine.get(at))
    blank = mine.post(page(tree), {"aksi": "minta", "minta-reason": " "})
    assert blank.status_code == 422
    assert "Tulis apa yang perlu diperbaiki" in text(blank)

    asked = mine.post(page(tree), {"aksi": "minta", "minta-reason": WHY}, follow=True)
    assert "menunggu jawaban Dinkes" in text(asked)

    home = text(theirs.get("/"))
    assert "Maret 2025: buka kunci diminta" in home
    assert f'href="{page(tree)}"' in home
    row = UnlockRequest.objects.get()
    answer = {"permintaan": row.pk, "jawab-note": ""}
    refused = theirs.post(page(tree), answer | {"aksi": "tolak"})
    assert refused.status_code == 422
    assert "Tulis alasan menolak" in text(refused)
    opened = theirs.post(
        page(tree), answer | {"aksi": "buka", "jawab-note": "Sampai Jumat"}, follow=True
    )
    assert "Maret 2025 dibuka untuk koreksi" in text(opened)

    told = text(mine.get(at))
    assert "Kunci dibuka atas permintaan" in told
    assert "Sampai Jumat" in told
    assert 'inputmode="numeric"' in told
    assert "“Sampai Jumat”" in text(mine.get("/"))
    assert "buka kunci diminta" not in text(theirs.get("/"))


def test_a_refusal_is_told_at_the_report_and_on_the_home_page(tree, report, filler, admin):
    refuse_unlock(request=ask(tree, by=filler), by=admin, note="Sudah terbit di profil")
    client = browser(filler)
    at = reverse("reporting:report", args=["F1", tree["first"].code, MONTH])

    assert "ditolak: “Sudah terbit di profil”" in text(client.get(at))
    assert "“Sudah terbit di profil”" in text(client.get("/"))

    UnlockRequest.objects.update(answered_at=timezone.now() - timedelta(days=15))
    assert "Sudah terbit di profil" not in text(client.get("/"))


def test_what_waits_is_listed_where_the_month_is_released(tree, report, filler, admin):
    ask(tree, by=filler)

    shown = text(browser(admin).get(reverse("reporting:release", args=[MONTH])))

    assert "Permintaan buka kunci" in shown
    assert f'href="{page(tree)}"' in shown


@pytest.mark.parametrize("sent", [{"aksi": "x"}, {"aksi": "buka", "permintaan": "999999"}])
def test_what_is_no_answer_is_not_found(tree, report, admin, sent):
    assert browser(admin).post(page(tree), sent).status_code == 404


def test_who_only_reads_sees_neither_button(tree, report):
    asked = ask(tree)
    client = browser(worker("programmer", tree["district"]))

    shown = text(client.get(page(tree)))

    assert asked.reason in shown
    assert "<textarea" not in shown
    assert 'name="aksi"' not in shown
    assert client.post(page(tree), {"aksi": "minta", "minta-reason": WHY}).status_code == 403
