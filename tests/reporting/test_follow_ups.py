"""Follow-ups: set from a number, owned, finished, dropped, opened again; and who may do what."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.actions.people import set_active
from facilities.audit_words import EVENTS
from facilities.roles import Permission, Role, roles_with
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from reporting.actions.follow_up_errors import (
    ActionMissing,
    DoneMissing,
    DueInThePast,
    DueMissing,
    OwnerMissing,
    OwnerUnclear,
    ProblemMissing,
    ReasonMissing,
    WrongState,
)
from reporting.actions.follow_ups import (
    TRAIL,
    Wish,
    change_follow_up,
    make_follow_up,
    move_follow_up,
)
from reporting.catalogue import indicator
from reporting.models import FollowUp
from reporting.models.follow_ups import MOVES, State, Step
from reporting.selectors.follow_ups import history, may, to_do
from reporting.selectors.scores import scores
from tests.factories import small_district, worker
from tests.reporting.agreeing import CODE, MAY, late, make, soon, wish
from tests.reporting.figures import filled_district

AGREED = (State.OPEN, State.DONE, State.DROPPED)  # rows of a meeting that are not: test_meetings


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"], first_name="Sri Handoko")


@pytest.fixture
def head(tree):
    return worker("kepala_puskesmas", tree["first"], first_name="Hadi Santoso")


def move(row, step, by=None, words="Sudah"):
    return move_follow_up(follow_up=row, step=step, words=words, by=by)


def test_it_remembers_the_figure_as_it_was_shown(db):
    places = filled_district()
    by = worker("programmer", places["district"])

    made = make(places["first"], by=by)

    (shown,) = scores(
        places=[places["first"].pk], indicators=[indicator(CODE, MAY.last_day)], month=MAY
    ).values()
    assert None not in (shown.value, shown.target_now)
    assert (made.value, made.target) == (shown.value, shown.target_now)
    assert (made.indicator, made.month, made.office) == (CODE, MAY, places["district"])
    assert [event.step for event in history(follow_up=made)] == [Step.MADE]
    noted = AuditEvent.objects.get(event="follow-up.made")
    assert noted.detail["place"] == places["first"].code
    assert "Sweeping" not in str(noted.detail)


def test_an_account_is_found_by_label_username_and_name(tree, admin, head):
    label = f"Hadi Santoso – Kepala Puskesmas, {tree['first']}"
    for text in (label, label.upper(), head.username, "hadi  santoso"):
        made = make(tree["first"], by=admin, owner=text)
        assert (made.owner, made.owner_name) == (head, label)


def test_who_has_no_account_is_a_name_alone(tree, admin):
    made = make(tree["first"], by=admin, owner="Camat  Satu")

    assert (made.owner, made.owner_name) == (None, "Camat Satu")


def test_a_name_of_two_accounts_is_asked_about(tree, admin, head):
    worker("nakes", tree["pustu_satu"], first_name="Hadi Santoso")

    with pytest.raises(OwnerUnclear, match="Ada 2 akun"):
        make(tree["first"], by=admin, owner="Hadi Santoso")


def test_an_ended_account_and_one_elsewhere_own_nothing(tree, admin, head):
    other = worker("kepala_puskesmas", tree["second"], first_name="Orang Lain")
    assert make(tree["first"], by=admin, owner="Orang Lain").owner is None
    assert make(tree["second"], by=admin, owner="Orang Lain").owner == other
    set_active(user=head, active=False, by=None)

    assert make(tree["first"], by=admin, owner="Hadi Santoso").owner is None


def test_a_puskesmas_proposes_its_own_people_only(tree, admin, head):
    made = make(tree["desa_satu"], by=head, owner="Sri Handoko")

    assert made.owner is None
    assert made.office == tree["first"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"problem": "  "}, ProblemMissing),
        ({"action": ""}, ActionMissing),
        ({"owner": " "}, OwnerMissing),
        ({"due_on": timezone.localdate() - timedelta(days=400)}, DueInThePast),
    ],
)
def test_what_is_not_complete_is_refused(tree, wrong, refusal):
    with pytest.raises(refusal):
        make(tree["first"], **wrong)
    assert not FollowUp.objects.exists()


def test_a_day_is_asked_for(tree):
    with pytest.raises(DueMissing):
        make_follow_up(
            place=tree["first"],
            indicator=CODE,
            month=MAY,
            wish=Wish("Masalah", "Tindakan", "Bidan", None),
            by=None,
        )


def test_today_is_not_past(tree):
    assert make(tree["first"], due_on=soon(0)).days(timezone.localdate()) == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_plans_sets_them_in_his_own_scope(tree, role):
    user = worker(role, tree["first"])
    allowed = role in roles_with(Permission.PLAN)

    for place, inside in (("desa_satu", True), ("second", False), ("district", False)):
        if allowed and inside:
            assert make(tree[place], by=user).office == tree["first"]
        else:
            with pytest.raises(Forbidden):
                make(tree[place], by=user)


def test_the_owner_finishes_it_and_the_office_does_the_rest(tree, admin, head):
    made = make(tree["first"], by=admin, owner="Hadi Santoso")
    assert may(user=head, follow_up=made) == {Step.DONE}
    assert may(user=admin, follow_up=made) == {Step.DONE, Step.CHANGED, Step.DROPPED}
    for step in (Step.DROPPED, Step.REOPENED):
        with pytest.raises(Forbidden):
            move(made, step, by=head)
    with pytest.raises(Forbidden):
        change_follow_up(follow_up=made, owner="Lain", due_on=soon(), by=head)

    done = move(made, Step.DONE, by=head, words="41 balita ditimbang")

    assert (done.state, done.closing, done.closed_by) == ("done", "41 balita ditimbang", head)
    with pytest.raises(Forbidden):
        move(made, Step.REOPENED, by=head)
    again = move(made, Step.REOPENED, by=admin, words="Belum semua desa")
    assert (again.state, again.closed_at, again.closing) == ("open", None, "")
    told = [(event.step, event.by, event.note) for event in history(follow_up=made)]
    assert told[:2] == [
        (Step.REOPENED, admin, "Belum semua desa"),
        (Step.DONE, head, "41 balita ditimbang"),
    ]


def test_another_puskesmas_touches_nothing(tree, admin):
    made = make(tree["first"], by=admin)
    other = worker("kepala_puskesmas", tree["second"])

    assert not FollowUp.objects.visible_to(other).exists()
    with pytest.raises(Forbidden):
        move(made, Step.DONE, by=other)


def test_the_owner_below_sees_what_is_asked_of_him_and_no_more(tree, admin):
    midwife = worker("nakes", tree["pustu_satu"], first_name="Lestari")
    mine = make(tree["first"], by=admin, owner="Lestari")
    make(tree["first"], by=admin)

    assert list(FollowUp.objects.visible_to(midwife)) == [mine]


@pytest.mark.parametrize(("state", "step"), list(product(AGREED, MOVES)))
def test_the_table_of_states(tree, state, step):
    made = make(tree["first"])
    if state in (State.DONE, State.DROPPED):
        move(made, Step(state.value))

    def take():
        if step is Step.CHANGED:
            return change_follow_up(follow_up=made, owner="Bidan", due_on=soon(3), by=None)
        return move(made, step)

    if state in MOVES[step].source:
        assert take().state == MOVES[step].target
    else:
        with pytest.raises(WrongState, match="Muat ulang"):
            take()
        made.refresh_from_db()
        assert made.state == state


@pytest.mark.parametrize(
    ("step", "refusal"), [(Step.DONE, DoneMissing), (Step.DROPPED, ReasonMissing)]
)
def test_it_ends_with_a_sentence(tree, step, refusal):
    with pytest.raises(refusal):
        move(make(tree["first"]), step, words="  ")


def test_day_and_owner_are_changed_and_it_is_told(tree, admin, head):
    made = late(tree["first"], by=admin)
    with pytest.raises(DueInThePast):
        change_follow_up(
            follow_up=made, owner="Bidan", due_on=made.due_on - timedelta(days=1), by=admin
        )

    changed = change_follow_up(
        follow_up=made, owner="Hadi Santoso", due_on=made.due_on, by=admin
    )  # a day that is over may stay

    assert changed.owner == head
    assert history(follow_up=made)[0].step == Step.CHANGED
    before = len(history(follow_up=made))
    change_follow_up(follow_up=made, owner=changed.owner_name, due_on=made.due_on, by=admin)
    assert len(history(follow_up=made)) == before


def test_what_is_late_stays_until_it_is_closed(tree, admin, head):
    made = late(tree["first"], by=admin, owner="Hadi Santoso", days=40)
    today = timezone.localdate()

    (mine,) = to_do(user=head, today=today).mine

    assert mine.row.days(today) == -40
    assert to_do(user=admin, today=today).late == 1
    move(made, Step.DONE, by=head)
    assert to_do(user=head, today=today).mine == ()
    assert to_do(user=admin, today=today).late == 0


WHOLE = {"month": MAY, "problem": "P", "action": "T", "owner_name": "B", "state": "open"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"problem": ""},
        {"action": ""},
        {"owner_name": ""},
        {"due_on": None},
        {"due_on": timezone.localdate() - timedelta(days=1)},
        {"state": "maybe"},
        {"state": "draft"},
        {"state": "done"},
        {"state": "done", "closed_at": timezone.now()},
        {"state": "dropped", "closing": "Tidak jadi"},
        {"closing": "Sudah"},
        {"closed_at": timezone.now()},
    ],
)
def test_the_table_keeps_its_rules(tree, wrong):
    fields = WHOLE | {"due_on": soon(), "made_on": timezone.localdate()}
    places = {"facility": tree["first"], "office": tree["first"]}
    FollowUp.objects.create(**places, **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(**places, **(fields | wrong))


def test_the_audit_trail_has_a_word_for_every_step():
    assert set(TRAIL.values()) <= EVENTS.keys()


def test_its_history_is_never_changed(tree):
    (event,) = history(follow_up=make(tree["first"]))

    with pytest.raises(Exception, match="append_only|Cannot"), transaction.atomic():
        event.delete()


def test_the_district_of_others_stays_theirs(tree, admin):
    elsewhere = small_district(2)

    with pytest.raises(Forbidden):
        make_follow_up(place=elsewhere["first"], indicator="", month=MAY, wish=wish(), by=admin)
