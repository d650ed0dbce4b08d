"""Innovations and partners: written down, corrected, ended."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from facilities.actions import efforts as actions
from facilities.models import Innovation, Partner
from facilities.selectors.efforts import efforts
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.factories import worker

JANUARY, MAY = date(2025, 1, 1), date(2025, 5, 1)
SAID = {
    Innovation: {
        "name": "Posyandu Sore", "cluster": "K2", "problem": "Ibu bekerja", "result": "",
        "link": "", "since": JANUARY,
    },
    Partner: {
        "name": "TP PKK", "field": "masyarakat", "contribution": "Menggerakkan kader", "link": "",
        "since": JANUARY,
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize("kind", [Innovation, Partner])


def add(kind, place, by=None, **change):
    return actions.add_effort(kind=kind, facility=place, values=SAID[kind] | change, by=by)


def names(kind, place, on=MAY, ended=False):
    return [one.name for one in efforts(kind=kind, place=place, on=on, ended=ended, page=None)]


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@BOTH
def test_a_place_shows_its_own_and_those_below(tree, kind):
    add(kind, tree["first"])
    add(kind, tree["pustu_satu"], name="Dua")
    add(kind, tree["second"], name="Lain")
    assert sorted(names(kind, tree["first"])) == sorted([SAID[kind]["name"], "Dua"])
    assert len(names(kind, tree["district"])) == 3
    assert names(kind, tree["pustu_satu"]) == ["Dua"]


@BOTH
def test_what_ended_is_shown_when_asked(tree, kind):
    one = add(kind, tree["first"])
    actions.end_effort(effort=one, until=MAY, by=None)
    assert names(kind, tree["first"], date(2025, 4, 30)) == [SAID[kind]["name"]]
    assert names(kind, tree["first"]) == []
    assert names(kind, tree["first"], ended=True) == [SAID[kind]["name"]]
    with pytest.raises(actions.EffortEnded):
        actions.end_effort(effort=one, until=MAY, by=None)


@BOTH
def test_it_is_corrected_in_place_and_that_is_on_record(tree, kind):
    one = add(kind, tree["first"])
    actions.edit_effort(effort=one, values=SAID[kind] | {"name": "Nama  baru "}, by=None)
    one.refresh_from_db()
    assert one.name == "Nama baru"
    events = list(AuditEvent.objects.order_by("pk").values_list("event", "detail"))
    assert [event.split(".")[1] for event, _detail in events[-2:]] == ["added", "edited"]
    assert "Nama" not in str(events)


@BOTH
def test_what_is_refused_and_nothing_is_kept(tree, kind):
    one = add(kind, tree["first"])
    with pytest.raises(actions.EffortTaken):
        add(kind, tree["first"])
    for blank in actions.NEEDED[kind]:
        with pytest.raises(actions.EffortIncomplete):
            add(kind, tree["second"], **{blank: " "})
    with pytest.raises(actions.EffortEndsBefore):
        actions.end_effort(effort=one, until=date(2024, 12, 31), by=None)
    assert kind.objects.count() == 1
    actions.end_effort(effort=one, until=MAY, by=None)
    with pytest.raises(actions.EffortEndsBefore):
        actions.edit_effort(effort=one, values=SAID[kind] | {"since": date(2025, 6, 1)}, by=None)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Innovation, {"problem": ""}),
        (Innovation, {"until": date(2024, 1, 1)}),
        (Partner, {"contribution": ""}),
        (Partner, {"until": date(2024, 1, 1)}),
    ],
)
def test_the_database_refuses_it_too(tree, kind, change):
    add(kind, tree["first"])
    with pytest.raises(IntegrityError), transaction.atomic():
        kind.objects.update(**change)


@BOTH
@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("admin_dinas", "district", True),
        ("admin_puskesmas", "first", True),
        ("admin_puskesmas", "second", False),
        ("kepala_puskesmas", "first", False),
    ],
)
def test_who_keeps_the_registers(tree, kind, role, at, may):
    user = worker(role, tree[at])
    held = add(kind, tree["first"], name="Lama")
    attempts = (
        lambda: add(kind, tree["first"], by=user),
        lambda: actions.edit_effort(effort=held, values=SAID[kind] | {"name": "X"}, by=user),
        lambda: actions.end_effort(effort=held, until=MAY, by=user),
    )
    for attempt in attempts:
        if may:
            attempt()
        else:
            with pytest.raises(Forbidden):
                attempt()


GIVEN = {
    "inovasi": {"name": "Jemput Lansia", "cluster": "K3", "problem": "Jauh", "since": "2025-01-01"},
    "mitra": {"name": "Desa Satu", "field": "desa", "contribution": "PMT", "since": "2025-01-01"},
}


@pytest.mark.parametrize("which", ["inovasi", "mitra"])
def test_the_page_adds_edits_and_ends(tree, client, which):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    at = f"/upaya/{which}/{tree['first'].code}/"
    assert "yang dicatat" in words(client.get(at))
    assert client.post(at, GIVEN[which]).status_code == 302
    assert GIVEN[which]["name"] in words(client.get(at))
    wrong = client.post(at, GIVEN[which] | {"name": "", "link": "bukan alamat"})
    assert "Tulis alamat lengkap" in words(wrong)
    one = (Innovation if which == "inovasi" else Partner).objects.get()
    edit = f"/upaya/{which}/{one.pk}/ubah/"
    assert client.get(edit).status_code == 200
    client.post(edit, GIVEN[which] | {"name": "Berganti", "link": "https://contoh.go.id/a.pdf"})
    assert 'href="https://contoh.go.id/a.pdf"' in client.get(at).content.decode()
    client.post(f"/upaya/{which}/{one.pk}/akhiri/", {"until": "x"})
    ended = client.post(f"/upaya/{which}/{one.pk}/akhiri/", {"until": "2025-03-01"}, follow=True)
    assert "Berganti diakhiri" in words(ended)
    assert "Berganti" not in words(client.get(at))
    assert "Berganti" in words(client.get(f"{at}?berakhir=1"))


@pytest.mark.parametrize("which", ["inovasi", "mitra"])
def test_who_may_only_look_and_who_sees_nothing(tree, client, which):
    kind = Innovation if which == "inovasi" else Partner
    one, other = add(kind, tree["first"]), add(kind, tree["second"])
    client.force_login(worker("kepala_puskesmas", tree["first"]))
    at = f"/upaya/{which}/{tree['first'].code}/"
    assert "Akhiri" not in words(client.get(at))
    assert client.post(at, GIVEN[which]).status_code == 403
    assert client.get(f"/upaya/{which}/{one.pk}/ubah/").status_code == 403
    assert (
        client.post(f"/upaya/{which}/{one.pk}/akhiri/", {"until": "2025-03-01"}).status_code == 403
    )
    assert client.get(f"/upaya/{which}/{other.pk}/ubah/").status_code == 404
    assert client.get(f"/upaya/{which}/{tree['second'].code}/").status_code == 404
    assert client.get(f"/upaya/lain/{tree['first'].code}/").status_code == 404


@BOTH
def test_no_link_may_run_a_script(tree, client, kind):
    which = "inovasi" if kind is Innovation else "mitra"
    client.force_login(worker("admin_puskesmas", tree["first"]))
    answer = client.post(
        f"/upaya/{which}/{tree['first'].code}/", GIVEN[which] | {"link": "javascript:alert(1)"}
    )
    assert "Tulis alamat lengkap" in words(answer)
    assert not kind.objects.exists()
