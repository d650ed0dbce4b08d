"""Cut-offs by which a measurement is put into a class: dated, with their source. Pure data.

A visit is classified by the cut-off that was in force on the day it took place. When a
guideline changes, a line is added here; nothing that was measured before moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LONG_AGO = date(2000, 1, 1)
PERMENKES_21_2021 = "Permenkes 21/2021"
JUKNIS_KESGA_2026 = "Petunjuk teknis SIGIZI Kesga 2026"
MTBS = "Manajemen Terpadu Balita Sakit"
PERMENKES_29_2019 = "Permenkes 29/2019"
PERMENKES_6_2024 = "Permenkes 6/2024"
SDIDTK = "Pedoman SDIDTK Kemenkes"
KARTU_LANSIA = "Kartu bantu lansia Posyandu, KMK HK.01.07/MENKES/2015/2023"
REKAP_POSYANDU = "Rekap bulanan Posyandu"
WHO_2011 = "WHO 2011, kadar hemoglobin untuk diagnosis anemia"
PERKENI = "Pedoman PERKENI; perlu dipastikan"
KARTU_POSYANDU = "Kartu bantu pemeriksaan Posyandu, KMK HK.01.07/MENKES/2015/2023"
PERMENKES_53_2014 = "Permenkes 53/2014"
KARTU_KB = "Kartu peserta KB; kelaziman program"


@dataclass(frozen=True)
class Cutoff:
    """A limit value, in the unit of its field, in force from `since` to before `until`."""

    code: str
    value: float
    since: date
    source: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Region:
    """A province, by its code, in which a rule holds from `since` to before `until`."""

    province: int
    since: date
    source: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


KMK_JE = "KMK HK.01.07/MENKES/1462/2023 (imunisasi JE); awal imunisasi rutin perlu dipastikan"
JE_PROVINCES: tuple[Region, ...] = (
    Region(51, date(2018, 5, 1), "Introduksi JE Provinsi Bali 2018; perlu dipastikan"),
    Region(61, date(2023, 11, 1), KMK_JE),  # Kalimantan Barat
    Region(34, date(2024, 11, 1), KMK_JE),  # Daerah Istimewa Yogyakarta
)


def is_in_force(regions: tuple[Region, ...], province: int | None, on: date) -> bool:
    """Whether a rule of some provinces holds in one on a day; without provinces it holds in all."""
    return not regions or any(r.province == province and r.holds_on(on) for r in regions)


CUTOFFS: tuple[Cutoff, ...] = (
    # trimester of pregnancy: last completed week that still belongs to it
    Cutoff("trimester_1_last_week", 13, LONG_AGO, PERMENKES_21_2021, until=date(2026, 1, 1)),
    Cutoff("trimester_2_last_week", 27, LONG_AGO, PERMENKES_21_2021, until=date(2026, 1, 1)),
    Cutoff("trimester_1_last_week", 12, date(2026, 1, 1), JUKNIS_KESGA_2026),
    Cutoff("trimester_2_last_week", 24, date(2026, 1, 1), JUKNIS_KESGA_2026),
    Cutoff("k1_murni_last_week", 12, LONG_AGO, JUKNIS_KESGA_2026),
    # nutrition and blood of pregnant women
    Cutoff("kek_muac_cm", 23.5, LONG_AGO, KARTU_POSYANDU),
    Cutoff("kek_bmi", 18.5, LONG_AGO, JUKNIS_KESGA_2026),
    Cutoff("anaemia_pregnant", 11, LONG_AGO, JUKNIS_KESGA_2026),
    Cutoff("anaemia_pregnant_moderate", 10, LONG_AGO, JUKNIS_KESGA_2026),
    Cutoff("anaemia_pregnant_severe", 7, LONG_AGO, JUKNIS_KESGA_2026),
    # children: a dose is called late when it has been due for longer
    Cutoff("dose_late_days", 30, LONG_AGO, "Kelaziman: Posyandu buka sebulan sekali"),
    # percent of the infants of a village with complete basic immunisation; m/12 of it in month m
    Cutoff("uci_complete_percent", 80, LONG_AGO, "Kesepakatan UCI desa, program imunisasi"),
    # adults
    Cutoff("systole_high", 140, LONG_AGO, KARTU_POSYANDU),
    Cutoff("diastole_high", 90, LONG_AGO, KARTU_POSYANDU),
    Cutoff("systole_low", 90, LONG_AGO, KARTU_POSYANDU),
    Cutoff("diastole_low", 60, LONG_AGO, KARTU_POSYANDU),
    Cutoff("glucose_high", 200, LONG_AGO, KARTU_POSYANDU),
    Cutoff("glucose_watch", 140, LONG_AGO, KARTU_POSYANDU),
    Cutoff("bmi_severe_thin", 17, LONG_AGO, KARTU_POSYANDU),
    Cutoff("bmi_thin", 18.5, LONG_AGO, KARTU_POSYANDU),
    Cutoff("bmi_over", 25, LONG_AGO, KARTU_POSYANDU),
    Cutoff("bmi_obese", 27, LONG_AGO, KARTU_POSYANDU),
    Cutoff("waist_male_cm", 90, LONG_AGO, KARTU_POSYANDU),
    Cutoff("waist_female_cm", 80, LONG_AGO, KARTU_POSYANDU),
    # infections
    Cutoff("tb_signs_refer", 2, LONG_AGO, KARTU_POSYANDU),
    Cutoff("tb_treatment_days", 3 * 366, LONG_AGO, "Batas kewajaran kami; perlu dipastikan"),
    Cutoff("fast_breathing_under_2_months", 60, LONG_AGO, MTBS),
    Cutoff("fast_breathing_under_1_year", 50, LONG_AGO, MTBS),
    Cutoff("fast_breathing_under_5_years", 40, LONG_AGO, MTBS),
    # sick children: heat, cold of young infants, oxygen, signs that make a degree of dehydration
    Cutoff("mtbs_fever_c", 37.5, LONG_AGO, MTBS),
    Cutoff("mtbm_cold_c", 35.5, LONG_AGO, MTBS),
    Cutoff("mtbs_oxygen_low", 90, LONG_AGO, MTBS),
    Cutoff("dehydration_signs", 2, LONG_AGO, MTBS),
    Cutoff("muac_severe_cm", 11.5, LONG_AGO, PERMENKES_29_2019),
    Cutoff("muac_moderate_cm", 12.5, LONG_AGO, PERMENKES_29_2019),
    # home visits, and deaths by age and by days after the delivery
    Cutoff("home_finding_days", 7, LONG_AGO, "Modul kader; batas hari perlu dipastikan"),
    Cutoff("neonatal_last_day", 28, LONG_AGO, "Definisi WHO dan Kemenkes: 0–28 hari"),
    Cutoff("maternal_last_day", 42, LONG_AGO, "Definisi WHO: sampai 42 hari sesudah bersalin"),
    # mothers after the birth: the visits KF1 to KF4, in days and, for the first, hours
    Cutoff("kf1_first_hour", 6, LONG_AGO, PERMENKES_21_2021),
    Cutoff("kf1_last_hour", 71, LONG_AGO, PERMENKES_21_2021),
    Cutoff("kf1_last_day", 2, LONG_AGO, PERMENKES_21_2021),
    Cutoff("kf2_last_day", 7, LONG_AGO, PERMENKES_21_2021),
    Cutoff("kf3_last_day", 28, LONG_AGO, PERMENKES_21_2021),
    Cutoff("kf4_last_day", 42, LONG_AGO, PERMENKES_21_2021),
    Cutoff("postpartum_last_day", 42, LONG_AGO, PERMENKES_21_2021),
    # newborns: the visits KN1 to KN3, weight, weeks, heel blood
    Cutoff("kn1_first_hour", 6, LONG_AGO, PERMENKES_53_2014),
    Cutoff("kn1_last_hour", 48, LONG_AGO, PERMENKES_53_2014),
    Cutoff("kn1_last_day", 2, LONG_AGO, PERMENKES_53_2014),
    Cutoff("kn2_last_day", 7, LONG_AGO, PERMENKES_53_2014),
    Cutoff("kn3_last_day", 28, LONG_AGO, PERMENKES_53_2014),
    Cutoff("birth_weight_low", 2500, LONG_AGO, PERMENKES_53_2014),
    Cutoff("term_first_week", 37, LONG_AGO, PERMENKES_53_2014),
    Cutoff("shk_last_day", 14, LONG_AGO, "Permenkes 78/2014"),
    # couples: the four "too" of family planning, and blood before marriage
    Cutoff("kb_too_young_years", 20, LONG_AGO, KARTU_KB),
    Cutoff("kb_too_old_years", 35, LONG_AGO, KARTU_KB),
    Cutoff("kb_too_many_children", 3, LONG_AGO, KARTU_KB),
    Cutoff("kb_too_close_months", 24, LONG_AGO, KARTU_KB),
    Cutoff("anaemia_bride", 12, LONG_AGO, PERMENKES_21_2021),
    Cutoff("anaemia_groom", 13, LONG_AGO, PERMENKES_21_2021),
    # development of children: least number of yes, and scores from which there is a doubt
    Cutoff("kpsp_as_expected", 9, LONG_AGO, SDIDTK),
    Cutoff("kpsp_doubtful", 7, LONG_AGO, SDIDTK),
    Cutoff("kmpe_odd", 1, LONG_AGO, SDIDTK),
    Cutoff("mchat_odd", 3, LONG_AGO, SDIDTK),
    Cutoff("gpph_odd", 13, LONG_AGO, SDIDTK),
    # haemoglobin of school age and adolescents: 5 to 11 years, 12 to 14, boys and girls from 15
    Cutoff("anaemia_5_11", 11.5, LONG_AGO, WHO_2011),
    Cutoff("anaemia_12_14", 12, LONG_AGO, WHO_2011),
    Cutoff("anaemia_l", 13, LONG_AGO, WHO_2011),
    Cutoff("anaemia_p", 12, LONG_AGO, WHO_2011),
    # mental health: the score of SRQ-20 from which it is positive
    Cutoff("srq_positive", 6, LONG_AGO, REKAP_POSYANDU),
    # the elderly: least AKS of each class and of independence A and B
    Cutoff("aks_m_from", 20, LONG_AGO, KARTU_LANSIA),
    Cutoff("aks_r_from", 12, LONG_AGO, KARTU_LANSIA),
    Cutoff("aks_s_from", 9, LONG_AGO, KARTU_LANSIA),
    Cutoff("aks_b_from", 5, LONG_AGO, KARTU_LANSIA),
    Cutoff("independence_a_from", 20, LONG_AGO, "Laporan lansia; perlu dipastikan"),
    Cutoff("independence_b_from", 9, LONG_AGO, "Laporan lansia; perlu dipastikan"),
    Cutoff("cholesterol_high", 200, LONG_AGO, KARTU_LANSIA),
    # diabetes under control
    Cutoff("fasting_controlled_from", 80, LONG_AGO, PERKENI),
    Cutoff("fasting_controlled_to", 130, LONG_AGO, PERKENI),
    Cutoff("hba1c_controlled_below", 7, LONG_AGO, PERKENI),
)


class NoCutoff(LookupError):
    """No cut-off of that code is in force on that day."""


@lru_cache(maxsize=65_536)
def cutoff(code: str, on: date) -> float:
    """The limit in force on the day; NoCutoff where none is."""
    for one in CUTOFFS:
        if one.code == code and one.holds_on(on):
            return one.value
    raise NoCutoff(f"{code} on {on}")
