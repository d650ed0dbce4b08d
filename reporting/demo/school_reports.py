"""The form about schools, adults and the elderly, as a Puskesmas would fill it in: all approved."""

from __future__ import annotations

from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue.forms_lives import LIVES
from reporting.demo.explaining import explained
from reporting.workflow import Step


def file_school_report(facility: Facility, month: Month, seed: int) -> None:
    """One month of one place; nothing of the months before the form was in force."""
    if month.first_day < LIVES.since:
        return
    lasting = Random(f"{seed}:{facility.code}")  # noqa: S311 nothing secret
    schools, workers = lasting.randrange(9, 24), lasting.randrange(200, 900)
    meets = [lasting.random() < 0.6 for _ in range(3)]
    rng = Random(f"{seed}:{facility.code}:{month}")  # noqa: S311 nothing secret
    visited = min(schools, len(month.of_school_year) * max(1, schools // 4))
    victims = rng.choice((0, 0, 0, 1))
    values = {
        "sekolah_ada": schools,
        "sekolah_dijaring": visited,
        "uks_aktif": round(schools * 0.7),
        **{f"pkpr_{word}": int(meets[0] is yes) for word, yes in YES_OR_NO},
        **{f"ubm_{word}": int(meets[1] is yes) for word, yes in YES_OR_NO},
        "pekerja": workers,
        "pekerja_dilayani": rng.randrange(workers // 20, workers // 8),
        "ktpa_ditemukan": victims,
        "ktpa_dilayani": victims,
        **{f"santun_{word}": int(meets[2] is yes) for word, yes in YES_OR_NO},
        "ckg_bbl": rng.randrange(2, 6),
    }
    report = open_report(facility=facility, month=month, form=LIVES.code, by=None)
    cells = {(code, ""): value for code, value in values.items()}
    report = save_values(report=report, values=cells, reasons={}, version=report.version, by=None)
    report = explained(report)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None, note="")


YES_OR_NO = (("ya", True), ("belum", False))
