"""A workbook of adult screening as a Puskesmas sends it: 30 columns, real dates, NIK as text."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from clusters.excel import columns
from clusters.excel.templates import DATA
from clusters.excel.writing import Column, Kind, write_table
from clusters.services import SERVICES
from clusters.services import Kind as Value
from clusters.services.language import Field
from facilities.models import Facility
from ilp.core.months import Month

SERVICE = "adult"
WIDTH = 30
PERSON = (
    columns.NIK,
    columns.NAME,
    columns.BORN,
    columns.SEX,
    columns.POSYANDU,
    columns.SEEN,
    columns.PLACE,
)
FIELDS: tuple[Field, ...] = tuple(
    f for f in SERVICES[SERVICE].fields if f.name not in ("iva", "breast_exam", "puma", "srq_17")
)[: WIDTH - len(PERSON)]
DATES = (columns.BORN, columns.SEEN)


def rows(count: int, *, puskesmas: Facility, month: Month, seed: int = 1) -> list[list[Any]]:
    """Visits of as many persons in a month, at Pustu and homes at Posyandu of the Puskesmas."""
    some = Random(seed)
    below = Facility.objects.within(puskesmas, month.last_day)
    homes = list(below.of_kind("posyandu").order_by("pk").values_list("code", flat=True))
    served = list(below.of_kind("pustu", "puskesmas").order_by("pk").values_list("code", flat=True))
    found = []
    for number in range(count):
        born = date(1956, 1, 1) + timedelta(days=some.randrange(18_000))
        sex = some.choice("LP")
        day = born.day + (40 if sex == "P" else 0)
        region = f"99{1 + seed % 90:02d}{1 + number // 9999:02d}"
        nik = f"{region}{day:02d}{born:%m%y}{number % 9999 + 1:04d}"
        seen = month.first_day.replace(day=some.randint(1, 28))
        head = [nik, f"Orang Contoh {number}", born, sex, some.choice(homes), seen]
        found.append([*head, some.choice(served), *(_value(f, some) for f in FIELDS)])
    return found


def _value(field: Field, some: Random) -> Any:
    if field.kind is Value.YES_NO:
        return some.choice(("ya", "tidak"))
    low, high = field.warn or field.reject or (0, 1)
    if field.name == "diastole":
        high = 79  # below every systole
    if field.kind is Value.INTEGER:
        return some.randint(int(low), int(high))
    return round(some.uniform(float(low), float(high)), 1)


def titles() -> list[str]:
    return [*(str(c.label) for c in PERSON), *(f.header for f in FIELDS)]


def workbook(found: list[list[Any]], puskesmas: Facility) -> bytes:
    """The rows as xlsx, with what our template says of itself."""
    kinds = [Kind.DATE if c in DATES else Kind.TEXT for c in PERSON]
    kinds += [Kind.DECIMAL if f.kind is Value.DECIMAL else Kind.TEXT for f in FIELDS]
    target = BytesIO()
    write_table(
        target,
        title_sheet=DATA,
        columns=[Column(title, kind=kind) for title, kind in zip(titles(), kinds, strict=True)],
        rows=found,
        meta={"service": SERVICE, "facility": puskesmas.code, "version": "1"},
    )
    return target.getvalue()
