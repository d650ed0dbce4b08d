"""Who arranges which programmes approve a form, what is refused, and the page that does it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from reporting.actions import holder_errors as wrong
from reporting.actions import holders
from reporting.actions import reports as actions
from reporting.actions.deadline_errors import SourceMissing, UnknownForm
from reporting.models import Holder, HolderPerson
from tests.factories import small_district, worker
from tests.reporting.agreeing import browser, text
from tests.reporting.programmes import LIST, MONTH, SK, approve, programme, verified


@pytest.fixture
def gizi(tree):
    return worker("programmer", tree["district"], first_name="Evi")


@pytest.fixture
def kia(tree):
    return worker("programmer", tree["district"], first_name="Baiq")


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"], first_name="Lalu")


@pytest.fixture
def two(tree, gizi, kia):
    return programme(tree, "Gizi", gizi), programme(tree, "KIA", kia)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": "F99"}, UnknownForm),
        ({"name": "  "}, wrong.NameMissing),
        ({"source": " "}, SourceMissing),
        ({"people": []}, wrong.PeopleMissing),
    ],
)
def test_what_is_missing_is_said(tree, gizi, changes, error):
    given = {"form": "F1", "name": "Gizi", "source": SK, "people": [gizi]} | changes

    with pytest.raises(error) as raised:
        holders.set_holder(district=tree["district"], since=MONTH, by=None, **given)
    assert raised.value.sentence.endswith((".", "daftar."))
    assert not Holder.objects.exists()


@pytest.mark.parametrize(
    ("role", "where"), [("kepala_puskesmas", "first"), ("kepala_dinas", "district")]
)
def test_only_who_may_approve_in_the_district_speaks_for_a_programme(tree, role, where):
    with pytest.raises(wrong.NotAnApprover, match="menu Pengguna"):
        programme(tree, "Gizi", worker(role, tree[where]))
    assert not Holder.objects.exists(), "nothing is left half done"


def test_no_programme_twice_at_a_time(tree, two, gizi):
    with pytest.raises(wrong.HolderTwice, match="Program gizi sudah"):
        programme(tree, "gizi", gizi, since=MONTH.plus(2))

    holders.end_holder(holder=two[0], until=MONTH.plus(2), by=None)
    assert programme(tree, "gizi", gizi, since=MONTH.plus(2))


def test_what_ended_stays_as_it_was(two, kia):
    with pytest.raises(wrong.EndsTooEarly, match="Maret 2025"):
        holders.end_holder(holder=two[0], until=MONTH.plus(-1), by=None)
    holders.end_holder(holder=two[0], until=MONTH, by=None)

    with pytest.raises(wrong.HolderEnded, match="Muat ulang"):
        holders.end_holder(holder=two[0], until=MONTH.plus(1), by=None)
    with pytest.raises(wrong.HolderEnded):
        holders.add_person(holder=two[0], user=kia, by=None)


def test_people_come_and_go_and_one_always_stays(two, gizi, kia):
    first = HolderPerson.objects.get(holder=two[0])
    with pytest.raises(wrong.LastPerson, match="Evi satu-satunya"):
        holders.end_person(person=first, by=None)
    with pytest.raises(wrong.PersonTwice, match="Evi sudah"):
        holders.add_person(holder=two[0], user=gizi, by=None)

    holders.add_person(holder=two[0], user=kia, by=None)
    holders.end_person(person=first, by=None)

    with pytest.raises(wrong.PersonGone):
        holders.end_person(person=first, by=None)
    with pytest.raises(wrong.LastPerson, match="Baiq"):
        holders.end_person(person=HolderPerson.objects.get(holder=two[0], user=kia), by=None)


def test_who_no_longer_speaks_for_it_approves_nothing(tree, two, gizi, kia):
    person = HolderPerson.objects.get(holder=two[0])
    holders.add_person(holder=two[0], user=kia, by=None)
    person.starts_on = timezone.localdate() - timedelta(days=9)
    person.save()
    holders.end_person(person=person, by=None)

    with pytest.raises(actions.NotTheHolder):
        approve(verified(tree), gizi)


@pytest.mark.parametrize(
    ("role", "where"),
    [("programmer", "district"), ("admin_puskesmas", "first"), ("kepala_dinas", "district")],
)
def test_only_who_sets_targets_arranges_it(tree, two, gizi, role, where):
    user = worker(role, tree[where])
    with pytest.raises(Forbidden):
        programme(tree, "Imunisasi", gizi, by=user)
    with pytest.raises(Forbidden):
        holders.end_holder(holder=two[0], until=MONTH, by=user)
    with pytest.raises(Forbidden):
        holders.add_person(holder=two[0], user=gizi, by=user)
    with pytest.raises(Forbidden):
        holders.end_person(person=HolderPerson.objects.first(), by=user)
    client = browser(user)
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{two[0].pk}/akhiri/", {"bulan": "2025-05"}).status_code == 403


def test_an_admin_of_elsewhere_finds_nothing(two):
    other = browser(worker("admin_dinas", small_district(2)["district"]))

    assert other.post(f"{LIST}{two[0].pk}/akhiri/", {"bulan": "2025-05"}).status_code == 404
    assert "SK Kepala Dinas" not in text(other.get(LIST)).split("Tambah program")[0]


def test_the_page_arranges_everything_without_a_script(tree, admin, gizi, kia):
    client = browser(admin)
    assert "Belum ada ketetapan" in text(client.get(LIST))
    data = {"form": "F1", "name": "Gizi", "people": [gizi.pk], "since": "2025-03", "source": SK}

    page = client.post(LIST, data, follow=True)
    assert "Program Gizi mengesahkan laporan mulai Maret 2025." in text(page)
    held = Holder.objects.get()
    assert "Evi" in text(page)

    page = client.post(f"{LIST}{held.pk}/tambah/", {"orang": kia.pk}, follow=True)
    assert "Orang itu kini mengesahkan untuk program Gizi." in text(page)
    first = HolderPerson.objects.get(user=gizi)
    page = client.post(f"{LIST}{held.pk}/lepas/", {"orang": first.pk}, follow=True)
    assert "tidak lagi mengesahkan untuk program Gizi" in text(page)
    page = client.post(f"{LIST}{held.pk}/akhiri/", {"bulan": "2025-06"}, follow=True)
    assert "sebelum Juni 2025" in text(page)
    events = list(
        AuditEvent.objects.filter(event__startswith="holder.").values_list("event", "actor")
    )
    assert [e for e, _a in events] == [
        "holder.set", "holder.person-added", "holder.person-added", "holder.person-ended",
        "holder.ended",
    ]  # fmt: skip
    assert {a for _e, a in events} == {admin.pk}


def test_the_page_says_what_is_wrong(tree, admin, two, gizi):
    client = browser(admin)
    data = {"form": "F1", "name": "Gizi", "people": [gizi.pk], "since": "2025-03", "source": SK}

    twice = client.post(LIST, data)
    assert twice.status_code == 422
    assert "Program Gizi sudah mengesahkan laporan ini" in text(twice)
    empty = client.post(LIST, {"form": "F1"})
    assert "Tulis nama programnya" in text(empty)
    assert "Pilih paling sedikit satu orang" in text(empty)
    stranger = worker("nakes", tree["first"])
    assert "Pilih orang dari daftar ini" in text(
        client.post(LIST, data | {"people": [stranger.pk]})
    )
    for what, sent, sentence in (
        ("akhiri", {"bulan": "entah"}, "Tulis bulan sebagai tahun-bulan"),
        ("akhiri", {"bulan": "2024-01"}, "Pilih bulan itu atau sesudahnya"),
        ("tambah", {"orang": "x"}, "Pilih paling sedikit satu orang"),
        ("lepas", {"orang": HolderPerson.objects.get(user=gizi).pk}, "Evi satu-satunya"),
    ):
        page = client.post(f"{LIST}{two[0].pk}/{what}/", sent, follow=True)
        assert sentence in text(page), what
    assert client.post(f"{LIST}{two[0].pk}/tambah/", {"orang": stranger.pk}).status_code == 404
    assert client.post(f"{LIST}{two[0].pk}/hapus/", {"orang": "1"}).status_code == 404
    assert client.get(f"{LIST}{two[0].pk}/akhiri/").status_code == 405
