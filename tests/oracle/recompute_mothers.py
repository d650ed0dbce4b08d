"""What mothers, newborns and couples reach (domain 4.2, 4.3 and 4.9), over the exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from tests.oracle.needs import ANYTHING, Need, c, days_met, first, firsts, known, said

STAFF = ["spog", "dokter", "bidan", "perawat"]
FACILITIES = ["rs", "puskesmas", "klinik", "tpmb", "pustu"]
COMPLICATED = c("complication").is_not_null() & (c("complication") != "tidak")
ACTED = (c("treated") == 1) | (c("referred") == 1)
SHORTEST, LONGEST = timedelta(weeks=20), timedelta(weeks=44)


def delivery() -> dict[str, list[Need]]:
    inside = c("birthplace").is_in(FACILITIES)
    one, two = c("helper").is_in(STAFF), c("helper_2").is_in(STAFF)
    easy = c("complication").is_null() | (c("complication") == "tidak")
    good = inside & one & two & (c("by_standard") == 1) & (easy | ACTED)
    single = {
        "bersalin": ANYTHING,
        "bersalin_faskes": inside,
        "bersalin_nakes": one | two,
        "bersalin_sesar": c("way") == "sesar",
        "bersalin_lahir_mati": c("stillbirths") > 0,
        "bersalin_komplikasi": COMPLICATED,
        "bersalin_kompl_ditangani": COMPLICATED & (c("treated") == 1),
        "spm2_bulin": good,
        "k6_bersalin": c("after_k6"),
        "anc_12t_bersalin": c("after_anc_12t"),
    }
    return firsts(single)


def postnatal() -> dict[str, list[Need]]:
    danger = c("danger").is_not_null() & (c("danger") != "tidak")
    single = {
        "nifas": ANYTHING,
        "kf1": c("number") == 1,
        "kb_pasca_salin": c("soon") & c("method").is_not_null() & (c("method") != "tidak"),
        "nifas_bahaya": danger,
        "nifas_bahaya_ditangani": danger & ACTED,
    }
    capsules = [c("soon") & capsule for capsule in said("vitamin_a_1", "vitamin_a_2")]
    return firsts(single) | {
        "kf_lengkap": first(*(c("number") == n for n in (1, 2, 3, 4))),
        "nifas_vit_a": first(*capsules),
    }


def newborn() -> dict[str, list[Need]]:
    three = [c("number") == n for n in (1, 2, 3)]
    single = {
        "neonatus": ANYTHING,
        "kn1": three[0],
        "lahir_ditimbang": c("birth_weight").is_not_null(),
        "bblr": c("light"),
        "lahir_prematur": c("early"),
        "imd": c("imd") == 1,
        "shk": c("heel"),
        "neo_komplikasi": COMPLICATED,
        "neo_kompl_ditangani": COMPLICATED & ACTED,
    }
    essential = said("imd", "vitamin_k", "eye_ointment", "hb0")
    screened = c("heel") | (c("born_on") < date(2025, 1, 1))
    return firsts(single) | {
        "kn_lengkap": first(*three),
        "spm3_bbl": first(*essential, *three, screened),
    }


def family_planning() -> dict[str, list[Need]]:
    lasting = c("method").is_in(["iud", "implan", "mow", "mop"])
    single = {
        "kb_dilayani": ANYTHING,
        "kb_baru": c("uses") & (c("state") == "baru"),
        "kb_pakai": c("uses"),
        "kb_mkjp_dilayani": lasting,
        "kb_4t": c("risky"),
        "kb_4t_pakai": c("risky") & c("uses"),
        "kb_baru_pasca_salin": c("uses") & c("soon"),
        "kb_berhenti": c("state") == "berhenti",
    }
    return firsts(single)


def premarital() -> dict[str, list[Need]]:
    tested, measured = known("pale", "slim")
    single = {
        "catin_diskrining": ANYTHING,
        "catin_hb_diperiksa": tested,
        "catin_anemia": c("pale"),
        "catin_lila_diukur": measured,
        "catin_kek": c("slim"),
    }
    return firsts(single)


def with_pregnancies(births: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """Births, and whether the pregnancy that ended so had reached K6 and all of 12T by then."""
    from tests.oracle.recompute_milestones import antenatal

    begun = checks.filter(c("estimate").is_not_null()).sort("i")
    begun = begun.group_by("person", "scope").agg(c("estimate").first().alias("begun"))
    for code in ("k6", "anc_12t"):
        met = days_met(antenatal()[code], checks).join(begun, on=["person", "scope"])
        met = met.join(checks.select("i", on=c("seen_on")), left_on="met", right_on="i")
        found = births.select("i", "person", "seen_on").join(met, on="person")
        length = c("seen_on") - c("begun")
        ended = found.filter(length.is_between(SHORTEST, LONGEST) & (c("on") <= c("seen_on")))
        numbers = ended.get_column("i").unique().implode()
        births = births.with_columns(c("i").is_in(numbers).alias(f"after_{code}"))
    return births


RULES: dict[str, Callable[[], dict[str, list[Need]]]] = {
    "delivery": delivery,
    "postnatal": postnatal,
    "newborn": newborn,
    "family_planning": family_planning,
    "premarital": premarital,
}
