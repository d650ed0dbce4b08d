"""Sick children, and what is done about growth that falters: what is counted and shown of it."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import MTBS, PERMENKES_29_2019
from clusters.growth.classes import PERMENKES_2_2020
from reporting.catalogue.language import (
    Aggregation,
    Breakdown,
    Children,
    Element,
    Indicator,
    Visits,
)
from reporting.catalogue.shorthand import attendance, by_custom, reached

SICK, GROWTH = "sick_child", "growth"
sick = partial(Element, programme=SICK, breakdown=Breakdown.SEX)
faltering = partial(Element, programme=GROWTH, breakdown=Breakdown.SEX)
ELEMENTS: tuple[Element, ...] = (
    *attendance(SICK),
    sick(
        "mtbs_ditangani",
        _("Kunjungan balita sakit yang ditangani menurut MTBS/MTBM"),
        source=Visits(SICK, Q(by_mtbs=True)),
    ),
    *reached(
        GROWTH,
        {
            "gizi_buruk_ditemukan": _("Balita yang tahun ini ditemukan gizi buruk"),
            "gizi_buruk_dirawat": _("Balita gizi buruk yang dirawat"),
            "gizi_kurang_ditemukan": _("Balita yang tahun ini ditemukan gizi kurang"),
            "gizi_kurang_mt": _("Balita gizi kurang yang mendapat MT"),
            "stunting_pasti": _("Balita pendek yang dikonfirmasi tahun ini"),
            "stunting_dirujuk": _("Balita pendek yang dikonfirmasi dan dirujuk"),
        },
        breakdown=Breakdown.SEX,
    ),
    # Apart from the T of the F1: of a report nobody knows which children were helped.
    faltering(
        "t_tercatat",
        _("T: balita tidak naik yang tercatat per anak"),
        source=Children(Q(label="T")),
    ),
    faltering(
        "t_ditindak",
        _("T yang dikonfirmasi dan diberi MT atau edukasi"),
        source=Children(Q(label="T", acted_on=True)),
    ),
)

child = partial(
    Indicator, cluster="K2", stage="balita", aggregation=Aggregation.RATIO, certain=False
)
INDICATORS: tuple[Indicator, ...] = (
    child(
        "AN31",
        _("Gizi buruk dirawat"),
        numerator="gizi_buruk_dirawat",
        denominator="gizi_buruk_ditemukan",
        definition=_(
            "Balita yang tahun ini ditemukan gizi buruk (BB/TB di bawah -3 SD atau edema) dan "
            "dirawat, dibagi semua balita yang ditemukan gizi buruk."
        ),
        source=PERMENKES_29_2019,
        why=_("Gizi buruk yang tidak dirawat dapat berakhir dengan kematian."),
        misread=_(
            "Setiap anak dihitung sekali setahun, bukan per kunjungan. Anak yang tinggi badannya "
            "tidak diukur tidak dapat ditemukan."
        ),
        goals=by_custom(100),
    ),
    child(
        "AN32",
        _("Gizi kurang mendapat MT"),
        numerator="gizi_kurang_mt",
        denominator="gizi_kurang_ditemukan",
        definition=_(
            "Balita yang tahun ini ditemukan gizi kurang (BB/TB) dan mendapat makanan tambahan, "
            "dibagi semua balita yang ditemukan gizi kurang."
        ),
        source=PERMENKES_29_2019,
        why=_("Makanan tambahan mencegah gizi kurang menjadi gizi buruk."),
        misread=_(
            "Setiap anak dihitung sekali setahun. MT yang diberikan saat anak terukur gizi baik "
            "tidak dihitung."
        ),
        goals=by_custom(85),
    ),
    child(
        "AN33",
        _("Balita tidak naik (T) mendapat intervensi"),
        numerator="t_ditindak",
        denominator="t_tercatat",
        aggregation=Aggregation.MONTHLY,
        definition=_(
            "Balita yang bulan ini tidak naik, dikonfirmasi tenaga kesehatan, dan diberi MT atau "
            "edukasi, dibagi balita yang bulan ini tidak naik."
        ),
        source=PERMENKES_2_2020,
        why=_("Tidak naik adalah tanda paling awal; menunggu berarti terlambat."),
        misread=_(
            "Hanya anak yang tercatat satu per satu; T pada laporan F1 tidak ikut, karena tidak "
            "diketahui siapa yang diberi intervensi."
        ),
    ),
    child(
        "AN34",
        _("Stunting dirujuk"),
        numerator="stunting_dirujuk",
        denominator="stunting_pasti",
        definition=_(
            "Balita pendek (TB/U di bawah -2 SD) yang tahun ini dikonfirmasi tenaga kesehatan dan "
            "dirujuk, dibagi semua balita pendek yang dikonfirmasi."
        ),
        source=PERMENKES_2_2020,
        why=_("Penyakit penyerta dan gizi hanya dapat ditangani bila anak sampai ke dokter anak."),
        misread=_("Anak pendek yang belum dikonfirmasi tidak masuk penyebut."),
    ),
    child(
        "AN40",
        _("MTBS"),
        numerator="mtbs_ditangani",
        denominator="sick_child_seen",
        definition=_(
            "Kunjungan balita sakit yang ditangani menurut MTBS (di bawah 2 bulan MTBM), dibagi "
            "semua kunjungan balita sakit."
        ),
        source=MTBS,
        why=_("Pemeriksaan yang urut menemukan tanda bahaya yang tidak dikeluhkan."),
        misread=_(
            "Kunjungan, bukan anak. Balita sakit yang dicatat pada rawat jalan umum tidak masuk "
            "penyebut."
        ),
        goals=by_custom(100),
    ),
)
