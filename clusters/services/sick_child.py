"""Cluster 2: sick children under five, by MTBS and, before two months of age, by MTBM."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import MTBS, cutoff
from clusters.services.language import (
    Choice,
    Derived,
    Service,
    choice,
    flag,
    measure,
    whole,
    word,
    yes_no,
)
from clusters.services.shared import odd, referred, rule
from clusters.services.sick_child_classes import DEHYDRATION_SIGNS, derive

VISIT = (
    Choice("pertama", _("Kunjungan pertama"), ("baru", "p", "1")),
    Choice("ulang", _("Kunjungan ulang"), ("kontrol", "lama", "u", "2")),
)
ALERTNESS = (
    Choice("baik", _("Sadar, tenang"), ("normal", "n", "sadar")),
    Choice("rewel", _("Gelisah atau rewel"), ("gelisah",)),
    Choice("letargis", _("Letargis atau tidak sadar"), ("tidak sadar", "lemas")),
)
DRINKING = (
    Choice("biasa", _("Minum biasa"), ("normal", "n", "baik")),
    Choice("haus", _("Haus, minum dengan lahap"), ("lahap",)),
    Choice("malas", _("Malas atau tidak bisa minum"), ("tidak bisa minum", "tidak bisa")),
)
PINCH = (
    Choice("segera", _("Segera kembali"), ("normal", "n", "cepat")),
    Choice("lambat", _("Kembali lambat")),
    Choice("sangat_lambat", _("Kembali sangat lambat (lebih dari 2 detik)"), ("sangat lambat",)),
)
MALARIA = (
    Choice("negatif", _("Negatif"), ("neg", "-")),
    Choice("positif", _("Positif"), ("pos", "+")),
)
OUTCOME = (
    Choice("membaik", _("Membaik atau sembuh"), ("sembuh", "baik")),
    Choice("tetap", _("Tetap"), ("sama",)),
    Choice("memburuk", _("Memburuk"), ("buruk",)),
)

SICK_CHILD = Service(
    code="sick_child",
    label=_("Balita sakit (MTBS/MTBM)"),
    cluster="K2",
    stage="balita",
    age_months=(0, 60),
    source=MTBS,
    needs_one_of=("danger", "cough", "diarrhoea", "fever", "ear", "temperature"),
    fields=(
        choice("visit_kind", _("Jenis kunjungan"), *VISIT, aliases=("kunjungan pertama ulang",)),
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            2,
            reject=(0.5, 40),
            warn=(1.5, 30),
            aliases=("bb", "berat", "bb kg"),
        ),
        measure(
            "temperature",
            _("Suhu badan"),
            "°C",
            1,
            reject=(30, 43),
            warn=(35, 41),
            aliases=("suhu", "suhu tubuh", "temperatur"),
        ),
        yes_no(
            "danger",
            _("Tanda bahaya umum"),
            aliases=("tanda bahaya", "tbu"),
            hint=_("Tidak bisa minum, muntah semua, kejang, letargis, biru, atau stridor."),
        ),
        yes_no("cough", _("Batuk atau sukar bernapas"), aliases=("batuk", "sukar bernapas")),
        whole(
            "breaths",
            _("Hitung napas"),
            "x/menit",
            reject=(5, 150),
            warn=(15, 90),
            aliases=("rr", "respirasi", "frekuensi napas", "napas"),
        ),
        yes_no("indrawing", _("Tarikan dinding dada"), aliases=("tdd", "retraksi dada")),
        whole(
            "oxygen",
            _("Saturasi oksigen"),
            "%",
            reject=(40, 100),
            warn=(80, 100),
            aliases=("spo2", "saturasi"),
        ),
        yes_no("diarrhoea", _("Diare"), aliases=("mencret",)),
        whole("diarrhoea_days", _("Lama diare"), "hari", reject=(0, 90), warn=(0, 30)),
        yes_no("blood", _("Darah dalam tinja"), aliases=("tinja berdarah", "disentri")),
        choice("alertness", _("Keadaan umum"), *ALERTNESS, aliases=("kesadaran",)),
        yes_no("sunken_eyes", _("Mata cekung")),
        choice("drinking", _("Cara minum"), *DRINKING, aliases=("diberi minum",)),
        choice("pinch", _("Cubitan kulit perut"), *PINCH, aliases=("turgor", "cubitan kulit")),
        yes_no("fever", _("Demam"), aliases=("panas",)),
        yes_no("stiff_neck", _("Kaku kuduk")),
        choice("malaria", _("Pemeriksaan malaria"), *MALARIA, aliases=("rdt malaria", "malaria")),
        yes_no("ear", _("Masalah telinga"), aliases=("telinga", "sakit telinga")),
        yes_no(
            "infection",
            _("Tanda infeksi bayi muda"),
            aliases=("infeksi lokal", "infeksi bayi muda"),
            hint=_("Di bawah 2 bulan: nanah di mata, pusar merah, atau pustul kulit."),
        ),
        measure(
            "muac",
            _("LILA"),
            "cm",
            1,
            reject=(6, 30),
            warn=(9, 22),
            aliases=("lila cm",),
        ),
        yes_no("oedema", _("Edema dua sisi"), aliases=("edema", "oedema")),
        yes_no(
            "immunisation_checked",
            _("Status imunisasi diperiksa"),
            aliases=("status imunisasi", "cek imunisasi"),
        ),
        yes_no("ors", _("Oralit"), aliases=("diberi oralit",)),
        yes_no("zinc", _("Zink"), aliases=("zinc", "diberi zink")),
        yes_no("antibiotic", _("Antibiotik"), aliases=("diberi antibiotik",)),
        yes_no("treated", _("Tindakan atau obat diberikan"), aliases=("tindakan", "diobati")),
        yes_no(
            "advice",
            _("Nasihat makan dan kapan kembali"),
            aliases=("konseling", "nasihat", "kie"),
        ),
        referred(),
        choice("outcome", _("Hasil kunjungan ulang"), *OUTCOME, aliases=("hasil tindak lanjut",)),
        yes_no(
            "form_used",
            _("Ditangani menurut MTBS/MTBM"),
            aliases=("mtbs", "mtbm", "form mtbs", "tata laksana mtbs"),
            hint=_("Boleh dikosongkan: disimpulkan bila semua pemeriksaan MTBS terisi."),
        ),
    ),
    derived=(
        Derived("fast_breathing", _("Napas cepat"), flag),
        Derived("cough_class", _("Klasifikasi batuk"), word),
        Derived("dehydration", _("Derajat dehidrasi"), word),
        Derived("fever_class", _("Klasifikasi demam"), word),
        Derived("young_class", _("Klasifikasi infeksi bayi muda"), word),
        Derived("muac_class", _("Gizi menurut LILA dan edema"), word),
        Derived("to_refer", _("Perlu dirujuk segera"), flag),
        Derived("by_mtbs", _("MTBS/MTBM dijalankan"), flag),
    ),
    derive=derive,
    rules=(
        rule(
            "signs-of-diarrhoea",
            ("diarrhoea", "diarrhoea_days", "blood"),
            _("Lama diare atau darah dalam tinja terisi, tetapi diare ditulis tidak. Perbaiki."),
            lambda v: v["diarrhoea"] is False and bool(v["diarrhoea_days"] or v["blood"]),
        ),
        rule(
            "outcome-of-a-return",
            ("outcome", "visit_kind"),
            _("Hasil kunjungan ulang hanya untuk kunjungan ulang. Periksa jenis kunjungannya."),
            lambda v: v["outcome"] is not None and v["visit_kind"] == "pertama",
        ),
        odd(
            "breaths-of-a-cough",
            ("breaths", "cough"),
            _("Batuk tercatat tetapi napas belum dihitung. Hitung napas satu menit penuh."),
            lambda v: bool(v["cough"]) and v["breaths"] is None,
        ),
        odd(
            "dehydration-assessed",
            DEHYDRATION_SIGNS,
            _("Diare tercatat tetapi tanda dehidrasi belum dinilai. Isi keempat tandanya."),
            lambda v: bool(v["diarrhoea"]) and v["dehydration"] is None,
        ),
        odd(
            "salts-for-diarrhoea",
            ("ors", "zinc", "diarrhoea"),
            _("Oralit atau zink diberikan tanpa diare. Periksa keluhannya."),
            lambda v: bool(v["ors"] or v["zinc"]) and v["diarrhoea"] is False,
        ),
        odd(
            "antibiotic-for-a-cold",
            ("antibiotic", "breaths"),
            _("Antibiotik diberikan pada batuk bukan pneumonia. Pastikan ada alasan lain."),
            lambda v: (
                bool(v["antibiotic"])
                and v["cough_class"] == "bukan_pneumonia"
                and not (v["ear"] or v["blood"] or v["infection"])
            ),
        ),
        odd(
            "severe-is-referred",
            ("referred",),
            _("Anak ini perlu dirujuk segera menurut MTBS. Isi Dirujuk, atau periksa tandanya."),
            lambda v: bool(v["to_refer"]) and not v["referred"],
        ),
        odd(
            "fever-by-thermometer",
            ("fever", "temperature"),
            _("Demam ditulis tidak tetapi suhunya tinggi. Periksa keduanya."),
            lambda v: (
                v["fever"] is False
                and v["temperature"] is not None
                and v["temperature"] >= cutoff("mtbs_fever_c", v["seen_on"])
            ),
        ),
    ),
)
