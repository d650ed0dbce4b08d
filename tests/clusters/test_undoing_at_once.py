"""An upload is taken back while the same visits are being written: whoever is first, both hold."""

import pytest

from clusters.actions.undoing import OthersAreWriting, redo_upload, undo_upload
from clusters.actions.visits import cancel_visit
from clusters.models import Growth, Person
from reporting.actions.roll_up import roll_up_changed
from tests.clusters.test_at_once import at_once
from tests.clusters.undoing import standing, uploaded, weighed
from tests.oracle.compare import whole_database
from tests.reporting.rows import write

pytestmark = pytest.mark.django_db(transaction=True)
CHILDREN = range(30)


@pytest.fixture
def first(tree):
    return uploaded(tree, [weighed(tree, n, 9) for n in CHILDREN])


def weights():
    return {weight for weight, *_rest in standing().values()}


def settled():
    roll_up_changed()
    return whole_database().differences == []


@pytest.mark.parametrize("by", ["upload", "form"])
@pytest.mark.parametrize("undo_first", [True, False])
def test_undo_and_a_second_upload_of_the_same_visits(tree, first, by, undo_first):
    again = [weighed(tree, n, 10) for n in reversed(CHILDREN)]

    def second():
        return uploaded(tree, again) if by == "upload" else write("growth", again, ())

    def undo():
        return undo_upload(upload=first, by=None)

    if undo_first:
        at_once(undo, second)
        assert Growth.objects.count() == 2 * len(CHILDREN)
    else:
        effect = at_once(second, undo)
        assert (effect.cancelled, effect.kept) == (0, len(CHILDREN))
        assert Growth.objects.count() == len(CHILDREN)

    assert weights() == {10}
    assert len(standing()) == len(CHILDREN)
    assert settled()


@pytest.mark.parametrize("redo_first", [True, False])
def test_redo_and_a_second_upload_of_the_same_visits(tree, first, redo_first):
    undo_upload(upload=first, by=None)

    def second():
        return uploaded(tree, [weighed(tree, n, 10) for n in reversed(CHILDREN)])

    def redo():
        return redo_upload(upload=first, by=None)

    at_once(*((redo, second) if redo_first else (second, redo)))

    assert weights() == {10}
    assert len(standing()) == len(CHILDREN)
    assert settled()


@pytest.mark.parametrize("undo_first", [True, False])
def test_undo_and_a_visit_cancelled_by_hand(tree, first, undo_first):
    visit = Growth.objects.first()

    def by_hand():
        try:
            return cancel_visit(visit=visit, by=None, reason="twice")
        except Exception as refused:
            return refused

    def undo():
        return undo_upload(upload=first, by=None)

    at_once(*((undo, by_hand) if undo_first else (by_hand, undo)))

    visit.refresh_from_db()
    assert (visit.extra["cancelled_because"] == "upload") == undo_first
    assert standing() == {}
    assert settled()


def test_the_same_upload_is_taken_back_once(tree, first):
    def undo():
        try:
            return undo_upload(upload=first, by=None).cancelled
        except Exception as refused:
            return type(refused).__name__

    assert at_once(undo, undo) == "NotUndoable"


def test_who_is_ended_for_the_sake_of_another_is_told_to_try_again(tree, first):
    """Somebody holds a visit and then wants its person; the other way round as undoing does."""
    visit = Growth.objects.order_by("pk").first()

    def undo():
        with pytest.raises(OthersAreWriting) as told:
            undo_upload(upload=first, by=None)
        return told.value.sentence

    said = at_once(
        lambda: Growth.objects.select_for_update(of=("self",)).get(pk=visit.pk),
        undo,
        lambda: Person.objects.select_for_update(of=("self",)).get(pk=visit.person_id),
    )

    assert "coba lagi" in said
    assert len(standing()) == len(CHILDREN)
    first.refresh_from_db()
    assert first.status == "done"
