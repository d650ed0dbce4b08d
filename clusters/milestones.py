"""What a person reaches by visits, as data: dated rules, each a set of needs.

A milestone is reached on the day its last need is met. A need is the n-th visit, in the scope, that
meets a predicate. Rules hold for scopes that begin from `since` to before `until`.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from django.db.models import Q

from clusters.cutoffs import JUKNIS_KESGA_2026, PERMENKES_21_2021
from clusters.milestone_language import SCOPE_KEYS, SEEN, Due, Milestone, Need, Scope, State, first
from clusters.milestones_child import CARED
from clusters.milestones_disease import DISEASES
from clusters.milestones_doses import BESIDE
from clusters.milestones_lives import LIVES, STATES
from clusters.milestones_mother import MOTHERS
from clusters.services import ANTIGENS


def _pregnancy(code: str, *needs: Need, source: str = JUKNIS_KESGA_2026) -> Milestone:
    return Milestone(code, "antenatal", Scope.PREGNANCY, needs, source)


def _year(code: str, service: str, *needs: Need, source: str) -> Milestone:
    return Milestone(code, service, Scope.YEAR, needs, source)


IN_TM1, IN_TM2, IN_TM3 = Q(trimester=1), Q(trimester=2), Q(trimester=3)
DOCTOR = Q(examiner="dokter")
K4 = (Need(IN_TM1), Need(IN_TM2), Need(IN_TM3, 2))
K6 = (
    Need(IN_TM1),
    Need(IN_TM2, 2),
    Need(IN_TM3, 3),
    Need(IN_TM1 & DOCTOR),
    Need(IN_TM3 & DOCTOR),
)
LABORATORY = tuple(
    Need(Q(**{f"{test}": True}))
    for test in ("urine_protein_test", "glucose_test", "hiv_test", "syphilis_test", "hbsag_test")
)
TWELVE_T = (
    first(weight__isnull=False),
    first(height__isnull=False),
    first(systole__isnull=False),
    first(muac__isnull=False),
    first(fundal__isnull=False),
    first(fetal_heart__isnull=False),
    first(td_status__isnull=False),
    first(tablets_so_far__gte=90),
    first(hb__isnull=False),
    *LABORATORY,
    first(counselling=True),
    first(usg=True),
    first(mental_screening=True),
)

SEVERE = Q(anaemia__in=["sedang", "berat"])

ANTENATAL = (
    _pregnancy("k1", SEEN),
    Milestone(
        "k1_murni",
        "antenatal",
        Scope.PREGNANCY,
        (Need(Q(gestation__lte=12)),),
        JUKNIS_KESGA_2026,
    ),
    _pregnancy("k4", *K4, source=PERMENKES_21_2021),
    _pregnancy("k6", *K6, source=PERMENKES_21_2021),
    _pregnancy("tm1_dokter_usg", Need(IN_TM1 & DOCTOR & Q(usg=True))),
    _pregnancy("tm3_dokter_usg", Need(IN_TM3 & DOCTOR & Q(usg=True))),
    _pregnancy("anc_12t", *K6, *TWELVE_T, source="Permenkes 6/2024 (SPM 1), 12T"),
    _pregnancy("ttd_90", first(tablets_so_far__gte=90)),
    _pregnancy("ttd_180", first(tablets_so_far__gte=180)),
    _pregnancy("ttd_180_minum", first(tablets_taken_so_far__gte=180)),
    _pregnancy("hb_diperiksa", first(hb__isnull=False)),
    _pregnancy("anemia", Need(Q(anaemia__in=["ringan", "sedang", "berat"]))),
    _pregnancy("lila_imt_diukur", first(kek__isnull=False)),
    _pregnancy("kek", first(kek=True)),
    _pregnancy("kek_mt", first(kek=True), Need(Q(extra_food=True))),
    _pregnancy("tes_hiv", first(hiv_test=True)),
    _pregnancy("tes_sifilis", first(syphilis_test=True)),
    _pregnancy("tes_hbsag", first(hbsag_test=True)),
    _pregnancy("td2_plus", Need(Q(td_status__in=["T2", "T3", "T4", "T5"]))),
    _pregnancy("kelas_ibu_4", Need(Q(mothers_class=True), 4)),
    _pregnancy("p4k", first(birth_plan=True)),
    _pregnancy("risti_masyarakat", first(risk="masyarakat")),
    _pregnancy("risti_nakes", first(risk="nakes")),
    _pregnancy("anemia_ringan", first(anaemia="ringan")),
    _pregnancy("anemia_ringan_ttd", first(anaemia="ringan", tablets__gte=1)),
    _pregnancy("anemia_berat", Need(SEVERE)),
    _pregnancy("anemia_berat_layan", Need(SEVERE & (Q(anaemia_care=True) | Q(referred=True)))),
)

DOSES = tuple(
    Milestone(
        a.code.lower(),
        "immunisation",
        Scope.LIFE,
        (Need(Q(antigens__contains=[a.code], age_days__gte=a.from_days)),),
        a.source,
    )
    for a in ANTIGENS
)
DAYS_OF_YEAR_ONE = 365


def _dose(code: str, *, until_days: int | None = DAYS_OF_YEAR_ONE) -> Need:
    """A valid dose: not too early, and given up to that age in days."""
    antigen = next(a for a in ANTIGENS if a.code == code)
    valid = Q(antigens__contains=[code], age_days__gte=antigen.from_days)
    return Need(valid if until_days is None else valid & Q(age_days__lte=until_days))


BASIC = ("HB0", "BCG", "OPV1", "OPV2", "OPV3", "OPV4", "DPT1", "DPT2", "DPT3", "IPV1", "MR1")
IMMUNISATION = (
    *DOSES,
    Milestone(
        "hb0_24jam",
        "immunisation",
        Scope.LIFE,
        (Need(Q(antigens__contains=["HB0"], age_days__lte=1)),),
        "Jadwal imunisasi rutin Kemenkes",
    ),
    Milestone(
        "idl",
        "immunisation",
        Scope.LIFE,
        tuple(_dose(code) for code in BASIC),
        "Imunisasi dasar lengkap sebelum 12 bulan; susunan antigen dapat berubah per tahun",
        until=date(2023, 1, 1),
    ),
    Milestone(
        "idl",
        "immunisation",
        Scope.LIFE,
        tuple(_dose(code) for code in (*BASIC, "IPV2")),
        "Imunisasi dasar lengkap sebelum 12 bulan, dengan IPV 2 sejak kelahiran 2023",
        since=date(2023, 1, 1),
    ),
    Milestone(
        "baduta_lengkap",
        "immunisation",
        Scope.LIFE,
        (_dose("DPT4", until_days=None), _dose("MR2", until_days=None)),
        "Imunisasi baduta lengkap: DPT-HB-Hib 4 dan MR 2",
    ),
)

SPM_4 = "Permenkes 6/2024 (SPM 4)"
WITHOUT_DOSES = "Permenkes 6/2024 (SPM 4), tanpa imunisasi baduta: angka sampai 2024 tetap"
SINCE_DOSES = date(2025, 1, 1)
# Of children of 12-23 months the doses of 18 months are asked too. The year in which a child comes
# to 18 months is the one of which it is 12-23 months old for the greater part, and the first in
# which they are due; before it could not have got them, and in the next it is two years old.
DOSES_DUE = Due("immunisation", "baduta_lengkap", months=18)
TODDLER = Q(age_months__gte=12)
# Development is looked at when a child is weighed or, with the whole form, at SDIDTK.
LOOKED_AT, BY_FORM = Q(kpsp__isnull=False) | Q(checklist=True), Q(kpsp_class__isnull=False)
# That a sick child was treated by MTBS is not asked: general outpatient care has no box for it, so
# who was treated by it and written down there would be lost. MTBS has an indicator: AN40.
TODDLERS = (
    Need(TODDLER & Q(weight__isnull=False), 8),
    Need(TODDLER & Q(height__isnull=False), 2),
    Need(TODDLER & LOOKED_AT, 2, also={"development": TODDLER & BY_FORM}),
    Need(TODDLER & Q(vitamin_a="merah"), 2),
)
GROWTH = (
    _year("ditimbang_8x", "growth", Need(Q(weight__isnull=False), 8), source=SPM_4),
    Milestone(
        *("spm4_balita", "growth", Scope.YEAR, TODDLERS, WITHOUT_DOSES),
        until=SINCE_DOSES,
    ),
    Milestone(
        *("spm4_balita", "growth", Scope.YEAR, TODDLERS, SPM_4),
        since=SINCE_DOSES,
        due=DOSES_DUE,
    ),
    _year(
        "balita_dipantau",
        "growth",
        Need(Q(weight__isnull=False), 8),
        Need(Q(height__isnull=False), 2),
        Need(LOOKED_AT, 2, also={"development": BY_FORM}),
        source="Renstra Kemenkes 2025–2029",
    ),
    _year("obat_cacing", "growth", first(deworming=True, age_months__gte=12), source=SPM_4),
)

SPM_6 = "Permenkes 6/2024 (SPM 6)"
PRODUCTIVE = Q(age_months__gte=15 * 12, age_months__lt=60 * 12)
SCREENED = ("bmi", "waist", "bp_class", "glucose", "smoker", "srq")
WOMAN_30_50 = Q(sex="P", age_months__gte=30 * 12, age_months__lt=51 * 12)
# Not asked of everybody: senses from 40 years on, cancer of married women of 30 to 50.
YOUNG = Q(age_months__lt=40 * 12)
OTHERS = Q(sex="L") | Q(age_months__lt=30 * 12) | Q(age_months__gte=51 * 12) | Q(married=False)
OF_SOME = (
    YOUNG | Q(sight_ok__isnull=False),
    YOUNG | Q(hearing_ok__isnull=False),
    OTHERS | Q(iva__isnull=False),
    OTHERS | Q(breast_exam=True),
)


def _adult(code: str, *needs: Need, source: str = SPM_6) -> Milestone:
    return _year(code, "adult", *needs, source=source)


ADULT = (
    _adult(
        "skrining_produktif",
        *(Need(PRODUCTIVE & Q(**{f"{f}__isnull": False})) for f in SCREENED),
        Need(PRODUCTIVE & Q(education=True)),
        *(Need(PRODUCTIVE & need) for need in OF_SOME),
    ),
    _adult("dewasa_dilayani", SEEN),
    _adult("td_diukur", first(bp_class__isnull=False)),
    _adult("td_tinggi", first(bp_class="T")),
    _adult("gds_diukur", first(glucose_class__isnull=False)),
    _adult("gds_tinggi", first(glucose_class="T")),
    _adult("imt_diukur", first(bmi_class__isnull=False)),
    _adult("obesitas", first(bmi_class="O")),
    _adult("lp_diukur", first(central_obesity__isnull=False)),
    _adult("obesitas_sentral", first(central_obesity=True)),
    _adult("merokok_ditanya", first(smoker__isnull=False)),
    _adult("merokok", first(smoker=True)),
    _adult("skrining_jiwa", first(srq__isnull=False)),
    _adult("skrining_indera", first(sight_ok__isnull=False, hearing_ok__isnull=False)),
    _adult("perokok_40", first(smoker=True, age_months__gte=40 * 12)),
    _adult("puma", first(puma__isnull=False, smoker=True, age_months__gte=40 * 12)),
    _adult("iva", Need(WOMAN_30_50 & Q(iva__isnull=False))),
    _adult("iva_positif", Need(WOMAN_30_50 & Q(iva="positif"))),
    _adult("sadanis", Need(WOMAN_30_50 & Q(breast_exam=True))),
    _adult("pralansia", Need(Q(age_months__gte=45 * 12, age_months__lt=60 * 12))),
    _adult("lansia_dilayani", Need(Q(age_months__gte=60 * 12))),
    _adult("risti_lansia", Need(Q(age_months__gte=70 * 12))),
)

MILESTONES: tuple[Milestone, ...] = (
    *(*ANTENATAL, *IMMUNISATION, *GROWTH, *ADULT),
    *CARED,
    *MOTHERS,
    *DISEASES,
    *LIVES,
    *BESIDE,
)
STATE_CODES: frozenset[str] = frozenset(s.code for s in STATES)
CODES: frozenset[str] = frozenset(m.code for m in MILESTONES) | STATE_CODES


@cache
def services_beside(service: str, code: str = "") -> tuple[str, ...]:
    """The other services whose visits meet what this one's milestones, or one, ask for as well."""
    own = [m for m in MILESTONES if m.service == service and code in ("", m.code)]
    found = {other for m in own for need in m.needs for other in need.also}
    found |= {m.due.service for m in own if m.due}
    return tuple(sorted(found - {service}))


# Two estimates of the last menstrual period that lie further apart belong to two pregnancies.
PREGNANCY_GAP_DAYS = 120
# A birth ends the pregnancy that began that many days before it.
PREGNANCY_DAYS = (20 * 7, 44 * 7)

__all__ = [
    "CODES",
    "MILESTONES",
    "PREGNANCY_DAYS",
    "PREGNANCY_GAP_DAYS",
    "SCOPE_KEYS",
    "STATES",
    "STATE_CODES",
    "Due",
    "Milestone",
    "Need",
    "Scope",
    "State",
    "services_beside",
]
