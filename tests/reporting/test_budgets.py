"""What pages weigh and ask in a district of full size, 2,000 places: the budgets of ux.md §3.9."""

import gzip
import re
from collections import namedtuple
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.bench_pages import prepare
from benchmarks.district import LAST, Size, open_places
from clusters.models import Person
from facilities.models import DataVersion, Facility
from facilities.roles import Role
from reporting.catalogue import PROGRAMMES, WIDTH
from reporting.models import Report
from reporting.selectors import parts
from reporting.views.caching import BODIES
from reporting.views.place_tabs import TABS
from reporting.workflow import Status
from tests.factories import worker
from tests.reporting import agreeing, rows
from tests.reporting.papers import period, written

pytestmark = pytest.mark.django_db
Budget = namedtuple("Budget", "html script")  # kB as they are sent
FIELD, FORM, BOARD, MAP = Budget(15, 25), Budget(20, 20), Budget(60, 15), Budget(60 + 80, 15)
STYLE, FIRST_VISIT = 16, 150
REQUESTS, QUERIES = 8, 25
PARTS = re.compile(r"""<(?:link rel="stylesheet" href|script[^>]* src|img src)="/static/([^"]+)""")
PKM, PSY = "P9901010000", "99.01-PSY-0000"
NUMBERS = """
    INSERT INTO reporting_total (month, place_id, programme, own, total)
    SELECT month, place.id, programme, said.numbers, said.numbers
    FROM generate_series(%(last)s - interval '11 months', %(last)s, '1 month') AS month
    CROSS JOIN unnest(%(programmes)s::text[], %(widths)s::int[]) AS kept (programme, width)
    CROSS JOIN (
        SELECT id, row_number() OVER (ORDER BY code) AS n FROM facilities_facility
        WHERE kind IN ('dinas', 'puskesmas') OR id = ANY(%(below)s::bigint[])
    ) AS place
    CROSS JOIN LATERAL (
        SELECT array_agg((place.n + (month::date - '2000-01-01') + slot * 37) %% 400) AS numbers
        FROM generate_series(1, width) AS slot
    ) AS said
"""


def numbers(below):
    """A year of every element of the district, its Puskesmas, and all that lies below one."""
    widths = [WIDTH[one] for one in PROGRAMMES if WIDTH.get(one)]
    params = {
        "last": LAST.first_day,
        "programmes": [one for one in PROGRAMMES if WIDTH.get(one)],
        "widths": widths,
        "below": [place.pk for place in below],
    }
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, params)
        cursor.execute("ANALYZE reporting_total, facilities_facility, facilities_ancestry")


def children(posyandu):
    """As many as come to one Posyandu, weighed in three months."""
    mostly, first = [posyandu] * 19, LAST.plus(-2).first_day
    seen = rows.random_growth(Random(3), mostly, children=110, months=3, first=first)
    rows.write("growth", seen, mostly)


def reports(puskesmas):
    """A filled-in one of each form, and one of each place that waits."""
    for code in LARGE_FORMS:
        written(puskesmas[0], period(code), code)
    sent = {"form_code": "F1", "status": Status.VERIFIED, "sent_at": timezone.now()}
    Report.objects.bulk_create(Report(facility=at, month=LAST, **sent) for at in puskesmas[1:])


@pytest.fixture
def large():
    """The user of each role, who sees as much as such a role can."""
    district = open_places(Size())
    puskesmas = list(Facility.objects.of_kind("puskesmas").order_by("code"))
    posyandu = Facility.objects.get(code=PSY)
    numbers(Facility.objects.filter(above__ancestor=puskesmas[0]))
    DataVersion.objects.update_or_create(district=district, defaults={"number": 1})
    prepare()
    children(posyandu)
    reports(puskesmas)
    for one in puskesmas[:12]:
        agreeing.make(one)
    at = {Role.KADER: posyandu, Role.ADMIN_DINAS: district, Role.KEPALA_DINAS: district}
    return {role: worker(role, at.get(role, puskesmas[0])) for role in WHO}


def sheet(code):
    return f"/laporan/{code}/{PKM}/{period(code)}/"


