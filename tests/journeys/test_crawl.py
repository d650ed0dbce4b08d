"""Everybody follows every link that the product offers, on a phone; axe is asked of each page."""

from collections import Counter, deque
from datetime import date
from random import Random
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from facilities.roles import Role
from ilp.core.months import Month
from ilp.guide import BY_PAGE, reports, work
from reporting.actions.reports import open_report
from reporting.actions.roll_up import roll_up_changed
from tests.reporting import agreeing, rows

PHONE, DESK = (360, 740), (1366, 768)
PAGES = 30
DEEP = 2
# A link in a drawing has no plain string as its href.
ABSOLUTE = "links => links.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
FILES = (".xlsx", ".csv", ".svg", "/templat/", "/perbaiki/", "/unduh/", "/berkas/", "/admin/")
# Who sees the most of a page asks: the Puskesmas where something is filled in, else the Dinas.
FILLED_IN = {page for part in (work, reports) for t in part.TOPICS for page in t.pages}
FILLED_IN -= {"reporting:recap", "reporting:verify-list"}  # of the whole district
ORDER = sorted(Role, key=lambda role: (role != Role.ADMIN_PUSKESMAS, role != Role.ADMIN_DINAS))
# Asked on a desk too, where they show what a phone leaves out.
WIDE = {
    *("home", "reporting:situation", "reporting:scorecard", "reporting:indicator"),
    *("reporting:report-list", "reporting:report", "reporting:follow-up-list"),
    *("reporting:meeting-list", "facilities:facility-list", "clusters:entry-start"),
    *("clusters:roster", "clusters:entry-new"),
}
# Pages that no link within reach leads to, or not to one with something on it.
BESIDE = (
    "/laporan/F1/P9901010101/2025-03/",
    "/laporan/verifikasi/",
    "/indikator/IB04/perubahan/?p=2025-03",
    "/rekap/F1/99.01/2025-03/",
    "/laporan/rilis/2025-03/",
    "/kop/P9901010101/",
    "/ilp/kesiapan/P9901010101/",
    "/catat/growth/?w=99.01.01.2001-PSY-001&t=2025-03-05",
    "/catat/growth/baru/?w=99.01.01.2001-PSY-001&t=2025-03-05",
)
# Asked in test_finding, test_needs, test_strange_file, test_person, test_clicks, test_signing_in;
# the code at sign-in in test_forms_of_one.
ELSEWHERE = {
    *("reporting:search", "reporting:place", "reporting:map", "reporting:map-squares"),
    *("reporting:map-boundaries", "reporting:bulletin", "reporting:download-list"),
    *("guide:index", "guide:topic", "guide:terms", "guide:news", "reporting:rollout"),
    *("facilities:assessments", "facilities:assessment", "facilities:staff", "reporting:needs"),
    *("reporting:needs-print", "facilities:standards", "facilities:efforts"),
    *("reporting:need-weights", "clusters:registry", "clusters:upload", "clusters:upload-mapping"),
    *("clusters:upload-cancel", "clusters:upload-redo", "clusters:duplicate-list"),
    *("clusters:duplicate", "clusters:merge", "facilities:login", "facilities:login-code"),
}
# Answers to a form, files, and parts of pages.
NO_PAGES = {
    *("clusters:duplicate-apart", "clusters:duplicate-merge", "clusters:merge-undo"),
    *("clusters:registry-confirm", "clusters:upload-accept", "clusters:upload-repair"),
    "clusters:upload-service",
    *("clusters:visit-cancel", "facilities:logout", "facilities:facility-change"),
    *("facilities:ilp-status-cancel", "facilities:role-end", "facilities:standard-end"),
    *("facilities:substitute-end", "facilities:user-reset", "facilities:user-switch"),
    *("facilities:effort-end", "reporting:form-confirm", "reporting:form-end"),
    *("reporting:form-upload", "reporting:holder-change", "reporting:letterhead-cancel"),
    *("reporting:local-end", "reporting:map-remove", "reporting:period-end"),
    *("reporting:quality-confirm", "reporting:report-step", "reporting:baseline-move"),
    *("reporting:target-confirm", "reporting:target-marks", "reporting:target-names"),
    *("reporting:target-upload", "reporting:meeting-cells", "reporting:report-cells"),
    *("clusters:registry-file", "clusters:template", "clusters:upload-file"),
    *("clusters:upload-rejects", "reporting:completeness-file", "reporting:form-workbook"),
    *("reporting:indicator-chart", "reporting:indicator-file", "reporting:needs-workbook"),
    *("reporting:number-file", "reporting:population-file", "reporting:recap-workbook"),
    *("reporting:report-workbook", "reporting:rollout-file", "reporting:scorecard-file"),
    *("reporting:target-template", "clusters:upload-piece", "clusters:entry-try"),
    *("reporting:counted", "reporting:findings", "reporting:follow-up-brief", "language"),
    *("facilities:obstacle-end", "reporting:cascade-file", "reporting:skdn-file"),
    "reporting:rollout-curve",
}
# Asked in test_forms_of_one: forms of other pages with something in them, and a locked month.
ALIKE = {"facilities:effort-edit", "reporting:local-edit", "reporting:unlock"}
PAGES_TO_ASK = BY_PAGE.keys() - ELSEWHERE - NO_PAGES - ALIKE


