"""What the numbers of a month are asked before they are believed. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.language import LONG_AGO

WHO = "WHO, Data Quality Review (2017): konsistensi internal"
ROBUST = "Iglewicz & Hoaglin (1993): z termodifikasi"
OWN_MEAN = "rata-rata 6 periode: kebiasaan pemeriksaan laporan, bukan peraturan"


@dataclass(frozen=True)
class Limits:
    """From which distance on a number is unusual. A number on the limit is beyond it."""

    moderate: float = 2  # population standard deviations from the mean of the months before
    extreme: float = 3
    robust: float = 3.5  # the same by median and median deviation
    jump: float = 0.5  # share of the mean, where the months before do not vary
    months: int = 12  # looked back; weeks, or quarters, where a report is of those
    recent: int = 6  # of them, the last: from their mean a cell of a report may lie by `jump`
    least_months: int = 6  # of them with a number
    least_mean: float = 5  # below it every change is large
    digits: float = 0.01  # chance of as many numbers that end in 0 or 5
    least_numbers: int = 10  # of two digits or more, in one report
    apart: float = 0.1  # share of the other source's number; verification factor 0,9 to 1,1
    since: date = LONG_AGO
    source: Text = f"{WHO}; {ROBUST}; {OWN_MEAN}"


LIMITS: tuple[Limits, ...] = (Limits(),)


def limits(on: date) -> Limits:
    """Those in force on the day."""
    return [one for one in LIMITS if one.since <= on][-1]


@dataclass(frozen=True)
class Order:
    """`less` may not be more than `more`; added up since January unless `monthly`.

    Both are counted, or both stand in the same report: where some places have not reported, what
    is counted everywhere would be more than what is reported.
    """

    less: str
    more: str
    monthly: bool = False
    since: date = LONG_AGO
    until: date | None = None
    source: Text = WHO

    @property
    def code(self) -> str:
        return f"{self.less}<={self.more}"


ORDERS: tuple[Order, ...] = (
    Order("k4", "k1"),
    Order("k6", "k4"),
    Order("k6", "k1"),
    Order("kf_lengkap", "kf1"),
    Order("kn_lengkap", "kn1"),
    Order("dpt3", "dpt1"),
    Order("mr1", "dpt1"),
    Order("opv4", "opv1"),
    Order("tb_terduga", "tb_diskrining", monthly=True),
    Order("skdn_k", "skdn_s", monthly=True),
    Order("n_naik", "skdn_d", monthly=True),
    Order("malaria_positif", "malaria_diperiksa", monthly=True),
    Order("dbd_meninggal", "dbd_kasus", monthly=True),
)


def orders_on(first: date, last: date) -> list[Order]:
    """Those in force in a month, by its first and last day."""
    return [one for one in ORDERS if one.since <= last and (one.until is None or first < one.until)]


# What is looked at month by month: the numbers that most others are made of.
WATCHED: tuple[str, ...] = (
    "k1",
    "k4",
    "k6",
    "bersalin_nakes",
    "kf_lengkap",
    "kn_lengkap",
    "skdn_d",
    "n_naik",
    "bgm",
    "stunting",
    "wasting",
    "vit_a_merah",
    "bcg",
    "dpt1",
    "dpt3",
    "mr1",
    "mr2",
    "spm5_sekolah",
    "skrining_produktif",
    "skrining_lansia",
    "td_diukur",
    "gds_diukur",
    "ht_bulan",
    "dm_bulan",
    "tb_diskrining",
    "tb_terduga",
    "hiv_dites",
    "rj_baru",
    "kk_dikunjungi",
    "dbd_kasus",
)


@dataclass(frozen=True)
class Source:
    """A national application into which the same is typed, and what of it can be compared."""

    code: str
    label: str
    elements: tuple[str, ...]


SOURCES: dict[str, Source] = {
    one.code: one
    for one in (
        Source(
            "asik",
            "ASIK",
            (
                *("bcg", "dpt1", "dpt3", "mr1", "mr2", "idl"),
                *("skrining_produktif", "skrining_lansia", "td_diukur", "gds_diukur"),
            ),
        ),
        Source("eppgbm", "e-PPGBM", ("skdn_d", "n_naik", "stunting", "wasting", "vit_a_merah")),
        Source("kesga", "SIGIZI Kesga", ("k1", "k4", "k6", "bersalin_faskes", "kf_lengkap")),
        Source("sitb", "SITB", ("tb_terduga", "tb_ditemukan", "tb_mulai")),
    )
}


@dataclass(frozen=True)
class Check:
    """A kind of finding, by its code in addresses and in what was confirmed."""

    code: str
    label: Text
    meaning: Text


OUTLIER = Check(
    "ekstrem",
    _("Nilai ekstrem"),
    _("Jauh dari bulan-bulan sebelumnya di tempat yang sama: 2 simpangan baku atau lebih."),
)
JUMP = Check(
    "lonjakan",
    _("Lonjakan"),
    _("Berubah lebih dari separuh, padahal bulan-bulan sebelumnya selalu sama."),
)
ORDER = Check(
    "urutan",
    _("Urutan"),
    _("Bagian lebih besar daripada keseluruhannya, atau kontak akhir lebih banyak dari yang awal."),
)
OVER = Check(
    "penyebut",
    _("Lebih dari 100%"),
    _("Capaian melampaui sasaran: sasaran terlalu kecil, atau orang dihitung di tempat lain."),
)
DIGITS = Check(
    "pola",
    _("Pola angka"),
    _("Terlalu banyak angka laporan berakhiran 0 atau 5: dibulatkan atau dikira-kira."),
)
APART = Check(
    "sumber",
    _("Beda sumber"),
    _("Berbeda 10% atau lebih dari angka aplikasi nasional yang diketik di Pembanding."),
)
GAP = Check(
    "kunjungan",
    _("Laporan ≠ kunjungan"),
    _("Laporan yang disahkan berbeda 10% atau lebih dari kunjungan yang tercatat di tempat itu."),
)
CHECKS: dict[str, Check] = {
    one.code: one for one in (OUTLIER, JUMP, ORDER, OVER, DIGITS, APART, GAP)
}
