"""Cluster 2: antenatal care (pemeriksaan kehamilan)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    day,
    flag,
    measure,
    on_day,
    small_number,
    whole,
    word,
    yes_no,
)

EXAMINERS = (
    Choice("dokter", _("Dokter"), ("dr", "dokter umum", "dokter spesialis", "spog")),
    Choice("bidan", _("Bidan"), ("bd",)),
    Choice("perawat", _("Perawat"), ("ns",)),
)
TD = tuple(Choice(f"T{n}", f"T{n}", (f"td{n}", f"tt{n}")) for n in range(1, 6))
FINDERS = (
    Choice("tidak", _("Tidak ada risiko"), ("-", "tidak ada", "normal")),
    Choice("masyarakat", _("Ditemukan kader/masyarakat"), ("kader",)),
    Choice("nakes", _("Ditemukan tenaga kesehatan"), ("bidan", "dokter")),
)


def derive(v: Values) -> Values:
    """Trimester, start of the pregnancy, KEK, anaemia, raised pressure; None where not measured."""
    seen, weeks, hb = v["seen_on"], v["weeks"], v["hb"]
    if weeks is None and v["lmp_on"]:
        weeks = (seen - v["lmp_on"]).days // 7
    return {
        "gestation": weeks,
        "trimester": _trimester(weeks, seen),
        "lmp_estimate_on": v["lmp_on"] or (seen - timedelta(weeks=weeks) if weeks else None),
        "kek": _kek(v, weeks),
        "anaemia": None if hb is None else _anaemia(float(hb), seen),
        "bp_high": _bp_high(v),
    }


def _trimester(weeks: int | None, seen) -> int | None:
    if weeks is None:
        return None
    if weeks <= cutoff("trimester_1_last_week", seen):
        return 1
    return 2 if weeks <= cutoff("trimester_2_last_week", seen) else 3


def _kek(v: Values, weeks: int | None) -> bool | None:
    """MUAC below 23.5 cm or, in the first trimester, BMI below 18.5 kg/m2.

    None where neither is known.
    """
    seen, signs = v["seen_on"], []
    if v["muac"] is not None:
        signs.append(float(v["muac"]) < cutoff("kek_muac_cm", seen))
    if v["weight"] and v["height"] and _trimester(weeks, seen) == 1:
        bmi = float(v["weight"]) / (float(v["height"]) / 100) ** 2
        signs.append(bmi < cutoff("kek_bmi", seen))
    return any(signs) if signs else None


def _anaemia(hb: float, seen) -> str:
    if hb >= cutoff("anaemia_pregnant", seen):
        return "tidak"
    if hb >= cutoff("anaemia_pregnant_moderate", seen):
        return "ringan"
    return "sedang" if hb >= cutoff("anaemia_pregnant_severe", seen) else "berat"


def _bp_high(v: Values) -> bool | None:
    if v["systole"] is None or v["diastole"] is None:
        return None
    seen = v["seen_on"]
    return bool(
        v["systole"] >= cutoff("systole_high", seen)
        or v["diastole"] >= cutoff("diastole_high", seen)
    )


ANTENATAL = Service(
    code="antenatal",
    label=_("Pemeriksaan kehamilan (ANC)"),
    cluster="K2",
    stage="bumil",
    sexes="P",
    age_months=(10 * 12, 60 * 12),
    source="Permenkes 21/2021; kartu bantu ibu hamil Posyandu",
    needs_one_of=("weeks", "lmp_on"),
    fields=(
        on_day("lmp_on", _("HPHT"), aliases=("hari pertama haid terakhir", "tgl hpht")),
        whole(
            "weeks",
            _("Usia kehamilan"),
            "minggu",
            reject=(1, 44),
            warn=(4, 42),
            aliases=("uk", "umur kehamilan", "minggu", "usia hamil", "uk minggu"),
        ),
        whole("gravida", _("Gravida"), reject=(1, 20), warn=(1, 10), aliases=("g", "hamil ke")),
        choice("examiner", _("Pemeriksa"), *EXAMINERS, aliases=("diperiksa oleh",)),
        yes_no("usg", _("USG")),
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            1,
            reject=(20, 250),
            warn=(30, 150),
            aliases=("bb", "bb kg", "berat"),
        ),
        measure(
            "height",
            _("Tinggi badan"),
            "cm",
            1,
            reject=(80, 230),
            warn=(130, 190),
            aliases=("tb", "tb cm", "tinggi"),
        ),
        measure(
            "muac",
            _("LILA"),
            "cm",
            1,
            reject=(12, 60),
            warn=(17, 40),
            aliases=("lingkar lengan atas", "lila cm"),
        ),
        whole(
            "systole",
            _("Sistole"),
            "mmHg",
            reject=(50, 300),
            warn=(80, 200),
            aliases=("td sistole", "sistolik", "sistol"),
        ),
        whole(
            "diastole",
            _("Diastole"),
            "mmHg",
            reject=(30, 200),
            warn=(50, 120),
            aliases=("td diastole", "diastolik", "diastol"),
        ),
        measure(
            "fundal",
            _("TFU"),
            "cm",
            1,
            reject=(3, 60),
            aliases=("tinggi fundus", "tinggi fundus uteri"),
        ),
        whole(
            "fetal_heart",
            _("DJJ"),
            "x/menit",
            reject=(50, 250),
            warn=(100, 180),
            aliases=("denyut jantung janin",),
        ),
        measure(
            "hb",
            _("Hb"),
            "g/dL",
            1,
            reject=(2, 25),
            warn=(5, 18),
            aliases=("hemoglobin", "kadar hb"),
        ),
        yes_no("urine_protein_test", _("Tes protein urine"), aliases=("protein urin",)),
        yes_no("glucose_test", _("Tes gula darah"), aliases=("gula darah",)),
        yes_no("hiv_test", _("Tes HIV"), aliases=("hiv",)),
        yes_no("syphilis_test", _("Tes sifilis"), aliases=("sifilis",)),
        yes_no("hbsag_test", _("Tes HBsAg"), aliases=("hbsag", "hepatitis b")),
        choice(
            "td_status", _("Status imunisasi Td"), *TD, aliases=("status td", "status tt", "td")
        ),
        whole(
            "tablets",
            _("TTD/MMS diberikan"),
            "tablet",
            reject=(0, 400),
            warn=(0, 120),
            aliases=("ttd", "jumlah ttd", "fe", "tablet fe", "ttd diberikan", "mms"),
        ),
        whole(
            "tablets_taken",
            _("TTD/MMS diminum"),
            "tablet",
            reject=(0, 400),
            warn=(0, 120),
            aliases=("ttd diminum", "ttd dikonsumsi"),
        ),
        yes_no("extra_food", _("Mendapat MT"), aliases=("pmt", "mt bumil", "mt")),
        yes_no("mothers_class", _("Ikut kelas ibu"), aliases=("kelas ibu", "kelas ibu hamil")),
        yes_no("birth_plan", _("P4K"), aliases=("stiker p4k",)),
        yes_no("mental_screening", _("Skrining jiwa"), aliases=("skrining kesehatan jiwa",)),
        yes_no("counselling", _("Temu wicara"), aliases=("konseling",)),
        choice("risk", _("Faktor risiko"), *FINDERS, aliases=("risiko", "risti")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
        yes_no(
            "anaemia_care",
            _("Tata laksana lanjut anemia"),
            aliases=("anemia ditangani", "tata laksana anemia"),
        ),
    ),
    derived=(
        Derived("gestation", _("Usia kehamilan, dari isian atau HPHT (minggu)"), small_number),
        Derived("trimester", _("Trimester"), small_number),
        Derived("lmp_estimate_on", _("Perkiraan HPHT menurut kunjungan ini"), day),
        Derived("pregnancy_on", _("Awal kehamilan"), day, linked=True),
        Derived("tablets_so_far", _("TTD diterima sejauh ini"), small_number, linked=True),
        Derived("tablets_taken_so_far", _("TTD diminum sejauh ini"), small_number, linked=True),
        Derived("kek", _("Kurang energi kronik"), flag),
        Derived("anaemia", _("Anemia"), word),
        Derived("bp_high", _("Tekanan darah tinggi"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "diastole-below-systole",
            ("systole", "diastole"),
            _("Diastole harus lebih kecil daripada sistole. Periksa kembali tekanan darah."),
            lambda v: bool(v["systole"] and v["diastole"] and v["diastole"] >= v["systole"]),
        ),
        Rule(
            "lmp-before-visit",
            ("lmp_on",),
            _(
                "HPHT harus sebelum tanggal kunjungan dan paling lama 44 minggu. Periksa "
                "tanggalnya."
            ),
            lambda v: bool(v["lmp_on"]) and not 0 <= (v["seen_on"] - v["lmp_on"]).days <= 44 * 7,
        ),
        Rule(
            "weeks-agree-with-lmp",
            ("weeks", "lmp_on"),
            _("Usia kehamilan berbeda lebih dari 3 minggu dengan HPHT. Periksa salah satunya."),
            lambda v: (
                bool(v["weeks"] and v["lmp_on"])
                and abs((v["seen_on"] - v["lmp_on"]).days // 7 - v["weeks"]) > 3
            ),
            warning=True,
        ),
    ),
)
