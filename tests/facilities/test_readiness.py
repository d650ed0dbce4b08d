"""Readiness for ILP and what holds a place up: said, followed by other words, never rewritten."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.actions import readiness as actions
from facilities.actions.readiness import Said
from facilities.models import Facility, Obstacle, Readiness
from facilities.registry import readiness as registry
from facilities.selectors.readiness import ready, ready_below
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.factories import worker

JANUARY, MAY = date(2025, 1, 1), date(2025, 5, 1)
ALL = [item.code for item in registry.asked("puskesmas", MAY)]


def say(place, since=JANUARY, by=None, **answers):
    said = {code.replace("_", "-"): Said(*one) for code, one in answers.items()}
    return actions.record_readiness(facility=place, said=said, since=since, by=by)


def one(place, on=MAY):
    return ready(places=[place], on=on)[place.pk]


def soon(days=30):
    return timezone.localdate() + timedelta(days=days)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_items_belong_to_a_kind_and_to_a_time():
    assert len(ALL) == 8
    assert registry.asked("puskesmas", date(2023, 8, 27)) == ()
    assert registry.asked("desa", MAY) == ()
    for kind in registry.KINDS:
        codes = [item.code for item in registry.asked(kind, MAY)]
        assert len(set(codes)) == len(codes) > 3
        assert kind in Facility.Kind.values
    ended = registry.Item("x", "pustu", "X", since=JANUARY, until=MAY)
    assert ended.is_asked("pustu", date(2025, 4, 30))
    assert not ended.is_asked("pustu", MAY)
    assert not ended.is_asked("posyandu", JANUARY)


def test_the_share_is_of_what_applies_also_of_what_was_not_said(tree):
    assert one(tree["first"]).share.percent is None
    say(tree["first"], sk_klaster=("ya", "SK 4/2025"), alur=("ya",), rme=("proses",), pws=("tb",))
    share = one(tree["first"]).share
    assert (share.yes, share.applicable, share.answered) == (2, 7, 4)
    assert share.percent == pytest.approx(200 / 7)
    assert one(tree["first"], date(2024, 12, 31)).share.percent is None
    say(tree["second"], **dict.fromkeys((code.replace("-", "_") for code in ALL), ("tb",)))
    assert one(tree["second"]).share.percent is None


def test_what_is_said_later_holds_from_its_day_on(tree):
    say(tree["first"], alur=("belum",))
    assert say(tree["first"], MAY, alur=("ya", "Foto")) == 1
    assert one(tree["first"], date(2025, 4, 30)).lines[1].answer == "belum"
    assert one(tree["first"]).lines[1].answer == "ya"


def test_the_same_is_no_new_row_and_another_word_of_the_day_takes_its_place(tree):
    say(tree["first"], alur=("ya", "Foto"), rme=("belum",))
    assert say(tree["first"], alur=("ya", " Foto "), rme=("proses",)) == 1
    assert Readiness.objects.count() == 3
    assert Readiness.objects.get(item="rme", cancelled_at=None).answer == "proses"
    events = AuditEvent.objects.filter(event="readiness.recorded")
    assert [event.detail["rows"] for event in events.order_by("pk")] == [2, 1]
    assert say(tree["first"]) == 0
    assert events.count() == 2


def test_items_of_another_kind_are_not_taken(tree):
    assert say(tree["pustu_satu"], alur=("ya",), tenaga=("ya",)) == 1
    assert Readiness.objects.get().item == "tenaga"


@pytest.mark.parametrize(
    ("name", "since", "error"),
    [
        ("first", date(2999, 1, 1), actions.ReadinessInFuture),
        ("first", date(1990, 1, 1), actions.ReadinessOutsideLife),
        ("desa_satu", MAY, actions.NothingIsAsked),
    ],
)
def test_what_is_refused(tree, name, since, error):
    with pytest.raises(error) as refused:
        say(tree[name], since, alur=("ya",))
    assert refused.value.sentence.endswith(".")
    assert not Readiness.objects.exists()


def test_one_obstacle_stands_and_moved_promises_stay_on_record(tree):
    place = tree["first"]
    said = {"facility": place, "promised_on": soon(), "by": None}
    first = actions.note_obstacle(text=" Bidan  kurang", **said)
    again = actions.note_obstacle(text="Bidan kurang", **said)
    assert (first.pk, first.text) == (again.pk, "Bidan kurang")
    moved = actions.note_obstacle(
        facility=place, text="Bidan kurang", promised_on=soon(60), by=None
    )
    today = timezone.localdate()
    assert one(place, today).obstacle == moved
    assert Obstacle.objects.filter(until=today).get() == first
    actions.end_obstacle(obstacle=moved, by=None)
    assert one(place, today).obstacle is None
    with pytest.raises(actions.ObstacleEnded):
        actions.end_obstacle(obstacle=moved, by=None)
    events = AuditEvent.objects.filter(event__startswith="obstacle").values_list("event", "detail")
    assert [event for event, _detail in events.order_by("pk")] == [
        "obstacle.noted", "obstacle.noted", "obstacle.ended"
    ]  # fmt: skip
    assert "Bidan" not in str(list(events))


def test_an_obstacle_says_what_and_promises_a_day_to_come(tree):
    with pytest.raises(actions.ObstacleBlank):
        actions.note_obstacle(facility=tree["first"], text=" ", promised_on=soon(), by=None)
    with pytest.raises(actions.PromisePassed):
        actions.note_obstacle(facility=tree["first"], text="X", promised_on=soon(-1), by=None)
    with pytest.raises(actions.NothingIsAsked):
        actions.note_obstacle(facility=tree["desa_satu"], text="X", promised_on=soon(), by=None)
    assert not Obstacle.objects.exists()


@pytest.mark.parametrize(
    "change", [{"text": ""}, {"until": date(2020, 1, 1)}, {"promised_on": date(2020, 1, 1)}]
)
def test_the_database_refuses_obstacles_that_cannot_be(tree, change):
    actions.note_obstacle(facility=tree["first"], text="X", promised_on=soon(), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obstacle.objects.update(**change)


def test_the_database_keeps_one_answer_a_day_and_one_obstacle_at_a_time(tree):
    say(tree["first"], alur=("ya",))
    row = {"facility": tree["first"], "item": "alur", "answer": "ya", "since": JANUARY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Readiness.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Readiness.objects.create(**row | {"answer": "entah", "since": MAY})
    held = {"facility": tree["first"], "text": "X", "promised_on": soon()}
    Obstacle.objects.create(**held, since=JANUARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obstacle.objects.create(**held, since=MAY)


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("admin_dinas", "district", True),
        ("admin_puskesmas", "first", True),
        ("admin_puskesmas", "second", False),
        ("kepala_puskesmas", "first", False),
        ("kader", "melati", False),
    ],
)
def test_who_writes_it_down(tree, role, at, may):
    user = worker(role, tree[at])
    held = actions.note_obstacle(facility=tree["first"], text="X", promised_on=soon(), by=None)
    attempts = (
        lambda: say(tree["first"], by=user, alur=("ya",)),
        lambda: actions.note_obstacle(
            facility=tree["first"], text="Y", promised_on=soon(), by=user
        ),
        lambda: actions.end_obstacle(obstacle=Obstacle.objects.latest("pk"), by=user),
    )
    for attempt in attempts:
        if may:
            attempt()
        else:
            with pytest.raises(Forbidden):
                attempt()
    held.refresh_from_db()
    assert (held.until is not None) is may


def test_those_below_a_puskesmas_are_listed_pustu_first(tree):
    listed = ready_below(place=tree["first"], on=MAY)
    assert [one.place for one in listed] == [tree["pustu_satu"], tree["melati"]]
    assert ready_below(place=tree["district"], on=MAY) == []


def test_what_was_said_of_an_item_keeps_its_words_when_it_is_asked_no_more(
    tree, client, monkeypatch
):
    place = tree["first"]
    say(place, alur=("ya",))
    label = next(one.label for one in registry.ITEMS if one.code == "alur")
    ended = [replace(i, until=MAY) if i.code == "alur" else i for i in registry.ITEMS]
    monkeypatch.setattr(registry, "ITEMS", tuple(ended))
    client.force_login(worker("admin_puskesmas", place))
    page = words(client.get(f"/ilp/kesiapan/{place.code}/"))
    assert page.count(str(label)) == 1


def boxes(page):
    """What the page's form would send."""
    html = page.content.decode().split('value="kesiapan"')[1].split("</form>")[0]
    chosen = re.findall(
        r'<select name="([^"]+)"(?:(?!</select>).)*?value="([^"]*)" selected', html, re.S
    )
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    typed = re.findall(r'<input type="text"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', html)
    return dict(chosen + hidden + typed)


