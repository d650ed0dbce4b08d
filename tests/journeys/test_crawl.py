"""Everybody follows every link that the product offers, on a phone."""

from collections import deque
from random import Random
from urllib.parse import urlsplit

import pytest

from facilities.roles import Role
from reporting.actions.roll_up import roll_up_changed
from tests.reporting import rows

WIDTH = 360
PAGES = 40
DEEP = 2
# A link in a drawing has no plain string as its href.
ABSOLUTE = "links => links.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
FILES = (".xlsx", ".csv", ".svg", "/templat/", "/perbaiki/", "/admin/")
MAIN = (
    "/",
    "/situasi/?p=2025-03&d=sementara",
    "/rapor/?p=2025-03&d=sementara",
    "/indikator/IB04/?p=2025-03",
    "/laporan/",
    "/tindakan/",
    "/lokmin/",
    "/faskes/",
    "/catat/",
    "/catat/growth/?w=99.01.01.2001-PSY-001&t=2025-03-05",
    "/catat/growth/baru/?w=99.01.01.2001-PSY-001&t=2025-03-05",
)


@pytest.fixture
def visits(district):
    """Some months of weighings and antenatal visits, rolled up."""
    places = [district["melati"], district["pustu_satu"], district["first"]]
    rows.write("growth", rows.random_growth(Random(8), places, children=15, months=3), places)
    rows.write("antenatal", rows.random_antenatal(Random(8), places, mothers=8), places)
    roll_up_changed()


def offered(visitor):
    """Addresses of this site behind the links of the page, without their fragments."""
    links = visitor.page.eval_on_selector_all("a[href]", ABSOLUTE)
    own = [urlsplit(link) for link in links if link.startswith(visitor.site)]
    return [part.path + (f"?{part.query}" if part.query else "") for part in own]


def kind(address):
    """Pages that differ only in the values asked for are one kind."""
    parts = urlsplit(address)
    words = ["#" if any(c.isdigit() for c in word) else word for word in parts.path.split("/")]
    return "/".join(words) + "?" + ",".join(pair.split("=")[0] for pair in parts.query.split("&"))


def crawl(visitor):
    """What is wrong on the pages within reach of the menu; at most two pages of a kind."""
    found, seen, kinds, wrong = deque([("/", "the start", 0)]), {"/"}, {}, []
    visited = 0
    while found and visited < PAGES:
        address, source, deep = found.popleft()
        kinds[kind(address)] = kinds.get(kind(address), 0) + 1
        if kinds[kind(address)] > 2 or any(part in address for part in FILES):
            continue
        status, visited = visitor.go(address), visited + 1
        wide = visitor.wide
        if status != 200 or wide > WIDTH:
            wrong.append(f"{address} from {source}: {status}, {wide} wide")
        for link in offered(visitor) if deep < DEEP else ():
            if link not in seen:
                seen.add(link)
                found.append((link, address, deep + 1))
    return visited, wrong


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.value)
def test_no_link_breaks_and_no_page_is_wider_than_a_phone(visit, visits, role):
    visitor = visit(role, width=WIDTH, height=740)

    visited, wrong = crawl(visitor)

    assert wrong == []
    assert visitor.errors == []
    assert visited >= 4


@pytest.mark.parametrize("path", MAIN)
def test_main_pages_have_no_serious_barrier(visit, visits, path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    visitor = visit(Role.ADMIN_PUSKESMAS)
    assert visitor.go(path) == 200

    barriers = axe.run(visitor.page).response["violations"]

    grave = [b for b in barriers if b["impact"] in ("serious", "critical")]
    assert [(b["id"], b["nodes"][0]["html"]) for b in grave] == []
