"""Cluster 2: routine immunisation of babies and toddlers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import JE_PROVINCES, KMK_JE, Region
from clusters.services.language import Choice, Field, Kind, Rule, Service, Values, choice

SCHEDULE = "Jadwal imunisasi rutin Kemenkes"


@dataclass(frozen=True)
class Antigen:
    """One dose: valid when given at `from_days` of age or later, on time before `before_months`."""

    code: str
    label: str
    from_days: int
    before_months: int
    aliases: tuple[str, ...] = ()
    since: date = date(2000, 1, 1)
    until: date | None = None
    source: str = SCHEDULE
    provinces: tuple[Region, ...] = ()  # empty: everywhere


ANTIGENS: tuple[Antigen, ...] = (
    Antigen("HB0", "HB0", 0, 1, ("hb 0", "hbo", "hb-0", "hepatitis b 0")),
    Antigen("BCG", "BCG", 0, 12, ("bcg - 1",)),
    Antigen(
        "OPV1",
        "OPV 1",
        0,
        12,
        ("polio 1", "polio tetes 1", "polio tetes - 1"),
    ),
    Antigen(
        "OPV2",
        "OPV 2",
        56,
        12,
        ("polio 2", "polio tetes 2", "polio tetes - 2"),
    ),
    Antigen(
        "OPV3",
        "OPV 3",
        84,
        12,
        ("polio 3", "polio tetes 3", "polio tetes - 3"),
    ),
    Antigen(
        "OPV4",
        "OPV 4",
        112,
        12,
        ("polio 4", "polio tetes 4", "polio tetes - 4"),
    ),
    Antigen("DPT1", "DPT-HB-Hib 1", 56, 12, ("dpt 1", "penta 1", "dpt-hb-hib - 1")),
    Antigen("DPT2", "DPT-HB-Hib 2", 84, 12, ("dpt 2", "penta 2", "dpt-hb-hib - 2")),
    Antigen("DPT3", "DPT-HB-Hib 3", 112, 12, ("dpt 3", "penta 3", "dpt-hb-hib - 3")),
    Antigen("IPV1", "IPV 1", 112, 12, ("ipv", "ipv - 1")),
    Antigen("IPV2", "IPV 2", 252, 24, ("ipv - 2",), since=date(2023, 1, 1)),
    Antigen("PCV1", "PCV 1", 56, 12, ("pcv - 1",), since=date(2022, 9, 1)),
    Antigen("PCV2", "PCV 2", 84, 12, ("pcv - 2",), since=date(2022, 9, 1)),
    Antigen("PCV3", "PCV 3", 365, 24, ("pcv - 3",), since=date(2022, 9, 1)),
    Antigen("RV1", "Rotavirus 1", 56, 7, ("rv 1", "rota 1", "rv - 1"), since=date(2023, 8, 1)),
    Antigen("RV2", "Rotavirus 2", 84, 7, ("rv 2", "rota 2", "rv - 2"), since=date(2023, 8, 1)),
    Antigen("RV3", "Rotavirus 3", 112, 7, ("rv 3", "rota 3", "rv - 3"), since=date(2023, 8, 1)),
    Antigen("MR1", "MR 1", 270, 24, ("campak rubela 1", "mr", "mr - 1", "campak 1")),
    Antigen(
        *("JE", "JE", 270, 24, ("japanese encephalitis", "je - 1", "je 1")),
        since=date(2017, 7, 1),
        source=KMK_JE,
        provinces=JE_PROVINCES,
    ),
    Antigen("DPT4", "DPT-HB-Hib 4", 540, 36, ("dpt 4", "penta 4", "dpt-hb-hib - 4")),
    Antigen("MR2", "MR 2", 540, 36, ("campak rubela 2", "mr - 2", "campak 2")),
)
DOSE = re.compile(r"[\s-]+(\d)$")
REFUSALS = (
    Choice("menolak", _("Orang tua menolak"), ("ditolak", "tolak")),
    Choice("sakit", _("Anak sakit"), ()),
    Choice("vaksin_kosong", _("Vaksin kosong"), ("kosong", "stok habis")),
)


def _names(antigen: Antigen) -> tuple[str, ...]:
    """What a dose is called, its number also without a blank before it: "IPV1", "bOPV 1"."""
    names = (antigen.label, *antigen.aliases)
    names += (f"b{antigen.label}",) if antigen.label.startswith("OPV") else ()
    return (*names[1:], *dict.fromkeys(DOSE.sub(r"\1", name) for name in names))


def derive(v: Values) -> Values:
    return {}


IMMUNISATION = Service(
    code="immunisation",
    label=_("Imunisasi bayi dan baduta"),
    cluster="K2",
    stage="bayi",
    age_months=(0, 60),
    source=SCHEDULE,
    needs_one_of=("antigens", "refusal"),
    fields=(
        Field(
            "antigens",
            _("Imunisasi yang diberikan"),
            Kind.CODES,
            choices=tuple(Choice(a.code, a.label, _names(a)) for a in ANTIGENS),
            dated=True,
            hint=_("Beri tanda v pada dosis yang diberikan hari itu."),
        ),
        choice("refusal", _("Alasan tidak diimunisasi"), *REFUSALS, aliases=("alasan",)),
    ),
    derived=(),
    derive=derive,
    rules=(
        Rule(
            "dose-not-too-early",
            ("antigens",),
            _("Ada dosis yang diberikan sebelum umur terendahnya; dosis itu tidak dihitung."),
            lambda v: any(
                a.code in (v["antigens"] or ()) and v["age_days"] < a.from_days for a in ANTIGENS
            ),
            warning=True,
        ),
        Rule(
            "refused-or-given",
            ("antigens", "refusal"),
            _("Imunisasi ditandai diberikan dan juga tidak diberikan. Pilih salah satu."),
            lambda v: bool(v["antigens"] and v["refusal"]),
        ),
    ),
)
