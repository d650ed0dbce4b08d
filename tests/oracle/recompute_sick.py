"""Whether a sick child was handled by the chart of its age (MTBS, before two months MTBM)."""

from __future__ import annotations

import polars as pl

from tests.oracle.limits import limit

c = pl.col
ALWAYS = ("danger", "diarrhoea", "temperature", "weight", "immunisation_checked")


def yes(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False)


def known(*names: str) -> pl.Expr:
    return pl.all_horizontal(*(c(name).is_not_null() for name in names))


def _signs(alertness: list[str], drinking: list[str], pinch: list[str]) -> pl.Expr:
    seen = (
        c("alertness").is_in(alertness),
        c("drinking").is_in(drinking),
        c("pinch").is_in(pinch),
        c("sunken_eyes") == 1,
    )
    return pl.sum_horizontal(*(yes(sign).cast(pl.Int64) for sign in seen))


def sick_child(visits: pl.DataFrame) -> pl.DataFrame:
    young = c("age_months") < 2
    some = _signs(["rewel", "letargis"], ["haus", "malas"], ["lambat", "sangat_lambat"])
    all_four = known("alertness", "drinking", "pinch", "sunken_eyes")
    degree = (some >= limit("dehydration_signs")) | all_four
    chest = yes(c("indrawing") == 1) | yes(c("oxygen") < limit("mtbs_oxygen_low"))
    lungs = chest | c("breaths").is_not_null()
    asked = pl.when(young).then(known("breaths", "infection"))
    asked = asked.otherwise(known("cough", "fever", "ear") & (yes(c("cough") == 0) | lungs))
    done = pl.any_horizontal(*(yes(c(n) == 1) for n in ("treated", "referred", "advice")))
    whole = known(*ALWAYS) & yes(c("immunisation_checked") == 1) & asked & done
    whole = whole & (yes(c("diarrhoea") == 0) | degree)
    told = pl.when(c("form_used").is_not_null()).then(c("form_used") == 1).otherwise(whole)
    return visits.with_columns(scope=c("year"), by_chart=told)


DERIVE = {"sick_child": sick_child}
BY_HOME = {"sick_child": {"mtbs_ditangani": c("by_chart")}}
