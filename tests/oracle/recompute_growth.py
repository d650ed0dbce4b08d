"""How each child stood in each month in which it came: N, T, O, B, classes, newly stunted."""

from __future__ import annotations

import polars as pl

from tests.oracle import dictionary

c = pl.col
AGES = ((0, 6, "0-5"), (6, 12, "6-11"), (12, 24, "12-23"), (24, 36, "24-35"), (36, 60, "36-59"))
CLASSES = ("weight_class", "length_class", "wasting_class")
KEY = ["person", "month"]


def months(visits: pl.DataFrame) -> pl.DataFrame:
    """One row for each child and month, standing as at its last weighing of the month.

    Where it was not weighed, as at its last visit; a class is the last one that the month gave.
    """
    weighed_first = visits.sort(c("weight").is_not_null(), "i")
    state = weighed_first.group_by(KEY, maintain_order=True).last()
    last_classes = (
        visits.sort("i")
        .group_by(KEY)
        .agg([c(name).drop_nulls().last().alias(name) for name in CLASSES])
    )
    state = state.drop(CLASSES).join(last_classes, on=KEY)
    helped = visits.group_by(KEY).agg(
        acted_on=(c("confirmed") == 1).fill_null(value=False).any()
        & ((c("extra_food") == 1).fill_null(value=False).any()
           | (c("education") == 1).fill_null(value=False).any())
    )  # fmt: skip
    return _stunted_anew(_twice(_labelled(state.join(helped, on=KEY))))


def _least_gain() -> pl.Expr:
    grams = pl.lit(None, dtype=pl.Int64)
    for sex, steps in dictionary.minimum_gains().items():
        for month, least in steps:
            right = (c("sex") == sex) & (c("age_months") >= month)
            grams = pl.when(right).then(pl.lit(least)).otherwise(grams)
    return grams


def _labelled(state: pl.DataFrame) -> pl.DataFrame:
    weighings = state.filter(c("weight").is_not_null())
    first = weighings.group_by("person").agg(first_month=c("month").min())
    before = weighings.select(
        "person", month=c("month").dt.offset_by("1mo"), weight_before=c("weight")
    )
    state = state.join(first, on="person", how="left").join(before, on=KEY, how="left")
    gain = ((c("weight") - c("weight_before")) * 1000).round()
    label = (
        pl.when((c("month") == c("first_month")) | (c("age_months") < 1))
        .then(pl.lit("B"))
        .when(c("weight_before").is_null())
        .then(pl.lit("O"))
        .when(gain >= _least_gain())
        .then(pl.lit("N"))
        .otherwise(pl.lit("T"))
    )
    return state.with_columns(
        label=pl.when(c("weight").is_not_null()).then(label).otherwise(pl.lit("")),
        red=(c("weight_class") == "sangat_kurang").fill_null(value=False),
    )


def _twice(state: pl.DataFrame) -> pl.DataFrame:
    before = state.select("person", c("month").dt.offset_by("1mo"), label_before="label")
    joined = state.join(before, on=KEY, how="left")
    both = (c("label") == "T") & (c("label_before") == "T")
    return joined.with_columns(twice=both.fill_null(value=False))


def _stunted_anew(state: pl.DataFrame) -> pl.DataFrame:
    """True or false for a child that was not stunted at its last earlier measuring, else null."""
    measured = state.filter(c("length_class").is_not_null()).sort("month")
    earlier = measured.select(
        *KEY, length_before=c("length_class").shift(1).over("person", order_by="month")
    )
    joined = state.join(earlier, on=KEY, how="left")
    anew = pl.when(c("length_before") == "lain").then(c("length_class") == "pendek")
    return joined.with_columns(anew=anew)


def predicates() -> dict[str, pl.Expr]:
    """Element -> which child-months it counts."""
    light, short, thin = (c(name) for name in CLASSES)
    return {
        "skdn_d": c("label") != "",
        "n_naik": c("label") == "N",
        "t_tidak_naik": c("label") == "T",
        "t_tercatat": c("label") == "T",
        "t_ditindak": (c("label") == "T") & c("acted_on"),
        "o_absen": c("label") == "O",
        "b_baru": c("label") == "B",
        "bgm": c("red"),
        "dua_t": c("twice"),
        "gizi_buruk_bbu": light == "sangat_kurang",
        "gizi_kurang_bbu": light == "kurang",
        "diukur_bbu": light.is_not_null(),
        "underweight": light.is_in(["sangat_kurang", "kurang"]),
        "diukur_tbu": short.is_not_null(),
        "stunting": short == "pendek",
        "diukur_bbtb": thin.is_not_null(),
        "wasting": thin.is_in(["gizi_kurang", "gizi_buruk"]),
        "gizi_buruk": thin == "gizi_buruk",
        "gizi_lebih": thin.is_in(["gizi_lebih", "obesitas"]),
        "stunting_berisiko": c("anew").is_not_null(),
        "stunting_baru": c("anew"),
    }


def visit_predicates() -> dict[str, pl.Expr]:
    """Element -> which visits of children it counts."""
    age, month, capsule = c("age_months"), c("seen_on").dt.month(), c("vitamin_a")
    older = (age >= 6) & (age < 24)
    round_of_capsules = month.is_in([2, 8])
    return {
        "asi_ditanya": (age < 6) & c("exclusive_milk").is_not_null(),
        "asi_eksklusif": (age < 6) & (c("exclusive_milk") == 1),
        "mpasi_ditanya": older & c("complementary_food").is_not_null(),
        "mpasi_beragam": older & (c("complementary_food") == 1),
        "vit_a_biru": (age >= 6) & (age < 12) & round_of_capsules & (capsule == "biru"),
        "vit_a_merah": (age >= 12) & (age < 60) & round_of_capsules & (capsule == "merah"),
    }


def age_part() -> pl.Expr:
    word = pl.lit(None, dtype=pl.String)
    for low, high, name in AGES:
        word = pl.when(c("age_months").is_between(low, high - 1)).then(pl.lit(name)).otherwise(word)
    return c("sex") + ":" + word
