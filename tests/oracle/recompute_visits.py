"""Visits as exported, and what follows from the values of each: age groups, trimester, classes."""

from __future__ import annotations

import io

import polars as pl

from tests.oracle import dictionary, recompute_disease
from tests.oracle.limits import limit

TYPES = {
    "bilangan bulat": pl.Int64,
    "desimal": pl.Float64,
    "tanggal": pl.Date,
    "ya/tidak": pl.Int64,
    "pilihan": pl.String,
    "kode ICD-10": pl.String,
    "beberapa pilihan": pl.String,
}
HEAD = {
    "visit_id": pl.Int64,
    "sex": pl.String,
    "born_on": pl.Date,
    "seen_on": pl.Date,
    "age_days": pl.Int64,
    "age_months": pl.Int64,
    "waz": pl.Float64,
    "haz": pl.Float64,
    "whz": pl.Float64,
    "bmi_z": pl.Float64,
}
c = pl.col


def read(service: str, text: str) -> pl.DataFrame:
    """The typed columns of an export, in the order in which visits happened (column `i`)."""
    raw = pl.read_csv(io.StringIO(text), infer_schema=False)
    kinds = dictionary.field_kinds()
    types = HEAD | {n: TYPES[kinds[service, n]] for n in raw.columns if (service, n) in kinds}
    cast = [_typed(name, kind) for name, kind in types.items() if name in raw.columns]
    visits = raw.with_columns(cast).sort("seen_on", "visit_id").with_row_index("i")
    return visits.with_columns(month=c("seen_on").dt.truncate("1mo"), year=c("seen_on").dt.year())


def _typed(name: str, kind: type[pl.DataType]) -> pl.Expr:
    return c(name).str.to_date("%Y-%m-%d") if kind is pl.Date else c(name).cast(kind, strict=True)


def banded(value: pl.Expr, bands: list[tuple[pl.Expr | float, str]], rest: str) -> pl.Expr:
    """The name of the first band below whose end a value lies; null without a value."""
    word = pl.lit(rest)
    for end, name in reversed(bands):
        word = pl.when(value < end).then(pl.lit(name)).otherwise(word)
    return pl.when(value.is_not_null()).then(word)


def antenatal(visits: pl.DataFrame) -> pl.DataFrame:
    by_dates = (c("seen_on") - c("lmp_on")).dt.total_days() // 7
    visits = visits.with_columns(gestation=pl.coalesce(c("weeks"), by_dates))
    late = pl.when(c("gestation") <= limit("trimester_2_last_week")).then(2).otherwise(3)
    first = pl.when(c("gestation") <= limit("trimester_1_last_week")).then(1).otherwise(late)
    bmi = c("weight") / (c("height") / 100) ** 2
    estimate = pl.coalesce(c("lmp_on"), c("seen_on") - pl.duration(days=c("weeks") * 7))
    visits = visits.with_columns(
        trimester=pl.when(c("gestation").is_not_null()).then(first),
        estimate=estimate,
        anaemic=c("hb") < limit("anaemia_pregnant"),
        worse=c("hb") < limit("anaemia_pregnant_moderate"),
    )
    thin = pl.when(c("trimester") == 1).then(bmi < limit("kek_bmi"))
    slim = c("muac") < limit("kek_muac_cm")
    either = pl.when(slim.fill_null(thin) | thin.fill_null(slim)).then(pl.lit(value=True))
    either = either.when(slim.is_not_null() | thin.is_not_null()).then(pl.lit(value=False))
    visits = visits.with_columns(kek_now=either)
    return _supplies(_pregnancies(visits))


def _pregnancies(visits: pl.DataFrame) -> pl.DataFrame:
    """Estimates of the start further than 120 days apart belong to different pregnancies."""
    gap = c("estimate").diff().over("person", order_by=["estimate", "i"]).dt.total_days()
    another = (gap > 120).fill_null(value=False).cast(pl.Int64)
    return (
        visits.with_columns(another=another)
        .sort("person", "estimate", "i")
        .with_columns(scope=c("another").cum_sum().over("person"))
        .sort("i")
    )


def _supplies(visits: pl.DataFrame) -> pl.DataFrame:
    """Tablets given and taken so far in the pregnancy, this visit's included."""
    return visits.with_columns(
        given=c("tablets").fill_null(0).cum_sum().over("person", "scope"),
        taken=c("tablets_taken").fill_null(0).cum_sum().over("person", "scope"),
    )


