"""Tuberculosis and HIV: what is counted of screening, tests and treatment, and its coverage."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import (
    Aggregation,
    Breakdown,
    Cohort,
    Element,
    Indicator,
    Summed,
)
from reporting.catalogue.shorthand import SPM, attendance, by_custom, by_law, reached

REGISTER = "Register TBC 03; Permenkes 67/2016"
TB = {
    "tb_ditemukan": _("Kasus TBC ditemukan tahun ini"),
    "tb_mulai": _("Kasus TBC ditemukan tahun ini dan mulai diobati"),
    "tb_tahu_hiv": _("Kasus TBC ditemukan tahun ini yang diketahui status HIV-nya"),
    "tb_investigasi": _("Kasus TBC ditemukan tahun ini yang kontaknya diperiksa"),
    "tb_diobati": _("Pengobatan TBC tercatat pertama kali"),
    "tb_berhasil": _("Pengobatan TBC sembuh atau lengkap"),
}
SCREENED = {
    "tb_diskrining": _("Orang diskrining TBC pertama kali tahun ini"),
    "tb_terduga": _("Orang terduga TBC tahun ini"),
    "spm11_tb": _("Terduga TBC diperiksa, diberi pemeriksaan penunjang, dan edukasi"),
}
HIV = {
    "hiv_dites": _("Orang berisiko dites HIV tahun ini"),
    "spm12_hiv": _("Orang berisiko diberi edukasi dan tes HIV lengkap tahun ini"),
}
ELEMENTS: tuple[Element, ...] = (
    *attendance("tb_screening"),
    *reached("tb_screening", SCREENED, breakdown=Breakdown.SEX),
    *attendance("tb_case"),
    *reached("tb_case", TB),
    Element("kohort_tb", _("Pengobatan TBC menurut bulan mulai"), "tb_case", Cohort("tb_diobati")),
    Element(
        "kohort_tb_berhasil",
        _("Pengobatan TBC yang berhasil, menurut bulan mulai"),
        "tb_case",
        Cohort("tb_berhasil"),
    ),
    Element("tpt_layak", _("Kontak layak TPT"), "tb_case", Summed("tb_case", "tpt_eligible")),
    Element("tpt_mulai", _("Kontak mulai TPT"), "tb_case", Summed("tb_case", "tpt_started")),
    Element("tpt_selesai", _("Kontak selesai TPT"), "tb_case", Summed("tb_case", "tpt_finished")),
    *attendance("hiv_test"),
    *reached("hiv_test", HIV, breakdown=Breakdown.SEX),
)

of_people = partial(
    Indicator,
    cluster="K4",
    stage="produktif",
    aggregation=Aggregation.PERSONS,
    source=SPM,
    certain=False,
)
of_cases = partial(of_people, aggregation=Aggregation.RATIO, source=REGISTER)
presumed = partial(
    of_people,
    numerator="spm11_tb",
    denominator="S_TBDUGA",
    definition=_(
        "Orang terduga TBC yang tahun ini diperiksa klinis, mendapat TCM atau mikroskopis, dan "
        "diberi edukasi, dibagi perkiraan orang terduga TBC."
    ),
    why=_("Orang yang batuk tanpa diperiksa dahaknya tetap menularkan."),
    misread=_("Rontgen saja belum memenuhi standar; skrining tanpa pemeriksaan belum dihitung."),
)
at_risk = partial(of_people, denominator="S_HIVR")
INDICATORS: tuple[Indicator, ...] = (
    presumed("TB01", _("Terduga TBC dilayani"), goals=by_custom(100)),
    presumed("SPM11", _("SPM 11: pelayanan orang terduga TBC"), goals=by_law(), spm=11),
    of_people(
        "TB02",
        _("Penemuan kasus TBC"),
        numerator="tb_ditemukan",
        denominator="S_TB",
        aggregation=Aggregation.CUMULATIVE,
        definition=_("Semua kasus TBC yang ditemukan tahun ini, dibagi perkiraan kasus."),
        why=_("Kasus yang tidak ditemukan adalah sumber penularan."),
        misread=_(
            "Penyebutnya perkiraan; di atas 100 % tidak berarti semua kasus sudah ditemukan."
        ),
        source=REGISTER,
        goals=by_custom(90),
    ),
    of_cases(
        "TB03",
        _("Kasus TBC mulai diobati"),
        numerator="tb_mulai",
        denominator="tb_ditemukan",
        definition=_("Kasus yang ditemukan tahun ini dan sudah mulai diobati, dibagi semuanya."),
        why=_("Penemuan tanpa pengobatan tidak menghentikan penularan."),
        misread=_(
            "Kasus yang ditemukan akhir tahun dan mulai diobati tahun berikutnya tidak dihitung "
            "sebagai diobati."
        ),
        goals=by_custom(95),
    ),
    of_cases(
        "TB04",
        _("Keberhasilan pengobatan TBC"),
        numerator="kohort_tb_berhasil",
        denominator="kohort_tb",
        definition=_(
            "Dari pasien yang mulai diobati pada bulan-bulan yang sama setahun lalu, berapa yang "
            "sembuh atau lengkap."
        ),
        why=_("Pengobatan yang putus menimbulkan kekebalan obat."),
        misread=_("Ini kohor setahun lalu, bukan pasien yang sedang diobati sekarang."),
        goals=by_custom(90),
        lag=12,
    ),
    of_cases(
        "TB05",
        _("Investigasi kontak TBC"),
        numerator="tb_investigasi",
        denominator="tb_ditemukan",
        definition=_("Kasus dengan paling sedikit satu kontak diperiksa, dibagi semua kasus."),
        why=_("Kontak serumah paling mungkin tertular."),
        misread=_("Kontak yang hanya didata tanpa diperiksa belum dihitung."),
        goals=by_custom(90),
    ),
    of_cases(
        "TB06",
        _("TPT kontak serumah"),
        numerator="tpt_mulai",
        denominator="tpt_layak",
        definition=_("Kontak yang mulai terapi pencegahan, dibagi kontak yang layak."),
        why=_("Terapi pencegahan menurunkan risiko sakit pada kontak."),
        misread=_("Tulis hanya kontak baru pada tiap kunjungan agar tidak terhitung dua kali."),
        goals=by_custom(68),
    ),
    of_cases(
        "TB07",
        _("Pasien TBC mengetahui status HIV"),
        numerator="tb_tahu_hiv",
        denominator="tb_ditemukan",
        definition=_("Kasus tahun ini dengan status HIV negatif atau positif, dibagi semua kasus."),
        why=_("HIV mengubah pengobatan dan peluang hidup pasien TBC."),
        misread=_("Status “tidak diketahui” bukan negatif."),
        goals=by_custom(95),
    ),
    at_risk(
        "HI01",
        _("Orang berisiko dites HIV"),
        numerator="hiv_dites",
        definition=_(
            "Orang berisiko yang dites HIV tahun ini, dibagi sasarannya: pada layanan tes HIV, "
            "pemeriksaan kehamilan, atau pengobatan TBC. Yang dites di beberapa layanan dihitung "
            "sekali."
        ),
        why=_("Yang mengetahui statusnya dapat diobati dan tidak menularkan."),
        misread=_(
            "Dari pasien TBC dihitung kasus yang ditemukan tahun ini dengan status HIV negatif "
            "atau positif; tes calon pengantin bukan tes orang berisiko."
        ),
        goals=by_custom(100),
    ),
    at_risk(
        "SPM12",
        _("SPM 12: pelayanan orang berisiko HIV"),
        numerator="spm12_hiv",
        definition=_(
            "Orang berisiko yang tahun ini diberi edukasi dan menyelesaikan rangkaian tes HIV (R1, "
            "lalu R2 dan R3 bila reaktif), dibagi sasarannya. Tes pada pemeriksaan kehamilan dan "
            "pengobatan TBC serta temu wicara pada pemeriksaan kehamilan ikut dihitung; setiap "
            "orang sekali setahun."
        ),
        why=_("Pelayanan wajib pemerintah daerah; target selalu 100 %."),
        misread=_(
            "R1 reaktif tanpa R2 belum memenuhi standar, begitu juga tes tanpa edukasi. Edukasi "
            "pasien TBC tentang HIV dicatat pada layanan tes HIV. Pemeriksaan kehamilan hanya "
            "mencatat bahwa tes dilakukan, bukan hasilnya: ibu yang R1-nya reaktif terhitung juga "
            "sebelum R2."
        ),
        goals=by_law(),
        spm=12,
    ),
)
