"""From "accept" of a workbook to its number on the district's page, by the real worker."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic, perf_counter, sleep

from django.test import Client

from benchmarks.bench_pages import PATH, prepare
from benchmarks.district import LAST
from benchmarks.measuring import Result, say
from benchmarks.serving import Request, fetch, running
from benchmarks.workbook import SERVICE, rows, workbook
from clusters.actions.uploads import accept_upload, receive_upload
from clusters.models import Upload
from clusters.tasks import check_upload, write_upload
from facilities.models import Facility

INDICATOR = "DW06"  # people found with high blood pressure, of those measured
FIGURE = re.compile(rf'data-indicator="{INDICATOR}"\s+value="([^"]*)"')
PATIENCE = 300.0


def run(folder: Path, url: str, *, count: int = 10_000, rounds: int = 3) -> list[Result]:
    """On the database in use; every round a workbook of other persons."""
    user = prepare()
    client = Client()
    client.force_login(user)
    cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    puskesmas = Facility.objects.filter(kind="puskesmas").order_by("pk").first()
    assert puskesmas is not None
    times = []
    with running(folder, url, "web", "worker") as ports:
        page = Request(ports["web"], PATH, {"Cookie": cookie})
        for number in range(rounds):
            found = rows(count, puskesmas=puskesmas, month=LAST, seed=10 + number)
            times.append(accepted_to_shown(page, workbook(found, puskesmas), puskesmas))
            say(f"  accept to page, round {number + 1}: {times[-1]:.1f} s")
    name = f'"accept" of {count:,} rows to the number on the page'
    return [Result(name, sorted(times)[len(times) // 2], note="worker, roll-up and web running")]


def accepted_to_shown(page: Request, data: bytes, puskesmas: Facility) -> float:
    upload = receive_upload(
        service=SERVICE, facility=puskesmas, file_name="visits.xlsx", content=data, by=None
    )
    check_upload.delay(upload.pk)
    until(lambda: Upload.objects.get(pk=upload.pk).status == Upload.Status.PREVIEWED)
    before = shown(page)
    started = perf_counter()
    write_upload.delay(accept_upload(upload=upload, by=None).pk)
    until(lambda: shown(page) != before)
    return perf_counter() - started


def shown(page: Request) -> str:
    """The headline figure as the page says it, unrounded; empty without one."""
    found = FIGURE.search(fetch(page)[1].decode())
    return found[1] if found else ""


def until(ready) -> None:
    end = monotonic() + PATIENCE
    while not ready():
        if monotonic() > end:
            raise AssertionError("the worker did not get there")
        sleep(0.05)