def adult(visits: pl.DataFrame) -> pl.DataFrame:
    high = (c("systole") >= limit("systole_high")) | (c("diastole") >= limit("diastole_high"))
    measured = c("systole").is_not_null() & c("diastole").is_not_null()
    waist = pl.when(c("sex") == "L").then(limit("waist_male_cm"))
    return visits.with_columns(
        scope=c("year"),
        bmi_now=c("weight") / (c("height") / 100) ** 2,
        high=pl.when(measured).then(high),
        round_now=c("waist") > waist.otherwise(limit("waist_female_cm")),
    ).with_columns(obese=c("bmi_now") > limit("bmi_obese"))


def growth(visits: pl.DataFrame) -> pl.DataFrame:
    """Classes by the dictionary's bands; impossible z-scores (domain 6.3) get none."""

    def sound(index: str, low: float, high: float) -> pl.Expr:
        return pl.when(c(index).is_between(low, high)).then(c(index))

    by_height = [(-3, "gizi_buruk"), (-2, "gizi_kurang"), (1 + 1e-9, "gizi_baik")]
    by_height += [(2 + 1e-9, "berisiko_lebih"), (3 + 1e-9, "gizi_lebih")]
    whz = banded(sound("whz", -5, 5), by_height, "obesitas")
    return visits.with_columns(
        scope=c("year"),
        weight_class=banded(sound("waz", -6, 5), [(-3, "sangat_kurang"), (-2, "kurang")], "lain"),
        length_class=banded(sound("haz", -6, 6), [(-2, "pendek")], "lain"),
        wasting_class=pl.when(c("oedema") == 1).then(pl.lit("gizi_buruk")).otherwise(whz),
    )


def immunisation(visits: pl.DataFrame) -> pl.DataFrame:
    return visits.with_columns(scope=pl.lit(0), doses=c("antigens").fill_null("").str.split("|"))


def delivery(visits: pl.DataFrame) -> pl.DataFrame:
    return visits.with_columns(scope=c("seen_on"))


def since_birth(kind: str, days: pl.Expr, last: int) -> pl.Expr:
    """1 to `last`: which visit after a birth falls on that day; null for none."""
    known = c("hours").is_not_null()
    hours = c("hours").is_between(limit(f"{kind}1_first_hour"), limit(f"{kind}1_last_hour"))
    first = pl.when(pl.when(known).then(hours).otherwise(days > 0)).then(1)
    number = pl.when(days <= limit(f"{kind}{last}_last_day")).then(last)
    for n in range(last - 1, 1, -1):
        number = pl.when(days <= limit(f"{kind}{n}_last_day")).then(n).otherwise(number)
    number = pl.when(days <= limit(f"{kind}1_last_day")).then(first).otherwise(number)
    return pl.when(days >= 0).then(number)


def postnatal(visits: pl.DataFrame) -> pl.DataFrame:
    days = (c("seen_on") - c("delivered_on")).dt.total_days()
    return visits.with_columns(
        scope=c("delivered_on"),
        number=since_birth("kf", days, 4),
        soon=days.is_between(0, limit("postpartum_last_day")),
    )


def newborn(visits: pl.DataFrame) -> pl.DataFrame:
    return visits.with_columns(
        scope=pl.lit(0),
        number=since_birth("kn", c("age_days"), 3),
        light=c("birth_weight") < limit("birth_weight_low"),
        early=c("weeks") < limit("term_first_week"),
        heel=(c("shk") == 1) & (c("age_days") <= limit("shk_last_day")),
    )


def family_planning(visits: pl.DataFrame) -> pl.DataFrame:
    years = c("age_months") // 12
    signs = [
        years < limit("kb_too_young_years"),
        years > limit("kb_too_old_years"),
        c("children") > limit("kb_too_many_children"),
        c("youngest_months") < limit("kb_too_close_months"),
    ]
    days = (c("seen_on") - c("delivered_on")).dt.total_days()
    begins = c("state").is_null() | c("state").is_in(["baru", "ganti"])
    return visits.with_columns(
        scope=c("year"),
        uses=c("method").is_not_null() & (c("method") != "tidak"),
        risky=pl.any_horizontal(*(sign.fill_null(value=False) for sign in signs)),
        soon=begins & days.is_between(0, limit("postpartum_last_day")),
    )


def premarital(visits: pl.DataFrame) -> pl.DataFrame:
    least = pl.when(c("sex") == "L").then(limit("anaemia_groom")).otherwise(limit("anaemia_bride"))
    slim = c("muac") < limit("kek_muac_cm")
    return visits.with_columns(
        scope=c("year"),
        pale=c("hb") < least,
        slim=pl.when(c("sex") == "P").then(slim),
    )


DERIVE = {
    "delivery": delivery,
    "postnatal": postnatal,
    "newborn": newborn,
    "family_planning": family_planning,
    "premarital": premarital,
    "antenatal": antenatal,
    "growth": growth,
    "immunisation": immunisation,
    "adult": adult,
    **recompute_disease.DERIVE,
}
