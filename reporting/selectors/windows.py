"""The days that one report covers, told with the report itself: autosave has no query to spare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from ilp.core.windows import Window
from reporting.models import Deadline, Report
from reporting.selectors.deadlines import Deadlines

LINK = "district__below__valid"
RULE = (
    "form_code", "kind", "since", "until", "day", "days_after", "grace_days", "to_workday",
    "source", "closes_on", "opens_after",
)  # fmt: skip


def rules_above() -> ArraySubquery:
    """Of a report: the rules of every district to which its place belonged, and while it did."""
    mine = Deadline.objects.filter(district__below__descendant=OuterRef("facility"))
    told = {name: F(name) for name in ("id", "district_id", *RULE)}
    link = {"joined": F(f"{LINK}__startswith"), "left": F(f"{LINK}__endswith")}
    return ArraySubquery(mine.values(told=JSONObject(**told, **link)).order_by("district_id"))


def window_of(report: Report, rules: Iterable[Mapping[str, Any]]) -> Window:
    """The days that the report covers, by `rules_above`."""
    known = Deadlines()
    listed = list(rules)  # each rule once for every time that the place belonged there
    for link in dict.fromkeys((row["district_id"], row["joined"], row["left"]) for row in listed):
        known.add_home(report.facility_id, *link)
    for row in {row["id"]: row for row in listed}.values():
        known.add_rule(row["district_id"], *(row[name] for name in RULE))
    return known.window(report.form, report.facility, report.period)
