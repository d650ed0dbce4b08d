"""Cluster 2: care of mothers in the six weeks after a birth (nifas, KF1 to KF4)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import PERMENKES_21_2021, cutoff
from clusters.services.delivery import BIRTHS_APART_DAYS
from clusters.services.family_planning import METHODS
from clusters.services.language import (
    Apart,
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    measure,
    on_day,
    small_number,
    whole,
    word,
    yes_no,
)
from clusters.services.neonatal_days import hours_contradict, visit_number

LONGEST_DAYS = 60  # a visit that late is one of nifas by mistake or a mistyped date
YOUNGEST_MOTHER_DAYS = 10 * 365
DANGERS = (
    Choice("tidak", _("Tidak ada"), ("-", "tidak", "normal")),
    Choice("perdarahan", _("Perdarahan"), ("hpp",)),
    Choice("demam", _("Demam atau infeksi"), ("infeksi", "demam", "sepsis")),
    Choice("eklampsia", _("Preeklampsia/eklampsia"), ("peb", "kejang", "preeklampsia")),
    Choice("payudara", _("Payudara bengkak atau luka"), ("mastitis",)),
    Choice("jiwa", _("Gangguan jiwa nifas"), ("depresi", "baby blues")),
    Choice("lain", _("Tanda bahaya lain"), ("lainnya",)),
)


def derive(v: Values) -> Values:
    """Days since the birth, which of KF1 to KF4 this is, within six weeks, raised pressure."""
    delivered, seen = v["delivered_on"], v["seen_on"]
    days = (seen - delivered).days if delivered else None
    return {
        "days": days,
        "kf": None if days is None else visit_number("kf", days, v["hours"], seen),
        "bp_high": _bp_high(v),
        "in_time": days is not None and 0 <= days <= cutoff("postpartum_last_day", seen),
    }


def _bp_high(v: Values) -> bool | None:
    if v["systole"] is None or v["diastole"] is None:
        return None
    seen = v["seen_on"]
    return bool(
        v["systole"] >= cutoff("systole_high", seen)
        or v["diastole"] >= cutoff("diastole_high", seen)
    )


POSTNATAL = Service(
    code="postnatal",
    label=_("Pelayanan nifas (KF)"),
    cluster="K2",
    stage="bulin",
    sexes="P",
    age_months=(10 * 12, 60 * 12),
    source=f"{PERMENKES_21_2021}; kartu bantu ibu nifas Posyandu",
    needs_one_of=("delivered_on",),
    aliases={"name": ("nama ibu nifas", "nama bufas", "nama ibu menyusui")},
    apart=Apart(
        column="delivered_on",
        field="delivered_on",
        days=BIRTHS_APART_DAYS,
        code="births-too-close",
        message=_(
            "Kunjungan nifas lain ibu ini menyebut tanggal bersalin yang berbeda kurang dari 5 "
            "bulan. Samakan tanggal bersalin pada semua kunjungannya; unggah semuanya bersama."
        ),
    ),
    fields=(
        on_day(
            "delivered_on",
            _("Tanggal bersalin"),
            required=True,
            aliases=(
                *("tanggal persalinan", "tgl persalinan", "tgl bersalin", "tanggal melahirkan"),
                *("tanggal partus", "tgl partus"),
            ),
        ),
        whole(
            "hours",
            _("Jam sejak bersalin"),
            "jam",
            reject=(0, 72),
            aliases=("jam setelah bersalin", "jam nifas"),
            hint=_("Isi bila kunjungan dalam tiga hari pertama."),
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
            "temperature",
            _("Suhu"),
            "°C",
            1,
            reject=(30, 45),
            warn=(35, 41),
            aliases=("suhu tubuh", "suhu badan"),
        ),
        yes_no("bleeding_checked", _("Perdarahan diperiksa"), aliases=("periksa perdarahan",)),
        yes_no("breast_checked", _("Payudara diperiksa"), aliases=("periksa payudara",)),
        yes_no("vitamin_a_1", _("Vitamin A kapsul 1"), aliases=("vit a 1", "vitamin a 1")),
        yes_no("vitamin_a_2", _("Vitamin A kapsul 2"), aliases=("vit a 2", "vitamin a 2")),
        whole(
            "tablets",
            _("TTD diberikan"),
            "tablet",
            reject=(0, 200),
            warn=(0, 60),
            aliases=("ttd", "fe", "tablet fe"),
        ),
        choice(
            "method",
            _("KB pasca salin"),
            *METHODS,
            aliases=("kb", "kbpp", "kb pasca persalinan", "metode kb"),
        ),
        choice("danger", _("Tanda bahaya"), *DANGERS, aliases=("komplikasi", "komplikasi nifas")),
        yes_no("treated", _("Komplikasi ditangani"), aliases=("ditangani",)),
        yes_no("mental_screening", _("Skrining jiwa"), aliases=("skrining kesehatan jiwa", "epds")),
        yes_no("education", _("Edukasi"), aliases=("konseling", "penyuluhan")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("days", _("Hari sejak bersalin"), small_number),
        Derived("kf", _("Kunjungan nifas"), word),
        Derived("bp_high", _("Tekanan darah tinggi"), flag),
        Derived("in_time", _("Dalam 42 hari sesudah bersalin"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "delivered-before-visit",
            ("delivered_on",),
            _("Tanggal bersalin sesudah tanggal kunjungan. Periksa kedua tanggal itu."),
            lambda v: v["days"] is not None and v["days"] < 0,
        ),
        Rule(
            "delivered-lately",
            ("delivered_on",),
            _(
                "Kunjungan lebih dari 60 hari sesudah bersalin bukan kunjungan nifas. Periksa "
                "tanggal bersalin."
            ),
            lambda v: v["days"] is not None and v["days"] > LONGEST_DAYS,
        ),
        Rule(
            "mother-old-enough",
            ("delivered_on",),
            _("Ibu belum berumur 10 tahun pada tanggal bersalin. Periksa tanggal lahirnya."),
            lambda v: v["days"] is not None and v["age_days"] - v["days"] < YOUNGEST_MOTHER_DAYS,
        ),
        Rule(
            "hours-agree-with-days",
            ("hours", "delivered_on"),
            _("Jam sejak bersalin tidak cocok dengan tanggal bersalin. Periksa salah satunya."),
            lambda v: hours_contradict(v["hours"], v["days"]),
        ),
        Rule(
            "diastole-below-systole",
            ("systole", "diastole"),
            _("Diastole harus lebih kecil daripada sistole. Periksa kembali tekanan darah."),
            lambda v: bool(v["systole"] and v["diastole"] and v["diastole"] >= v["systole"]),
        ),
        Rule(
            "treated-without-danger",
            ("treated", "danger"),
            _("Komplikasi ditandai ditangani tetapi tidak disebut. Pilih tanda bahayanya."),
            lambda v: bool(v["treated"]) and v["danger"] in (None, "tidak"),
        ),
    ),
)
