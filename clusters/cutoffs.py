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
PERMENKES_6_2024 = "Permenkes 6/2024"
SDIDTK = "Pedoman SDIDTK Kemenkes"
KARTU_LANSIA = "Kartu bantu lansia Posyandu, KMK HK.01.07/MENKES/2015/2023"
REKAP_POSYANDU = "Rekap bulanan Posyandu"
WHO_2011 = "WHO 2011, kadar hemoglobin untuk diagnosis anemia"
PERKENI = "Pedoman PERKENI; perlu dipastikan"
KARTU_POSYANDU = "Kartu bantu pemeriksaan Posyandu, KMK HK.01.07/MENKES/2015/2023"


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
