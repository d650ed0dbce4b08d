"""A real browser, a real web server, a real Celery worker, on a small district."""

import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from facilities.models import Assignment
from facilities.roles import Role
from ilp.core.models import User
from tests.factories import OPENED, small_district

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "melati-kopi-sungai-42"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What keeps somebody from reading or reaching something; axe is there once its file was evaluated.
BARRIERS = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes[0].html}`);
}"""
BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
ROLES_AT = {
    Role.KEPALA_DINAS: "district",
    Role.PROGRAMMER: "district",
    Role.ADMIN_DINAS: "district",
    Role.LIHAT: "district",
    Role.TI: "district",
    Role.ADMIN_PUSKESMAS: "first",
    Role.KEPALA_PUSKESMAS: "first",
    Role.NAKES: "pustu_satu",
    Role.KADER: "melati",
}


answering: list[object] = []  # an entry for each request that the server is at work on


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    """Chromium as Debian packages it."""
    if not CHROMIUM.exists():
        if os.environ.get("ILP_REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and is not installed")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@cache
def hashed():
    """The one password as it is stored: to work it out takes its time, as it should."""
    return make_password(PASSWORD)


@cache
def axe():
    """The script of axe; each page that is asked evaluates it."""
    return pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT


@pytest.fixture
def district(transactional_db):
    """The places, and a user for every role with one known password."""
    places = small_district()
    for role, at in ROLES_AT.items():
        user = User.objects.create(username=role.value, password=hashed())
        Assignment.objects.create(user=user, facility=places[at], role=role, starts_on=OPENED)
    return places


@pytest.fixture(scope="module")
def worker(django_db_setup):
    """A Celery worker on the tests' own database, as a process of its own; it takes its time to
    start, so it stays for the other tests of the file."""
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "ilp", "worker", "-Q", "ingest,rollup,default",
         "-c", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        start_new_session=True,
    )  # fmt: skip
    yield process
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture
def site(live_server, district):
    """The address of the running site."""

    def begun(**_more):
        answering.append(None)

    def done(**_more):
        answering.pop()

    answering.clear()
    request_started.connect(begun)
    request_finished.connect(done)
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield live_server.url
    request_started.disconnect(begun)
    request_finished.disconnect(done)


class Visitor:
    """Somebody at a browser. Console errors and failed requests are kept for the end."""

    def __init__(self, browser, site, width=1366, height=768):
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="id")
        self.page = self.context.new_page()
        self.site = site
        self.errors = []
        self.page.on("console", lambda m: m.type == "error" and self.errors.append(m.text))
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))

    def come_in(self, role):
        """Signed in already: the form has tests of its own."""
        client = Client()
        client.force_login(User.objects.get(username=role.value))
        cookies = [{"name": c.key, "value": c.value} for c in client.cookies.values()]
        self.context.add_cookies([cookie | {"url": self.site} for cookie in cookies])
        return self

    def sign_in(self, role):
        self.page.goto(f"{self.site}/masuk/")
        self.page.fill("input[name=username]", role.value)
        self.page.fill("input[name=password]", PASSWORD)
        self.follow("button[type=submit]")
        self.page.wait_for_url(lambda url: "/masuk/" not in url)
        return self

    def go(self, path):
        answer = self.page.goto(f"{self.site}{path}")
        return answer.status

    def follow(self, what):
        """Click what leads to another page, and be there: a click alone returns before it."""
        with self.page.expect_navigation():
            self.page.click(what)

    def resize(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})

    @property
    def wide(self):
        """Pixels that the page needs from left to right."""
        return self.page.evaluate("document.documentElement.scrollWidth")

    @property
    def barriers(self):
        """What axe finds grave on the page as it stands."""
        self.page.evaluate(axe())
        return self.page.evaluate(BARRIERS)

    @property
    def text(self):
        return self.page.inner_text("body")

    def until(self, text, seconds=60):
        """Reload until the page says it; a phone would poll in the same way."""
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} did not appear:\n{self.text[:1500]}"
            time.sleep(0.25)
            self.page.reload()
        return self


@pytest.fixture
def visit(browser, site):
    """Open the site in a new browser window, signed in as a role."""
    opened = []

    def come(role=None, **size):
        visitor = Visitor(browser, site, **size)
        opened.append(visitor)
        return visitor.come_in(role) if role else visitor

    yield come
    for visitor in opened:
        visitor.page.goto("about:blank")  # a page that is left sends what it still holds
        visitor.context.close()
    settled()


def settled(seconds=10):
    """Wait until nobody is at work, at the server or in the database: it is about to be emptied."""
    end, quiet = time.monotonic() + seconds, 0
    while quiet < 3 and time.monotonic() < end:
        time.sleep(0.04)
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            quiet = 0 if answering or cursor.fetchone()[0] else quiet + 1
