"""A file that the database ended for the sake of another is worked on again, and not for ever."""

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable

from clusters import tasks
from clusters.actions.uploads import receive_upload
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
