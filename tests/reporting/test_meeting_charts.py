"""What a slide draws: the PWS graph for the room, else the places at both ends."""

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.models import Facility
from tests.factories import place, worker
from tests.reporting.agreeing import CODE, HELD, MAY, agreed, browser, late, text
from tests.reporting.figures import MAY as LAST
from tests.reporting.figures import PEOPLE, filled_district, sasaran, total

NAMED = "drg. Sri Wahyuningsih, M.Kes. – Kepala Puskesmas – Puskesmas Kenanga"


@pytest.fixture
def places(db):
    return filled_district()


def many(places, count):
    """So many Puskesmas in all, each with numbers."""
    more = [
        place("puskesmas", network=places["district"], label=places["kec_one"])
        for _number in range(count - 2)
    ]
    for one in more:
        total(one, LAST, spm4_balita=40)
    sasaran(places["second"], dict.fromkeys(more, PEOPLE))
    return more


def slide(places, code=CODE, held_on=HELD, **asked):
    head = worker("kepala_dinas", places["district"])
    address = reverse("reporting:meeting", args=[places["district"].code, MAY, held_on])
    return text(browser(head).get(address, {"i": code} | asked))


def test_an_indicator_with_a_running_target_shows_the_pws_graph(places):
    shown = slide(places)
    for said in ('class="lokmin-pws"', "% kumulatif", "Bulan lalu", "Kenanga", "1 belum lapor."):
        assert said in shown, said
    assert "lokmin-charts" not in shown


def test_others_show_the_places_at_both_ends(places):
    shown = slide(places, "AN18")
    assert "lokmin-charts" in shown
    assert "lokmin-pws" not in shown


@pytest.mark.parametrize(("count", "rows"), [(18, False), (21, True), (38, True)])
def test_more_than_twenty_places_are_rows(places, count, rows):
    many(places, count)
    shown = slide(places)
    assert 'class="lokmin-pws"' in shown
    assert ("Bulan lalu</text>" in shown) is not rows
    assert Facility.objects.of_kind("puskesmas").count() == count


def test_too_many_to_be_read_from_afar_are_both_ends(places):
    many(places, 39)
    shown = slide(places)
    assert "Teratas" in shown
    assert "lokmin-pws" not in shown


def test_names_are_closed_in_the_graph_too(places):
    shown = slide(places, nama="tutup")
    assert 'class="lokmin-pws"' in shown
    assert "Kenanga" not in shown
    assert "Tempat ke-1" in shown


def test_what_was_agreed_before_is_one_line_that_unfolds(places):
    late(places["district"], by=worker("kepala_dinas", places["district"]))
    shown = slide(places, held_on=timezone.localdate())
    assert "<summary>Tindak lanjut rapat lalu: <strong>0 selesai, 1 lewat batas" in shown
    assert "Sweeping" in shown


def test_a_long_name_of_an_owner_is_read_whole(places):
    agreed(places["district"], owner=NAMED)
    shown = slide(places)
    assert f'<span data-whole aria-hidden="true">{NAMED}</span>' in shown
