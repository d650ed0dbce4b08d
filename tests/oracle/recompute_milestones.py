"""What people reached: on the day on which the last of its needs is met, once in a scope."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.oracle import dictionary, recompute_disease, recompute_doses, recompute_mothers
from tests.oracle.needs import ANYTHING, Need, c, days_met, firsts, known, said
from tests.oracle.needs import first as _first


def antenatal() -> dict[str, list[Need]]:
    one, two, three = (c("trimester") == n for n in (1, 2, 3))
    doctor, scan = c("examiner") == "dokter", c("usg") == 1
    k6 = [(one, 1), (two, 2), (three, 3), (one & doctor, 1), (three & doctor, 1)]
    measured = known("weight", "height", "systole", "muac", "fundal", "fetal_heart", "td_status")
    tested = said("urine_protein_test", "glucose_test", "hiv_test", "syphilis_test", "hbsag_test")
    rest = [c("given") >= 90, c("hb").is_not_null(), c("counselling") == 1]
    all_twelve = [*measured, *tested, *rest, scan, c("mental_screening") == 1]
    worse, mild = c("worse"), c("anaemic") & ~c("worse")
    single = {
        "k1": ANYTHING,
        "k1_murni": c("gestation") <= dictionary.cutoffs()["k1_murni_last_week"][0][0],
        "tm1_dokter_usg": one & doctor & scan,
        "tm3_dokter_usg": three & doctor & scan,
        "ttd_90": c("given") >= 90,
        "ttd_180": c("given") >= 180,
        "ttd_180_minum": c("taken") >= 180,
        "hb_diperiksa": c("hb").is_not_null(),
        "anemia": c("anaemic"),
        "anemia_ringan": mild,
        "anemia_ringan_ttd": mild & (c("tablets") >= 1),
        "anemia_berat": worse,
        "anemia_berat_layan": worse & ((c("anaemia_care") == 1) | (c("referred") == 1)),
        "lila_imt_diukur": c("kek_now").is_not_null(),
        "kek": c("kek_now"),
        "tes_hiv": c("hiv_test") == 1,
        "tes_sifilis": c("syphilis_test") == 1,
        "tes_hbsag": c("hbsag_test") == 1,
        "td2_plus": c("td_status").is_in(["T2", "T3", "T4", "T5"]),
        "p4k": c("birth_plan") == 1,
        "risti_masyarakat": c("risk") == "masyarakat",
        "risti_nakes": c("risk") == "nakes",
    }
    return firsts(single) | {
        "k4": [(one, 1), (two, 1), (three, 2)],
        "k6": k6,
        "anc_12t": [*k6, *_first(*all_twelve)],
        "kek_mt": _first(c("kek_now"), c("extra_food") == 1),
        "kelas_ibu_4": [(c("mothers_class") == 1, 4)],
    }


def growth() -> dict[str, list[Need]]:
    return {
        "ditimbang_8x": [(c("weight").is_not_null(), 8)],
        "obat_cacing": _first((c("age_months") >= 12) & (c("deworming") == 1)),
        **_cared(),
    }


def _cared() -> dict[str, list[Need]]:
    thin, short = c("wasting_class"), c("length_class") == "pendek"
    severe, moderate = thin == "gizi_buruk", thin == "gizi_kurang"
    fed = (c("extra_food") == 1) & (thin.is_null() | severe | moderate)
    sure, sent = short & (c("confirmed") == 1), short & (c("referred") == 1)
    return {
        "gizi_buruk_ditemukan": _first(severe),
        "gizi_buruk_dirawat": _first(severe, c("severe_care") == 1),
        "gizi_kurang_ditemukan": _first(moderate),
        "gizi_kurang_mt": _first(moderate, fed),
        "stunting_pasti": _first(sure),
        "stunting_dirujuk": _first(sure, sent),
    }


def immunisation() -> dict[str, list[Need]]:
    """Doses count from their least age on (domain 4.4); complete means each counted in time."""
    ages = {
        recompute_doses.label_code(label): days
        for label, days in dictionary.youngest_days().items()
    }
    given = {
        code: c("doses").list.contains(code) & (c("age_days") >= days)
        for code, days in ages.items()
    }
    basic = ["HB0", "BCG", "OPV1", "OPV2", "OPV3", "OPV4", "DPT1", "DPT2", "DPT3", "IPV1", "MR1"]
    in_time = {code: when & (c("age_days") <= 365) for code, when in given.items()}
    # Born since 2023: the second IPV belongs to it as well.
    second_ipv = in_time["IPV2"] | (c("born_on") < date(2023, 1, 1))
    return {code.lower(): _first(when) for code, when in given.items()} | {
        "hb0_24jam": _first(given["HB0"] & (c("age_days") <= 1)),
        "idl": _first(*(in_time[code] for code in basic), second_ipv),
        "baduta_lengkap": _first(given["DPT4"], given["MR2"]),
    }


def _whole_screening() -> list[pl.Expr]:
    """All that a screening at productive age is to hold."""
    age = c("age_months")
    not_asked = (c("sex") == "L") | (age < 360) | (age >= 612) | (c("married") == 0)
    cancer = [c("iva").is_not_null(), c("breast_exam") == 1]
    found = known("bmi_now", "waist", "high", "glucose", "smoker", "srq")
    found += [c("education") == 1, *(not_asked | test for test in cancer)]
    return [*found, *((age < 480) | sense for sense in known("sight_ok", "hearing_ok"))]


def adult() -> dict[str, list[Need]]:
    age, smokes = c("age_months"), c("smoker") == 1
    too_sweet = c("glucose") >= dictionary.cutoffs()["glucose_high"][0][0]
    working = (age >= 180) & (age < 720)
    woman = (c("sex") == "P") & (age >= 360) & (age < 612)
    checked = (c("ckg") == 1) & (age >= 216) & (age < 720)
    found = checked & (c("high") | too_sweet)
    single = {
        "dewasa_dilayani": ANYTHING,
        "td_diukur": c("high").is_not_null(),
        "td_tinggi": c("high"),
        "gds_diukur": c("glucose").is_not_null(),
        "gds_tinggi": too_sweet,
        "imt_diukur": c("bmi_now").is_not_null(),
        "obesitas": c("obese"),
        "lp_diukur": c("waist").is_not_null(),
        "obesitas_sentral": c("round_now"),
        "merokok_ditanya": c("smoker").is_not_null(),
        "merokok": smokes,
        "skrining_jiwa": c("srq").is_not_null(),
        "skrining_indera": c("sight_ok").is_not_null() & c("hearing_ok").is_not_null(),
        "perokok_40": (age >= 480) & smokes,
        "puma": (age >= 480) & smokes & c("puma").is_not_null(),
        "iva": woman & c("iva").is_not_null(),
        "iva_positif": woman & (c("iva") == "positif"),
        "sadanis": woman & (c("breast_exam") == 1),
        "pralansia": (age >= 540) & (age < 720),
        "lansia_dilayani": age >= 720,
        "risti_lansia": age >= 840,
        "ckg_dewasa": checked,
        "ckg_temuan": found,
    }
    return firsts(single) | {
        "skrining_produktif": _first(*(working & need for need in _whole_screening())),
        "ckg_lanjut": _first(found, c("referred") == 1),
    }


RULES = {
    "antenatal": antenatal,
    "growth": growth,
    "immunisation": immunisation,
    "adult": adult,
    **recompute_mothers.RULES,
}


def reached(service: str, visits: pl.DataFrame) -> pl.DataFrame | None:
    """Columns element, home, month, sex: one row for each person, scope and milestone."""
    if service in RULES:
        found = [one(code, needs, visits) for code, needs in RULES[service]().items()]
        return pl.concat([*found, *recompute_doses.reached(service, visits)])
    rules = recompute_disease.REACHED.get(service, {})
    found = [one(code, needs, visits) for code, needs in rules.items()]
    if service == "tb_case":
        treated = visits.filter(c("treatment_on").is_not_null())
        treated = treated.with_columns(scope=c("treatment_on"))
        rules = recompute_disease.TREATMENTS
        found += [one(code, needs, treated) for code, needs in rules.items()]
        found += [
            one(element, rules[code], treated, by_start=True)
            for element, code in recompute_disease.COHORTS.items()
        ]
    return pl.concat(found) if found else None


def one(
    code: str, needs: list[Need], visits: pl.DataFrame, *, by_start: bool = False
) -> pl.DataFrame:
    """With `by_start` it is counted in the month in which its scope began."""
    visit = visits.select("i", "home", "month", "sex")
    done = days_met(needs, visits).join(visit, left_on="met", right_on="i")
    if by_start:
        done = done.with_columns(month=c("scope").dt.truncate("1mo"))
    return done.select(pl.lit(code).alias("element"), "home", "month", "sex")