@pytest.fixture
def visits(district):
    """Some months of weighings and antenatal visits, rolled up; a report and a meeting begun."""
    places = [district["melati"], district["pustu_satu"], district["first"]]
    rows.write("growth", rows.random_growth(Random(8), places, children=15, months=3), places)
    rows.write("antenatal", rows.random_antenatal(Random(8), places, mothers=8), places)
    roll_up_changed()
    open_report(facility=district["first"], month=Month(2025, 3), form="F1", by=None)
    agreeing.agreed(district["district"], held_on=date(2025, 6, 12))


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


def page_of(address):
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def is_to_ask(role, name, asked):
    """Whether axe is asked of a page, as this role sees it; everybody has a home of their own."""
    if name in asked or name not in PAGES_TO_ASK:
        return name == "home"
    return name in FILLED_IN or role != Role.ADMIN_PUSKESMAS


def barriers(visitor, address, name):
    found = [f"{address}: {one}" for one in visitor.barriers]
    if name in WIDE:
        visitor.resize(*DESK)
        found += [f"{address} on a desk: {one}" for one in visitor.barriers]
        visitor.resize(*PHONE)
    return found


def crawl(visitor, role, asked):
    """What is wrong on the pages within reach of the menu: at most two of a kind and so many in
    all, and besides those of which axe is to be asked. How many, and what."""
    beside = [(one, "here", DEEP) for one in BESIDE if is_to_ask(role, page_of(one), asked)]
    found, seen = deque([("/", "the start", 0), *beside]), {"/", *BESIDE}
    kinds, wrong, visited = Counter(), [], 0
    while found:
        address, source, deep = found.popleft()
        asks = is_to_ask(role, page_of(address), asked)
        kinds[kind(address)] += 1
        is_next = asks or (visited < PAGES and kinds[kind(address)] <= 2)
        if not is_next or any(part in address for part in FILES):
            continue
        status, visited = visitor.go(address), visited + 1
        if status != 200 or visitor.wide > PHONE[0]:
            wrong.append(f"{address} from {source}: {status}, {visitor.wide} wide")
        if asks:
            asked.add(page_of(address))
            wrong += barriers(visitor, address, page_of(address))
        for link in offered(visitor):
            if link not in seen and (deep < DEEP or is_to_ask(role, page_of(link), asked)):
                seen.add(link)
                found.append((link, address, deep + 1))
    return visited, wrong


def test_no_link_breaks_no_page_is_too_wide_and_none_has_a_barrier(visit, visits):
    asked, wrong = set(), []
    for role in ORDER:
        visitor = visit(role, width=PHONE[0], height=PHONE[1])
        visited, found = crawl(visitor, role, asked)
        wrong += [f"{role}: {one}" for one in (*found, *visitor.errors)]
        assert visited >= 4, role

    wrong += [f"axe was not asked of {name}" for name in sorted(PAGES_TO_ASK - asked)]
    assert "\n".join(wrong) == ""
