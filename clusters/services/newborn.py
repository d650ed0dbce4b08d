"""Cluster 2: newborns in their first four weeks (neonatus, KN1 to KN3)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    measure,
    whole,
    word,
    yes_no,
)
from clusters.services.neonatal_days import hours_contradict, visit_number

NEONATAL_DAYS = 28
TWO_DAYS_OF_HOURS = 48
COMPLICATIONS = (
    Choice("tidak", _("Tidak ada"), ("-", "tidak", "normal")),
    Choice("bblr", _("Berat lahir rendah"), ("prematur",)),
    Choice("asfiksia", _("Asfiksia"), ("asfiksi",)),
    Choice("infeksi", _("Infeksi"), ("sepsis",)),
    Choice("ikterus", _("Ikterus"), ("kuning",)),
    Choice("tetanus", _("Tetanus neonatorum"), ("tetanus", "tn")),
    Choice("bawaan", _("Kelainan bawaan"), ("kelainan kongenital", "kongenital")),
    Choice("lain", _("Komplikasi lain"), ("lainnya",)),
)


def derive(v: Values) -> Values:
    """Which of KN1 to KN3 this is, low weight, born too early, heel blood taken in time."""
    seen, grams, weeks = v["seen_on"], v["birth_weight"], v["weeks"]
    taken_in_time = v["age_days"] <= cutoff("shk_last_day", seen)
    return {
        "kn": visit_number("kn", v["age_days"], v["hours"], seen),
        "low_weight": None if grams is None else grams < cutoff("birth_weight_low", seen),
        "preterm": None if weeks is None else weeks < cutoff("term_first_week", seen),
        "shk_in_time": None if v["shk"] is None else bool(v["shk"]) and taken_in_time,
    }


def _too_early_for_shk(v: Values) -> bool:
    """Within two days for certain: without hours, until the second midnight."""
    hours = v["hours"] if v["hours"] is not None else 24 * v["age_days"] + 23
    return bool(v["shk"]) and hours < TWO_DAYS_OF_HOURS


NEWBORN = Service(
    code="newborn",
    label=_("Pelayanan bayi baru lahir (KN)"),
    cluster="K2",
    stage="neonatus",
    age_months=(0, 1 + 1),
    source="Permenkes 53/2014; Permenkes 6/2024 (SPM 3); kohort bayi",
    needs_one_of=("birth_weight", "imd", "vitamin_k", "eye_ointment", "hb0", "shk", "examined"),
    aliases={"seen_on": ("tanggal kn", "tgl kn")},
    fields=(
        whole(
            "hours",
            _("Jam sejak lahir"),
            "jam",
            reject=(0, 72),
            aliases=("umur jam", "jam setelah lahir"),
            hint=_("Isi bila kunjungan dalam tiga hari pertama."),
        ),
        whole(
            "birth_weight",
            _("Berat lahir"),
            "gram",
            reject=(300, 7000),
            warn=(1000, 5000),
            aliases=("bb lahir", "berat badan lahir", "bbl", "bb lahir gram"),
        ),
        measure(
            "birth_length",
            _("Panjang lahir"),
            "cm",
            1,
            reject=(20, 65),
            warn=(40, 57),
            aliases=("pb lahir", "tb lahir", "panjang badan lahir"),
        ),
        whole(
            "weeks",
            _("Usia kehamilan saat lahir"),
            "minggu",
            reject=(20, 44),
            warn=(28, 42),
            aliases=("usia kehamilan", "umur kehamilan", "uk", "usia gestasi"),
        ),
        yes_no("imd", _("IMD"), aliases=("inisiasi menyusu dini",)),
        yes_no("vitamin_k", _("Vitamin K1"), aliases=("vit k1", "vit k", "injeksi vitamin k1")),
        yes_no("eye_ointment", _("Salep mata"), aliases=("salep mata antibiotik", "tetes mata")),
        yes_no("hb0", _("HB0"), aliases=("hb 0", "hb-0", "imunisasi hb0", "hepatitis b 0")),
        yes_no("examined", _("Diperiksa lengkap"), aliases=("pemeriksaan neonatus", "mtbm")),
        yes_no("cord_care", _("Perawatan tali pusat"), aliases=("tali pusat",)),
        yes_no("shk", _("Sampel SHK diambil"), aliases=("shk", "skrining hipotiroid kongenital")),
        choice("complication", _("Komplikasi"), *COMPLICATIONS, aliases=("komplikasi neonatus",)),
        yes_no("treated", _("Komplikasi ditangani"), aliases=("ditangani",)),
        yes_no("education", _("Edukasi"), aliases=("konseling", "penyuluhan")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("kn", _("Kunjungan neonatal"), word),
        Derived("low_weight", _("Berat lahir rendah"), flag),
        Derived("preterm", _("Lahir prematur"), flag),
        Derived("shk_in_time", _("Sampel SHK diambil pada waktunya"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "neonatal-age",
            ("seen_on",),
            _(
                "Bayi sudah lebih dari 28 hari. Catat pada Penimbangan balita, atau periksa "
                "tanggal lahir dan tanggal kunjungan."
            ),
            lambda v: v["age_days"] > NEONATAL_DAYS,
        ),
        Rule(
            "hours-agree-with-days",
            ("hours",),
            _("Jam sejak lahir tidak cocok dengan tanggal lahir. Periksa salah satunya."),
            lambda v: hours_contradict(v["hours"], v["age_days"]),
        ),
        Rule(
            "birth-weight-in-gram",
            ("birth_weight", "weeks"),
            _("Berat lahir tidak wajar untuk usia kehamilan itu. Periksa keduanya."),
            lambda v: (
                bool(v["birth_weight"] and v["weeks"])
                and (
                    (v["weeks"] < 28 and v["birth_weight"] > 2000)
                    or (v["weeks"] >= 37 and v["birth_weight"] < 1000)
                )
            ),
            warning=True,
        ),
        Rule(
            "shk-not-too-early",
            ("shk",),
            _("Sampel SHK sebaiknya diambil pada umur 48–72 jam. Periksa jam atau tanggalnya."),
            _too_early_for_shk,
            warning=True,
        ),
        Rule(
            "treated-without-complication",
            ("treated", "complication"),
            _("Komplikasi ditandai ditangani tetapi tidak disebut. Pilih jenis komplikasinya."),
            lambda v: bool(v["treated"]) and v["complication"] in (None, "tidak"),
        ),
    ),
)
