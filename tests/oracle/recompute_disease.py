"""TBC, HIV, outpatient care, home visits, births and deaths: classes, milestones, counts, anew."""

from __future__ import annotations

import polars as pl

from tests.oracle import recompute_sick
from tests.oracle.limits import limit

c = pl.col
Need = tuple[pl.Expr, int]
ANYTHING = pl.lit(1) == pl.lit(1)
SIGNS = ("cough", "fever", "weight_loss", "contact")


def either(*conditions: pl.Expr) -> pl.Expr:
    """True where one holds, false where none does or is known."""
    return pl.any_horizontal(*(one.fill_null(value=False) for one in conditions))


# --- what follows from one visit


def tb_screening(visits: pl.DataFrame) -> pl.DataFrame:
    asked = pl.any_horizontal(*(c(sign).is_not_null() for sign in SIGNS))
    count = pl.sum_horizontal(*(c(sign).fill_null(0) for sign in SIGNS))
    by_signs = (c("cough") == 1).fill_null(value=False) | (count >= limit("tb_signs_refer"))
    guess = pl.when(asked).then(by_signs)
    said = pl.when(c("suspected").is_not_null()).then(c("suspected") == 1).otherwise(guess)
    return visits.with_columns(scope=c("year"), maybe=said)


def tb_case(visits: pl.DataFrame) -> pl.DataFrame:
    return visits.with_columns(scope=c("year"), fresh=c("diagnosed_on").dt.year() == c("year"))


def hiv_test(visits: pl.DataFrame) -> pl.DataFrame:
    first, second = c("r1") == "reaktif", c("r2") == "reaktif"
    done = (c("r1") == "nonreaktif") | (first & (c("r2") == "nonreaktif"))
    done = done | (first & second & c("r3").is_not_null())
    return visits.with_columns(scope=c("year"), done=done)


def outpatient(visits: pl.DataFrame) -> pl.DataFrame:
    def any_in(first: str, last: str) -> pl.Expr:
        names = ("diagnosis", "diagnosis_2", "diagnosis_3")
        return either(
            *(c(n).str.slice(0, 3).is_between(pl.lit(first), pl.lit(last)) for n in names)
        )

    lungs = any_in("J12", "J18")
    return visits.with_columns(
        scope=c("year"),
        lungs=lungs,
        cold=(any_in("J00", "J06") | any_in("J20", "J22")) & ~lungs,
        loose=any_in("A00", "A09"),
        small=c("age_months") < 60,
    )


def home_visit(visits: pl.DataFrame) -> pl.DataFrame:
    found = c("findings").is_not_null() & (c("findings") != "")
    days = (c("followed_on") - c("seen_on")).dt.total_days()
    return visits.with_columns(
        scope=c("year"), found=found, closed=found & (days <= limit("home_finding_days"))
    )


def vital(visits: pl.DataFrame) -> pl.DataFrame:
    died = c("event") == "meninggal"
    late = c("days_after").fill_null(0) > limit("maternal_last_day")
    expecting = c("pregnancy").is_in(["hamil", "bersalin"]) | ((c("pregnancy") == "nifas") & ~late)
    accident = (c("cause") == "kecelakaan").fill_null(value=False)
    mother = died & expecting.fill_null(value=False) & ~accident
    by_age = pl.when(c("age_days") <= limit("neonatal_last_day")).then(pl.lit("neonatal"))
    by_age = by_age.when(c("age_months") < 12).then(pl.lit("postneonatal"))
    by_age = by_age.when(c("age_months") < 60).then(pl.lit("balita")).otherwise(pl.lit("lain"))
    kind = pl.when(mother).then(pl.lit("ibu")).otherwise(pl.when(died).then(by_age))
    return visits.with_columns(scope=pl.lit(0), death=kind)


DERIVE = {
    "tb_screening": tb_screening,
    "tb_case": tb_case,
    "hiv_test": hiv_test,
    "outpatient": outpatient,
    "home_visit": home_visit,
    "vital": vital,
    **recompute_sick.DERIVE,
}

# --- what people reach

