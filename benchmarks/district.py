"""A made-up district of 2,000 places with years of visits, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from clusters.milestones import MILESTONES
from clusters.services import SERVICES
from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis, Facility
from ilp.core.months import Month
from reporting.actions.targets import set_targets
from reporting.catalogue import SASARAN
from reporting.models import TargetSet

FIRST = Month(2021, 1)  # what fill.sql counts months from
LAST = Month(2025, 12)
TABLES = (
    "clusters_person",
    "clusters_growth",
    "clusters_growthmonth",
    "clusters_immunisation",
    "clusters_adult",
    "clusters_antenatal",
    "clusters_milestone",
)
FILL = (Path(__file__).parent / "sql" / "fill.sql").read_text()


@dataclass(frozen=True)
class Size:
    """How many places of each kind, and visits in a month."""

    puskesmas: int = 40
    desa: int = 160
    pustu: int = 160
    posyandu: int = 1639
    visits: int = 100_000

    @property
    def places(self) -> int:
        return 1 + self.puskesmas + self.desa + self.pustu + self.posyandu


def open_places(size: Size) -> Facility:
    """The places, hung under each other by network and by area; the district."""
    kinds, opened = Facility.Kind, date(2020, 1, 1)
    net, area = Axis.NETWORK, Axis.AREA
    pkm = [f"P990101{n:04d}" for n in range(size.puskesmas)]
    desa = [f"99.01.01.{2000 + n}" for n in range(size.desa)]
    pustu = [f"99.01-PST-{n:03d}" for n in range(size.pustu)]
    rows = [("99.01", "Kabupaten Contoh", kinds.DISTRICT, {})]
    rows += [(c, f"Contoh {n}", kinds.PUSKESMAS, {net: "99.01"}) for n, c in enumerate(pkm)]
    rows += [(c, f"Desa {n}", kinds.DESA, {area: pkm[n % len(pkm)]}) for n, c in enumerate(desa)]
    rows += [
        (c, f"Pustu {n}", kinds.PUSTU, {net: pkm[n % len(pkm)], area: desa[n % len(desa)]})
        for n, c in enumerate(pustu)
    ]
    rows += [
        (
            f"99.01-PSY-{n:04d}",
            f"Posyandu {n}",
            kinds.POSYANDU,
            {net: pustu[n % len(pustu)], area: desa[n % len(desa)]},
        )
        for n in range(size.posyandu)
    ]
    places = [NewPlace(code, name, kind, opened, parents) for code, name, kind, parents in rows]
    return bulk_open(places=places, by=None)[0]


def fill(size: Size, *, first: Month, last: Month) -> None:
    """Visits of every month of the span, and what follows from them."""
    codes = {
        service: sorted({m.code for m in MILESTONES if m.service == service})
        for service in SERVICES
    }
    with transaction.atomic(), _without_indexes(), connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE IF NOT EXISTS bench_posyandu AS
            SELECT (row_number() OVER (ORDER BY place.id) - 1)::int AS n, place.id AS home_id,
                   pustu.parent_id AS facility_id
            FROM facilities_facility AS place
            JOIN facilities_placement AS pustu
              ON pustu.facility_id = place.id AND pustu.axis = 'network'
            WHERE place.kind = 'posyandu'
            """
        )
        cursor.execute(
            FILL,
            codes
            | {
                "posyandu": size.posyandu,
                "first": _number(first),
                "last": _number(last),
                "children": size.visits * 62 // 100,
                "adults": size.visits * 23 // 100,
                "pregnancies": size.visits // 100,
            },
        )
    analyze()


def _number(month: Month) -> int:
    return (month.year - FIRST.year) * 12 + month.number - FIRST.number


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Load without indexes, triggers and foreign keys, then build the indexes: minutes saved."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(
            """
            SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', relname, conname),
                   format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', relname, conname,
                          pg_get_constraintdef(c.oid))
            FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = conrelid
            WHERE contype = 'u' AND relname = ANY(%(tables)s) AND relname <> 'clusters_person'
            UNION ALL
            SELECT format('DROP INDEX %%I', indexname), indexdef
            FROM pg_indexes
            WHERE tablename = ANY(%(tables)s) AND tablename <> 'clusters_person'
              AND indexname NOT IN (SELECT conname FROM pg_constraint)
            """,
            {"tables": list(TABLES)},
        )
        statements = cursor.fetchall()
        for drop, _ in statements:
            cursor.execute(drop)
        yield
        for _, make in statements:
            cursor.execute(make)


def give_sasaran(numbers: Mapping[str, int]) -> Facility:
    """The same number of each group for every place of a kind; the district."""
    district = Facility.objects.get(kind="dinas")
    set_targets(
        district=district,
        year=LAST.year,
        basis=TargetSet.Basis.PROJECTION,
        since=LAST.of_year[0],
        source="benchmark",
        rows=[
            (place, code, number)
            for kind, number in numbers.items()
            for place in Facility.objects.filter(kind=kind).values_list("code", flat=True)
            for code in SASARAN
        ],
        by=None,
    )
    with connection.cursor() as cursor:  # as the server does by itself within a minute
        cursor.execute("ANALYZE reporting_target, reporting_targetset, facilities_ancestry")
    return district
