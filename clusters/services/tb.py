"""Cluster 4: looking for tuberculosis, and following those who are treated for it."""

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
    on_day,
    small_number,
    whole,
    yes_no,
)

SIGNS = ("cough", "fever", "weight_loss", "contact")
TESTS = (
    Choice("tcm", _("TCM"), ("xpert", "genexpert", "tes cepat molekuler")),
    Choice("mikroskopis", _("Mikroskopis"), ("bta", "sputum bta", "dahak")),
    Choice("rontgen", _("Rontgen"), ("foto toraks", "thorax", "x ray")),
    Choice("lain", _("Pemeriksaan lain"), ("lainnya", "igra", "tst", "biakan")),
)
RESULTS = (
    Choice("negatif", _("Negatif"), ("-", "neg", "bta negatif")),
    Choice("positif", _("Positif"), ("+", "pos", "bta positif", "rif sensitif", "rif resistan")),
    Choice("menunggu", _("Menunggu hasil"), ("belum ada", "proses")),
)
AS_TESTED = ("result", "test")


def screened(v: Values) -> Values:
    """How many of the four signs there are, whether to refer, and whether TB is presumed."""
    known = [v[sign] for sign in SIGNS if v[sign] is not None]
    signs = sum(known) if known else None
    refer = None if signs is None else signs >= cutoff("tb_signs_refer", v["seen_on"])
    presumed = v["suspected"]
    if presumed is None and known:
        presumed = bool(v["cough"] or refer)
    return {"signs": signs, "to_refer": refer, "presumed": presumed}


