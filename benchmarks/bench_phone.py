"""How soon the largest thing of a page is seen on a slow phone: Chromium, slowed four times, behind
a line of 1.6 Mbit/s and 150 ms (ux.md 3.9). A first visit with nothing kept, and the same again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.bench_pages import prepare
from benchmarks.district import LAST
from benchmarks.measuring import Result, slower
from benchmarks.serving import running
from facilities.models import Assignment, Facility
from facilities.roles import Role
from ilp.core.models import User

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTH, HEIGHT = 360, 740
SLOWER = 4
LINE = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
}
OFFICE, FIELD = 2.5, 2.0  # seconds
WATCH = """
    window.largest = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.largest = entry.startTime;
    }).observe({type: "largest-contentful-paint", buffered: true});
"""
SETTLED_MS = 700
ROUNDS = 3


def run(folder: Path, url: str, *, rounds: int = ROUNDS) -> list[Result]:
    """On the database in use, rolled up; `url` names it for the server."""
    if not CHROMIUM.exists():
        return [Result("seen on a slow phone", note="not measured: Chromium is not installed")]
    office, midwife = prepare(), midwife_of()
    with connection.cursor() as cursor:  # as the server does by itself within a minute
        cursor.execute("ANALYZE")
    posyandu = Facility.objects.filter(kind="posyandu").order_by("pk")[0]
    pages = [
        ("situation", office, f"/situasi/?p={LAST}", OFFICE),
        ("scorecard of 40 Puskesmas", office, f"/rapor/?p={LAST}", OFFICE),
        ("indicator", office, f"/indikator/IB04/?p={LAST}", OFFICE),
        ("cluster 2", office, f"/klaster/K2/?p={LAST}", OFFICE),
        ("start of a midwife", midwife, "/", FIELD),
        ("day at the Posyandu", midwife, f"/catat/growth/?w={posyandu.code}", FIELD),
        ("one child", midwife, f"/catat/growth/baru/?w={posyandu.code}", FIELD),
    ]
    found = []
    with in_production(folder), running(folder, url, "web") as ports, chromium() as browser:
        site = f"http://127.0.0.1:{ports['web']}"
        for name, user, path, limit in pages:
            visit(browser, site, user, path)  # made and kept, as for whoever comes second
            seen = [visit(browser, site, user, path) for _ in range(rounds)]
            first, again = (median(times) for times in zip(*seen, strict=True))
            found.append(slower(f"{name}, seen on a slow phone", first, limit, "<= 1"))
            found.append(slower(f"{name}, seen again", again, limit, "<= 1"))
    return found


def midwife_of() -> User:
    """Someone who records at the Posyandu of a Pustu."""
    user, _ = User.objects.get_or_create(username="bench-midwife")
    Assignment.objects.get_or_create(
        user=user,
        facility=Facility.objects.filter(kind="puskesmas").order_by("pk")[0],
        role=Role.NAKES,
        starts_on=date(2020, 1, 1),
    )
    return user


@contextmanager
def in_production(folder: Path) -> Iterator[None]:
    """Style and scripts go out as they do there: compressed, and kept by the browser for good."""
    before = dict(os.environ)
    os.environ |= {
        "ILP_MODE": "production",
        "ILP_HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": settings.SECRET_KEY,
        "NIK_KEY": settings.NIK_KEY,
        "STATIC_ROOT": str(folder / "static"),
    }
    try:
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, check=True)
        yield
    finally:
        os.environ.clear()
        os.environ |= before


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Any, site: str, user: User, path: str) -> tuple[float, float]:
    """Seconds until the largest thing is seen, at the first visit and at the next."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="id")
    try:
        context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in cookies(user).items()]
        )
        page = context.new_page()
        page.add_init_script(WATCH)
        control = context.new_cdp_session(page)
        control.send("Network.enable")
        control.send("Network.emulateNetworkConditions", LINE)
        control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return seen(page, site + path), seen(page, site + path)
    finally:
        context.close()


def cookies(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {name: one.value for name, one in client.cookies.items()}


def seen(page: Any, address: str) -> float:
    answer = page.goto(address, wait_until="load")
    if answer is None or answer.status != 200:
        raise AssertionError(f"{address} does not answer")
    page.wait_for_timeout(SETTLED_MS)
    return float(page.evaluate("window.largest")) / 1000
