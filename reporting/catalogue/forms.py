"""Monthly forms: F1 Gizi (SKDN), and those of other parts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue import family
from reporting.catalogue.forms_lives import LIVES
from reporting.catalogue.language import FIFTH, Check, Form, Item, Section

F1_SOURCE = "F1 Gizi (SKDN); rekap Posyandu"
SKDN = Section(
    _("Penimbangan balita (SKDN)"),
    (
        Item("1", "skdn_s", _("S: semua balita di wilayah")),
        Item("2", "skdn_k", _("K: balita yang punya KMS/buku KIA")),
        Item("3", "n_naik", _("N: berat badan naik")),
        Item("4", "t_tidak_naik", _("T: berat badan tidak naik")),
        Item("5", "o_absen", _("O: bulan lalu tidak ditimbang")),
        Item("6", "b_baru", _("B: baru pertama kali ditimbang")),
        Item(
            "7",
            "skdn_d",
            _("D: balita ditimbang"),
            computed="n_naik + t_tidak_naik + o_absen + b_baru",
        ),
        Item(
            "8",
            "tidak_hadir",
            _("Tidak hadir"),
            computed="skdn_k - n_naik - t_tidak_naik - o_absen - b_baru",
        ),
        Item("9", "bgm", _("BGM: di bawah garis merah")),
        Item("10", "dua_t", _("2T: dua kali berturut-turut tidak naik")),
        Item("11", "gizi_buruk_bbu", _("Berat badan sangat kurang (BB/U)")),
        Item("12", "gizi_kurang_bbu", _("Berat badan kurang (BB/U)")),
    ),
)
AT_36 = Section(
    _("Balita mencapai umur 36 bulan"),
    (
        Item("13", "s36", _("Mencapai umur 36 bulan bulan ini (S36)")),
        Item("14", "s36_cukup", _("Di antaranya dengan berat 11,5 kg atau lebih")),
    ),
)
GIVEN = Section(
    _("Vitamin A dan ASI"),
    (
        Item("15a", "vit_a_biru", _("Kapsul vitamin A biru, 6–11 bulan")),
        Item("15b", "vit_a_merah", _("Kapsul vitamin A merah, 12–59 bulan")),
        Item("16", "asi_ditanya", _("Bayi 0–5 bulan yang ditanya")),
        Item("17", "asi_eksklusif", _("Di antaranya hanya diberi ASI")),
    ),
)
MOTHERS = Section(
    _("Ibu"),
    (
        Item("18a", "f1_nifas", _("Ibu nifas")),
        Item("18b", "f1_nifas_vit_a", _("Ibu nifas mendapat vitamin A")),
        Item("19", "f1_bumil", _("Ibu hamil")),
        Item("20", "f1_bumil_kek", _("Ibu hamil dengan LILA di bawah 23,5 cm")),
        Item("21", "f1_bumil_ttd", _("Ibu hamil mendapat tablet tambah darah")),
        Item("22", "f1_imd", _("Bayi lahir dengan inisiasi menyusu dini")),
    ),
)
F1_CHECKS: tuple[Check, ...] = (
    Check("skdn_k", "<=", "skdn_s", _("K tidak boleh lebih besar daripada S.")),
    Check("skdn_d", "<=", "skdn_s", _("D tidak boleh lebih besar daripada S."), warning=True),
    Check(
        "skdn_d", "<=", "skdn_k", _("D lebih besar daripada K: ada balita tanpa KMS?"), warning=True
    ),
    Check("bgm", "<=", "skdn_d", _("BGM tidak boleh lebih besar daripada D.")),
    Check("dua_t", "<=", "t_tidak_naik", _("2T tidak boleh lebih besar daripada T.")),
    Check(
        "gizi_buruk_bbu + gizi_kurang_bbu",
        "<=",
        "skdn_d",
        _("Berat badan kurang dan sangat kurang tidak boleh lebih besar daripada D."),
    ),
    Check(
        "bgm",
        "=",
        "gizi_buruk_bbu",
        _("BGM biasanya sama dengan berat badan sangat kurang. Periksa keduanya."),
        warning=True,
    ),
    Check("s36_cukup", "<=", "s36", _("Yang mencapai 11,5 kg tidak boleh melebihi S36.")),
    Check(
        "asi_eksklusif", "<=", "asi_ditanya", _("ASI eksklusif tidak boleh melebihi yang ditanya.")
    ),
    Check("f1_nifas_vit_a", "<=", "f1_nifas", _("Nifas mendapat vitamin A melebihi ibu nifas.")),
    Check("f1_bumil_kek", "<=", "f1_bumil", _("Ibu hamil KEK melebihi ibu hamil.")),
    Check("f1_bumil_ttd", "<=", "f1_bumil", _("Ibu hamil mendapat TTD melebihi ibu hamil.")),
)
ALL: tuple[Form, ...] = (
    Form(
        code="F1",
        label=_("F1 Gizi (SKDN)"),
        kinds=("puskesmas",),
        sections=(SKDN, AT_36, GIVEN, MOTHERS),
        checks=F1_CHECKS,
        due=FIFTH,
        source=F1_SOURCE,
    ),
    family.FORM,
    LIVES,
)
