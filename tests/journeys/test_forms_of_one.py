"""Pages that no link leads to without something to change: axe is asked of each of them, with what
a wrong answer adds, on a phone and on a desk."""

import pyotp
import pytest

from facilities.actions.efforts import add_effort
from facilities.models import Innovation, Partner
from facilities.roles import Role
from ilp.core.models import User
from reporting.models import UnlockRequest
from tests.facilities.test_efforts import SAID
from tests.journeys.conftest import PASSWORD
from tests.reporting.figures import filled
from tests.reporting.test_local_indicators import define
from tests.reporting.unlocking import WHY, ask, locked, page

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
SIZES = pytest.mark.parametrize("size", [PHONE, DESK])


def fine(visitor, size):
    assert visitor.wide <= size["width"]
    assert visitor.barriers == []


def send(visitor):
    """The page's own form as it stands; what a browser would refuse is for the server to refuse."""
    visitor.page.evaluate("document.querySelector('main form').noValidate = true")
    visitor.follow("main form button[type=submit] >> nth=0")


@SIZES
def test_the_code_at_sign_in(visit, district, size):
    secret = pyotp.random_base32()
    User.objects.filter(username=Role.ADMIN_DINAS.value).update(totp_secret=secret)
    visitor = visit(**size)
    visitor.go("/masuk/")
    visitor.page.fill("input[name=username]", Role.ADMIN_DINAS.value)
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.follow("button[type=submit]")
    assert "/masuk/kode/" in visitor.page.url
    fine(visitor, size)

    visitor.page.fill("input[name=code]", "12ab")
    send(visitor)
    assert "tidak cocok" in visitor.text
    fine(visitor, size)

    visitor.page.fill("input[name=code]", pyotp.TOTP(secret).now())
    send(visitor)
    assert "/masuk/" not in visitor.page.url
    assert visitor.errors == []


@SIZES
@pytest.mark.parametrize(("kind", "which"), [(Innovation, "inovasi"), (Partner, "mitra")])
def test_an_innovation_and_a_partner_are_changed(visit, district, size, kind, which):
    one = add_effort(kind=kind, facility=district["first"], values=SAID[kind], by=None)
    visitor = visit(Role.ADMIN_PUSKESMAS, **size)
    assert visitor.go(f"/upaya/{which}/{one.pk}/ubah/") == 200
    fine(visitor, size)

    visitor.page.fill("[name=name]", "")
    send(visitor)
    assert visitor.page.title().startswith("Galat:")
    fine(visitor, size)

    visitor.page.fill("[name=name]", "Posyandu Malam")
    send(visitor)
    one.refresh_from_db()
    assert one.name == "Posyandu Malam"


@SIZES
def test_an_indicator_of_the_district_is_changed(visit, district, size):
    filled(district)
    made = define(district, None)
    visitor = visit(Role.ADMIN_DINAS, **size)
    assert visitor.go(f"/indikator-lokal/{made.code}/ubah/") == 200
    fine(visitor, size)

    visitor.page.fill("[name=label]", "")
    send(visitor)
    assert visitor.page.title().startswith("Galat:")
    fine(visitor, size)

    visitor.page.fill("[name=label]", "K4 dan K6 per ibu hamil")
    visitor.page.fill("[name=since]", "2025-05")
    send(visitor)
    assert "Hasil coba hitung" in visitor.text
    fine(visitor, size)


@SIZES
def test_a_locked_month_is_asked_to_be_opened_and_answered(visit, district, size):
    locked(district)
    address = page(district)
    filler = visit(Role.ADMIN_PUSKESMAS, **size)
    assert filler.go(address) == 200
    fine(filler, size)
    send(filler)
    assert "Tulis apa yang perlu diperbaiki" in filler.text
    fine(filler, size)

    ask(district, by=User.objects.get(username=Role.ADMIN_PUSKESMAS.value))
    filler.go(address)
    fine(filler, size)
    admin = visit(Role.ADMIN_DINAS, **size)
    assert admin.go(address) == 200
    assert WHY in admin.text
    fine(admin, size)
    admin.follow("button[value=tolak]")
    assert "Tulis alasan menolak" in admin.text
    fine(admin, size)
    admin.page.fill("[name=jawab-note]", "Sudah rilis")
    admin.follow("button[value=tolak]")
    assert UnlockRequest.objects.get().answer == UnlockRequest.Answer.REFUSED
    filler.go(address)
    assert "Sudah rilis" in filler.text
    fine(filler, size)
