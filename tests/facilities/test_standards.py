"""What a kind of place shall have: dated, sourced, ended, never rewritten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from facilities import registry
from facilities.actions import standards as actions
from facilities.models import Facility, StandardItem, Worker
from facilities.selectors.standards import asked_of, in_force
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.facilities.needing import LONG_AGO, standard, worker_standard
from tests.factories import small_district, worker

MAY = date(2025, 5, 1)


def codes(district, on=MAY):
    return [item.code for item in in_force(district=district, on=on)]


def test_an_item_holds_from_its_day_until_it_is_ended(tree):
    item = standard(tree["district"], since=date(2025, 1, 1))
    assert codes(tree["district"], date(2024, 12, 31)) == []
    assert codes(tree["district"], date(2025, 1, 1)) == ["tensimeter"]
    actions.end_standard(item=item, until=MAY, by=None)
    assert codes(tree["district"], date(2025, 4, 30)) == ["tensimeter"]
    assert codes(tree["district"], MAY) == []
    standard(tree["district"], number=3, since=MAY)
    assert [one.number for one in in_force(district=tree["district"], on=MAY)] == [3]


def test_what_is_said_of_beds_goes_before_what_holds_for_all(tree):
    for beds, number in (("", 1), ("ya", 2)):
        standard(tree["district"], "puskesmas", beds=beds, number=number)
    items = in_force(district=tree["district"], on=MAY)
    numbers = {}
    for beds in (True, False, None):
        place = Facility(kind="puskesmas", inpatient=beds)
        numbers[beds] = [item.number for item in asked_of(place, items)]
    assert numbers == {True: [2], False: [1], None: [1]}


def test_another_districts_items_are_not_ours(tree):
    other = small_district(2)
    standard(other["district"])
    assert codes(tree["district"]) == []


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"name": " "}, actions.StandardIncomplete),
        ({"unit": ""}, actions.StandardIncomplete),
        ({"source": " "}, actions.StandardIncomplete),
        ({"group": "sdm"}, actions.NotAWorker),
        ({"worker": "bidan"}, actions.NotAWorker),
        ({"group": "sdm", "worker": "dukun"}, actions.NotAWorker),
        ({}, actions.StandardTaken),
    ],
)
def test_what_is_refused_and_nothing_is_kept(tree, change, refused):
    standard(tree["district"])
    with pytest.raises(refused) as broken:
        standard(tree["district"], **change)
    assert "%(" not in broken.value.sentence
    assert StandardItem.objects.count() == 1


def test_it_is_ended_once_and_not_before_it_began(tree):
    item = standard(tree["district"], since=MAY)
    with pytest.raises(actions.EndsBeforeItBegan):
        actions.end_standard(item=item, until=date(2025, 4, 30), by=None)
    actions.end_standard(item=item, until=MAY, by=None)
    with pytest.raises(actions.StandardEnded):
        actions.end_standard(item=item, until=MAY, by=None)


@pytest.mark.parametrize(
    "change",
    [{"source": ""}, {"name": ""}, {"group": "sdm"}, {"until": date(2019, 1, 1)}],
    ids=str,
)
def test_the_database_refuses_it_too(tree, change):
    item = standard(tree["district"])
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardItem.objects.filter(pk=item.pk).update(**change)


def test_two_of_a_kind_never_hold_on_one_day(tree):
    standard(tree["district"])
    later = standard(tree["district"], name="Doppler")
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardItem.objects.filter(pk=later.pk).update(code="tensimeter")


def test_what_the_reference_gives_is_loaded_once_and_stays_ended(tree):
    first = actions.load_standards(district=tree["district"], since=LONG_AGO, by=None)
    assert first == len(registry.known_standards())
    nurse = StandardItem.objects.get(kind="pustu", code="perawat")
    assert (nurse.number, nurse.certainty) == (1, "bersumber")
    actions.end_standard(item=nurse, until=MAY, by=None)
    assert actions.load_standards(district=tree["district"], since=MAY, by=None) == 0
    assert "perawat" not in [
        one.code for one in in_force(district=tree["district"], on=MAY) if one.kind == "pustu"
    ]


def test_the_reference_names_its_sources_and_the_twelve_kinds_of_staff():
    known = registry.known_standards()
    assert all(one.source and one.certainty in StandardItem.Certainty.values for one in known)
    for beds in ("ya", "tidak"):
        kinds = {one.code for one in known if (one.kind, one.beds) == ("puskesmas", beds)}
        assert kinds == set(Worker.values) - {"kader"}
    pustu = {one.code: one.number for one in known if one.kind == "pustu"}
    assert pustu == {"perawat": 1, "bidan": 1, "kader": 2}
    assert not [one for one in known if one.certainty == "contoh"]


def test_only_the_dinas_sets_them(tree):
    item = worker_standard(tree["district"], "bidan")
    user = worker("admin_puskesmas", tree["first"])
    for attempt in (
        lambda: standard(tree["district"], by=user),
        lambda: actions.end_standard(item=item, until=MAY, by=user),
        lambda: actions.load_standards(district=tree["district"], since=MAY, by=user),
    ):
        with pytest.raises(Forbidden):
            attempt()
    boss = worker("admin_dinas", tree["district"])
    assert standard(tree["district"], by=boss).recorded_by == boss
    event = AuditEvent.objects.get(event="standard.added", actor=boss)
    assert event.detail["code"] == "tensimeter"


def test_the_page_adds_ends_and_loads(tree, client):
    boss = worker("admin_dinas", tree["district"])
    client.force_login(boss)
    address = f"/kebutuhan/standar/{tree['district'].code}/"
    assert "Belum ada standar" in client.get(address).content.decode()
    given = {
        "langkah": "tambah", "group": "alat", "kind": "pustu", "beds": "", "worker": "",
        "name": "Doppler", "unit": "buah", "number": "1", "price": "1500000",
        "source": "Keputusan Dinas 4/2025", "certainty": "bersumber", "since": "2025-01-01",
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    text = client.get(address).content.decode()
    assert "Doppler" in text
    assert "Rp1.500.000" in text
    wrong = client.post(address, given | {"number": "dua", "source": ""})
    assert "Isi jumlah dengan angka bulat" in wrong.content.decode()
    item = StandardItem.objects.get()
    client.post(f"/kebutuhan/standar/{item.pk}/akhiri/", {"until": "kemarin"})
    item.refresh_from_db()
    assert item.until is None
    client.post(f"/kebutuhan/standar/{item.pk}/akhiri/", {"until": "2025-03-01"})
    item.refresh_from_db()
    assert item.until == date(2025, 3, 1)
    client.post(address, {"langkah": "muat"})
    assert StandardItem.objects.count() == 1 + len(registry.known_standards())
    assert "Jenis tempat" in client.get(f"{address}?bagian=sdm").content.decode()


def test_a_puskesmas_reads_what_is_asked_of_it_and_changes_nothing(tree, client):
    item = standard(tree["district"])
    client.force_login(worker("admin_puskesmas", tree["first"]))
    own = f"/kebutuhan/standar/{tree['first'].code}/"
    text = client.get(own).content.decode()
    assert "Tensimeter" in text
    assert "Tambah standar" not in text
    assert client.post(own, {"langkah": "muat"}).status_code == 403
    assert client.post(own, {"langkah": "tambah"}).status_code == 403
    assert client.post(f"/kebutuhan/standar/{item.pk}/akhiri/").status_code == 404
    assert client.get(f"/kebutuhan/standar/{tree['second'].code}/").status_code == 404
