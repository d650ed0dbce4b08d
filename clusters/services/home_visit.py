"""Cluster 1: home visits by the cadre, what they find, and what the Pustu does about it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.language import (
    Choice,
    Derived,
    Field,
    Kind,
    Rule,
    Service,
    Values,
    choice,
    day,
    flag,
    on_day,
    whole,
    yes_no,
)

KINDS = (
    Choice("keluarga", _("Keluarga"), ("kk", "kepala keluarga")),
    Choice("bumil", _("Ibu hamil"), ("hamil",)),
    Choice("nifas", _("Ibu bersalin/nifas"), ("bersalin", "ibu nifas", "busui")),
    Choice("bayi", _("Bayi 0–6 bulan"), ("bayi",)),
    Choice("balita", _("Balita dan prasekolah"), ("apras", "anak balita")),
    Choice("remaja", _("Usia sekolah dan remaja"), ("sekolah", "usia sekolah")),
    Choice("dewasa", _("Dewasa"), ("usia produktif",)),
    Choice("lansia", _("Lansia"), ("lanjut usia",)),
    Choice("tbc", _("Pasien atau kontak TBC"), ("tb", "pasien tb")),
)
REASONS = (
    Choice("rutin", _("Rutin"), ("kunjungan rutin",)),
    Choice("tidak_datang", _("Tidak datang ke Posyandu"), ("tidak hadir",)),
    Choice("berisiko", _("Berisiko"), ("risti", "risiko tinggi")),
    Choice("lanjutan", _("Tindak lanjut temuan"), ("tindak lanjut", "kontrol")),
)
FINDINGS = (
    Choice("a", _("a. Tidak mengakses layanan"), ("tidak akses", "tidak ke posyandu")),
    Choice("b", _("b. Tidak patuh"), ("tidak patuh",)),
    Choice("c", _("c. Tanda bahaya"), ("tanda bahaya",)),
    Choice("d", _("d. Gejala TBC"), ("gejala tbc", "gejala tb")),
)
FAMILY = ("phbs", "larvae")


def derive(v: Values) -> Values:
    """By when a finding must be followed up, and whether it was; None where nothing was found."""
    if not v["findings"]:
        return dict.fromkeys(("has_finding", "due_on", "closed_in_time")) | {"has_finding": False}
    due = v["seen_on"] + timedelta(days=int(cutoff("home_finding_days", v["seen_on"])))
    closed = v["followed_on"]
    return {
        "has_finding": True,
        "due_on": due,
        "closed_in_time": closed is not None and closed <= due,
    }


HOME_VISIT = Service(
    code="home_visit",
    label=_("Kunjungan rumah"),
    cluster="K1",
    stage="produktif",
    age_months=(0, 120 * 12),
    source="Ceklis kunjungan rumah kader, KMK HK.01.07/MENKES/2015/2023",
    needs_one_of=("target_kind",),
    fields=(
        choice(
            "target_kind",
            _("Sasaran kunjungan"),
            *KINDS,
            hint=_("Keluarga dicatat atas nama kepala keluarga."),
            aliases=("sasaran", "jenis sasaran", "kelompok sasaran"),
        ),
        choice("reason", _("Alasan kunjungan"), *REASONS, aliases=("alasan",)),
        Field("findings", _("Temuan"), Kind.CODES, choices=FINDINGS),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan", "lapor pustu")),
        on_day(
            "followed_on",
            _("Ditindaklanjuti Pustu"),
            aliases=("tgl tindak lanjut", "tanggal tindak lanjut"),
        ),
        yes_no("education", _("Edukasi"), aliases=("penyuluhan",)),
        whole("phbs", _("Indikator PHBS terpenuhi"), "dari 10", reject=(0, 10), aliases=("phbs",)),
        yes_no("larvae", _("Ada jentik"), aliases=("jentik", "jentik ditemukan")),
    ),
    derived=(
        Derived("has_finding", _("Ada temuan"), flag),
        Derived("due_on", _("Batas tindak lanjut"), day),
        Derived("closed_in_time", _("Ditindaklanjuti tepat waktu"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "followed-after-visit",
            ("followed_on",),
            _("Tindak lanjut sebelum kunjungan. Periksa kedua tanggal itu."),
            lambda v: bool(v["followed_on"]) and v["followed_on"] < v["seen_on"],
        ),
        Rule(
            "followed-without-finding",
            ("followed_on", "findings"),
            _("Tindak lanjut terisi tanpa temuan. Centang temuannya atau kosongkan tanggalnya."),
            lambda v: bool(v["followed_on"]) and not v["findings"],
        ),
        Rule(
            "house-of-a-family",
            FAMILY,
            _("PHBS dan jentik dicatat pada sasaran Keluarga. Pindahkan ke baris keluarganya."),
            lambda v: v["target_kind"] != "keluarga" and any(v[f] is not None for f in FAMILY),
        ),
        Rule(
            "danger-is-referred",
            ("referred", "findings"),
            _("Ada tanda bahaya tetapi belum dirujuk. Rujuk hari ini juga."),
            lambda v: "c" in (v["findings"] or ()) and not v["referred"],
            warning=True,
        ),
    ),
)