TB_SCREENING = Service(
    code="tb_screening",
    label=_("Skrining dan pemeriksaan terduga TBC"),
    cluster="K4",
    stage="produktif",
    age_months=(0, 120 * 12),
    source="Permenkes 6/2024 (SPM 11); kartu bantu Posyandu",
    needs_one_of=(*SIGNS, "suspected", "test"),
    fields=(
        yes_no("cough", _("Batuk 2 minggu atau lebih"), aliases=("batuk", "batuk lama")),
        yes_no("fever", _("Demam 2 minggu atau lebih"), aliases=("demam", "demam lama")),
        yes_no("weight_loss", _("BB turun atau tidak naik"), aliases=("bb turun", "bb tidak naik")),
        yes_no("contact", _("Kontak erat pasien TBC"), aliases=("kontak tbc", "kontak erat")),
        yes_no("suspected", _("Terduga TBC"), aliases=("terduga", "suspek tbc", "suspek tb")),
        yes_no("examined", _("Pemeriksaan klinis"), aliases=("diperiksa", "klinis")),
        choice("test", _("Pemeriksaan penunjang"), *TESTS, aliases=("penunjang", "jenis tes")),
        choice("result", _("Hasil penunjang"), *RESULTS, aliases=("hasil", "hasil tes")),
        yes_no("education", _("Edukasi"), aliases=("penyuluhan", "konseling")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("signs", _("Jumlah gejala dan kontak"), small_number),
        Derived("to_refer", _("Perlu dirujuk menurut kartu Posyandu"), flag),
        Derived("presumed", _("Terduga TBC, dari isian atau gejala"), flag),
    ),
    derive=screened,
    rules=(
        Rule(
            "result-of-a-test",
            AS_TESTED,
            _("Hasil terisi tanpa pemeriksaan penunjang. Isi jenis pemeriksaannya."),
            lambda v: bool(v["result"]) and not v["test"],
        ),
        Rule(
            "positive-is-presumed",
            ("suspected", "result"),
            _("Hasil positif tetapi terduga TBC ditulis tidak. Ubah menjadi ya."),
            lambda v: v["result"] == "positif" and v["suspected"] is False,
        ),
        Rule(
            "presumed-without-sign",
            ("suspected", *SIGNS),
            _("Terduga TBC tanpa satu pun gejala atau kontak. Periksa jawaban gejalanya."),
            lambda v: bool(v["suspected"]) and v["signs"] == 0,
            warning=True,
        ),
        Rule(
            "signs-not-presumed",
            ("suspected", *SIGNS),
            _("Gejala cukup untuk dirujuk tetapi terduga TBC ditulis tidak. Pastikan lagi."),
            lambda v: v["suspected"] is False and bool(v["to_refer"]),
            warning=True,
        ),
    ),
)

TYPES = (
    Choice("baru", _("Baru"), ("kasus baru",)),
    Choice("kambuh", _("Kambuh"), ("relaps",)),
    Choice("ulang_gagal", _("Diobati ulang sesudah gagal"), ("setelah gagal", "gagal")),
    Choice("ulang_putus", _("Diobati ulang sesudah putus"), ("putus obat", "loss to follow up")),
    Choice("lain", _("Riwayat lain"), ("lainnya", "tidak diketahui")),
)
CONFIRMED = (
    Choice("bakteriologis", _("Bakteriologis"), ("bakteri", "tcm positif", "bta positif")),
    Choice("klinis", _("Klinis"), ("rontgen", "klinis saja")),
)
SPUTUM = (
    Choice("negatif", _("Negatif"), ("-", "neg")),
    Choice("positif", _("Positif"), ("+", "pos")),
    Choice("tidak", _("Tidak diperiksa"), ("tidak dilakukan", "td")),
)
HIV = (
    Choice("negatif", _("Negatif"), ("-", "nonreaktif", "non reaktif")),
    Choice("positif", _("Positif"), ("+", "reaktif")),
    Choice("tidak", _("Tidak diketahui"), ("belum", "tidak dites")),
)
OUTCOMES = (
    Choice("sembuh", _("Sembuh"), ()),
    Choice("lengkap", _("Pengobatan lengkap"), ("lengkap", "selesai")),
    Choice("gagal", _("Gagal"), ()),
    Choice("meninggal", _("Meninggal"), ("mati",)),
    Choice("putus", _("Putus berobat"), ("mangkir", "do", "ltfu")),
    Choice("tidak_dievaluasi", _("Tidak dievaluasi atau pindah"), ("pindah", "tidak dievaluasi")),
)


def followed(v: Values) -> Values:
    """Whether the case was found in the year of this visit."""
    found = v["diagnosed_on"]
    return {"found_now": None if found is None else found.year == v["seen_on"].year}


def _contradicts_month(v: Values) -> bool:
    """The month of treatment that was written lies far from what the dates say."""
    if v["treatment_on"] is None or v["treatment_month"] is None:
        return False
    return abs((v["seen_on"] - v["treatment_on"]).days / 30.44 - v["treatment_month"]) > 2


def _too_old(v: Values) -> bool:
    days = cutoff("tb_treatment_days", v["seen_on"])
    return bool(v["treatment_on"]) and (v["seen_on"] - v["treatment_on"]).days > days


TB_CASE = Service(
    code="tb_case",
    label=_("Pengobatan kasus TBC"),
    cluster="K4",
    stage="produktif",
    age_months=(0, 120 * 12),
    sensitive=True,
    source="Register TBC 03; Permenkes 67/2016",
    needs_one_of=("diagnosed_on", "treatment_on"),
    fields=(
        choice("case_type", _("Tipe pasien"), *TYPES, aliases=("tipe", "riwayat pengobatan")),
        choice("confirmed", _("Dasar diagnosis"), *CONFIRMED, aliases=("diagnosis",)),
        on_day("diagnosed_on", _("Tanggal diagnosis"), aliases=("tgl diagnosis",)),
        on_day(
            "treatment_on", _("Mulai pengobatan"), aliases=("tgl mulai pengobatan", "mulai oat")
        ),
        whole(
            "treatment_month",
            _("Bulan pengobatan ke"),
            reject=(0, 24),
            aliases=("bulan ke", "bulan pengobatan"),
        ),
        choice("sputum", _("Hasil dahak"), *SPUTUM, aliases=("dahak", "hasil bta")),
        choice("hiv_status", _("Status HIV"), *HIV, aliases=("hiv", "hasil hiv")),
        choice("outcome", _("Hasil pengobatan"), *OUTCOMES, aliases=("hasil akhir",)),
        on_day("outcome_on", _("Tanggal hasil pengobatan"), aliases=("tgl hasil akhir",)),
        whole("contacts_found", _("Kontak didata"), "orang", reject=(0, 100), warn=(0, 30)),
        whole("contacts_examined", _("Kontak diperiksa"), "orang", reject=(0, 100), warn=(0, 30)),
        whole("tpt_eligible", _("Kontak layak TPT"), "orang", reject=(0, 100), warn=(0, 30)),
        whole("tpt_started", _("Kontak mulai TPT"), "orang", reject=(0, 100), warn=(0, 30)),
        whole("tpt_finished", _("Kontak selesai TPT"), "orang", reject=(0, 100), warn=(0, 30)),
    ),
    derived=(Derived("found_now", _("Ditemukan tahun kunjungan ini"), flag),),
    derive=followed,
    rules=(
        Rule(
            "treatment-after-diagnosis",
            ("treatment_on", "diagnosed_on"),
            _("Pengobatan mulai sebelum diagnosis. Periksa kedua tanggal itu."),
            lambda v: bool(
                v["treatment_on"] and v["diagnosed_on"] and v["treatment_on"] < v["diagnosed_on"]
            ),
        ),
        Rule(
            "dates-not-after-visit",
            ("treatment_on", "diagnosed_on", "outcome_on"),
            _("Ada tanggal sesudah kunjungan. Periksa tanggal diagnosis, mulai, dan hasil."),
            lambda v: any(
                v[name] and v[name] > v["seen_on"]
                for name in ("treatment_on", "diagnosed_on", "outcome_on")
            ),
        ),
        Rule(
            "treatment-too-old",
            ("treatment_on",),
            _("Pengobatan mulai lebih dari 3 tahun sebelum kunjungan. Periksa tahunnya."),
            _too_old,
        ),
        Rule(
            "outcome-of-a-treatment",
            ("outcome", "treatment_on"),
            _("Hasil pengobatan terisi tanpa tanggal mulai. Isi mulai pengobatannya."),
            lambda v: bool(v["outcome"]) and not v["treatment_on"],
        ),
        Rule(
            "outcome-with-its-day",
            ("outcome_on", "outcome"),
            _("Hasil pengobatan dan tanggalnya harus terisi keduanya. Lengkapi yang kosong."),
            lambda v: bool(v["outcome"]) != bool(v["outcome_on"]),
        ),
        Rule(
            "outcome-after-start",
            ("outcome_on", "treatment_on"),
            _("Tanggal hasil sebelum mulai pengobatan. Periksa kedua tanggal itu."),
            lambda v: bool(
                v["outcome_on"] and v["treatment_on"] and v["outcome_on"] < v["treatment_on"]
            ),
        ),
        Rule(
            "examined-among-found",
            ("contacts_examined", "contacts_found"),
            _("Kontak diperiksa lebih banyak daripada yang didata. Periksa kedua angka itu."),
            lambda v: (v["contacts_examined"] or 0) > (v["contacts_found"] or 0),
        ),
        Rule(
            "tpt-among-eligible",
            ("tpt_started", "tpt_eligible"),
            _("Kontak mulai TPT lebih banyak daripada yang layak. Periksa kedua angka itu."),
            lambda v: (v["tpt_started"] or 0) > (v["tpt_eligible"] or 0),
        ),
        Rule(
            "cured-by-bacteria",
            ("outcome", "confirmed"),
            _("Sembuh hanya untuk kasus bakteriologis; kasus klinis menjadi pengobatan lengkap."),
            lambda v: v["outcome"] == "sembuh" and v["confirmed"] == "klinis",
            warning=True,
        ),
        Rule(
            "month-agrees-with-start",
            ("treatment_month", "treatment_on"),
            _("Bulan pengobatan berbeda lebih dari 2 bulan dengan tanggal mulai. Periksa lagi."),
            _contradicts_month,
            warning=True,
        ),
    ),
)
