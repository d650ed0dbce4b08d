"""What visits of several services bring about together (domain 4.3 AN37, 4.9), over the exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from tests.oracle import dictionary
from tests.oracle.needs import c, days_met
from tests.oracle.recompute_doses import label_code

Part = tuple[int, dict[str, pl.Expr]]  # how often, and by service the visits that count
KEPT = ("person", "year", "seen_on", "visit_id", "home", "month", "sex")


def growth() -> dict[str, list[Part]]:
    weighed, measured = c("weight").is_not_null(), c("height").is_not_null()
    seen = {
        "growth": c("kpsp").is_not_null() | (c("checklist") == 1),
        "development": c("verdict").is_not_null(),
    }
    older = c("age_months") >= 12
    return {
        "balita_dipantau": [(8, {"growth": weighed}), (2, {"growth": measured}), (2, seen)],
        "spm4_balita": [
            (8, {"growth": older & weighed}),
            (2, {"growth": older & measured}),
            (2, {service: older & when for service, when in seen.items()}),
            (2, {"growth": older & (c("vitamin_a") == "merah")}),
            (1, {"growth": ~c("of_18_months"), "immunisation": c("both_doses")}),
        ],
    }


def hiv_test() -> dict[str, list[Part]]:
    """Also of pregnant women, and of those in whom TB was found this year."""
    known_status = c("hiv_status").is_in(["positif", "negatif"])
    tested = {"antenatal": c("hiv_test") == 1, "tb_case": c("fresh") & known_status}
    taught = {"hiv_test": c("education") == 1, "antenatal": c("counselling") == 1}
    return {
        "hiv_dites": [(1, {"hiv_test": c("r1").is_not_null(), **tested})],
        "spm12_hiv": [(1, taught), (1, {"hiv_test": c("done"), **tested})],
    }


def with_doses(derived: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Since 2025 a child is asked for both doses of 18 months in the year in which it is so old.

    The visit with which it has both is taken into that year when it was before, never when after.
    """
    of_year = 12 * c("born_on").dt.year() + c("born_on").dt.month() + 17
    eighteen = of_year // 12  # the year of the month that lies eighteen after that of the birth
    asked = (c("year") == eighteen) & (c("year") >= 2025)
    least = dictionary.youngest_days()
    given = derived["immunisation"]
    for name, label in (("dpt4_i", "DPT-HB-Hib 4"), ("mr2_i", "MR 2")):
        valid = c("doses").list.contains(label_code(label)) & (c("age_days") >= least[label])
        given = given.with_columns(pl.when(valid).then("i").min().over("person").alias(name))
    last = pl.when(c("dpt4_i").is_not_null() & c("mr2_i").is_not_null()).then(
        pl.max_horizontal("dpt4_i", "mr2_i")
    )
    given = given.with_columns(both_doses=c("i") == last)
    year = pl.when("both_doses").then(pl.max_horizontal("year", eighteen)).otherwise("year")
    return {
        **derived,
        "growth": derived["growth"].with_columns(of_18_months=asked),
        "immunisation": given.with_columns(year=year),
    }


RULES: dict[str, Callable[[], dict[str, list[Part]]]] = {"growth": growth, "hiv_test": hiv_test}


def reached(service: str, derived: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """Columns element, home, month, sex: once a person and year, on the day of the last part."""
    rules = RULES[service]() if service in RULES else {}
    if service == "growth":
        derived = with_doses(derived)
    return [_one(code, service, parts, derived) for code, parts in rules.items()]


def _one(
    code: str, service: str, parts: list[Part], derived: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    others = {other for _, by_service in parts for other in by_service} - {service}
    visits = pl.concat(
        derived[name].select(*KEPT, rank=pl.lit(rank), **_flags(name, parts))
        for rank, name in enumerate([service, *sorted(others)])
    )
    visits = visits.sort("seen_on", "rank", "visit_id").with_row_index("i")
    visits = visits.with_columns(scope=c("year"))
    needs = []
    for number, (often, by_service) in enumerate(parts):
        met = c(f"part{number}")
        # Of several services, what was done in a day was done once.
        earlier = met.cast(pl.Int64).cum_sum().over("person", "seen_on", order_by="i")
        needs.append((met & (earlier == 1) if len(by_service) > 1 and often > 1 else met, often))
    flagged = visits.with_columns(**{f"n{k}": when for k, (when, _) in enumerate(needs)})
    done = days_met([(c(f"n{k}"), often) for k, (_, often) in enumerate(needs)], flagged)
    done = done.join(visits, left_on="met", right_on="i")
    return done.select(pl.lit(code).alias("element"), "home", "month", "sex")


def _flags(service: str, parts: list[Part]) -> dict[str, pl.Expr]:
    never = pl.lit(value=False)
    return {
        f"part{number}": by_service.get(service, never).fill_null(value=False)
        for number, (_, by_service) in enumerate(parts)
    }
