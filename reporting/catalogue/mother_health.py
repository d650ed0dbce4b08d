"""Pregnant women: risk, iron, blood, nutrition and tests."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import PERMENKES_21_2021
from reporting.catalogue.language import Aggregation, Indicator
from reporting.catalogue.mother import NOT_BY_MONTH, coverage
from reporting.catalogue.shorthand import FROM_2026, USUAL, by_custom, by_guideline

among = partial(coverage, aggregation=Aggregation.RATIO)
RISK = partial(coverage, denominator="S_BRISTI", source=USUAL, certain=False)
HEALTH: tuple[Indicator, ...] = (
    RISK(
        "IB08",
        _("Risiko tinggi ditemukan masyarakat"),
        numerator="risti_masyarakat",
        definition=_(
            "Ibu hamil yang faktor risikonya ditemukan kader atau masyarakat, dibagi perkiraan ibu "
            "hamil berisiko."
        ),
        why=_("Menunjukkan seberapa waspada lingkungan ibu."),
        misread=_("Pembaginya perkiraan seperlima ibu hamil, bukan hitungan orang."),
        goals=by_custom(80),
    ),
    RISK(
        "IB09",
        _("Risiko tinggi ditemukan tenaga kesehatan"),
        numerator="risti_nakes",
        definition=_(
            "Ibu hamil yang faktor risikonya ditemukan tenaga kesehatan, dibagi perkiraan ibu "
            "hamil berisiko."
        ),
        why=_("Risiko yang tidak ditemukan tidak dapat ditangani."),
        misread=_(
            "Pembaginya perkiraan seperlima ibu hamil; ibu yang sama dapat ditemukan keduanya."
        ),
        goals=by_custom(100),
    ),
    coverage(
        "IB17",
        _("Mendapat TTD 90 tablet"),
        numerator="ttd_90",
        definition=_("Ibu hamil yang total tabletnya mencapai 90, dibagi sasaran ibu hamil."),
        why=_("Ukuran lama yang masih diminta pada beberapa laporan."),
        misread=_("Diterima belum tentu diminum."),
        source=USUAL,
        goals=by_custom(90),
        certain=False,
    ),
    coverage(
        "IB18",
        _("Mendapat TTD/MMS 180 tablet"),
        numerator="ttd_180",
        definition=_(
            "Ibu hamil yang total TTD atau MMS-nya mencapai 180, dibagi sasaran ibu hamil."
        ),
        why=_("Persediaan yang cukup adalah syarat pertama pencegahan anemia."),
        misread=_("Diterima belum tentu diminum; lihat juga konsumsinya."),
        goals=by_guideline(92),
    ),
    coverage(
        "IB19",
        _("Konsumsi TTD/MMS 180 tablet"),
        numerator="ttd_180_minum",
        denominator="S_BULIN",
        definition=_("Ibu yang meminum sedikitnya 180 TTD atau MMS, dibagi sasaran ibu bersalin."),
        why=_("Yang diminum, bukan yang dibagikan, yang mencegah anemia."),
        misread=_("Menurut pengakuan ibu. Sampai 2025 pembaginya ibu bersalin."),
        source="Ekspor SIGIZI sebelum 2026",
        until=FROM_2026,
    ),
    coverage(
        "IB19",
        _("Konsumsi TTD/MMS 180 tablet"),
        numerator="ttd_180_minum",
        definition=_("Ibu yang meminum sedikitnya 180 TTD atau MMS, dibagi sasaran ibu hamil."),
        why=_("Yang diminum, bukan yang dibagikan, yang mencegah anemia."),
        misread=_(
            "Menurut pengakuan ibu. Sejak 2026 pembaginya ibu hamil, jadi tidak sebanding dengan "
            "tahun sebelumnya."
        ),
        goals=by_guideline(52),
        since=FROM_2026,
    ),
    coverage(
        "IB20",
        _("Ibu hamil diperiksa Hb"),
        numerator="hb_diperiksa",
        definition=_("Ibu hamil yang sedikitnya sekali diperiksa Hb, dibagi sasaran ibu hamil."),
        why=_("Tanpa pemeriksaan, anemia tidak diketahui."),
        misread=NOT_BY_MONTH,
    ),
    among(
        "IB21",
        _("Ibu hamil anemia"),
        numerator="anemia",
        denominator="hb_diperiksa",
        definition=_("Ibu hamil dengan Hb di bawah 11 g/dL, dibagi ibu hamil yang diperiksa Hb."),
        why=_("Anemia menambah risiko perdarahan, prematur, dan berat lahir rendah."),
        misread=_("Angka rendah dengan sedikit pemeriksaan Hb bukan kabar baik."),
        goals=by_guideline(25),
        higher_is_better=False,
    ),
    among(
        "IB24",
        _("Ibu hamil KEK"),
        numerator="kek",
        denominator="lila_imt_diukur",
        definition=_(
            "Ibu hamil dengan LILA di bawah 23,5 cm atau IMT trimester 1 di bawah 18,5, dibagi ibu "
            "hamil yang diukur."
        ),
        why=_("Ibu kurang energi berisiko melahirkan bayi kecil yang kelak pendek."),
        misread=_("Dihitung sekali setiap kehamilan, juga bila LILA membaik sesudahnya."),
        goals=by_guideline(13),
        higher_is_better=False,
    ),
    among(
        "IB25",
        _("Ibu hamil KEK mendapat makanan tambahan"),
        numerator="kek_mt",
        denominator="kek",
        definition=_("Ibu hamil KEK yang mendapat makanan tambahan, dibagi ibu hamil KEK."),
        why=_("Menemukan KEK baru berguna bila diikuti pemulihan."),
        misread=_("Sekali mendapat sudah dihitung; lama pemberian tidak dinilai."),
        goals=by_guideline(85),
    ),
)


def _tested(code: str, label: Text, numerator: str, why: Text) -> Indicator:
    return coverage(
        code,
        label,
        numerator=numerator,
        definition=_("Ibu hamil yang dites sedikitnya sekali, dibagi sasaran ibu hamil setahun."),
        why=why,
        misread=_("Yang dihitung tesnya, apa pun hasilnya; hasil tes tidak dicatat di sini."),
        source=PERMENKES_21_2021,
        goals=by_custom(95),
        also=("K4",),
        certain=False,
    )


TESTS: tuple[Indicator, ...] = (
    _tested(
        "IB26",
        _("Ibu hamil dites HIV"),
        "tes_hiv",
        _("Pengobatan sejak hamil mencegah bayi tertular."),
    ),
    _tested(
        "IB27",
        _("Ibu hamil dites sifilis"),
        "tes_sifilis",
        _("Sifilis yang diobati tidak menular ke bayi."),
    ),
    _tested(
        "IB28",
        _("Ibu hamil dites HBsAg"),
        "tes_hbsag",
        _("Bayi dari ibu reaktif perlu imunoglobulin segera setelah lahir."),
    ),
    coverage(
        "IB29",
        _("Ibu hamil Td2 atau lebih"),
        numerator="td2_plus",
        definition=_("Ibu hamil dengan status imunisasi T2 sampai T5, dibagi sasaran ibu hamil."),
        why=_("Melindungi ibu dan bayi dari tetanus."),
        misread=_("Yang dinilai status, bukan suntikan pada kehamilan ini."),
        source=PERMENKES_21_2021,
        goals=by_custom(80),
        certain=False,
    ),
)
