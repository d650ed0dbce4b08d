"""A worker killed in the middle leaves the old or the new state, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from random import Random

import psycopg
import pytest
from django.db import connection

from clusters.actions.following import follow_touched
from clusters.actions.uploads import accept_upload, receive_upload
from clusters.models import VISITS, GrowthMonth, TouchedPerson, Upload
from clusters.selectors.pending import pending
from clusters.tasks import check_upload, write_upload
from facilities.models import ChangedCell
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Total
from reporting.selectors import verification
from tests.clusters import workbooks
from tests.factories import small_district
from tests.reporting import rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def address():
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"


def in_a_process(call):
    """A process of its own on the same database that makes one call, to be killed."""
    code = f"import django; django.setup(); {call}"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "ilp.settings"},
    )


def kill_while(process, busy, seconds=40):
    """Kill -9 as soon as the database shows that it is in the middle."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        if busy():
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.005)
    process.wait(seconds)
    return process.returncode == -signal.SIGKILL


def running(like):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query ILIKE %s "
            "AND pid <> pg_backend_pid() AND datname = current_database()",
            [like],
        )
        return cursor.fetchone()[0] > 0


@contextmanager
def versions_held():
    """Whoever tells the districts of new totals waits: a quick roll-up can be killed there."""
    with psycopg.connect(address()) as other:
        other.execute(
            "INSERT INTO facilities_dataversion (district_id, number) "
            "SELECT id, 1 FROM facilities_facility WHERE kind = 'dinas' "
            "ON CONFLICT (district_id) DO UPDATE SET number = excluded.number"
        )
        yield
        other.rollback()


def settled():
    """Nothing waits, and what is stored is what the source says."""
    roll_up_changed()
    span = verification.span()
    return not pending().count and (
        span is None or not list(verification.differences(first=span[0], last=span[1]))
    )


def weighings(count):
    base = workbooks.GROWTH
    return [
        base
        | {
            "NIK": workbooks.nik(n % 9000 + 1, date(2024, 1 + n % 9, 1 + n % 28), "L"),
            "Nama": f"Anak {n}",
            "Tanggal lahir": date(2024, 1 + n % 9, 1 + n % 28),
            "Tanggal kunjungan": date(2025, 3, 1 + n % 28),
        }
        for n in range(count)
    ]


def test_killed_in_the_middle_of_an_import():
    places = small_district()
    content = workbooks.file(*weighings(3000))
    upload = receive_upload(
        service="growth",
        facility=places["melati"],
        file_name="besar.xlsx",
        content=content,
        by=None,
    )
    check_upload(upload.pk)
    accept_upload(upload=Upload.objects.get(pk=upload.pk), by=None)

    process = in_a_process(f"from clusters.tasks import write_upload; write_upload({upload.pk})")
    killed = kill_while(process, lambda: running("%clusters_growth%"))

    assert killed, "the import ended before it could be killed"
    written = VISITS["growth"].objects.count()
    done = Upload.objects.get(pk=upload.pk).status == Upload.Status.DONE
    assert (written > 0) == done
    Upload.objects.filter(pk=upload.pk).exclude(status="done").update(claimed_at=None)
    write_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.status == Upload.Status.DONE
    assert VISITS["growth"].objects.count() == upload.new
    assert settled()


def test_killed_while_milestones_are_worked_out():
    places = small_district()
    here = [places["melati"], places["mawar"], places["pustu_satu"]]
    rows.write("growth", rows.random_growth(Random(4), here, children=400, months=13), here)
    before = (TouchedPerson.objects.count(), ChangedCell.objects.count())

    process = in_a_process(
        "from reporting.actions.roll_up import roll_up_changed; roll_up_changed()"
    )
    killed = kill_while(process, lambda: running("%each touched child%"))

    assert killed, "the work ended before it could be killed"
    deadline = time.monotonic() + 10
    while running("%each touched child%") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (TouchedPerson.objects.count(), ChangedCell.objects.count()) == before
    assert not GrowthMonth.objects.exists()
    assert settled()
    assert GrowthMonth.objects.exists()


def test_killed_in_the_middle_of_a_roll_up():
    places = small_district()
    here = [places["melati"], places["mawar"], places["pustu_satu"]]
    rows.write("growth", rows.random_growth(Random(3), here, children=400, months=13), here)
    follow_touched(by=None)
    before = ChangedCell.objects.count()

    with versions_held():
        process = in_a_process(
            "from reporting.actions.roll_up import roll_up_changed; roll_up_changed()"
        )
        killed = kill_while(process, lambda: running("%Tell the districts%"))

    assert killed, "the roll-up ended before it could be killed"
    deadline = time.monotonic() + 10
    while running("%Tell the districts%") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ChangedCell.objects.count() == before
    assert not Total.objects.exists()
    assert settled()
    assert Total.objects.exists()
