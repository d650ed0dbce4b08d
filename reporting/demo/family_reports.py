"""The monthly reports on family planning of the fictitious Puskesmas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import Cell, open_report, save_values, take_step
from reporting.demo.explaining import explained
from reporting.demo.places import Puskesmas
from reporting.models import Report
from reporting.workflow import Step

FORM = "KB"
MONTHS = 4
# Users of each method of a hundred couples.
MIX = {
    "pus_pil": 9, "pus_suntik": 34, "pus_kondom": 2, "pus_mal": 1, "pus_implan": 9, "pus_iud": 6,
    "pus_mow": 3, "pus_mop": 0.4, "pus_tradisional": 2,
}  # fmt: skip


def file_family_reports(
    planned: Sequence[Puskesmas], places: Mapping[str, Facility], last: Month, seed: int
) -> int:
    """Reports of the last months, all approved; once. How many there are."""
    if Report.objects.filter(facility__in=places.values(), form_code=FORM).exists():
        return 0
    count = 0
    for one in planned:
        rng = Random(f"{seed}:{FORM}:{one.code}")  # noqa: S311 nothing secret
        couples = sum(len(village.posyandu) for village in one.villages) * rng.randint(24, 34)
        mix = {code: share * rng.uniform(0.75, 1.2) / 100 for code, share in MIX.items()}
        for back in range(MONTHS - 1, -1, -1):
            if one.is_late and back == 0:
                continue
            values = _values(couples, mix, rng)
            report = open_report(
                facility=places[one.code], month=last.plus(-back), form=FORM, by=None
            )
            report = save_values(
                report=report, values=values, reasons={}, version=report.version, by=None
            )
            report = explained(report)
            for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
                report = take_step(report=report, step=step, by=None, note="")
            count += 1
    return count


def _values(couples: int, mix: Mapping[str, float], rng: Random) -> dict[Cell, int]:
    """Nearly the same every month: methods are kept for years."""
    values = {code: round(couples * share) + rng.randint(0, 2) for code, share in mix.items()}
    users = sum(values.values())
    risky = round(couples * 0.3)
    values |= {
        "pus_unmet": max(0, min(couples - users, round(couples * rng.uniform(0.06, 0.13)))),
        "pus_4t": risky,
        "pus_4t_kb": min(users, round(risky * rng.uniform(0.6, 0.85))),
    }
    return {(code, ""): value for code, value in values.items()}