TESTED = c("test").is_in(["tcm", "mikroskopis"])
FAMILY = c("target_kind") == "keluarga"
DEATHS = {
    "kematian_ibu": "ibu",
    "kematian_neonatal": "neonatal",
    "kematian_postneonatal": "postneonatal",
    "kematian_anak_balita": "balita",
    "kematian_lain": "lain",
}


def each(*conditions: pl.Expr) -> list[Need]:
    return [(one, 1) for one in conditions]


REACHED: dict[str, dict[str, list[Need]]] = {
    "tb_screening": {
        "tb_diskrining": each(ANYTHING),
        "tb_terduga": each(c("maybe")),
        "spm11_tb": each(
            c("maybe") & (c("examined") == 1),
            c("maybe") & TESTED,
            c("maybe") & (c("education") == 1),
        ),
    },
    "tb_case": {
        "tb_ditemukan": each(c("fresh")),
        "tb_mulai": each(c("fresh") & c("treatment_on").is_not_null()),
        "tb_tahu_hiv": each(c("fresh") & c("hiv_status").is_in(["positif", "negatif"])),
        "tb_investigasi": each(c("fresh") & (c("contacts_examined") > 0)),
    },
    "home_visit": {
        "kk_dikunjungi": each(FAMILY),
        "phbs_disurvei": each(c("phbs").is_not_null()),
        "phbs_terpenuhi": each(c("phbs") == 10),
    },
    "vital": {
        "kelahiran_hidup": each(c("event") == "lahir_hidup"),
        **{code: each(c("death") == kind) for code, kind in DEATHS.items()},
    },
}
TREATMENTS: dict[str, list[Need]] = {
    "tb_diobati": each(ANYTHING),
    "tb_berhasil": each(c("outcome").is_in(["sembuh", "lengkap"])),
}
COHORTS = {"kohort_tb": "tb_diobati", "kohort_tb_berhasil": "tb_berhasil"}

# --- what is counted of visits: by home, by place of service, and sums of a column

CHILD_LOOSE = c("small") & c("loose")
CHILD_CHEST = c("small") & (c("lungs") | c("cold"))
NEW = c("case_kind") == "baru"
BY_HOME: dict[str, dict[str, pl.Expr]] = {
    "outpatient": {
        "diare_balita": CHILD_LOOSE & NEW,
        "diare_balita_kunjungan": CHILD_LOOSE,
        "diare_oralit_zink": CHILD_LOOSE & (c("ors") == 1) & (c("zinc") == 1),
        "pneumonia_balita": c("small") & NEW & c("lungs"),
        "ispa_balita": CHILD_CHEST,
        "ispa_balita_standar": CHILD_CHEST & c("breaths").is_not_null() & (c("standard") == 1),
    },
    "home_visit": {
        "temuan": c("found"),
        "temuan_selesai": c("closed"),
        "jentik_diperiksa": c("larvae").is_not_null(),
        "jentik_bebas": c("larvae") == 0,
    },
    **recompute_sick.BY_HOME,
}
AT_SERVICE: dict[str, dict[str, pl.Expr]] = {
    "outpatient": {
        "rj_baru": NEW,
        "rj_jkn": c("payer") == "jkn",
        "rj_dirujuk": c("referred") == 1,
        "ispa_antibiotik_dicatat": c("cold") & c("antibiotic").is_not_null(),
        "ispa_antibiotik": c("cold") & (c("antibiotic") == 1),
        "diare_antibiotik_dicatat": c("loose") & c("antibiotic").is_not_null(),
        "diare_antibiotik": c("loose") & (c("antibiotic") == 1),
    }
}
SUMS: dict[str, dict[str, tuple[str, str]]] = {  # element -> column that says the place, number
    "tb_case": {
        "tpt_layak": ("home", "tpt_eligible"),
        "tpt_mulai": ("home", "tpt_started"),
        "tpt_selesai": ("home", "tpt_finished"),
    },
    "outpatient": {
        "gigi_ditumpat": ("facility", "teeth_filled"),
        "gigi_dicabut": ("facility", "teeth_pulled"),
    },
    "vital": {"lahir_mati": ("home", "stillborn")},
}
