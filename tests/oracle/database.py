"""Reads a database: the inputs as commands export them, and the numbers that the product shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from clusters.models import VISITS
from facilities.models import Facility, IlpStatus, Placement
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, SLOTS, VERSIONS
from reporting.models import Report, ReportValue, Target, TargetSet, Total
from reporting.selectors.scores import scores
from tests.oracle.recompute_indicators import Answer
from tests.oracle.recompute_registers import Registry
from tests.oracle.recompute_totals import Box, Inputs, Reported, Row, Sasaran
from tests.oracle.recompute_tree import Placed


def command(name: str, *words: str) -> str:
    out = io.StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def span() -> tuple[Month, Month] | None:
    """The first and last month with visits or reports."""
    days = [
        day
        for model in VISITS.values()
        for day in (
            model.objects.order_by("seen_on").values_list("seen_on", flat=True).first(),
            model.objects.order_by("-seen_on").values_list("seen_on", flat=True).first(),
        )
        if day
    ]
    months = [Month.of(day) for day in days]
    months += Report.objects.approved().values_list("month", flat=True)
    return (min(months), max(months)) if months else None


def inputs(first: Month, last: Month) -> Inputs:
    words = ("--from", str(first), "--to", str(last))
    return Inputs(
        visits={code: command("export_visits", "--service", code, *words) for code in VISITS},
        kinds=dict(Facility.objects.values_list("code", "kind")),
        placements=list(_placements()),
        reported=list(_reported()),
        sasaran=list(_sasaran()),
        registry=_registry(),
        last=last.first_day,
    )


def _registry() -> Registry:
    zone = timezone.get_default_timezone()
    places = Facility.objects.values_list("code", "opened_on", "closed_on")
    launched = IlpStatus.objects.filter(cancelled_at=None)
    reports = Report.objects.values_list(
        "facility__code", "month", "week", "form_code", "status", "sent_at"
    )
    return Registry(
        opened={code: (opened, closed) for code, opened, closed in places},
        launched=list(launched.values_list("facility__code", "state", "since")),
        reports=[
            (place, month.first_day, week, form, status, sent and sent.astimezone(zone).date())
            for place, month, week, form, status, sent in reports
        ],
    )


def _placements() -> Iterator[Placed]:
    found = Placement.objects.values_list("facility__code", "parent__code", "axis", "valid")
    for place, parent, axis, valid in found:
        yield Placed(place, parent, axis, valid.lower, valid.upper)


def _reported() -> Iterator[Reported]:
    held = ReportValue.objects.filter(report__in=Report.objects.approved())
    names = ("report__facility__code", "report__month", "element", "part", "value")
    for place, month, element, part, value in held.values_list(*names):
        # No service there (TA): the report speaks, and adds nothing.
        yield Reported(place, month.first_day, element, part, value or 0)


def _sasaran() -> Iterator[Sasaran]:
    held = Target.objects.filter(set__basis=TargetSet.Basis.PROJECTION)
    of_set = ("set__district__code", "set__year", "set__since", "set__version")
    for row in held.values_list("place__code", *of_set, "code", "value"):
        place, district, year, since, version, code, value = row
        yield Sasaran(place, district, year, since.first_day, version, code, value)


Shown = dict[tuple[Row, Box], tuple[int, int]]  # (own, total) as the product keeps them
Answers = dict[tuple[str, date, str], Answer]  # place, month, indicator


def shown_totals(first: Month, last: Month) -> Shown:
    """Every cell of every row of totals, straight from the table."""
    found: Shown = {}
    boxes: dict[str, list[tuple[Box, int]]] = {}
    for (programme, element, part), slot in SLOTS.items():
        if element in ELEMENTS:
            boxes.setdefault(programme, []).append(((element, part), slot - 1))
    rows = Total.objects.filter(month__gte=first, month__lte=last)
    for place, month, programme, own, total in rows.values_list(
        "place__code", "month", "programme", "own", "total"
    ):
        row = place, month.first_day, programme
        for box, position in boxes[programme]:
            found[row, box] = own[position] or 0, total[position] or 0
    return found


def printed_totals(first: Month, last: Month) -> Shown:
    """The same cells, as the command prints them."""
    found: Shown = {}
    for line in _csv(command("export_totals", "--from", str(first), "--to", str(last))):
        month, element = Month.parse(line["month"]).first_day, line["element"]
        row = line["place"], month, ELEMENTS[element].programme
        box = element, line["breakdown"]
        found[row, box] = int(line["own"] or 0), int(line["total"] or 0)
    return found


def shown_indicators(month: Month) -> Answers:
    """Every indicator of every place in a month, as pages and commands read them."""
    codes = dict(Facility.objects.values_list("pk", "code"))
    held = [one for one in VERSIONS if one.holds_on(month.last_day)]
    return {
        (codes[place], month.first_day, code): (
            score.numerator,
            score.denominator,
            score.value,
            score.target_now,
            str(score.standing),
        )
        for (place, code), score in scores(places=codes, indicators=held, month=month).items()
    }


def printed_indicators(place: str, month: Month) -> Answers:
    """The indicators of a place and of those right below it, as the command prints them."""
    text = command("indicators", "--place", place, "--month", str(month), "--children")
    return {
        (line["place"], month.first_day, line["indicator"]): (
            _number(line["numerator"], int),
            _number(line["denominator"], int),
            _number(line["value"], float),
            _number(line["target"], float),
            line["status"],
        )
        for line in _csv(text)
    }


def _number(text: str, kind: type) -> Any:
    return kind(text) if text else None


def _csv(text: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(text))
