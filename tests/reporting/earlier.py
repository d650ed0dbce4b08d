"""Reports of the periods before, for tests: written straight into the tables."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from facilities.models import Facility
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of, week_number
from reporting.catalogue import ELEMENTS, SLOTS, WIDTH
from reporting.models import Report, ReportValue, Total

SENT = datetime(2025, 1, 2, tzinfo=UTC)


def reported(
    place: Facility,
    period: Period,
    values: Mapping[tuple[str, str], int | None],
    *,
    form: str = "F1",
    status: str = "approved",
) -> Report:
    """A report of another period; None where there is no such service."""
    report = Report.objects.create(
        facility=place,
        month=month_of(period),
        week=week_number(period),
        form_code=form,
        status=status,
        sent_at=None if status == "draft" else SENT,
    )
    ReportValue.objects.bulk_create(
        ReportValue(
            report=report,
            element=element,
            part=part,
            value=value,
            absent="" if value is not None else "Tidak ada alat",
        )
        for (element, part), value in values.items()
    )
    return report


def history(
    place: Facility,
    before: Period,
    cell: tuple[str, str],
    numbers: Sequence[int | None],
    **kind: str,
) -> None:
    """One cell in the periods before `before`, the oldest first; None: no report."""
    for back, number in enumerate(reversed(numbers), start=1):
        if number is not None:
            reported(place, before.plus(-back), {cell: number}, **kind)


def visits_say(place: Facility, month: Month, **numbers: int) -> None:
    """What was recorded at the place itself, in the first part of each element's breakdown."""
    for code, value in numbers.items():
        element = ELEMENTS[code]
        own = [0] * WIDTH[element.programme]
        row, _made = Total.objects.get_or_create(
            place=place, month=month, programme=element.programme,
            defaults={"own": own, "total": own},
        )  # fmt: skip
        held = row.own or own
        held[SLOTS[element.programme, code, element.parts[0]] - 1] = value
        Total.objects.filter(place=place, month=month, programme=element.programme).update(own=held)
