"""A number that looks wrong is said to be right: by whom, why, and until it changes."""

import pytest
from django.urls import reverse

from facilities.models import DataVersion
from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from reporting.actions.quality import ConfirmingNeedsReason, NothingToConfirm, confirm_number
from reporting.models import Confirmation
from tests.factories import worker
from tests.reporting.figures import total
from tests.reporting.findings import MAY, PAGE, USUAL, codes, found, history

CONFIRM = reverse("reporting:quality-confirm")


def confirm(tree, user=None, numbers="0", reason="Puskesmas tutup karena banjir"):
    return confirm_number(
        place=tree["first"], month=MAY, check="ekstrem", subject="k1", numbers=numbers,
        reason=reason, by=user,
    )  # fmt: skip


def test_a_confirmed_number_is_asked_again_only_when_it_changes(tree):
    history(tree["first"], "k1", USUAL, 0)
    before = DataVersion.objects.filter(district=tree["district"]).first()
    confirm(tree)
    assert (codes(tree["first"]), found(tree["first"]).confirmed) == ([], 1)
    after = DataVersion.objects.get(district=tree["district"])
    assert after.number > (before.number if before else 0)
    assert AuditEvent.objects.filter(event="quality.confirmed").count() == 1
    total(tree["first"], MAY, k1=1)
    assert codes(tree["first"]) == [("ekstrem", "k1")]


def test_what_is_confirmed_has_to_be_there_and_to_have_a_reason(tree):
    history(tree["first"], "k1", USUAL, 0)
    with pytest.raises(ConfirmingNeedsReason):
        confirm(tree, reason="  ")
    with pytest.raises(NothingToConfirm):
        confirm(tree, numbers="1")
    confirm(tree)
    with pytest.raises(NothingToConfirm):
        confirm(tree)
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["district", "first", "second", "melati"])
def test_who_may_say_that_a_number_is_right(tree, role, where):
    history(tree["first"], "k1", USUAL, 0)
    fills = {Role.ADMIN_PUSKESMAS, Role.PROGRAMMER, Role.ADMIN_DINAS}
    user = worker(role, tree[where])
    if role in fills and where in ("district", "first"):
        assert confirm(tree, user).by == user
    else:
        with pytest.raises(Forbidden):
            confirm(tree, user)


def test_the_page_lists_asks_and_remembers(client, tree, django_assert_max_num_queries):
    history(tree["first"], "k1", USUAL, 0)
    history(tree["second"], "k1", [46] * 12, 46)
    client.force_login(worker(Role.PROGRAMMER, tree["district"]))
    with django_assert_max_num_queries(25):
        answer = client.get(PAGE, {"p": "2025-05"})
    text = answer.content.decode()
    assert "Nilai ekstrem (1)" in text
    assert "Puskesmas Kenanga" in text
    assert "Benar, karena…" in text
    sent = {
        "tempat": tree["first"].code, "bulan": "2025-05", "periksa": "ekstrem", "hal": "k1",
        "angka": "0", "alasan": "", "kembali": "p=2025-05",
    }  # fmt: skip
    refused = client.post(CONFIRM, sent)
    assert refused.status_code == 409
    assert "Tulis alasan" in refused.content.decode()
    late = client.post(CONFIRM, sent | {"angka": "7", "alasan": "Banjir"})
    assert late.status_code == 409
    assert "sudah berubah" in late.content.decode()
    done = client.post(CONFIRM, sent | {"alasan": "Banjir"}, follow=True)
    assert done.redirect_chain == [(f"{PAGE}?p=2025-05", 302)]
    assert "Tidak ada angka yang janggal" in done.content.decode()
    assert "1 angka sudah dinyatakan benar" in done.content.decode()


def test_what_was_typed_comes_back_with_the_refusal(client, tree):
    history(tree["first"], "k1", USUAL, 0)
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    total(tree["first"], MAY, k1=1)
    sent = {
        "tempat": tree["first"].code, "bulan": "2025-05", "periksa": "ekstrem", "hal": "k1",
        "angka": "1", "alasan": "   ", "kembali": "p=2025-05",
    }  # fmt: skip
    text = client.post(CONFIRM, sent).content.decode()
    assert '<details class="explain" open>' in text
    assert reverse("clusters:duplicate-list") in text, "the way to double records is here"


def test_who_only_looks_is_not_asked(client, tree):
    history(tree["first"], "k1", USUAL, 0)
    client.force_login(worker(Role.LIHAT, tree["district"]))
    text = client.get(PAGE, {"p": "2025-05"}).content.decode()
    assert "Nilai ekstrem (1)" in text
    assert "Benar, karena" not in text
    assert reverse("clusters:duplicate-list") not in text


@pytest.mark.parametrize(
    ("name", "value", "status"), [("bulan", "Mei", 404), ("tempat", "P0", 404), ("x", "", 409)]
)
def test_a_malformed_answer_harms_nothing(client, tree, name, value, status):
    client.force_login(worker(Role.PROGRAMMER, tree["district"]))
    sent = {"tempat": tree["first"].code, "bulan": "2025-05", "alasan": "Banjir"}
    assert client.post(CONFIRM, sent | {name: value}).status_code == status
