"""Routine immunisation: doses by antigen, complete series and drop-out."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.services import ANTIGENS
from clusters.services.immunisation import SCHEDULE
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator
from reporting.catalogue.shorthand import attendance, by_custom, reached

PROGRAMME = "immunisation"
LABELS = {a.code.lower(): a.label for a in ANTIGENS}
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(PROGRAMME, LABELS, breakdown=Breakdown.SEX),
    *reached(
        PROGRAMME,
        {
            "hb0_24jam": _("HB0 sampai 24 jam setelah lahir"),
            "idl": _("Imunisasi dasar lengkap sebelum 12 bulan"),
            "baduta_lengkap": _("Imunisasi baduta lengkap"),
        },
        breakdown=Breakdown.SEX,
    ),
)

given = partial(
    Indicator,
    cluster="K2",
    stage="bayi",
    denominator="S_SI",
    aggregation=Aggregation.CUMULATIVE,
    source=SCHEDULE,
    certain=False,
)
ON_TIME_OR_LATE = _(
    "Dosis yang diberikan terlambat ikut dihitung pada bulan pemberiannya; cakupan di sini bukan "
    "ketepatan waktu. Yang terlambat tampak tersendiri pada IM35."
)
PROTECTS: dict[str, Text] = {
    "BCG": _("Melindungi bayi dari TBC berat."),
    "OPV": _("Melindungi dari polio dan menutup peluang penularannya."),
    "DPT": _("Melindungi dari difteri, pertusis, tetanus, hepatitis B, dan radang Hib."),
    "IPV": _("Melengkapi perlindungan terhadap polio."),
    "PCV": _("Melindungi dari radang paru oleh pneumokokus."),
    "RV": _("Melindungi dari diare berat oleh rotavirus."),
    "JE": _("Melindungi dari radang otak Japanese encephalitis di provinsi endemis."),
    "MR": _("Melindungi dari campak dan rubela, penyebab KLB bila cakupan turun."),
}
# code, dose, sasaran, target: domain codes and the denominators that the programme uses
DOSES: tuple[tuple[str, str, str, int], ...] = (
    ("IM03", "bcg", "S_LH", 95),
    ("IM04", "opv1", "S_LH", 95),
    ("IM05", "opv2", "S_SI", 95),
    ("IM06", "opv3", "S_SI", 95),
    ("IM07", "opv4", "S_SI", 95),
    ("IM08", "dpt1", "S_SI", 95),
    ("IM09", "dpt2", "S_SI", 95),
    ("IM10", "dpt3", "S_SI", 95),
    ("IM11", "ipv1", "S_SI", 95),
    ("IM12", "ipv2", "S_SI", 90),
    ("IM13", "pcv1", "S_SI", 95),
    ("IM14", "pcv2", "S_SI", 95),
    ("IM15", "pcv3", "S_BADUTA", 95),
    ("IM16", "rv1", "S_SI", 90),
    ("IM17", "rv2", "S_SI", 90),
    ("IM18", "rv3", "S_SI", 90),
    ("IM19", "mr1", "S_SI", 95),
    ("IM28", "je", "S_SI", 95),
    ("IM21", "dpt4", "S_BADUTA", 95),
    ("IM22", "mr2", "S_BADUTA", 95),
)


def _dose(code: str, dose: str, sasaran: str, target: int) -> Indicator:
    antigen = next(a for a in ANTIGENS if a.code.lower() == dose)
    return given(
        code,
        antigen.label,
        numerator=dose,
        denominator=sasaran,
        definition=_(
            "Anak yang mendapat dosis ini pada umur yang sah, sekali seumur hidup, dibagi sasaran "
            "setahun."
        ),
        why=PROTECTS[antigen.code.rstrip("1234")],
        misread=ON_TIME_OR_LATE,
        source=antigen.source,
        goals=by_custom(target),
        since=antigen.since,
        until=antigen.until,
        provinces=antigen.provinces,
    )


dropped = partial(
    given,
    aggregation=Aggregation.RATIO,
    higher_is_better=False,
    why=_("Anak yang pernah datang lalu hilang paling mudah dijangkau kembali."),
    misread=_(
        "Angka minus bukan salah hitung: dosis lanjutan tahun ini juga milik anak yang memulai "
        "tahun lalu. Periksa bila minusnya besar."
    ),
)
INDICATORS: tuple[Indicator, ...] = (
    given(
        "IM01",
        _("HB0 sampai 24 jam"),
        numerator="hb0_24jam",
        denominator="S_LH",
        definition=_(
            "Bayi yang mendapat HB0 paling lambat sehari setelah lahir, dibagi sasaran lahir hidup."
        ),
        why=_("HB0 dini mencegah penularan hepatitis B dari ibu ke bayi."),
        misread=_(
            "Jam tidak dicatat: yang dihitung pemberian pada hari lahir atau hari berikutnya."
        ),
        goals=by_custom(95),
    ),
    *(_dose(*row) for row in DOSES),
    given(
        "IM20",
        _("Imunisasi dasar lengkap (IDL)"),
        numerator="idl",
        definition=_(
            "Bayi yang sebelum 12 bulan sudah mendapat HB0, BCG, OPV 1–4, DPT-HB-Hib 1–3, IPV, dan "
            "MR 1 (IPV 2 bagi kelahiran sejak 2023), dibagi sasaran bayi bertahan hidup."
        ),
        why=_("Satu angka untuk kelengkapan semua perlindungan tahun pertama."),
        misread=_(
            "Dihitung pada bulan dosis terakhir diberikan. Susunan antigen berbeda antartahun, "
            "jadi jangan dibandingkan begitu saja."
        ),
        goals=by_custom(90),
    ),
    given(
        "IM26",
        _("UCI desa"),
        numerator="F_DESA_UCI",
        denominator="F_DESA",
        heard_by="idl",
        aggregation=Aggregation.FACILITIES,
        definition=_(
            "Desa/kelurahan yang IDL-nya sejak Januari mencapai 80 % x bulan/12 dari sasaran bayi "
            "bertahan hidup, dibagi semua desa/kelurahan; pada bulan Desember tepat 80 %."
        ),
        why=_("Cakupan kabupaten yang tinggi dapat menutupi desa yang anaknya tidak terlindung."),
        misread=_("Desa tanpa sasaran bayi bertahan hidup dihitung belum UCI."),
        goals=by_custom(100),
    ),
    given(
        "IM23",
        _("Imunisasi baduta lengkap"),
        numerator="baduta_lengkap",
        denominator="S_BADUTA",
        definition=_(
            "Anak yang sudah mendapat DPT-HB-Hib 4 dan MR 2, dibagi sasaran anak 12–23 bulan."
        ),
        why=_("Penguat umur 18 bulan menjaga kekebalan sampai usia sekolah."),
        misread=_("Bukan imunisasi bayi lengkap, yang di tempat lain disingkat dengan huruf sama."),
        goals=by_custom(95),
    ),
    dropped(
        "IM24",
        _("Putus imunisasi DPT-HB-Hib 1 ke 3"),
        numerator="dpt1 - dpt3",
        denominator="dpt1",
        definition=_("Selisih penerima DPT-HB-Hib 1 dan 3, dibagi penerima DPT-HB-Hib 1."),
        goals=by_custom(5),
    ),
    dropped(
        "IM25",
        _("Putus imunisasi DPT-HB-Hib 1 ke MR 1"),
        numerator="dpt1 - mr1",
        denominator="dpt1",
        definition=_("Selisih penerima DPT-HB-Hib 1 dan MR 1, dibagi penerima DPT-HB-Hib 1."),
        goals=by_custom(5),
    ),
)
