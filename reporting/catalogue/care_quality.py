"""Outpatient care and home visits: the indicators of cluster 1 and across clusters."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import Aggregation, Goal, Indicator
from reporting.catalogue.shorthand import USUAL, by_custom

MONTHLY = Aggregation.MONTHLY
across = partial(
    Indicator,
    cluster="LK",
    stage="produktif",
    aggregation=MONTHLY,
    source=USUAL,
    certain=False,
)
visited = partial(
    across, cluster="K1", source="Modul kader Posyandu; KMK HK.01.07/MENKES/2015/2023"
)
INDICATORS: tuple[Indicator, ...] = (
    across(
        "LK01",
        _("Kunjungan rawat jalan"),
        numerator="outpatient_visits",
        denominator="",
        unit="n",
        per=1,
        higher_is_better=None,
        definition=_("Kunjungan rawat jalan bulan ini, menurut tempat pelayanan."),
        why=_("Menjadi dasar menghitung tenaga, obat, dan ruang."),
        misread=_("Kunjungan, bukan orang: satu orang dapat datang beberapa kali."),
    ),
    across(
        "LK03",
        _("Rasio tumpat dan cabut gigi"),
        numerator="gigi_ditumpat",
        denominator="gigi_dicabut",
        unit="rasio",
        per=1,
        definition=_("Gigi tetap yang ditumpat, dibagi gigi tetap yang dicabut bulan ini."),
        why=_("Gigi yang ditumpat dini tidak perlu dicabut."),
        misread=_("Gigi susu tidak dihitung."),
        goals=(Goal(1, USUAL),),
    ),
    across(
        "LK05",
        _("Antibiotik pada ISPA bukan pneumonia"),
        numerator="ispa_antibiotik",
        denominator="ispa_antibiotik_dicatat",
        higher_is_better=False,
        definition=_("Kunjungan ISPA bukan pneumonia yang diberi antibiotik, dibagi yang dicatat."),
        why=_("Antibiotik tidak menolong batuk pilek dan menimbulkan kekebalan kuman."),
        misread=_("Kunjungan tanpa catatan antibiotik tidak masuk penyebut."),
        goals=by_custom(20),
    ),
    across(
        "LK06",
        _("Antibiotik pada diare"),
        numerator="diare_antibiotik",
        denominator="diare_antibiotik_dicatat",
        higher_is_better=False,
        definition=_("Kunjungan diare yang diberi antibiotik, dibagi yang dicatat."),
        why=_("Sebagian besar diare cukup dengan oralit dan zink."),
        misread=_("Disentri dan kolera memang memerlukan antibiotik dan ikut terhitung di sini."),
        goals=by_custom(8),
    ),
    across(
        "LK07",
        _("Rujukan ke rumah sakit"),
        numerator="rj_dirujuk",
        denominator="outpatient_visits",
        higher_is_better=False,
        definition=_("Kunjungan rawat jalan yang dirujuk, dibagi semua kunjungan bulan ini."),
        why=_("Rujukan yang tidak perlu membebani pasien dan rumah sakit."),
        misread=_("Rujukan yang rendah belum tentu baik bila kasus gawat terlambat dirujuk."),
        goals=by_custom(15),
    ),
    visited(
        "MJ24",
        _("Keluarga dikunjungi"),
        numerator="kk_dikunjungi",
        denominator="S_KK",
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Keluarga yang dikunjungi sedikitnya sekali tahun ini, dibagi semua keluarga."
        ),
        why=_("Yang tidak datang ke Posyandu hanya ditemukan di rumahnya."),
        misread=_("Kunjungan kedua ke keluarga yang sama tidak menambah angka."),
        goals=by_custom(100),
    ),
    visited(
        "MJ25",
        _("Temuan kunjungan rumah ditindaklanjuti"),
        numerator="temuan_selesai",
        denominator="temuan",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Kunjungan dengan temuan a–d yang ditindaklanjuti Pustu dalam 7 hari, dibagi semua "
            "kunjungan dengan temuan."
        ),
        why=_("Temuan tanpa tindak lanjut membuat warga tidak percaya pada kunjungan rumah."),
        misread=_(
            "Temuan minggu terakhir mungkin belum lewat batasnya tetapi sudah masuk penyebut."
        ),
    ),
    visited(
        "MJ33",
        _("Rumah tangga ber-PHBS"),
        numerator="phbs_terpenuhi",
        denominator="phbs_disurvei",
        aggregation=Aggregation.RATIO,
        definition=_("Rumah tangga yang memenuhi 10 dari 10 indikator, dibagi yang dinilai."),
        why=_("Perilaku sehat di rumah mencegah sebagian besar penyakit menular."),
        misread=_("Sembilan indikator terpenuhi belum dihitung."),
        source=USUAL,
    ),
)
