"""kill -9 at a hundred random points of an import: never a row lost, doubled or half a file."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from random import Random

import pytest
from django.db import connection

from clusters.actions.uploads import accept_upload, receive_upload
from clusters.models import VISITS, TouchedPerson, Upload
from clusters.tasks import check_upload
from facilities.models import ChangedCell
from tests.clusters import workbooks
from tests.factories import small_district
from tests.journeys.test_killed_worker import address, settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS, ROWS, MOST_ROUNDS = 100, 150, 200
# It starts once and forks for each upload that it is told of: what is killed is the process that
# writes, without waiting a hundred times for Django.
WORKER = """
import os, sys, django
django.setup()
from celery import current_app
current_app.conf.broker_url = "memory://"
from clusters.tasks import write_upload
while line := sys.stdin.readline():
    child = os.fork()
    if not child:
        write_upload(int(line))
        os._exit(0)
    print(child, flush=True)
    sys.stdin.readline()  # its number is nobody else's before it was waited for
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def worker():
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env=os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "ilp.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.stdin.close()
    process.wait(30)


def run(worker, upload, delay=None):
    """Let a child write the upload, killed after so many seconds; (killed, seconds)."""
    worker.stdin.write(f"{upload.pk}\n")
    worker.stdin.flush()
    child = int(worker.stdout.readline())
    started = time.monotonic()
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    worker.stdin.write("wait\n")
    worker.stdin.flush()
    code = int(worker.stdout.readline())
    return code == -signal.SIGKILL, time.monotonic() - started


def nobody_else_works():
    """The server has noticed that its client is gone, and has ended what it was doing."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.005)
    raise AssertionError("a killed worker's connection is still there")


def accepted(place, number):
    """Half of its rows change what the upload before brought, half are new."""
    rows = []
    for n in range(number * ROWS // 2, number * ROWS // 2 + ROWS):
        born = date(2024, 1 + n % 9, 1 + n % 28)
        rows.append(
            workbooks.GROWTH
            | {
                "NIK": workbooks.nik(n % 9000 + 1, born, "L"),
                "Nama": f"Anak {n}",
                "Tanggal lahir": born,
                "Tanggal kunjungan": date(2025, 3, 1 + n % 28),
                "Berat badan (kg)": 8 + number % 5,
            }
        )
    upload = receive_upload(
        service="growth", facility=place, file_name="kecil.xlsx",
        content=workbooks.file(*rows), by=None,
    )  # fmt: skip
    check_upload(upload.pk)
    return accept_upload(upload=Upload.objects.get(pk=upload.pk), by=None)


def state():
    """All that an import writes of visits, as far as it tells whether it is whole."""
    weights = VISITS["growth"].objects.order_by("pk").values_list("person_id", "upload", "weight")
    marks = TouchedPerson.objects.count(), ChangedCell.objects.count()
    return list(weights), marks


def is_whole(upload, before):
    """Whether all of it was written; else nothing may have been."""
    upload.refresh_from_db()
    if upload.status != Upload.Status.DONE:
        assert upload.status == Upload.Status.ACCEPTED
        assert state() == before
        Upload.objects.filter(pk=upload.pk).update(claimed_at=None)
        return False
    visits, _marks = state()
    assert upload.new + upload.changed == ROWS
    assert len(visits) == len(before[0]) + upload.new
    assert sum(row[1] == upload.pk for row in visits) == ROWS
    return True


def test_killed_at_a_hundred_random_points(worker):
    chance, place = Random(7), small_district()["melati"]
    uploads = [accepted(place, 0)]
    was_killed, whole = run(worker, uploads[0])
    assert not was_killed
    uploads.append(accepted(place, 1))
    before, kills = state(), 0
    for _round in range(MOST_ROUNDS):
        was_killed, _seconds = run(worker, uploads[-1], chance.random() * whole)
        nobody_else_works()
        kills += was_killed
        if is_whole(uploads[-1], before):
            uploads.append(accepted(place, len(uploads)))
            before = state()
        if kills == KILLS:
            break
    assert kills == KILLS

    run(worker, uploads[-1])
    assert is_whole(uploads[-1], before)
    visits = VISITS["growth"].objects.all()
    assert visits.count() == sum(one.new for one in Upload.objects.all())
    assert visits.values("person").distinct().count() == visits.count()
    assert settled()
