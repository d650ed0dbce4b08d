"""The drugs and vaccines that LPLPO lists, with the unit in which each is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

PREFIX = "stok_"


@dataclass(frozen=True)
class Drug:
    """One row. Its name is that on labels and stock cards, which nobody translates."""

    name: str
    unit: Text
    code: str

    @property
    def element(self) -> str:
        return PREFIX + self.code

    @property
    def title(self) -> Text:
        return format_lazy("{} ({})", self.name, self.unit)


@dataclass(frozen=True)
class Stocklist:
    """The list in force since a day. A new one begins; this one stays as it was."""

    source: str
    since: date
    drugs: tuple[Drug, ...]  # those of which the availability of essential drugs is made
    vaccines: tuple[Drug, ...]


TABLET, CAPSULE, BOTTLE = _("tablet"), _("kapsul"), _("botol")
TUBE, AMPOULE, VIAL, SACHET = _("tube"), _("ampul"), _("vial"), _("sachet")
PACKET = _("paket")
ESSENTIAL = Stocklist(
    source=(
        "LPLPO; 40 obat indikator (petunjuk teknis Ditjen Farmalkes Kemenkes tentang "
        "ketersediaan obat esensial di Puskesmas) dan vaksin IDL; susunan perlu dipastikan"
    ),
    since=date(2026, 1, 1),
    drugs=(
        Drug("Albendazol 400 mg", TABLET, "albendazol"),
        Drug("Alopurinol 100 mg", TABLET, "alopurinol"),
        Drug("Amlodipin 5 mg", TABLET, "amlodipin"),
        Drug("Amoksisilin 500 mg", TABLET, "amoksisilin"),
        Drug("Amoksisilin sirup kering 125 mg/5 ml", BOTTLE, "amoksisilin_sirup"),
        Drug("Antasida DOEN", TABLET, "antasida"),
        Drug("Asam askorbat (vitamin C) 50 mg", TABLET, "vitamin_c"),
        Drug("Asiklovir 400 mg", TABLET, "asiklovir"),
        Drug("Betametason salep 0,1%", TUBE, "betametason"),
        Drug("Deksametason injeksi 5 mg/ml", AMPOULE, "deksametason"),
        Drug("Diazepam injeksi 5 mg/ml", AMPOULE, "diazepam_injeksi"),
        Drug("Diazepam 2 mg", TABLET, "diazepam"),
        Drug("DHP (dihidroartemisinin-piperakuin)", TABLET, "dhp"),
        Drug("Difenhidramin injeksi 10 mg/ml", AMPOULE, "difenhidramin"),
        Drug("Epinefrin injeksi 1 mg/ml", AMPOULE, "epinefrin"),
        Drug("Fitomenadion (vitamin K1) injeksi", AMPOULE, "fitomenadion"),
        Drug("Furosemid 40 mg", TABLET, "furosemid"),
        Drug("Garam oralit", SACHET, "oralit"),
        Drug("Metformin 500 mg", TABLET, "metformin"),
        Drug("Hidrokortison krim 2,5%", TUBE, "hidrokortison"),
        Drug("Kotrimoksazol suspensi 240 mg/5 ml", BOTTLE, "kotrimoksazol"),
        Drug("Ketokonazol 200 mg", TABLET, "ketokonazol"),
        Drug("Klorfeniramin maleat (CTM) 4 mg", TABLET, "ctm"),
        Drug("Lidokain injeksi 2%", AMPOULE, "lidokain"),
        Drug("Magnesium sulfat injeksi 40%", VIAL, "mgso4"),
        Drug("Metilergometrin injeksi 0,2 mg", AMPOULE, "metilergometrin"),
        Drug("Natrium diklofenak 50 mg", TABLET, "diklofenak"),
        Drug("OAT FDC kategori 1", PACKET, "oat"),
        Drug("Oksitosin injeksi 10 IU/ml", AMPOULE, "oksitosin"),
        Drug("Parasetamol sirup 120 mg/5 ml", BOTTLE, "parasetamol_sirup"),
        Drug("Parasetamol 500 mg", TABLET, "parasetamol"),
        Drug("Prednison 5 mg", TABLET, "prednison"),
        Drug("Ranitidin 150 mg", TABLET, "ranitidin"),
        Drug("Retinol (vitamin A) 200.000 IU", CAPSULE, "vitamin_a"),
        Drug("Salbutamol 2 mg", TABLET, "salbutamol"),
        Drug("Salep mata antibiotik", TUBE, "salep_mata"),
        Drug("Simvastatin 10 mg", TABLET, "simvastatin"),
        Drug("Tablet tambah darah", TABLET, "ttd"),
        Drug("Piridoksin (vitamin B6) 10 mg", TABLET, "vitamin_b6"),
        Drug("Zink 20 mg", TABLET, "zink"),
    ),
    vaccines=(
        Drug("Vaksin HB0", _("uniject"), "vaksin_hb0"),
        Drug("Vaksin BCG", VIAL, "vaksin_bcg"),
        Drug("Vaksin polio (bOPV)", VIAL, "vaksin_opv"),
        Drug("Vaksin DPT-HB-Hib", VIAL, "vaksin_dpt"),
        Drug("Vaksin MR", VIAL, "vaksin_mr"),
    ),
)
STOCKLISTS: tuple[Stocklist, ...] = (ESSENTIAL,)  # rising by `since`