LARGE_FORMS = ("F1", "LB1", "LB3", "LPLPO", "UKM")
WHO = (
    *(Role.KADER, Role.NAKES, Role.ADMIN_PUSKESMAS, Role.KEPALA_PUSKESMAS),
    *(Role.ADMIN_DINAS, Role.KEPALA_DINAS),
)
LOKMIN = f"/lokmin/99.01/{LAST}/{LAST.last_day}/"
WIDE = ("K1", "K2", "K2&t=bayi", "K3", "K4")  # a hundred indicators and more are shown by stages
DAY, P = f"?w={PSY}&t={LAST.last_day}", f"?p={LAST}"
FIELD_PAGES = (
    *((role, "/") for role in (Role.KADER, Role.NAKES)),
    *((Role.NAKES, path) for path in ("/catat/", f"/catat/growth/{DAY}", f"/catat/adult/{DAY}",
      f"/catat/growth/baru/{DAY}", f"/catat/antenatal/baru/{DAY}", "/orang/")),
    (Role.NAKES, "/catat/growth/{child}/" + DAY),
)  # fmt: skip
FORM_PAGES = (
    *((role, "/") for role in WHO[2:]),
    *((Role.ADMIN_PUSKESMAS, sheet(code)) for code in LARGE_FORMS),
    *((Role.ADMIN_PUSKESMAS, f"{sheet('LB1')}?buka={part}") for part in (1, 6, 13)),
    (Role.ADMIN_DINAS, "/laporan/"), (Role.ADMIN_DINAS, "/laporan/verifikasi/"),
)  # fmt: skip
BOARD_PAGES = tuple(
    (Role.ADMIN_DINAS, path)
    for path in (
        f"/rapor/{P}", *(f"/rapor/{P}&k={one}" for one in WIDE), f"/situasi/{P}", f"/indikator/{P}",
        f"/penyakit/{P}", f"/spm/{P}",
        *(f"/klaster/{code}/{P}" for code in ("K1", "K2", "K4")),
        *(f"/indikator/IB04/{P}&v={view}" for view in ("pws", "spc", "corong")),
        *(f"/tempat/{PKM}/{P}&v={tab.slug}" for tab in TABS),
        *(f"/tempat/99.01/{P}&v={view}" for view in ("", "jejaring", "indikator")),
        "/peta-jalan/", f"/paket/{P}", "/laporan/kelengkapan/", f"/mutu/{P}", "/kebutuhan/",
        "/sasaran/?tahun=2025", "/sasaran/piramida/", "/faskes/", "/tindakan/", "/lokmin/",
        "/jejak/", "/cari/?q=posyandu", LOKMIN,
    )
)  # fmt: skip
MAP_PAGES = ((Role.ADMIN_DINAS, f"/peta/{P}"), (Role.ADMIN_DINAS, f"/indikator/IB04/{P}&v=peta"))


def measured(user, path):
    """Queries, and kB of page, style, scripts and pictures as they are sent, with how many."""
    client = Client()
    client.force_login(user)
    cache.clear()
    BODIES.clear()
    parts.PARTS.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, path
    html = gzip.decompress(answer.content).decode()
    kinds = {".css": 0, ".js": 0, ".svg": 0}
    names = set(PARTS.findall(html))
    for name in names:
        data = (settings.BASE_DIR / "static" / name).read_bytes()
        kinds[Path(name).suffix] += len(gzip.compress(data)) / 1000
    return len(asked), len(answer.content) / 1000, *kinds.values(), 1 + len(names)


def beyond(budget, user, path):
    queries, html, style, script, pictures, requests = measured(user, path)
    limits = {
        "queries": (queries, QUERIES), "html": (html, budget.html), "css": (style, STYLE),
        "js": (script, budget.script), "requests": (requests, REQUESTS),
        "first visit": (html + style + script + pictures, FIRST_VISIT),
    }  # fmt: skip
    return [f"{path}: {k} {n:.1f} > {most}" for k, (n, most) in limits.items() if n > most]


def test_every_page_keeps_its_budget(large):
    child = Person.objects.filter(home__code=PSY).values_list("pk", flat=True)[0]
    groups = {
        FIELD: FIELD_PAGES, FORM: FORM_PAGES, BOARD: BOARD_PAGES, MAP: MAP_PAGES,
    }  # fmt: skip

    wrong = [
        f"{role} {one}"
        for budget, pages in groups.items()
        for role, path in pages
        for one in beyond(budget, large[role], path.format(child=child))
    ]

    assert wrong == []
