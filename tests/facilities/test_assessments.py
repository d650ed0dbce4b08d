"""A place says what it has; its Dinas verifies it or sends it back."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.actions import assessments as actions
from facilities.actions.standards import end_standard
from facilities.models import Assessment, AssessmentRow
from facilities.selectors.assessments import sheet, stock
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.facilities.needing import (
    LONG_AGO,
    entry,
    give_back,
    save,
    sent,
    standard,
    this_year,
    verified,
    verify,
    worker_standard,
)
from tests.factories import worker


@pytest.fixture
def items(tree):
    """Two items of a Pustu, in the order of the form, and one of staff that is not on it."""
    worker_standard(tree["district"], "bidan")
    return [standard(tree["district"], name=name) for name in ("Doppler", "Tensimeter")]


def form(place, year=None):
    return sheet(place=place, year=year or this_year(), today=timezone.localdate())


def stocked(place):
    return stock(places=[place], year=this_year(), today=timezone.localdate())


def numbers(place, year=None):
    return [(row.present, row.good, row.light, row.heavy) for row in form(place, year).rows]


def test_a_draft_keeps_what_does_not_add_up_yet_and_says_so(tree, items):
    save(tree["pustu_satu"], actions.Entry(3, 1, None, None), actions.Entry(2, 1, 0, 0, "satu"))
    assert numbers(tree["pustu_satu"]) == [(3, 1, None, None), (2, 1, 0, 0)]
    assert [row.adds_up for row in form(tree["pustu_satu"]).rows] == [True, False]
    assert [row.note for row in form(tree["pustu_satu"]).rows] == ["", "satu"]


def test_staff_is_not_asked_twice(tree, items):
    assert [row.item.name for row in form(tree["pustu_satu"]).rows] == ["Doppler", "Tensimeter"]


def test_the_last_year_proposes_and_writes_nothing(tree, items):
    verified(tree["pustu_satu"], entry(1), entry(2, heavy=1))
    before = Assessment.objects.get()
    Assessment.objects.update(year=this_year() - 1)
    found = form(tree["pustu_satu"])
    assert found.proposed_from == this_year() - 1
    assert numbers(tree["pustu_satu"]) == [(1, 1, 0, 0), (2, 1, 0, 1)]
    assert found.assessment is None
    assert list(Assessment.objects.all()) == [before]


def test_a_number_that_changed_meanwhile_is_asked_by_the_standard_of_today(tree, items):
    verified(tree["pustu_satu"], entry(1), entry(2))
    end_standard(item=items[1], until=timezone.localdate(), by=None)
    standard(tree["district"], number=5, since=timezone.localdate())
    assert [row.standard for row in form(tree["pustu_satu"]).rows] == [2, 2], "locked as it was"
    Assessment.objects.update(year=this_year() - 1)
    assert [row.standard for row in form(tree["pustu_satu"]).rows] == [2, 5]
    assert numbers(tree["pustu_satu"])[1] == (2, 2, 0, 0), "the same thing, by its code"


def test_of_two_standards_of_one_thing_what_was_said_of_the_present_one_holds(tree, items):
    save(tree["pustu_satu"], entry(1), entry(2))
    end_standard(item=items[1], until=timezone.localdate(), by=None)
    standard(tree["district"], number=5, since=timezone.localdate())
    assert numbers(tree["pustu_satu"])[1] == (2, 2, 0, 0), "until something else is said"
    save(tree["pustu_satu"], entry(1), entry(4))
    assert numbers(tree["pustu_satu"])[1] == (4, 4, 0, 0)
    assert [(one.said.present, one.item.number) for one in stocked(tree["pustu_satu"])] == [
        (1, 2), (4, 5),
    ]  # fmt: skip


def test_a_standard_for_places_with_beds_that_began_earlier_holds_where_there_are_beds(tree):
    place = tree["first"]
    standard(tree["district"], "puskesmas", beds="ya", number=9)
    standard(tree["district"], "puskesmas", number=4, since=timezone.localdate())
    save(place, entry(4))
    type(place).objects.filter(pk=place.pk).update(inpatient=True)
    place.refresh_from_db()
    save(place, entry(7))
    assert [(row.present, row.standard) for row in form(place).rows] == [(7, 9)]
    assert [one.said.present for one in stocked(place)] == [7]


@pytest.mark.parametrize(
    ("entries", "refused", "named"),
    [
        ([], actions.AssessmentIncomplete, "Doppler, Tensimeter"),
        ([entry(1)], actions.AssessmentIncomplete, "Tensimeter"),
        ([entry(1), actions.Entry(2, 2, None, 0)], actions.AssessmentIncomplete, "Tensimeter"),
        ([entry(1), actions.Entry(3, 1, 1, 0)], actions.DoesNotAddUp, "Tensimeter"),
    ],
)
def test_only_what_is_whole_and_adds_up_is_sent(tree, items, entries, refused, named):
    draft = save(tree["pustu_satu"], *entries)
    with pytest.raises(refused) as broken:
        actions.send_assessment(assessment=draft, by=None)
    assert named in broken.value.sentence
    draft.refresh_from_db()
    assert (draft.state, draft.sent_at) == ("draf", None)
    assert len(form(tree["pustu_satu"]).rows) == 2


def test_what_was_sent_is_locked_until_it_comes_back(tree, items):
    held = sent(tree["pustu_satu"], entry(1), entry(2))
    with pytest.raises(actions.AssessmentLocked):
        save(tree["pustu_satu"], entry(5))
    with pytest.raises(actions.AssessmentLocked):
        actions.send_assessment(assessment=held, by=None)
    give_back(held, remark="", comments={items[0].pk: "Hitung lagi", items[1].pk: " "})
    assert [row.comment for row in form(tree["pustu_satu"]).rows] == ["Hitung lagi", ""]
    save(tree["pustu_satu"], entry(5))
    assert numbers(tree["pustu_satu"])[0] == (5, 5, 0, 0)
    assert form(tree["pustu_satu"]).rows[0].comment == "Hitung lagi", "until it is verified"


def test_what_was_verified_is_locked_and_the_dinas_may_still_return_it(tree, items):
    held = verified(tree["pustu_satu"], entry(1), entry(2))
    with pytest.raises(actions.AssessmentLocked):
        save(tree["pustu_satu"], entry(5))
    with pytest.raises(actions.NotSent):
        verify(held)
    with pytest.raises(actions.NoReason):
        give_back(held, remark="  ")
    give_back(held, remark="Keliru")
    assert form(tree["pustu_satu"]).state == "dikembalikan"


def test_a_draft_is_not_for_the_dinas_to_check(tree, items):
    draft = save(tree["pustu_satu"], entry(1))
    with pytest.raises(actions.NotSent):
        verify(draft)
    with pytest.raises(actions.NotSent):
        give_back(draft)


def test_what_the_dinas_has_not_read_it_neither_verifies_nor_returns(tree, items):
    """Returned by another, put right and sent again while the page stood open."""
    read = sent(tree["pustu_satu"], entry(1), entry(2))
    give_back(read)
    now = sent(tree["pustu_satu"], entry(1), entry(9))
    for step in (verify, give_back):
        with pytest.raises(actions.AssessmentChanged):
            step(read)
    assert Assessment.objects.get().state == "dikirim"
    verify(now)


def test_two_editors_notice_each_other(tree, items):
    save(tree["pustu_satu"], entry(1), version=0)
    with pytest.raises(actions.AssessmentChanged):
        save(tree["pustu_satu"], entry(7), version=0)
    assert numbers(tree["pustu_satu"])[0] == (1, 1, 0, 0)


def test_an_item_that_ended_before_it_was_sent_does_not_stay(tree, items):
    save(tree["pustu_satu"], entry(1), entry(2))
    end_standard(item=items[0], until=timezone.localdate(), by=None)
    held = Assessment.objects.get()
    actions.send_assessment(assessment=held, by=None)
    assert [row.item.name for row in form(tree["pustu_satu"]).rows] == ["Tensimeter"]


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_year_out_of_reach_is_refused(tree, items, year):
    with pytest.raises(actions.YearClosed):
        save(tree["pustu_satu"], year=year)


def test_a_place_of_which_nothing_is_asked_says_so(tree, items):
    with pytest.raises(actions.NotAssessed):
        save(tree["first"])
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("role", "at", "fills", "checks"),
    [
        ("admin_puskesmas", "first", True, False),
        ("admin_puskesmas", "second", False, False),
        ("admin_dinas", "district", True, True),
        ("programmer", "district", False, True),
        ("kepala_puskesmas", "first", False, False),
        ("nakes", "pustu_satu", False, False),
        ("lihat", "district", False, False),
    ],
)
def test_who_fills_in_and_who_checks(tree, items, role, at, fills, checks):
    user = worker(role, tree[at])
    attempts = {
        lambda: save(tree["pustu_satu"], entry(1), entry(2), by=user): fills,
        lambda: actions.send_assessment(assessment=Assessment.objects.get(), by=user): fills,
        lambda: verify(Assessment.objects.get(), by=user): checks,
    }
    save(tree["pustu_satu"], entry(1), entry(2))
    for attempt, may in attempts.items():
        if not may:
            with pytest.raises(Forbidden):
                attempt()
            if Assessment.objects.get().is_editable:
                actions.send_assessment(assessment=Assessment.objects.get(), by=None)
        else:
            attempt()


def test_the_steps_are_told_with_who_took_them(tree, items):
    user = worker("admin_puskesmas", tree["first"], first_name="Dewi")
    save(tree["pustu_satu"], entry(1), entry(2), by=user)
    actions.send_assessment(assessment=Assessment.objects.get(), by=user)
    told = [(step.who, step.words) for step in form(tree["pustu_satu"]).steps]
    assert told == [("Dewi", "Penilaian mandiri dikirim"), ("Dewi", "Penilaian mandiri diisi")]
    assert not AuditEvent.objects.filter(detail__icontains="Dewi").exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"present": 9}, "what_was_sent_adds_up"),
        ({"good": None}, "what_was_sent_adds_up"),
        ({"heavy": None, "present": None}, "what_was_sent_adds_up"),
        ({"light": -1}, "light"),
    ],
    ids=str,
)
def test_the_database_keeps_what_was_sent_whole(tree, items, change, name):
    sent(tree["pustu_satu"], entry(1), entry(2))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AssessmentRow.objects.update(**change)


def test_the_database_knows_the_states(tree, items):
    save(tree["pustu_satu"], entry(1), entry(2))
    for state in ("dikirim", "diverifikasi"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(facility=tree["pustu_satu"], year=this_year())


def test_a_sheet_asks_few_queries(tree, items, django_assert_max_num_queries):
    for number in range(20):
        standard(tree["district"], name=f"Alat {number}", since=LONG_AGO)
    save(tree["pustu_satu"], *[entry(1)] * 22)
    with django_assert_max_num_queries(7):
        form(tree["pustu_satu"])
