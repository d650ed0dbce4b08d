"""The slides of a meeting, its autosave, and its minutes."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.roles import Permission, Role, roles_with
from ilp.core import formats
from ilp.core.months import Month
from reporting.actions.follow_up_errors import NoSuchDay
from reporting.catalogue import INDICATORS
from reporting.models import FollowUp, Meeting
from reporting.selectors.meetings import ends, verdict
from reporting.selectors.scores import Score
from tests.factories import worker
from tests.reporting import releasing
from tests.reporting.agreeing import CODE, FULL, HELD, MAY, agreed, browser, late, text
from tests.reporting.figures import MAY as LAST
from tests.reporting.figures import filled_district
from tests.reporting.test_pages import AT

MOST_QUERIES = 25


@pytest.fixture
def places(db):
    return filled_district()


@pytest.fixture
def head(places):
    return worker("kepala_dinas", places["district"], first_name="Ratna")


def slides(place, held_on=HELD, name="meeting", month=MAY):
    return reverse(f"reporting:{name}", args=[place.code, month, held_on])


def send(client, place, cells, held_on=HELD):
    answer = client.post(slides(place, held_on, "meeting-cells"), {"isian": json.dumps(cells)})
    return answer, answer.json() if answer["Content-Type"] == "application/json" else None


def cells(key, seen=None, code=CODE, **texts):
    shown = seen or {}
    return [
        {"key": str(key), "code": code, "field": name, "text": value, "seen": shown.get(name, "")}
        for name, value in texts.items()
    ]


def test_a_slide_says_the_verdict_the_places_and_that_numbers_are_provisional(places, head):
    shown = text(browser(head).get(slides(places["district"]), {"i": CODE}))

    assert ", target 41,7%" in shown
    assert "Data sementara" in shown
    assert "Kenanga" in shown
    assert "1 belum lapor." in shown
    assert "main-nav" not in shown
    assert "Belum ada yang disepakati" in shown


def test_a_released_month_is_stamped_on_slides_and_minutes(tree):
    releasing.with_visits(tree)
    released = releasing.release(tree["district"])
    client = browser(worker("kepala_dinas", tree["district"]))
    month, day = releasing.MONTH, date(2025, 4, 14)
    stamp = f"Rilis {formats.day(released.released_on)}, rev. 1"

    assert stamp in text(client.get(slides(tree["district"], day, month=month)))
    live = client.get(slides(tree["district"], day, month=month), {"d": "sementara"})
    assert "Data sementara" in text(live)
    address = slides(tree["district"], day, "meeting-cells", month)
    client.post(address, {"isian": json.dumps(cells(uuid4(), **FULL))})

    assert Meeting.objects.get().release == released
    assert stamp in text(client.get(slides(tree["district"], day, "meeting-minutes", month)))


@pytest.mark.parametrize(
    ("top", "bottom", "month", "said"),
    [
        (31_402, 86_750, 5, "36,2%, target 41,7%, kurang 4.744 orang"),
        (86_750, 86_750, 12, "100,0%, target 100,0%, tercapai"),
        (43, 100, 5, "43,0%, target 41,7%, tercapai"),
        (None, None, 5, "belum dilaporkan"),
        (5, None, 5, "penyebut belum ditetapkan"),
    ],
)
def test_the_title_is_a_verdict(top, bottom, month, said):
    one = INDICATORS["SPM04"]
    score = Score(one, 1, Month(2025, month), top, bottom, top, None, top is not None)

    assert verdict(score) == f"{one.label}: {said}"


def test_the_twelve_are_shown_by_default_and_a_last_slide_follows(places, head):
    client = browser(head)
    first = text(client.get(slides(places["district"])))
    assert "<span>1/13</span>" in first
    assert "slide=2" in first
    for asked, at in (("13", 13), ("99", 13), ("0", 1), ("x", 1)):
        assert f"<span>{at}/13</span>" in text(
            client.get(slides(places["district"]), {"slide": asked})
        )


def test_names_are_closed_on_the_server(places, head):
    shown = text(browser(head).get(slides(places["district"]), {"i": CODE, "nama": "tutup"}))

    assert "Kenanga" not in shown
    assert "Tempat ke-1" in shown


def test_a_puskesmas_goes_through_its_villages_or_posyandu(places):
    client = browser(worker("kepala_puskesmas", places["first"]))
    villages = text(client.get(slides(places["first"]), {"i": CODE}))
    posyandu = text(client.get(slides(places["first"]), {"i": CODE, "b": "posyandu"}))

    assert "Desa satu" in villages
    assert ">Melati</text>" in posyandu


@pytest.mark.parametrize(
    ("at", "day", "status"),
    [("first", "2025-06-12", 200), ("second", "2025-06-12", 404), ("district", "2025-06-12", 404),
     ("desa_satu", "2025-06-12", 404), ("first", "12-06", 404)],
)  # fmt: skip
def test_where_there_is_a_meeting_to_be_seen(places, at, day, status):
    client = browser(worker("kepala_puskesmas", places["first"]))
    assert client.get(slides(places[at], day)).status_code == status


@pytest.mark.parametrize("role", list(Role))
def test_who_plans_types_and_others_look_on(places, role):
    at = places[AT.get(role, "district")]
    client = browser(worker(role, at))
    if at.kind not in ("dinas", "puskesmas") or role not in roles_with(Permission.VIEW):
        assert client.get(slides(at)).status_code == 404
        return
    may = role in roles_with(Permission.PLAN)

    shown = text(client.get(slides(at)))
    assert ("<textarea" in shown) is may
    assert ("<datalist" in shown and "<option" in shown.split("<datalist")[1]) is may
    answer, _said = send(client, at, cells(uuid4(), **FULL))
    assert answer.status_code == (200 if may else 403)
    assert FollowUp.objects.count() == may


def test_what_is_typed_is_answered_with_how_the_rows_stand(places, head):
    worker("kepala_puskesmas", places["first"], first_name="Hadi")
    client, key = browser(head), uuid4()
    _answer, said = send(client, places["district"], cells(key, problem="P", owner="hadi"))
    assert said["rows"][0]["word"] == "belum: tindakan, batas"
    assert said["rows"][0]["cells"]["owner"].startswith("Hadi – Kepala Puskesmas")

    _answer, said = send(client, places["district"], cells(key, action="T", due="2025-06-30"))
    assert (said["refused"], said["rows"][0]["word"]) == ([], "✓ di Beranda PJ")
    other, meanwhile = browser(head), cells(key, action="Lain")
    _answer, said = send(other, places["district"], meanwhile)
    (refused,) = said["refused"]
    assert (refused["standing"], refused["field"]) == ("T", "action")
    looked = other.get(slides(places["district"], HELD, "meeting-cells")).json()
    assert looked["rows"][0]["cells"]["action"] == "T"


def test_what_the_script_never_sends_is_not_found(places, head):
    client = browser(head)
    for wrong in (
        cells(uuid4(), code="NONE", problem="P"),
        cells(uuid4(), state="done"),
        cells("x", problem="P"),
        [{}],
        {"a": 1},
        3,
    ):
        assert send(client, places["district"], wrong)[0].status_code == 404
    assert not Meeting.objects.exists()


def test_a_meeting_that_lies_ahead_says_when(places, head):
    ahead = timezone.localdate() + timedelta(days=1)
    answer, said = send(browser(head), places["district"], cells(uuid4(), **FULL), ahead)

    assert answer.status_code == 409
    assert "belum berlangsung" in said["refused"]
    assert "<textarea" not in text(browser(head).get(slides(places["district"], ahead)))


def test_without_a_script_the_button_keeps_it(places, head):
    client, key = browser(head), uuid4()
    sent = {f"{key}|{CODE}|{name}": value for name, value in FULL.items()}
    address = slides(places["district"], HELD, "meeting-cells")

    answer = client.post(address, sent | {"tampil": "{}", "slide": "3"})

    assert answer["Location"].endswith("?slide=3")
    assert FollowUp.objects.get().action == FULL["action"]
    again = client.post(address, {f"{key}|{CODE}|action": "Lain", "tampil": "{}"})
    assert again.status_code == 422
    assert "Orang lain sudah menulis" in text(again)


def test_the_last_slide_leads_to_minutes(places, head):
    client, place = browser(head), places["district"]
    assert client.get(slides(place, name="meeting-minutes")).status_code == 404
    late(place, by=head)
    agreed(place, by=head)
    send(client, place, [
        {"key": "", "code": "", "field": "attendants", "text": "Budi\nSri", "seen": ""},
        {"key": "", "code": "", "field": "venue", "text": "Aula", "seen": ""},
    ])  # fmt: skip

    end = text(client.get(slides(place), {"slide": 13}))
    paper = text(client.get(slides(place, name="meeting-minutes")))

    assert "1 kesepakatan" in end
    assert "Sweeping" in end
    for told in ("DINAS KESEHATAN", "Kamis, 12 Juni 2025", "Aula", "<li>Budi</li>", "Sweeping",
                 "Bidan desa", "30 Juni 2025", "Data sementara", "Ratna"):  # fmt: skip
        assert told in paper, told


def test_the_list_opens_a_meeting_with_its_slides(places, head):
    client = browser(head)
    address = reverse("reporting:meeting-list") + "?p=2025-05"
    assert "Belum ada rapat yang tercatat" in text(client.get(address))
    today = str(timezone.localdate())

    answer = client.post(address, {"hari": today, "i": [CODE, "AN18"]})

    assert answer["Location"] == slides(places["district"], today)
    assert Meeting.objects.get().codes == [CODE, "AN18"]
    assert "<span>1/3</span>" in text(client.get(answer["Location"]))
    refused = client.post(address, {"hari": today})
    assert refused.status_code == 422
    assert "paling sedikit satu indikator" in text(refused)
    early = client.post(address, {"hari": "2025-04-01", "i": [CODE]})
    assert "Pilih tanggal pada atau sesudah 1 Mei 2025" in text(early)
    odd = client.post(address, {"hari": "25/05/2025", "i": [CODE]})
    assert odd.status_code == 422
    assert NoSuchDay().sentence in text(odd)


def test_home_and_situation_lead_there_in_one_click(places, head):
    client = browser(head)
    address = slides(places["district"], timezone.localdate(), month=LAST)
    assert f'href="{address}"' in text(client.get("/"))
    assert f'href="{address}"' in text(client.get(reverse("reporting:situation")))


@pytest.mark.parametrize(
    ("count", "silent", "sizes"), [(3, 0, (2, 1, False)), (10, 0, (5, 5, False)),
                                   (11, 0, (5, 5, True)), (36, 4, (5, 5, True)),
                                   (12, 5, (5, 2, True)), (0, 0, (0, 0, False))]
)  # fmt: skip
def test_both_ends_of_many_places(count, silent, sizes):
    class Part:
        def __init__(self, rank):
            self.rank = rank

    parts = [Part(n if n <= count - silent else None) for n in range(1, count + 1)]
    first, last, is_cut = ends(parts)

    assert (len(first), len(last), is_cut) == sizes
    assert not set(first) & set(last)
    if is_cut and last:
        assert last[-1].rank == count - silent


def test_pages_stay_within_their_budget(places, head, django_assert_max_num_queries):
    for number in range(20):
        agreed(places["district"], by=head, action=f"Sweeping {number}")
        late(places["district"], by=head)
    client = browser(head)
    for address in (
        slides(places["district"]) + f"?i={CODE}",
        slides(places["district"]) + "?slide=13",
        slides(places["district"], name="meeting-cells"),
        slides(places["district"], name="meeting-minutes"),
        reverse("reporting:meeting-list"),
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
