"""What children, pupils, adults and the elderly reach, and how those with an illness stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from clusters.cutoffs import KARTU_LANSIA, LONG_AGO, PERMENKES_6_2024, REKAP_POSYANDU, SDIDTK
from clusters.milestone_language import ANY_BIRTH, Milestone, Need, Scope, State

CARE_SINCE_12_MONTHS = "WHO HEARTS: dalam perawatan bila berkunjung dalam 12 bulan"
IN_3_MONTHS = "WHO HEARTS: terkendali menurut kunjungan terakhir dalam 3 bulan; perlu dipastikan"
CKG = "Program Cek Kesehatan Gratis"
TTD = "Program TTD remaja putri: satu tablet seminggu"
SPM_5, SPM_7, SPM_8, SPM_9, SPM_10 = (f"{PERMENKES_6_2024} (SPM {n})" for n in (5, 7, 8, 9, 10))


def known(*names: str) -> Q:
    """All these columns are filled in."""
    return Q(**{f"{name}__isnull": False for name in names})


def _each(*needs: Q) -> tuple[Need, ...]:
    return tuple(Need(when) for when in needs)


def _all(
    service: str,
    scope: Scope,
    source: str,
    rules: Iterable[tuple[str, Q]],
    since: date = LONG_AGO,
) -> tuple[Milestone, ...]:
    """Milestones of a single visit each."""
    return tuple(
        Milestone(code, service, scope, (Need(when),), source, since) for code, when in rules
    )


DEVELOPMENT = (
    *_all(
        "development",
        Scope.YEAR,
        SDIDTK,
        (
            ("kpsp_diperiksa", known("kpsp_class")),
            ("penyimpangan", Q(deviation=True)),
            ("penyimpangan_dirujuk", Q(deviation=True, referred=True)),
            ("dengar_diperiksa", known("hearing")),
            ("dengar_curiga", Q(hearing="curiga")),
            ("lihat_diperiksa", known("sight")),
            ("lihat_curiga", Q(sight="curiga")),
            ("perilaku_diperiksa", known("behaviour_odd")),
            ("perilaku_curiga", Q(behaviour_odd=True)),
        ),
    ),
    Milestone(
        "kpsp_2x", "development", Scope.YEAR, (Need(known("kpsp_class"), 2),), PERMENKES_6_2024
    ),
    *_all("development", Scope.YEAR, CKG, [("ckg_balita", Q(ckg=True, age_months__gte=12))]),
)

CHECKED = ("bmi_class", "bp_class", "caries", "sight_ok", "hearing_ok")
NEW_PUPIL = Q(grade__in=[1, 7, 10])
CLEARED = Q(finding=False) & known(*CHECKED) | Q(followed_up=True) | Q(referred=True)
REPRODUCTIVE = Q(senior=False) | Q(reproductive=True)
WHOLE_CHECK = (*(known(name) for name in (*CHECKED, "srq")), REPRODUCTIVE, CLEARED)
TEENAGER = Q(age_months__gte=10 * 12)
GIRL = Q(sex="P", age_months__gte=12 * 12)
THIN, HEAVY = ["gizi_buruk", "gizi_kurang"], ["gizi_lebih", "obesitas"]


def _pupils(
    code: str, *needs: Need, scope: Scope = Scope.SCHOOL_YEAR, source: str = SPM_5
) -> Milestone:
    return Milestone(code, "school", scope, needs, source)


SCHOOL = (
    _pupils("spm5_sekolah", *_each(*(Q(basic_age=True) & need for need in WHOLE_CHECK))),
    _pupils("cek_sekolah", *_each(*(known("grade") & need for need in WHOLE_CHECK)), source=CKG),
    _pupils(
        "dijaring_kelas_baru",
        *_each(*(NEW_PUPIL & known(name) for name in CHECKED)),
        source=PERMENKES_6_2024,
    ),
    *_all(
        "school",
        Scope.SCHOOL_YEAR,
        SPM_5,
        (
            ("siswa_gigi", known("caries")),
            ("temuan_karies", Q(caries=True)),
            ("siswa_visus", known("sight_ok")),
            ("temuan_visus", Q(sight_ok=False)),
            ("siswa_dengar", known("hearing_ok")),
            ("temuan_dengar", Q(hearing_ok=False)),
            ("siswa_gizi", known("bmi_class")),
            ("temuan_kurus", Q(bmi_class__in=THIN)),
            ("temuan_gemuk", Q(bmi_class__in=HEAVY)),
            ("siswa_td", known("bp_class")),
            ("temuan_ht", Q(bp_class="T")),
            ("siswa_hb", known("anaemia")),
            ("temuan_anemia", Q(anaemia=True)),
            ("remaja_rokok_ditanya", TEENAGER & known("smoker")),
            ("remaja_rokok", TEENAGER & Q(smoker=True)),
            ("remaja_jiwa", TEENAGER & known("mental_odd")),
            ("remaja_jiwa_positif", TEENAGER & Q(mental_odd=True)),
            ("rematri_hb_7_10", Q(sex="P", grade__in=[7, 10]) & known("anaemia")),
            ("rematri_hb", GIRL & known("anaemia")),
            ("rematri_anemia", GIRL & Q(anaemia=True)),
        ),
    ),
    _pupils("rematri_ttd_bulan", Need(GIRL, 4, "tablets"), scope=Scope.MONTH, source=TTD),
    _pupils("rematri_ttd_52", Need(GIRL, 52, "tablets"), source=TTD),
    _pupils("rematri_minum_26", Need(GIRL, 26, "tablets_taken"), source=TTD),
    _pupils("ckg_sekolah", Need(Q(ckg=True, age_months__lt=18 * 12)), scope=Scope.YEAR, source=CKG),
    _pupils("siswa_ckg_temuan", Need(Q(ckg=True, finding=True)), scope=Scope.YEAR, source=CKG),
    _pupils(
        "siswa_ckg_lanjut",
        Need(Q(ckg=True, finding=True)),
        Need(Q(followed_up=True) | Q(referred=True)),
        scope=Scope.YEAR,
        source=CKG,
    ),
)

DEPENDENT = Q(aks_class__in=["S", "B", "T"])
ASKED = Q(skilas_done=True)
HIGH = Q(bp_class="T") | Q(glucose_class="T")
HIGH_OR_FAT = HIGH | Q(cholesterol_high=True)
ELDERLY = (
    Milestone(
        "skrining_lansia",
        "elderly",
        Scope.YEAR,
        _each(
            known("bp_class"),
            known("glucose_class"),
            known("cholesterol"),
            known("aks_class"),
            known("skilas_cognition"),
            known("skilas_mood") | known("gds15"),
        ),
        SPM_7,
    ),
    *_all(
        "elderly",
        Scope.YEAR,
        KARTU_LANSIA,
        (
            ("skilas_diperiksa", ASKED),
            ("skilas_masalah", ASKED & Q(skilas_problem=True)),
            ("skilas_kognitif", ASKED & Q(skilas_cognition=True)),
            ("skilas_mobilisasi", ASKED & Q(skilas_mobility=True)),
            ("skilas_malnutrisi", ASKED & Q(skilas_nutrition=True)),
            ("skilas_penglihatan", ASKED & Q(skilas_sight=True)),
            ("skilas_pendengaran", ASKED & Q(skilas_hearing=True)),
            ("skilas_depresi", ASKED & Q(skilas_mood=True)),
            ("lansia_bergantung", DEPENDENT),
            ("lansia_pjp", DEPENDENT & Q(home_care=True)),
        ),
    ),
    *_all(
        "elderly",
        Scope.YEAR,
        CKG,
        [("ckg_lansia", Q(ckg=True)), ("lansia_ckg_temuan", Q(ckg=True) & HIGH_OR_FAT)],
    ),
    Milestone(
        "lansia_ckg_lanjut",
        "elderly",
        Scope.YEAR,
        _each(Q(ckg=True) & HIGH_OR_FAT, Q(referred=True)),
        CKG,
    ),
)

CHECKED_ADULT = Q(ckg=True, age_months__gte=18 * 12, age_months__lt=60 * 12)
ADULT = (
    *_all(
        "adult",
        Scope.YEAR,
        CKG,
        [("ckg_dewasa", CHECKED_ADULT), ("ckg_temuan", CHECKED_ADULT & HIGH)],
    ),
    Milestone(
        "ckg_lanjut", "adult", Scope.YEAR, _each(CHECKED_ADULT & HIGH, Q(referred=True)), CKG
    ),
)

SEVERE = Q(severe=True)
MENTAL = (
    Milestone(
        "odgj_dilayani",
        "mental",
        Scope.YEAR,
        _each(
            SEVERE & Q(mental_exam=True),
            SEVERE & Q(interview=True),
            SEVERE & Q(education=True),
            SEVERE & Q(treated=True),
        ),
        SPM_10,
    ),
    *_all(
        "mental",
        Scope.YEAR,
        REKAP_POSYANDU,
        (
            ("jiwa_diskrining", known("srq_positive")),
            ("jiwa_positif", Q(srq_positive=True)),
            ("depresi", Q(depression=True)),
            ("depresi_dilayani", Q(depression=True, depression_care=True)),
        ),
    ),
)

CHRONIC = (
    *_all("chronic", Scope.LIFE, SPM_8, [("ht_baru", Q(hypertension=True))], ANY_BIRTH),
    *_all("chronic", Scope.LIFE, SPM_9, [("dm_baru", Q(diabetes=True))], ANY_BIRTH),
    *_all("chronic", Scope.MONTH, SPM_8, [("ht_bulan", Q(ht_served=True))]),
    *_all("chronic", Scope.MONTH, SPM_9, [("dm_bulan", Q(dm_served=True))]),
)
LIVES: tuple[Milestone, ...] = (*DEVELOPMENT, *SCHOOL, *ELDERLY, *ADULT, *MENTAL, *CHRONIC)


def _illness(short: str, ill: Q, spm: str) -> tuple[State, ...]:
    """The cohort of an illness: in care, on drugs, under control, served in every month."""
    served, measured = Q(**{f"{short}_served": True}), Q(**{f"{short}_measured": True})
    controlled = Q(**{f"{short}_controlled": True})
    return (
        State(f"{short}_terdaftar", "chronic", ill, CARE_SINCE_12_MONTHS, months=12),
        State(f"{short}_diobati", "chronic", ill, IN_3_MONTHS, Q(drug_given=True), months=3),
        State(f"{short}_terkendali", "chronic", measured, IN_3_MONTHS, controlled, months=3),
        State(f"{short}_standar", "chronic", ill, spm, served, unbroken=True),
    )


SCORED = known("aks_class")
STATES: tuple[State, ...] = (
    *_illness("ht", Q(hypertension=True), SPM_8),
    *_illness("dm", Q(diabetes=True), SPM_9),
    State("odgj_terdaftar", "mental", SEVERE, CARE_SINCE_12_MONTHS, months=12),
    State(
        "odgj_pasung",
        "mental",
        SEVERE & known("shackled"),
        CARE_SINCE_12_MONTHS,
        Q(shackled=True),
        months=12,
    ),
    State("lansia_aks", "elderly", SCORED, KARTU_LANSIA, months=12, in_year=True),
    State(
        "lansia_mandiri",
        "elderly",
        SCORED,
        KARTU_LANSIA,
        Q(aks_class="M"),
        months=12,
        in_year=True,
    ),
)
