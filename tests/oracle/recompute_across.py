"""What visits of several services bring about together (domain 4.3 AN37, 4.9), over the exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from tests.oracle.needs import c, days_met

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


RULES: dict[str, Callable[[], dict[str, list[Part]]]] = {"growth": growth, "hiv_test": hiv_test}


def reached(service: str, derived: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """Columns element, home, month, sex: once a person and year, on the day of the last part."""
    rules = RULES[service]() if service in RULES else {}
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
        needs.append((met & (earlier == 1) if len(by_service) > 1 else met, often))
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
