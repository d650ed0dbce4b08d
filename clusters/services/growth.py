"""Cluster 2: growth of children under five (penimbangan dan pengukuran balita)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.growth import classify, zscores
from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    measure,
    score,
    whole,
    word,
    yes_no,
)

MEASURED = (
    Choice("l", _("Berbaring"), ("terlentang", "telentang", "l", "baring", "tidur", "pb")),
    Choice("h", _("Berdiri"), ("berdiri", "h", "b", "diri", "tb")),
)
VITAMIN_A = (
    Choice("biru", _("Kapsul biru"), ("100000", "b")),
    Choice("merah", _("Kapsul merah"), ("200000", "m")),
    Choice("tidak", _("Tidak"), ("-", "0", "tdk")),
)
# e-PPGBM counts capsules; which one it was follows from the age (blue before the first birthday).
CAPSULE = Choice("kapsul", _("Kapsul menurut umur"), ("1", "2", "ya", "v", "sudah"))
RED_FROM_MONTHS = 12


def derive(v: Values) -> Values:
    """z-scores and classes by WHO (Permenkes 2/2020); implausible ones get no class."""
    weight, height = v["weight"], v["height"]
    grown = zscores(
        v["sex"],
        v["age_days"],
        None if weight is None else float(weight),
        None if height is None else float(height),
        v["measured"],
        bool(v["oedema"]),
    )
    vitamin_a = v["vitamin_a"]
    if vitamin_a == CAPSULE.code:
        vitamin_a = "merah" if v["age_months"] >= RED_FROM_MONTHS else "biru"
    seen, odd = v["seen_on"], grown.flags
    whz_class = "gizi_buruk" if v["oedema"] else _class("whz", grown.whz, odd, seen)
    return {
        "vitamin_a": vitamin_a,
        "waz": grown.waz,
        "haz": grown.haz,
        "whz": grown.whz,
        "bmiz": grown.bmiz,
        "waz_class": _class("waz", grown.waz, odd, seen),
        "haz_class": _class("haz", grown.haz, odd, seen),
        "whz_class": whz_class,
        "implausible": bool(odd) if weight is not None or height is not None else None,
    }


def _class(index: str, z: float | None, odd: str, seen) -> str | None:
    return None if z is None or index in odd else classify(index, z, seen)


GROWTH = Service(
    code="growth",
    label=_("Penimbangan dan pengukuran balita"),
    cluster="K2",
    stage="balita",
    age_months=(0, 60),
    source="Permenkes 2/2020; kartu bantu balita Posyandu; F1 Gizi",
    needs_one_of=("weight", "height", "muac", "head", "vitamin_a", "kpsp", "checklist"),
    fields=(
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            2,
            reject=(0.5, 40),
            aliases=("bb", "berat", "bb kg", "bb saat ini"),
        ),
        measure(
            "height",
            _("Panjang/tinggi badan"),
            "cm",
            1,
            reject=(35, 130),
            aliases=("tb", "pb", "tinggi", "panjang badan", "tinggi badan", "pb tb", "tb pb"),
        ),
        choice("measured", _("Cara ukur"), *MEASURED, aliases=("cara ukur tb", "posisi ukur")),
        measure("head", _("Lingkar kepala"), "cm", 1, reject=(25, 65), aliases=("lk", "likal")),
        measure("muac", _("LILA"), "cm", 1, reject=(6, 30), warn=(9, 22), aliases=("lila cm",)),
        yes_no("oedema", _("Edema dua sisi"), aliases=("edema", "oedema")),
        yes_no(
            "exclusive_milk",
            _("ASI eksklusif"),
            aliases=("asi", "asi saja", "asi eksklusif 24 jam"),
        ),
        yes_no("complementary_food", _("MPASI beragam"), aliases=("mpasi", "mp-asi")),
        choice(
            "vitamin_a",
            _("Vitamin A"),
            *VITAMIN_A,
            aliases=("vit a", "kapsul vitamin a", "jml vit a"),
            settled=(CAPSULE,),
        ),
        yes_no("deworming", _("Obat cacing"), aliases=("cacing",)),
        yes_no(
            "extra_food",
            _("Mendapat MT"),
            aliases=("pmt", "mt pangan lokal", "pmt diterima"),
            amount=True,
        ),
        whole("kpsp", _("Skor KPSP"), reject=(0, 10), aliases=("kpsp",)),
        yes_no("checklist", _("Checklist perkembangan lengkap"), aliases=("checklist", "ceklis")),
        yes_no(
            "confirmed",
            _("Dikonfirmasi tenaga kesehatan"),
            aliases=("dikonfirmasi", "konfirmasi nakes", "validasi"),
            hint=_("Isi ya bila hasil ukurnya sudah dipastikan tenaga kesehatan."),
        ),
        yes_no(
            "severe_care",
            _("Gizi buruk dirawat"),
            aliases=("dirawat gizi buruk", "perawatan gizi buruk"),
            hint=_("Rawat jalan atau rawat inap menurut tata laksana gizi buruk."),
        ),
        yes_no("kia_book", _("Punya buku KIA/KMS"), aliases=("kia", "kms", "buku kia")),
        whole("tb_signs", _("Gejala TBC"), reject=(0, 4), aliases=("gejala tb", "skrining tb")),
        yes_no("mothers_class", _("Ikut kelas ibu balita"), aliases=("kelas ibu balita",)),
        yes_no("education", _("Edukasi"), aliases=("penyuluhan",)),
        yes_no("sick", _("Sakit"), aliases=("gejala sakit",)),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("waz", _("z-score BB/U"), score),
        Derived("haz", _("z-score TB/U"), score),
        Derived("whz", _("z-score BB/TB"), score),
        Derived("bmiz", _("z-score IMT/U"), score),
        Derived("waz_class", _("Kelas BB/U"), word),
        Derived("haz_class", _("Kelas TB/U"), word),
        Derived("whz_class", _("Kelas BB/TB"), word),
        Derived("implausible", _("Ukuran tidak masuk akal"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "z-plausible",
            ("weight", "height"),
            _("Berat atau tinggi sangat jauh dari ukuran anak seumurnya. Timbang dan ukur ulang."),
            lambda v: bool(v.get("implausible")),
            warning=True,
        ),
        Rule(
            "weight-in-kilogram",
            ("weight",),
            _(
                "Berat di atas 3 kali berat anak seumurnya. Mungkin koma tertinggal, misalnya "
                "92 untuk 9,2."
            ),
            lambda v: v["weight"] is not None and v["weight"] > 8 + 0.9 * (v["age_days"] / 30.44),
        ),
    ),
)
