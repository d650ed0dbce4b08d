"""What waits for the roll-up: both of its lists, and the older of their oldest rows."""

from datetime import timedelta

from django.utils import timezone

from clusters.excel.imports import run_import
from clusters.models import TouchedPerson
from clusters.selectors.pending import pending
from facilities.models import ChangedCell
from reporting.actions.roll_up import roll_up_changed
from tests.clusters.workbooks import GROWTH, file


def test_both_lists_are_waited_for(tree, client):
    assert (pending().count, pending().oldest) == (0, None)
    run_import(
        path=file(GROWTH), file_name="a.xlsx", service=None, facility=tree["first"], by=None,
        keep=True,
    )  # fmt: skip
    assert pending().count == ChangedCell.objects.count() + 1
    ChangedCell.objects.all().delete()
    longer = timezone.now() - timedelta(minutes=10)
    TouchedPerson.objects.update(at=longer)
    assert (pending().count, pending().oldest) == (1, longer)
    assert client.get("/healthz").json()["oldest_change_seconds"] >= 600

    roll_up_changed()

    assert (pending().count, pending().oldest) == (0, None)