def test_what_was_not_touched_is_not_written_down(tree, client):
    place = tree["first"]
    say(place, alur=("proses",))
    client.force_login(worker("admin_puskesmas", place))
    at = f"/ilp/kesiapan/{place.code}/"
    shown = boxes(client.get(at)) | {"aksi": "kesiapan"}
    say(place, since=MAY, alur=("ya",))  # somebody else, meanwhile

    client.post(at, shown | {"jawab-rme": "ya", "since": "2025-02-01"})
    client.post(at, shown | {"jawab-rme": "ya", "since": str(timezone.localdate())})

    kept = Readiness.objects.filter(item="alur").order_by("since").values_list("since", "answer")
    assert list(kept) == [(JANUARY, "proses"), (MAY, "ya")]
    assert Readiness.objects.filter(item="rme").count() == 1


def test_the_page_takes_answers_and_obstacle(tree, client):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    at = f"/ilp/kesiapan/{tree['first'].code}/"
    assert "Belum diisi" in words(client.get(at))
    sent = {"aksi": "kesiapan", "since": "2025-01-01", "jawab-alur": "ya", "bukti-alur": "Foto"}
    assert "Tersimpan: 1 jawaban" in words(client.post(at, sent, follow=True))
    assert "Tidak ada yang berubah" in words(client.post(at, sent, follow=True))
    assert "12,5% 1 dari 8 butir" in words(client.get(at))
    wrong = client.post(at, sent | {"bukti-rme": "Surat", "since": "2999-01-01"})
    assert "Pilih juga jawabannya" in words(wrong)
    assert 'value="Surat"' in wrong.content.decode()
    late = client.post(at, sent | {"since": "2999-01-01"})
    assert "belum tiba" in words(late)
    held = {"aksi": "hambatan", "text": "Bidan Pustu kurang", "promised_on": str(soon())}
    assert "Hambatan utama tersimpan" in words(client.post(at, held, follow=True))
    assert "Tulis hambatan utamanya" in words(client.post(at, held | {"text": ""}))
    end = f"/ilp/hambatan/{Obstacle.objects.get().pk}/teratasi/"
    assert "dinyatakan teratasi" in words(client.post(end, follow=True))
    assert "sudah dinyatakan teratasi" in words(client.post(end, follow=True))


