"""Couples: family planning by visits and by the monthly report, and screening before marriage."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import KARTU_KB, PERMENKES_21_2021
from reporting.catalogue.language import (
    FIFTH,
    Aggregation,
    Breakdown,
    Check,
    Element,
    Form,
    Indicator,
    Item,
    Kind,
    Reported,
    Section,
)
from reporting.catalogue.shorthand import attendance, by_custom, reached

PROGRAMME, BRIDAL = "family_planning", "premarital"
QUARTERS = (3, 6, 9, 12)


def _typed(code: str, label: Text) -> Element:
    """What the report says of the couples at the end of the month."""
    return Element(code, label, PROGRAMME, Reported(), kind=Kind.STOCK)


OF_THE_REPORT: tuple[Element, ...] = (
    _typed("pus_pil", _("PUS memakai pil")),
    _typed("pus_suntik", _("PUS memakai suntik")),
    _typed("pus_kondom", _("PUS memakai kondom")),
    _typed("pus_mal", _("PUS memakai MAL")),
    _typed("pus_implan", _("PUS memakai implan")),
    _typed("pus_iud", _("PUS memakai IUD")),
    _typed("pus_mow", _("PUS dengan MOW")),
    _typed("pus_mop", _("PUS dengan MOP")),
    _typed("pus_tradisional", _("PUS memakai cara tradisional")),
    _typed("pus_mkjp", _("PUS memakai metode jangka panjang")),
    _typed("pus_modern", _("PUS memakai cara modern")),
    _typed("pus_kb", _("PUS memakai cara KB apa pun")),
    _typed("pus_unmet", _("PUS yang kebutuhan KB-nya tidak terpenuhi")),
    _typed("pus_4t", _("PUS 4T")),
    _typed("pus_4t_kb", _("PUS 4T yang ber-KB")),
)
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "kb_dilayani": _("Peserta KB dilayani tahun ini"),
            "kb_baru": _("Peserta KB baru"),
            "kb_pakai": _("Peserta KB dilayani yang memakai suatu cara"),
            "kb_mkjp_dilayani": _("Peserta KB dilayani yang memakai metode jangka panjang"),
            "kb_4t": _("PUS 4T dilayani"),
            "kb_4t_pakai": _("PUS 4T dilayani yang memakai suatu cara"),
            "kb_baru_pasca_salin": _("Mulai KB dalam 42 hari, dicatat pada layanan KB"),
            "kb_berhenti": _("Peserta KB berhenti"),
        },
    ),
    *OF_THE_REPORT,
    *attendance(BRIDAL),
    *reached(
        BRIDAL,
        {
            "catin_diskrining": _("Calon pengantin diskrining"),
            "catin_hb_diperiksa": _("Calon pengantin diperiksa Hb"),
            "catin_anemia": _("Calon pengantin anemia"),
            "catin_lila_diukur": _("Calon pengantin perempuan diukur LILA"),
            "catin_kek": _("Calon pengantin perempuan KEK"),
        },
        breakdown=Breakdown.SEX,
    ),
)

state = partial(
    Indicator,
    cluster="K2",
    stage="wus",
    aggregation=Aggregation.STATE,
    source=KARTU_KB,
    also=("K3",),
    certain=False,
)
INDICATORS: tuple[Indicator, ...] = (
    state(
        "IB33",
        _("Peserta KB aktif (CPR)"),
        numerator="pus_kb",
        denominator="S_PUS",
        definition=_(
            "Pasangan usia subur yang sedang memakai suatu cara KB pada akhir bulan, dibagi "
            "sasaran pasangan usia subur."
        ),
        why=_("Menunjukkan berapa pasangan yang merencanakan kehamilannya."),
        misread=_("Keadaan akhir bulan menurut laporan; tidak dijumlahkan antarbulan."),
        goals=by_custom(70),
    ),
    state(
        "IB34",
        _("Metode kontrasepsi jangka panjang (MKJP)"),
        numerator="pus_mkjp",
        denominator="pus_modern",
        definition=_("Pemakai IUD, implan, MOW, dan MOP, dibagi pemakai semua cara modern."),
        why=_("Cara jangka panjang jarang gagal dan jarang ditinggalkan."),
        misread=_("Pembaginya pemakai cara modern, bukan semua pasangan usia subur."),
        goals=by_custom(28),
    ),
    state(
        "IB35",
        _("Kebutuhan KB tidak terpenuhi (unmet need)"),
        numerator="pus_unmet",
        denominator="S_PUS",
        definition=_(
            "Pasangan yang tidak ingin anak lagi atau ingin menundanya tetapi tidak memakai cara "
            "KB, dibagi sasaran pasangan usia subur; dinilai tiap triwulan."
        ),
        why=_("Menunjukkan siapa yang perlu didatangi petugas KB."),
        misread=_("Ibu hamil dan pasangan yang ingin segera punya anak tidak termasuk."),
        goals=by_custom(8),
        higher_is_better=False,
        rounds=QUARTERS,
    ),
    state(
        "IB36",
        _("PUS 4T ber-KB"),
        numerator="pus_4t_kb",
        denominator="pus_4t",
        definition=_(
            "Pasangan 4T (istri terlalu muda, terlalu tua, anak terlalu banyak, atau jarak terlalu "
            "dekat) yang memakai cara KB, dibagi semua pasangan 4T."
        ),
        why=_("Kehamilan 4T paling sering berakhir dengan kematian ibu atau bayi."),
        misread=_("Satu pasangan dapat memenuhi beberapa 4T, tetapi dihitung sekali."),
        goals=by_custom(80),
    ),
    Indicator(
        "IB37",
        _("Skrining calon pengantin"),
        cluster="K3",
        stage="catin",
        numerator="catin_diskrining",
        denominator="S_CATIN",
        aggregation=Aggregation.CUMULATIVE,
        definition=_(
            "Calon pengantin, laki-laki dan perempuan, yang diperiksa kesehatannya, dibagi calon "
            "pengantin yang terdaftar setahun."
        ),
        source=PERMENKES_21_2021,
        why=_("Anemia, KEK, dan infeksi yang ditemukan sebelum hamil masih sempat diobati."),
        misread=_("Yang dihitung orang, bukan pasangan."),
        also=("K2",),
        certain=False,
    ),
)

USERS = Section(
    _("Pasangan usia subur menurut cara KB, akhir bulan"),
    (
        Item("1", "pus_pil", _("Pil")),
        Item("2", "pus_suntik", _("Suntik")),
        Item("3", "pus_kondom", _("Kondom")),
        Item("4", "pus_mal", _("MAL")),
        Item("5", "pus_implan", _("Implan")),
        Item("6", "pus_iud", _("IUD")),
        Item("7", "pus_mow", _("MOW")),
        Item("8", "pus_mop", _("MOP")),
        Item("9", "pus_tradisional", _("Cara tradisional")),
        Item(
            "10",
            "pus_mkjp",
            _("Metode jangka panjang"),
            computed="pus_implan + pus_iud + pus_mow + pus_mop",
        ),
        Item(
            "11",
            "pus_modern",
            _("Cara modern"),
            computed=(
                "pus_pil + pus_suntik + pus_kondom + pus_mal + pus_implan + pus_iud + pus_mow"
                " + pus_mop"
            ),
        ),
        Item(
            "12",
            "pus_kb",
            _("Semua pemakai KB"),
            computed=(
                "pus_pil + pus_suntik + pus_kondom + pus_mal + pus_implan + pus_iud + pus_mow"
                " + pus_mop + pus_tradisional"
            ),
        ),
    ),
)
IN_NEED = Section(
    _("Pasangan yang perlu didampingi"),
    (
        Item("13", "pus_unmet", _("Kebutuhan KB tidak terpenuhi")),
        Item("14a", "pus_4t", _("Pasangan 4T")),
        Item("14b", "pus_4t_kb", _("Di antaranya ber-KB")),
    ),
)
FORM = Form(
    code="KB",
    label=_("Laporan pelayanan KB"),
    kinds=("puskesmas",),
    sections=(USERS, IN_NEED),
    checks=(
        Check("pus_4t_kb", "<=", "pus_4t", _("PUS 4T ber-KB tidak boleh melebihi PUS 4T.")),
        Check("pus_4t_kb", "<=", "pus_kb", _("PUS 4T ber-KB tidak boleh melebihi pemakai KB.")),
        Check(
            "pus_mow + pus_mop",
            "<=",
            "pus_suntik + pus_pil + pus_implan + pus_iud",
            _("MOW dan MOP lebih banyak daripada cara lain: benarkah?"),
            warning=True,
        ),
    ),
    due=FIFTH,
    source=KARTU_KB,
)
