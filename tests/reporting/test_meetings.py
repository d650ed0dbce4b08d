"""Meetings: what is typed live is kept cell by cell, by two at once, and becomes follow-ups."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.roles import Permission, Role, roles_with
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from reporting.actions.follow_up_errors import (
    MeetingBeforeItsMonth,
    MeetingInTheFuture,
    NoSlides,
)
from reporting.actions.follow_ups import move_follow_up
from reporting.actions.meetings import Cell, keep_typed, open_meeting
from reporting.catalogue import SPM
from reporting.models import FollowUp, Meeting
from reporting.models.follow_ups import State, Step
from reporting.selectors.follow_ups import history, of_last_meeting, to_do
from reporting.selectors.meetings import before, minutes
from tests.clusters.test_at_once import at_once
from tests.factories import worker
from tests.reporting.agreeing import (
    CODE,
    FULL,
    HELD,
    MAY,
    agreed,
    keep,
    late,
    row,
    sitting,
    typed,
)


@pytest.fixture
def district(tree):
    return tree["district"]


def test_a_row_is_kept_from_its_first_cell_and_reaches_its_owner_when_complete(tree, district):
    head = worker("kepala_puskesmas", tree["first"], first_name="Hadi")
    key, today = uuid4(), timezone.localdate()
    for name, text in {"problem": "P", "action": "T", "owner": "Hadi"}.items():
        keep(district, typed(key, **{name: text}))
        assert row(key).state == State.DRAFT
        assert to_do(user=head, today=today).mine == ()

    keep(district, typed(key, due="2025-06-30"))

    assert row(key).state == State.OPEN
    (mine,) = to_do(user=head, today=today).mine
    assert mine.row.action == "T"
    assert [event.step for event in history(follow_up=row(key))] == [Step.MADE]
    assert AuditEvent.objects.filter(event="meeting.opened").count() == 1


def test_nothing_is_stored_before_something_is_typed(tree, district):
    assert sitting(district).meeting is None
    keep(district, typed(problem=""))

    assert not FollowUp.objects.exists()


def test_what_is_sent_twice_is_kept_once(tree, district):
    worker("kepala_puskesmas", tree["first"], first_name="Hadi")
    cells = typed(uuid4(), **(FULL | {"owner": "Hadi"}))

    kept = [keep(district, cells) for _ in range(2)]

    assert [one.refused for one in kept] == [[], []]
    assert FollowUp.objects.count() == 1
    assert len(history(follow_up=FollowUp.objects.get())) == 1


def test_two_who_type_into_new_rows_keep_both(tree, district):
    keep(district, typed(uuid4(), **FULL))
    keep(district, typed(uuid4(), **(FULL | {"action": "Lain"})))

    assert sorted(FollowUp.objects.values_list("action", flat=True)) == ["Lain", "Sweeping"]
    assert Meeting.objects.count() == 1


def test_two_in_one_cell_lose_nothing(tree, district):
    key = uuid4()
    keep(district, typed(key, problem="Kata orang pertama"))

    kept = keep(district, typed(key, problem="Kata orang kedua", action="T"))

    (refused,) = kept.refused
    assert refused.standing == "Kata orang pertama"
    assert "Kata orang pertama" in refused.sentence
    assert (row(key).problem, row(key).action) == ("Kata orang pertama", "T")
    mine = typed(key, problem="Kata orang kedua", seen={"problem": "Kata orang pertama"})
    assert keep(district, mine).refused == []
    assert row(key).problem == "Kata orang kedua"


def test_who_was_there_is_kept_the_same_way(tree, district):
    keep(district, [Cell(None, "", "attendants", "Budi\nSri", "")])
    kept = keep(district, [Cell(None, "", "attendants", "Andi", "")])

    assert kept.refused[0].standing == "Budi\nSri"
    assert Meeting.objects.get().attendants == "Budi\nSri"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("due", "2025-06-11", "Isi 12 Juni 2025"),
        ("due", "2025-02-30", "Tanggal ini tidak ada"),
        ("problem", "x" * 301, "Paling panjang 300"),
        ("owner", "x" * 121, "Paling panjang 120"),
    ],
)
def test_what_cannot_stand_is_told_and_the_rest_is_kept(tree, district, name, text, said):
    key = uuid4()
    cells = typed(key, **(FULL | {name: text}))

    (refused,) = keep(district, cells).refused

    assert said in refused.sentence
    assert refused.standing is None
    assert row(key).state == State.DRAFT


def test_a_complete_row_is_not_emptied_and_a_draft_that_is_emptied_goes(tree, district):
    made = agreed(district)
    (refused,) = keep(district, typed(made.key, action="", seen={"action": made.action})).refused
    assert "tidak dapat dikosongkan" in refused.sentence

    draft = uuid4()
    keep(district, typed(draft, problem="Salah ketik"))
    keep(district, typed(draft, problem="", seen={"problem": "Salah ketik"}))
    assert not FollowUp.objects.filter(key=draft).exists()


def test_what_is_finished_is_no_longer_typed_in(tree, district):
    made = agreed(district)
    move_follow_up(follow_up=made, step=Step.DONE, words="Sudah", by=None)

    (refused,) = keep(district, typed(made.key, action="X", seen={"action": made.action})).refused

    assert "Selesai" in refused.sentence


@pytest.mark.django_db(transaction=True)
def test_what_its_owner_finishes_meanwhile_stays_finished(tree, district):
    made = agreed(district)

    kept = at_once(
        lambda: move_follow_up(follow_up=made, step=Step.DONE, words="Sudah", by=None),
        lambda: keep(district, typed(made.key, action="X", seen={"action": made.action})),
    )

    assert "Selesai" in kept.refused[0].sentence
    assert (row(made.key).state, row(made.key).closing) == (State.DONE, "Sudah")


def test_a_box_that_was_not_touched_is_not_refused(tree, district):
    key = uuid4()
    keep(district, typed(key, problem="Lama", action="T"))
    keep(district, typed(key, problem="Kata orang lain", seen={"problem": "Lama"}))

    seen = {"problem": "Lama", "action": "T"}
    kept = keep(district, typed(key, problem="Lama", action="Kata saya", seen=seen))

    assert kept.refused == []
    assert (row(key).problem, row(key).action) == ("Kata orang lain", "Kata saya")


def test_a_change_in_the_meeting_is_history(tree, district):
    made = agreed(district)

    keep(district, typed(made.key, due="2025-07-10", seen={"due": "2025-06-30"}))

    assert row(made.key).due_on == date(2025, 7, 10)
    assert [e.step for e in history(follow_up=made)] == [Step.CHANGED, Step.MADE]


def test_a_meeting_lies_neither_ahead_nor_before_its_month(tree, district):
    ahead = timezone.localdate() + timedelta(days=1)
    with pytest.raises(MeetingInTheFuture):
        keep(district, typed(**FULL), held_on=ahead)
    with pytest.raises(MeetingBeforeItsMonth):
        keep(district, typed(**FULL), held_on=date(2025, 4, 30))
    with pytest.raises(NoSlides):
        open_meeting(sitting=sitting(district), codes=[], release=None, by=None)


@pytest.mark.parametrize("role", list(Role))
def test_who_plans_at_the_place_types_in_its_meeting(tree, role):
    user = worker(role, tree["first"])
    if role in roles_with(Permission.PLAN):
        assert keep(tree["first"], typed(**FULL), by=user).meeting.opened_by == user
    else:
        with pytest.raises(Forbidden):
            keep(tree["first"], typed(**FULL), by=user)
    with pytest.raises(Forbidden):
        keep(tree["second"], typed(**FULL), by=user)


def test_slides_are_the_twelve_unless_asked_and_are_kept_with_the_meeting(tree, district):
    assert sitting(district, asked=()).codes == tuple(SPM.values())
    made = open_meeting(
        sitting=sitting(district, asked=()), codes=["IB04", "AN18"], release=None, by=None
    )

    assert sitting(district, asked=()).codes == ("IB04", "AN18")
    assert sitting(district, asked=("SPM01", "none")).codes == ("SPM01",)
    assert sitting(district, asked=()).meeting == made


def test_the_next_meeting_tells_what_came_of_the_last(tree, district):
    done, over = agreed(district), agreed(district, due="2025-06-20")
    move_follow_up(follow_up=done, step=Step.DONE, words="Sudah", by=None)
    cell = late(tree["first"], days=3)  # from a cell, by the system in the name of the place
    later = sitting(district, month=MAY.plus(1), held_on=timezone.localdate())

    told = before(sitting=later, code=CODE, today=timezone.localdate())

    assert (told.done, told.late) == (1, 1)
    assert [one.row for one in told.rows] == [over, done]
    assert cell not in [one.row for one in told.rows]
    assert before(sitting=later, code="SPM01", today=timezone.localdate()).is_empty
    past = of_last_meeting(place=district, today=timezone.localdate())
    assert (past.meeting.held_on, past.done, past.late, past.open) == (HELD, 1, 1, 0)


def test_a_puskesmas_is_told_what_was_asked_of_it(tree):
    asked = late(tree["first"], by=worker("kepala_dinas", tree["district"]))
    now = timezone.localdate()

    told = before(sitting=sitting(tree["first"], held_on=now), code=CODE, today=now)

    assert [one.row for one in told.rows] == [asked]


def test_minutes_hold_what_is_complete_in_the_order_of_the_slides(tree, district):
    by = worker("kepala_dinas", district, first_name="Ratna")
    open_meeting(sitting=sitting(district), codes=["SPM01", CODE], release=None, by=by)
    agreed(district, by=by)
    keep(district, typed(uuid4(), code="SPM01", **FULL), by=by)
    keep(district, typed(uuid4(), problem="Belum lengkap"), by=by)
    keep(district, [Cell(None, "", "attendants", " Budi \n\nSri", "")], by=by)

    paper = minutes(meeting=sitting(district).meeting, today=timezone.localdate())

    assert [one.row.indicator for one in paper.rows] == ["SPM01", CODE]
    assert (paper.unfinished, paper.present) == (1, ["Budi", "Sri"])
    assert paper.signers[1].name == "Ratna"
    assert paper.dated.endswith("12 Juni 2025")


@pytest.mark.parametrize("wrong", [{"codes": []}, {"held_on": date(2025, 4, 30)}])
def test_the_table_keeps_its_rules(tree, district, wrong):
    fields = {"facility": district, "month": MAY, "held_on": HELD, "codes": [CODE]}
    Meeting.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(**(fields | {"held_on": date(2025, 6, 13)} | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(**fields)


def test_a_row_of_one_meeting_is_no_row_of_another(tree, district):
    key = uuid4()
    keep(district, typed(key, **FULL))
    keep_typed(
        sitting=sitting(tree["first"]), cells=typed(key, problem="Lain"), release=None, by=None
    )

    assert FollowUp.objects.filter(key=key).count() == 2
    assert FollowUp.objects.get(key=key, state=State.OPEN).problem == FULL["problem"]
