"""Cluster 2: deliveries (persalinan), written down for the mother on the day of the birth."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import PERMENKES_21_2021
from clusters.services.language import (
    Apart,
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    day,
    on_day,
    small_number,
    whole,
    yes_no,
)

# Between two births of one woman lie at least five months.
BIRTHS_APART_DAYS = 150
SHORTEST_WEEKS, LONGEST_WEEKS = 20, 44
BIRTHPLACES = (
    Choice("rs", _("Rumah sakit"), ("rsud", "rsia", "rumah sakit umum")),
    Choice("puskesmas", _("Puskesmas"), ("pkm", "poned")),
    Choice("klinik", _("Klinik"), ("klinik bersalin", "rumah bersalin", "rb")),
    Choice("tpmb", _("Praktik mandiri bidan"), ("pmb", "bpm", "bps", "praktik bidan")),
    Choice("pustu", _("Pustu"), ("puskesmas pembantu",)),
    Choice("polindes", _("Polindes/Poskesdes"), ("polindes", "poskesdes")),
    Choice("rumah", _("Rumah"), ("di rumah", "rumah sendiri")),
    Choice("jalan", _("Perjalanan"), ("di jalan", "dalam perjalanan")),
)
HELPERS = (
    Choice("spog", _("Dokter spesialis kandungan"), ("spog", "dokter spesialis", "obgyn")),
    Choice("dokter", _("Dokter"), ("dr", "dokter umum")),
    Choice("bidan", _("Bidan"), ("bd",)),
    Choice("perawat", _("Perawat"), ("ns",)),
    Choice("dukun", _("Dukun"), ("dukun bayi", "paraji")),
    Choice("lain", _("Keluarga atau lainnya"), ("keluarga", "lainnya", "sendiri")),
)
WAYS = (
    Choice("normal", _("Normal"), ("spontan", "pervaginam")),
    Choice("alat", _("Dengan alat"), ("vakum", "vacum", "forsep")),
    Choice("sesar", _("Seksio sesarea"), ("sc", "sectio", "operasi", "caesar")),
)
COMPLICATIONS = (
    Choice("tidak", _("Tidak ada"), ("-", "tidak", "normal")),
    Choice("perdarahan", _("Perdarahan"), ("hpp", "hap")),
    Choice("eklampsia", _("Preeklampsia/eklampsia"), ("peb", "preeklampsia", "eklampsia")),
    Choice("infeksi", _("Infeksi"), ("sepsis",)),
    Choice("macet", _("Partus lama/macet"), ("partus lama", "partus macet", "kala ii lama")),
    Choice("ketuban", _("Ketuban pecah dini"), ("kpd",)),
    Choice("lain", _("Komplikasi lain"), ("lainnya",)),
)


def derive(v: Values) -> Values:
    """The day of the birth, under the name that other services give it, and completed weeks."""
    weeks = v["weeks"]
    if weeks is None and v["lmp_on"]:
        weeks = (v["seen_on"] - v["lmp_on"]).days // 7
    return {"delivered_on": v["seen_on"], "gestation": weeks}


def _impossible_pregnancy(lmp: date | None, delivered: date) -> bool:
    if lmp is None:
        return False
    return not SHORTEST_WEEKS * 7 <= (delivered - lmp).days <= LONGEST_WEEKS * 7 + 6


DELIVERY = Service(
    code="delivery",
    label=_("Persalinan"),
    cluster="K2",
    stage="bulin",
    sexes="P",
    age_months=(10 * 12, 60 * 12),
    source=f"{PERMENKES_21_2021}; kohort ibu",
    needs_one_of=("birthplace", "helper", "way", "live_births", "stillbirths"),
    aliases={
        "name": ("nama ibu bersalin", "nama bulin"),
        "seen_on": (
            *("tanggal persalinan", "tgl persalinan", "tanggal bersalin", "tgl bersalin"),
            *("tanggal melahirkan", "tgl partus", "tanggal partus"),
        ),
    },
    apart=Apart(
        column="delivered_on",
        field="seen_on",
        days=BIRTHS_APART_DAYS,
        code="births-too-close",
        message=_(
            "Ibu ini sudah tercatat bersalin kurang dari 5 bulan dari tanggal ini. Periksa tanggal "
            "persalinan dan NIK; bila catatan lama yang salah, batalkan dahulu."
        ),
    ),
    fields=(
        on_day("lmp_on", _("HPHT"), aliases=("hari pertama haid terakhir", "tgl hpht")),
        whole(
            "weeks",
            _("Usia kehamilan"),
            "minggu",
            reject=(SHORTEST_WEEKS, LONGEST_WEEKS),
            warn=(28, 42),
            aliases=("uk", "umur kehamilan", "usia hamil", "uk minggu"),
        ),
        whole("gravida", _("Gravida"), reject=(1, 20), warn=(1, 10), aliases=("g", "hamil ke")),
        choice(
            "birthplace",
            _("Tempat bersalin"),
            *BIRTHPLACES,
            aliases=("tempat persalinan", "tempat melahirkan", "tempat partus"),
        ),
        choice(
            "helper",
            _("Penolong 1"),
            *HELPERS,
            aliases=("penolong", "penolong persalinan", "ditolong oleh", "penolong utama"),
        ),
        choice("helper_2", _("Penolong 2"), *HELPERS, aliases=("penolong kedua", "asisten")),
        choice("way", _("Cara persalinan"), *WAYS, aliases=("cara bersalin", "jenis persalinan")),
        yes_no(
            "by_standard",
            _("Persalinan sesuai standar"),
            aliases=("apn", "sesuai standar apn", "60 langkah apn", "persalinan sesuai apn"),
            hint=_("Asuhan persalinan normal, atau standar rumah sakit bila dengan tindakan."),
        ),
        whole(
            "live_births",
            _("Bayi lahir hidup"),
            "bayi",
            reject=(0, 8),
            warn=(0, 3),
            aliases=("lahir hidup", "jumlah lahir hidup", "lh"),
        ),
        whole(
            "stillbirths",
            _("Bayi lahir mati"),
            "bayi",
            reject=(0, 8),
            warn=(0, 2),
            aliases=("lahir mati", "jumlah lahir mati", "iufd"),
        ),
        choice("complication", _("Komplikasi"), *COMPLICATIONS, aliases=("komplikasi persalinan",)),
        yes_no(
            "treated",
            _("Komplikasi ditangani sampai selesai"),
            aliases=("komplikasi ditangani", "ditangani"),
        ),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("delivered_on", _("Tanggal persalinan"), day),
        Derived("gestation", _("Usia kehamilan saat bersalin (minggu)"), small_number),
    ),
    derive=derive,
    rules=(
        Rule(
            "delivery-after-pregnancy",
            ("lmp_on",),
            _(
                "Persalinan harus 20 sampai 44 minggu sesudah HPHT. Periksa HPHT dan tanggal "
                "persalinan."
            ),
            lambda v: _impossible_pregnancy(v["lmp_on"], v["seen_on"]),
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
        Rule(
            "somebody-was-born",
            ("live_births", "stillbirths"),
            _("Lahir hidup dan lahir mati sama-sama 0. Isi jumlah bayi yang dilahirkan."),
            lambda v: v["live_births"] == 0 and v["stillbirths"] == 0,
        ),
        Rule(
            "first-helper-first",
            ("helper_2", "helper"),
            _("Penolong 2 diisi tetapi Penolong 1 kosong. Isi Penolong 1 dahulu."),
            lambda v: bool(v["helper_2"] and not v["helper"]),
        ),
        Rule(
            "treated-without-complication",
            ("treated", "complication"),
            _("Komplikasi ditandai ditangani tetapi tidak disebut. Pilih jenis komplikasinya."),
            lambda v: bool(v["treated"]) and v["complication"] in (None, "tidak"),
        ),
        Rule(
            "operation-in-hospital",
            ("way", "birthplace"),
            _("Seksio sesarea hanya dilakukan di rumah sakit. Periksa cara dan tempat bersalin."),
            lambda v: v["way"] == "sesar" and v["birthplace"] not in (None, "rs"),
            warning=True,
        ),
    ),
)
