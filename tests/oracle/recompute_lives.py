"""Children's development, pupils, the elderly, mental health, hypertension and diabetes."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.oracle.recompute_milestones import known, one, said
from tests.oracle.recompute_standing import stands
from tests.oracle.recompute_visits import banded, limit

c = pl.col
SKILAS = [f"skilas_{g}" for g in ("cognition", "mobility", "nutrition", "sight", "hearing", "mood")]
BARTHEL = [
    f"aks_{item}"
    for item in ("bowels", "bladder", "grooming", "toilet", "feeding", "transfer", "walking",
                 "dressing", "stairs", "bathing")
]  # fmt: skip


def added_up(typed: str, items: list[str]) -> pl.Expr:
    """The number that was typed, else the sum of the items where all of them are there."""
    return pl.coalesce(c(typed), pl.when(pl.all_horizontal(known(*items))).then(
        pl.sum_horizontal(*items)))  # fmt: skip


def pressed() -> pl.Expr:
    return c("systole").is_not_null() & c("diastole").is_not_null()


def high() -> pl.Expr:
    over = (c("systole") >= limit("systole_high")) | (c("diastole") >= limit("diastole_high"))
    return pressed() & over.fill_null(value=False)


def development(visits: pl.DataFrame) -> pl.DataFrame:
    score = added_up("kpsp", [f"kpsp_{n}" for n in range(1, 11)])
    bands = [(limit("kpsp_doubtful"), "penyimpangan"), (limit("kpsp_as_expected"), "meragukan")]
    odd = [(c(name) >= limit(f"{name}_odd")) for name in ("kmpe", "mchat", "gpph")]
    return visits.with_columns(
        verdict=banded(score, bands, "sesuai"),
        asked=pl.any_horizontal(known("kmpe", "mchat", "gpph")),
        odd=pl.any_horizontal(*(one.fill_null(value=False) for one in odd)),
    ).with_columns(
        astray=(c("verdict") == "penyimpangan")
        | ((c("verdict") == "meragukan") & (c("kpsp_again") == 1))
    )


def school(visits: pl.DataFrame) -> pl.DataFrame:
    age = c("age_months")
    z = pl.when(c("bmi_z").is_between(-5, 5)).then(c("bmi_z"))
    shape = banded(z, [(-2, "thin"), (1 + 1e-9, "well")], "fat")
    by_sex = pl.when(c("sex") == "L").then(limit("anaemia_l")).otherwise(limit("anaemia_p"))
    least = pl.when(age < 144).then(limit("anaemia_5_11"))
    least = least.when(age < 180).then(limit("anaemia_12_14")).otherwise(by_sex)
    visits = visits.with_columns(
        shape=shape,
        high=pl.when(pressed()).then(high()),
        pale=c("hb") < least,
        worried=c("srq") >= limit("srq_positive"),
        basic=pl.when(c("grade").is_not_null())
        .then(c("grade") <= 9)
        .otherwise((age >= 84) & (age < 192)),
        older=pl.when(c("grade").is_not_null()).then(c("grade") >= 7).otherwise(age >= 144),
    )
    found = [c("caries") == 1, c("sight_ok") == 0, c("hearing_ok") == 0, c("shape") != "well",
             c("high"), c("pale"), c("worried")]  # fmt: skip
    return visits.with_columns(
        found=pl.any_horizontal(*(one.fill_null(value=False) for one in found))
    )


def elderly(visits: pl.DataFrame) -> pl.DataFrame:
    below = (("b", "T"), ("s", "B"), ("r", "S"), ("m", "R"))
    ends = [(limit(f"aks_{least}_from"), name) for least, name in below]
    glucose, fat = c("glucose") >= limit("glucose_high"), c("cholesterol")
    parts = [high(), glucose, fat >= limit("cholesterol_high")]
    return visits.with_columns(
        grade=banded(added_up("aks", BARTHEL), ends, "M"),
        asked=pl.all_horizontal(known(*SKILAS)),
        too_high=pl.any_horizontal(*(one.fill_null(value=False) for one in parts)),
    )


def mental(visits: pl.DataFrame) -> pl.DataFrame:
    by_score = c("srq") >= limit("srq_positive")
    return visits.with_columns(
        positive=pl.when(c("srq_17") == 1).then(pl.lit(value=True)).otherwise(by_score),
        helped=((c("drug_given") == 1).fill_null(value=False))
        | ((c("referred") == 1).fill_null(value=False)),
    )


def chronic(visits: pl.DataFrame) -> pl.DataFrame:
    sugar = pl.any_horizontal(known("glucose", "fasting", "hba1c"))
    fasting = c("fasting").is_between(
        limit("fasting_controlled_from"), limit("fasting_controlled_to")
    )
    sweet = (
        pl.when(c("hba1c").is_not_null())
        .then(c("hba1c") < limit("hba1c_controlled_below"))
        .when(c("fasting").is_not_null())
        .then(fasting)
        .otherwise(c("glucose") < limit("glucose_high"))
    )
    helped = pl.any_horizontal(
        *((c(n) == 1).fill_null(value=False) for n in ("drug_given", "referred"))
    )
    cared = (c("education") == 1) & helped & c("adherent").is_not_null()
    ill = {"ht": c("hypertension") == 1, "dm": c("diabetes") == 1}
    return visits.with_columns(
        ht=ill["ht"].fill_null(value=False),
        dm=ill["dm"].fill_null(value=False),
        ht_measured=(ill["ht"] & pressed()).fill_null(value=False),
        dm_measured=(ill["dm"] & sugar).fill_null(value=False),
        ht_fine=~high(),
        dm_fine=sweet,
        ht_whole=(ill["ht"] & pressed() & cared).fill_null(value=False),
        dm_whole=(ill["dm"] & sugar & cared).fill_null(value=False),
    )


DERIVE = {
    "development": development,
    "school": school,
    "elderly": elderly,
    "mental": mental,
    "chronic": chronic,
}
Rules = dict[str, list[tuple[pl.Expr, int]]]


def each(**single: pl.Expr) -> Rules:
    return {code: [(when, 1)] for code, when in single.items()}


def every(*needs: pl.Expr) -> list[tuple[pl.Expr, int]]:
    return [(need, 1) for need in needs]


def of_children() -> dict[str, Rules]:
    year = each(
        kpsp_diperiksa=c("verdict").is_not_null(),
        penyimpangan=c("astray"),
        penyimpangan_dirujuk=c("astray") & (c("referred") == 1),
        dengar_diperiksa=c("hearing").is_not_null(),
        dengar_curiga=c("hearing") == "curiga",
        lihat_diperiksa=c("sight").is_not_null(),
        lihat_curiga=c("sight") == "curiga",
        perilaku_diperiksa=c("asked"),
        perilaku_curiga=c("odd"),
        ckg_balita=(c("ckg") == 1) & (c("age_months") >= 12),
    )
    return {"year": year | {"kpsp_2x": [(c("verdict").is_not_null(), 2)]}}


def of_pupils() -> dict[str, Rules]:
    checked = known("shape", "high", "caries", "sight_ok", "hearing_ok")
    followed = (c("followed_up") == 1) | (c("referred") == 1)
    cleared = (pl.all_horizontal(checked) & ~c("found")) | followed
    whole = [*checked, c("srq").is_not_null(), ~c("older") | (c("reproductive") == 1), cleared]
    new, teen = c("grade").is_in([1, 7, 10]), c("age_months") >= 120
    girl = (c("sex") == "P") & (c("age_months") >= 144)
    found = c("found") & (c("ckg") == 1)
    by_school = each(
        siswa_gigi=checked[2], temuan_karies=c("caries") == 1,
        siswa_visus=checked[3], temuan_visus=c("sight_ok") == 0,
        siswa_dengar=checked[4], temuan_dengar=c("hearing_ok") == 0,
        siswa_gizi=checked[0], temuan_kurus=c("shape") == "thin", temuan_gemuk=c("shape") == "fat",
        siswa_td=checked[1], temuan_ht=c("high"),
        siswa_hb=c("hb").is_not_null(), temuan_anemia=c("pale"),
        remaja_rokok_ditanya=teen & c("smoker").is_not_null(),
        remaja_rokok=teen & (c("smoker") == 1),
        remaja_jiwa=teen & c("srq").is_not_null(), remaja_jiwa_positif=teen & c("worried"),
        rematri_hb_7_10=(c("sex") == "P") & c("grade").is_in([7, 10]) & c("hb").is_not_null(),
        rematri_hb=girl & c("hb").is_not_null(), rematri_anemia=girl & c("pale"),
        rematri_ttd_52=girl & (so_far("tablets", girl, "school_year") >= 52),
        **of_bias(),
        rematri_minum_26=girl & (so_far("tablets_taken", girl, "school_year") >= 26),
    ) | {
        "spm5_sekolah": every(*(c("basic") & need for need in whole)),
        "cek_sekolah": every(*(c("grade").is_not_null() & need for need in whole)),
        "dijaring_kelas_baru": every(*(new & need for need in checked)),
    }  # fmt: skip
    year = each(ckg_sekolah=(c("ckg") == 1) & (c("age_months") < 216), siswa_ckg_temuan=found) | {
        "siswa_ckg_lanjut": every(found, followed)
    }
    month = each(rematri_ttd_bulan=girl & (so_far("tablets", girl, "month") >= 4))
    return {"school_year": by_school, "year": year, "month": month}


def of_bias() -> dict[str, pl.Expr]:
    """Doses at school by class (domain 4.4): MR and DT, Td, HPV of girls."""
    rows = (("mr", 1, "MR"), ("dt", 1, "DT"), ("td2", 2, "TD"), ("td5", 5, "TD"),
            ("hpv5", 5, "HPV1"), ("hpv6", 6, "HPV2"))  # fmt: skip
    given = c("bias").fill_null("").str.split("|")
    return {
        f"bias_{name}": (c("grade") == grade)
        & given.list.contains(code)
        & ((c("sex") == "P") | (not code.startswith("HPV")))
        for name, grade, code in rows
    }


def so_far(column: str, who: pl.Expr, scope: str) -> pl.Expr:
    """What such visits gave in the scope up to and with this one."""
    given = pl.when(who).then(c(column)).fill_null(0)
    return given.cum_sum().over("person", scope, order_by="i")


def of_the_old() -> dict[str, Rules]:
    asked, leaning = c("asked"), c("grade").is_in(["S", "B", "T"])
    problem = pl.any_horizontal(*((c(n) == 1).fill_null(value=False) for n in SKILAS))
    words = ("kognitif", "mobilisasi", "malnutrisi", "penglihatan", "pendengaran", "depresi")
    groups = {f"skilas_{word}": asked & (c(n) == 1) for word, n in zip(words, SKILAS, strict=True)}
    found = (c("ckg") == 1) & c("too_high")
    mood = c("skilas_mood").is_not_null() | c("gds15").is_not_null()
    whole = [pressed(), *known("glucose", "cholesterol", "grade", "skilas_cognition"), mood]
    return {
        "year": each(
            skilas_diperiksa=asked,
            skilas_masalah=asked & problem,
            **groups,
            lansia_bergantung=leaning,
            lansia_pjp=leaning & (c("home_care") == 1),
            ckg_lansia=c("ckg") == 1,
            lansia_ckg_temuan=found,
        )
        | {
            "skrining_lansia": every(*whole),
            "lansia_ckg_lanjut": every(found, c("referred") == 1),
        }
    }


def of_minds() -> dict[str, Rules]:
    severe, low = c("severe") == 1, c("depression") == 1
    parts = [*said("mental_exam", "interview", "education"), c("helped")]
    year = each(
        jiwa_diskrining=c("positive").is_not_null(),
        jiwa_positif=c("positive"),
        depresi=low,
        depresi_dilayani=low & (c("depression_care") == 1),
    )
    return {"year": year | {"odgj_dilayani": every(*(severe & part for part in parts))}}


def of_the_ill() -> dict[str, Rules]:
    return {
        "life": each(ht_baru=c("ht"), dm_baru=c("dm")),
        "month": each(ht_bulan=c("ht_whole"), dm_bulan=c("dm_whole")),
    }


RULES = {
    "development": of_children,
    "school": of_pupils,
    "elderly": of_the_old,
    "mental": of_minds,
    "chronic": of_the_ill,
}


def followed(service: str, visits: pl.DataFrame, last: date) -> pl.DataFrame | None:
    """Columns element, home, month, sex of what was reached and how people stood; None of others.

    Nobody's standing is followed beyond the last month.
    """
    if service not in RULES:
        return None
    begun = c("seen_on").dt.year() - (c("seen_on").dt.month() < 7).cast(pl.Int32)
    visits = visits.with_columns(school_year=begun, life=pl.lit(0))
    found = [
        one(code, needs, visits.with_columns(scope=c(scope)))
        for scope, rules in RULES[service]().items()
        for code, needs in rules.items()
    ]
    rows = list(stands(service, visits, last))
    types = {"element": pl.String, "home": pl.String, "month": pl.Date, "sex": pl.String}
    found.append(pl.DataFrame(rows, schema=types, orient="row"))
    return pl.concat(found)
