"""Late doses, children without any, T5, contacts and feeding of infants (domain 4.3, 4.4)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from tests.oracle import dictionary
from tests.oracle.needs import Need, c, days_met, first

NOT_CAUGHT_UP = {"HB0", "RV1", "RV2", "RV3"}


def label_code(label: str) -> str:
    short = label.replace("DPT-HB-Hib", "DPT").replace("Rotavirus", "RV")
    return short.replace(" ", "")


def with_others(
    service: str, visits: pl.DataFrame, derived: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Columns that tell what a person has had in another service."""
    if service == "growth":
        first_dose = derived["immunisation"].filter(
            c("doses").list.contains("DPT1")
            & (c("age_days") >= dictionary.youngest_days()["DPT-HB-Hib 1"])
        )
        days = first_dose.group_by("person").agg(dpt1_on=c("seen_on").min())
        return visits.join(days, on="person", how="left", maintain_order="left")
    if service == "antenatal":
        brides = derived["premarital"].filter(t5()).get_column("person").unique().implode()
        return visits.with_columns(t5_before=c("person").is_in(brides))
    return visits


def t5() -> pl.Expr:
    fertile = (c("sex") == "P") & (c("age_months") >= 180) & (c("age_months") < 600)
    return fertile & (c("td_status") == "T5")


def late(visits: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Milestone -> the visits of children whose first valid dose was late."""
    found = {}
    for label, days in dictionary.youngest_days().items():
        code = label_code(label)
        if code in NOT_CAUGHT_UP:
            continue
        given = visits.filter(c("doses").list.contains(code) & (c("age_days") >= days))
        earliest = given.sort("i").group_by("person", maintain_order=True).first()
        limit = dictionary.ends_before()[label]
        found[f"kejar_{code.lower()}"] = earliest.filter(c("age_months") >= limit)
    return found


def infants(visits: pl.DataFrame) -> dict[str, tuple[list[Need], pl.DataFrame]]:
    age = c("age_months")
    windows = ((c("age_days") > 28) & (age <= 2), *(age.is_between(n, n + 2) for n in (3, 6, 9)))
    asked = (age == 6) & c("exclusive_milk").is_not_null()
    gave_more = visits.filter((age <= 6) & (c("exclusive_milk") == 0)).get_column("person")
    only_milk = visits.filter(~c("person").is_in(gave_more.unique().implode()))
    none_yet = c("dpt1_on").is_null() | (c("dpt1_on") > c("seen_on"))
    return {
        "bayi_lengkap": (first(*windows), visits),
        "bayi_6bulan": (first(asked), visits),
        "asi_6bulan": (first(asked & (c("exclusive_milk") == 1)), only_milk),
        "dpt_nol": (first(age.is_between(12, 23) & none_yet), visits),
    }


def reached(service: str, visits: pl.DataFrame) -> list[pl.DataFrame]:
    """Columns element, home, month, sex: once in the life of a person."""
    visits = visits.with_columns(scope=pl.lit(0))
    found: dict[str, pl.DataFrame] = {}
    if service == "immunisation":
        soon = c("doses").list.contains("HB0") & (c("age_days") <= 7)
        found = late(visits) | {"hb0_7hari": _days(first(soon), visits)}
    elif service == "growth":
        found = {code: _days(*rule) for code, rule in infants(visits).items()}
    elif service == "premarital":
        found = {"td5_catin": _days(first(t5()), visits)}
    elif service == "antenatal":
        found = {"td5_bumil": _days(first(t5() & ~c("t5_before")), visits)}
    return [
        rows.select(pl.lit(code).alias("element"), "home", "month", "sex")
        for code, rows in found.items()
    ]


def _days(needs: list[Need], visits: pl.DataFrame) -> pl.DataFrame:
    """The visit of each person on which the last need was met."""
    met = days_met(needs, visits).select("met")
    return visits.join(met, left_on="i", right_on="met", how="semi")