def test_who_may_only_look_and_who_sees_nothing(tree, client):
    held = actions.note_obstacle(facility=tree["first"], text="X", promised_on=soon(), by=None)
    client.force_login(worker("kepala_puskesmas", tree["first"]))
    at = f"/ilp/kesiapan/{tree['first'].code}/"
    page = client.get(at)
    assert "Diisi admin Puskesmas" in words(page)
    assert "jawab-alur" not in page.content.decode()
    assert client.post(at, {"aksi": "kesiapan"}).status_code == 403
    assert client.get(f"/ilp/kesiapan/{tree['second'].code}/").status_code == 404
    assert client.get(f"/ilp/kesiapan/{tree['desa_satu'].code}/").status_code == 404
    client.post(f"/ilp/hambatan/{held.pk}/teratasi/")
    held.refresh_from_db()
    assert held.until is None
    client.force_login(worker("admin_puskesmas", tree["second"]))
    assert client.post(f"/ilp/hambatan/{held.pk}/teratasi/").status_code == 404


def test_the_page_of_many_stays_within_its_budget(tree, client, django_assert_max_num_queries):
    say(tree["pustu_satu"], tenaga=("ya",))
    client.force_login(worker("admin_puskesmas", tree["first"]))
    with django_assert_max_num_queries(25):
        assert "14,3%" in words(client.get(f"/ilp/kesiapan/{tree['first'].code}/"))
