"""Who records where, what becomes of a recorded visit, and that no person is told of."""

import pytest
from django.urls import reverse

from clusters.actions.locks import lock_month
from clusters.models import Growth
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.entering import CHILD, DAY, address, shown, weighed_in_may
from tests.clusters.workbooks import ANTENATAL
from tests.factories import worker


@pytest.fixture
def child(page, tree, take):
    return weighed_in_may(tree, take)


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("nakes", "melati", 200),
        ("nakes", "pustu_satu", 200),
        ("admin_puskesmas", "first", 200),
        ("nakes", "mawar", 404),
        ("admin_puskesmas", "second", 404),
        ("kader", "melati", 403),
        ("kepala_puskesmas", "first", 403),
        ("admin_dinas", "district", 403),
        ("lihat", "district", 403),
    ],
)
def test_who_may_record_where(client, tree, child, role, at, status):
    client.force_login(worker(role, tree[at]))
    pages = [
        address(tree, "roster", "growth"),
        address(tree, "entry", "growth", child.pk),
        address(tree, "entry-new", "growth"),
    ]

    assert [client.get(url).status_code for url in pages] == [status] * 3
    saved = client.post(pages[1], {"weight": "9,8"}).status_code
    assert saved == (302 if status == 200 else status)
    assert Growth.objects.filter(seen_on=DAY).exists() == (status == 200)
    start = client.get(reverse("clusters:entry-start")).status_code
    assert start == (403 if status == 403 else 200)
    tried = client.post(address(tree, "entry-try", "growth"), {"orang": child.pk, "weight": "9"})
    assert tried.status_code == status


def test_people_of_elsewhere_are_not_to_be_found_by_number(client, tree, child):
    client.force_login(worker("admin_puskesmas", tree["second"]))
    url = address(tree, "entry", "growth", child.pk, at="mawar")
    assert client.get(url).status_code == 404
    assert client.post(url, {"weight": "9,8"}).status_code == 404
    tried = client.post(address(tree, "entry-try", "growth", at="mawar"), {"orang": child.pk})
    assert tried.status_code == 404


@pytest.mark.parametrize("query", ["t=kemarin", "t=0001-01-01", "w=tidak-ada"])
def test_addresses_of_nowhere(page, tree, query):
    kept = {"w": tree["melati"].code} if query.startswith("t") else {}
    url = reverse("clusters:roster", args=["growth"], query=kept)
    assert page.get(f"{url}{'&' if kept else '?'}{query}").status_code == 404
    assert page.get(address(tree, "roster", "tidak-ada")).status_code == 404


def test_villages_and_offices_give_no_care(client, tree):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    assert client.get(address(tree, "roster", "growth", at="desa_satu")).status_code == 404


def test_a_visit_can_be_corrected_or_cancelled_with_a_reason(page, tree, child):
    visit = Growth.objects.get()
    url = reverse("clusters:visit", args=["growth", visit.pk])
    text = shown(page.get(url))
    assert (
        address(tree, "entry", "growth", child.pk, on=visit.seen_on).replace("&", "&amp;") in text
    )
    cancel = reverse("clusters:visit-cancel", args=["growth", visit.pk])
    assert "Pilih alasan" in shown(page.post(cancel))
    assert "dari daftar" in shown(page.post(cancel, {"reason": "karena Bu Siti"}))
    assert Growth.objects.standing().exists()

    page.post(cancel, {"reason": "twice"})

    assert not Growth.objects.standing().exists()
    assert AuditEvent.objects.get(event="visit.cancelled").detail == {"reason": "twice"}
    assert "Tercatat dua kali" in shown(page.get(url))
    assert "Perbaiki isinya" not in shown(page.get(url))


def test_a_visit_of_a_locked_month_offers_no_change(page, tree, child):
    lock_month(district=tree["district"], month=Month(2025, 5), by=None)
    text = shown(page.get(reverse("clusters:visit", args=["growth", Growth.objects.get().pk])))
    assert "dikunci" in text
    assert "Perbaiki isinya" not in text


def test_no_person_stands_in_addresses_or_logs(page, tree, child, caplog, take):
    take(ANTENATAL)
    url = address(tree, "entry", "growth", child.pk)
    answers = [page.post(url, {"weight": "9,8", "lalu": "berikutnya"})]
    answers.append(page.post(address(tree, "entry-new", "growth"), CHILD | {"weight": "200"}))
    found = page.post(address(tree, "roster", "growth"), {"cari": "Anak"})
    page.get(address(tree, "roster", "antenatal"))
    told = caplog.text + answers[0]["Location"] + str(list(AuditEvent.objects.values()))
    for text in (CHILD["nik"], "Anak", "Contoh Satu", "Ibu"):
        assert text not in told
    assert "Anak Contoh" in shown(found)
    assert "cari=" not in shown(found)
    assert CHILD["nik"] not in shown(page.get(url))
