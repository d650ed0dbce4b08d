"""What the system itself knows of places: how many there are, with ILP, at work, with reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings

from clusters.cutoffs import cutoff
from ilp.core import sql
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, FORMS, SERVICES, SLOTS
from reporting.catalogue.language import Form
from reporting.catalogue.registers import LIFE_CYCLE
from reporting.models import TargetSet
from reporting.selectors.deadlines import Deadlines, deadlines
from reporting.totals.shown import frozen_figures

REPORTS = frozenset({"F_LAPORAN_WAJIB", "F_LAPORAN_MASUK", "F_LAPORAN_TEPAT"})
Known = dict[tuple[int, str], int]  # (place id, code) -> number


def registers(
    *,
    places: Collection[int],
    codes: Collection[str],
    months: Collection[Month],
    forms: Collection[Form] | None = None,
) -> dict[Month, Known]:
    """The registers at the places and below them, for each month; of reports those on `forms`,
    else on all.

    One query, one more where reports are counted; none for no codes. A place with nothing of the
    kind below it has no number. Months are read from their release where `shown` says so.
    """
    found: dict[Month, Known] = defaultdict(dict)
    if not codes or not places or not months:
        return found
    forms = tuple(FORMS.values()) if forms is None else forms
    frozen = frozen_figures(places, months)
    open_months = [m for m in months if not frozen[m].keys() >= set(places)] if frozen else months
    if open_months:
        found = _counted(places, codes, open_months, forms)
    for month, figures in frozen.items():
        kept = {key: n for key, n in found[month].items() if key[0] not in figures}
        found[month] = kept | {
            (place, code): numbers[code]
            for place, numbers in figures.items()
            for code in codes
            if code in numbers
        }
    return found


def _counted(
    places: Collection[int],
    codes: Collection[str],
    months: Collection[Month],
    forms: Collection[Form],
) -> dict[Month, Known]:
    """As they are now."""
    found: dict[Month, Known] = defaultdict(dict)
    asked = bool(REPORTS & set(codes))
    last_days = deadlines(places=[], months=months) if asked else Deadlines()
    by_day = {month.first_day: month for month in months}
    rows = sql.run(
        "reporting/registers",
        places=list(places),
        months=list(by_day),
        codes=list(codes),
        life_cycle=list(LIFE_CYCLE),
        visits=list(SERVICES),
        slots=[SLOTS[service, f"{service}_visits", ""] for service in SERVICES],
        deadlines=last_days.table(forms, months) if asked else "[]",
        longer=last_days.longer(forms),
        zone=settings.TIME_ZONE,
        idl=[SLOTS["immunisation", "idl", part] for part in ELEMENTS["idl"].parts],
        uci=[cutoff("uci_complete_percent", month.last_day) for month in by_day.values()],
        basis=TargetSet.Basis.PROJECTION,
    )
    for place, day, code, value in rows:
        found[by_day[day]][place, code] = value
    return found
