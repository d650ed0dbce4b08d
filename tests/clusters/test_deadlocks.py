"""A file that the database ended for the sake of another is worked on again, and not for ever."""

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable

from clusters import tasks
from clusters.actions.uploads import accept_upload, receive_upload
from clusters.models import Growth, Upload
from tests.clusters.workbooks import GROWTH, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(tree):
    return receive_upload(
        service="growth", facility=tree["first"], file_name="a.xlsx", content=file(GROWTH), by=None
    )


def ends(times, cause, monkeypatch):
    """The database ends the work so many times; then it lets it through."""
    real, tried = tasks.run_import, []

    def run(**given):
        tried.append(1)
        if len(tried) <= times:
            raise OperationalError from cause()
        return real(**given)

    monkeypatch.setattr(tasks, "run_import", run)
    return tried


def test_it_is_tried_again(upload, monkeypatch):
    tried = ends(2, DeadlockDetected, monkeypatch)
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.new, len(tried)) == (Upload.Status.PREVIEWED, 1, 3)
    assert not Growth.objects.exists()


@pytest.mark.parametrize(("times", "cause"), [(99, DeadlockDetected), (1, LockNotAvailable)])
def test_it_is_not_tried_for_ever_nor_after_anything_else(upload, monkeypatch, times, cause):
    tried = ends(times, cause, monkeypatch)
    with pytest.raises(OperationalError):
        tasks.check_upload(upload.pk)
    assert len(tried) == (tasks.ATTEMPTS if cause is DeadlockDetected else 1)


@pytest.mark.parametrize("status", [Upload.Status.PREVIEWED, Upload.Status.DONE])
def test_it_is_tried_again_when_the_end_came_as_late_as_can_be(upload, status):
    """When the outcome was already written on the upload."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE SEQUENCE times; CREATE FUNCTION once() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN IF nextval(''times'') = 1 THEN RAISE deadlock_detected; END IF; "
            "RETURN NEW; END'; CREATE TRIGGER once AFTER UPDATE ON clusters_upload FOR EACH ROW "
            f"WHEN (NEW.status = '{status}' AND OLD.status <> '{status}') EXECUTE FUNCTION once()"
        )
    tasks.check_upload(upload.pk)
    if status == Upload.Status.DONE:
        accept_upload(upload=upload, by=None)
        tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.new, upload.progress) == (status, 1, 100)
    assert Growth.objects.count() == (status == Upload.Status.DONE)
