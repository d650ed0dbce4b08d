"""From which month on an indicator's months are measured, where a district has said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypedDict, cast

from django.db.models import F
from django_stubs_ext import WithAnnotations

from ilp.core.months import Month
from reporting.models import Baseline

Baselines = dict[tuple[int, str], Baseline]  # (place id, indicator code)


class _Placed(TypedDict):
    at_place: int


def baselines(*, places: Collection[int], codes: Collection[str], month: Month) -> Baselines:
    """What the place's district said last of those that had begun by the month. One query."""
    rows = Baseline.objects.filter(
        indicator__in=codes,
        since__lte=month,
        district__below__descendant__in=places,
        district__below__valid__contains=month.last_day,
    )
    named = rows.annotate(at_place=F("district__below__descendant")).select_related("by")
    found = cast("Iterable[WithAnnotations[Baseline, _Placed]]", named.order_by("pk"))
    return {(one.at_place, one.indicator): one for one in found}
