"""Milestones of infectious diseases, home visits, births and deaths."""

from __future__ import annotations

from django.db.models import Q

from clusters.milestone_language import ANY_BIRTH, SEEN, Milestone, Need, Scope

SPM_11 = "Permenkes 6/2024 (SPM 11)"
SPM_12 = "Permenkes 6/2024 (SPM 12)"
REGISTER = "Register TBC 03; Permenkes 67/2016"
KADER = "Ceklis kunjungan rumah kader, KMK HK.01.07/MENKES/2015/2023"
DEATHS = "Permenkes 21/2021; definisi WHO"
FOUND = Q(found_now=True)
PRESUMED = Q(presumed=True)
FAMILY = Q(target_kind="keluarga")


def _year(code: str, service: str, *conditions: Q, source: str) -> Milestone:
    return Milestone(code, service, Scope.YEAR, tuple(map(Need, conditions)), source)


TB = (
    Milestone("tb_diskrining", "tb_screening", Scope.YEAR, (SEEN,), SPM_11),
    _year("tb_terduga", "tb_screening", PRESUMED, source=SPM_11),
    _year(
        "spm11_tb",
        "tb_screening",
        PRESUMED & Q(examined=True),
        PRESUMED & Q(test__in=["tcm", "mikroskopis"]),
        PRESUMED & Q(education=True),
        source=SPM_11,
    ),
    _year("tb_ditemukan", "tb_case", FOUND, source=REGISTER),
    _year("tb_mulai", "tb_case", FOUND & Q(treatment_on__isnull=False), source=REGISTER),
    _year(
        "tb_tahu_hiv",
        "tb_case",
        FOUND,
        FOUND & Q(hiv_status__in=["negatif", "positif"]),
        source=REGISTER,
    ),
    _year("tb_investigasi", "tb_case", FOUND & Q(contacts_examined__gte=1), source=REGISTER),
    Milestone("tb_diobati", "tb_case", Scope.TREATMENT, (SEEN,), REGISTER),
    Milestone(
        "tb_berhasil",
        "tb_case",
        Scope.TREATMENT,
        (Need(Q(outcome__in=["sembuh", "lengkap"])),),
        REGISTER,
    ),
)
# Pregnant women and those found to have TB are at risk too, and tested where they are cared for. A
# status that was known of an older case is no test of this year.
TESTED = {
    "antenatal": Q(hiv_test=True),
    "tb_case": FOUND & Q(hiv_status__in=["negatif", "positif"]),
}
TAUGHT = {"antenatal": Q(counselling=True)}
HIV = (
    Milestone(
        *("hiv_dites", "hiv_test", Scope.YEAR),
        (Need(Q(r1__isnull=False), also=TESTED),),
        SPM_12,
    ),
    Milestone(
        *("spm12_hiv", "hiv_test", Scope.YEAR),
        (Need(Q(education=True), also=TAUGHT), Need(Q(complete=True), also=TESTED)),
        SPM_12,
    ),
)
VISITED = (
    _year("kk_dikunjungi", "home_visit", FAMILY, source=KADER),
    _year("phbs_disurvei", "home_visit", Q(phbs__isnull=False), source=KADER),
    _year("phbs_terpenuhi", "home_visit", Q(phbs=10), source=KADER),
)
CLASSES = {
    "kematian_ibu": "ibu",
    "kematian_neonatal": "neonatal",
    "kematian_postneonatal": "postneonatal",
    "kematian_anak_balita": "balita",
    "kematian_lain": "lain",
}
VITAL = (
    Milestone(
        *("kelahiran_hidup", "vital", Scope.LIFE, (Need(Q(event="lahir_hidup")),), DEATHS),
        ANY_BIRTH,
    ),
    *(
        Milestone(code, "vital", Scope.LIFE, (Need(Q(death_class=kind)),), DEATHS, ANY_BIRTH)
        for code, kind in CLASSES.items()
    ),
)
DISEASES: tuple[Milestone, ...] = (*TB, *HIV, *VISITED, *VITAL)
