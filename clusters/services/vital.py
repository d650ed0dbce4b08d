"""Cluster 1: births and deaths. The day of the visit is the day of the event."""

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
    whole,
    word,
)

BORN, STILLBORN, DIED = "lahir_hidup", "lahir_mati", "meninggal"
EVENTS = (
    Choice(BORN, _("Lahir hidup"), ("lahir", "kelahiran", "lh")),
    Choice(STILLBORN, _("Lahir mati"), ("iufd", "stillbirth", "lm")),
    Choice(DIED, _("Meninggal"), ("mati", "kematian", "wafat")),
)
CAUSES = (
    Choice("maternal", _("Penyebab obstetri"), ("perdarahan", "preeklamsia", "obstetri")),
    Choice("bblr", _("Prematur atau BBLR"), ("bblr", "prematur")),
    Choice("asfiksia", _("Asfiksia"), ()),
    Choice("kelainan", _("Kelainan bawaan"), ("kongenital", "kelainan kongenital")),
    Choice("infeksi", _("Infeksi"), ("pneumonia", "diare", "sepsis", "tbc", "demam berdarah")),
    Choice("tidak_menular", _("Penyakit tidak menular"), ("ptm", "jantung", "stroke", "diabetes")),
    Choice("kecelakaan", _("Kecelakaan atau kekerasan"), ("cedera", "kecelakaan", "tenggelam")),
    Choice("lain", _("Lainnya"), ("tidak diketahui", "tua", "lansia")),
)
STATES = (
    Choice("hamil", _("Hamil"), ("ibu hamil",)),
    Choice("bersalin", _("Bersalin"), ("ibu bersalin",)),
    Choice("nifas", _("Nifas"), ("ibu nifas",)),
    Choice("tidak", _("Tidak"), ("-", "bukan")),
)


def derive(v: Values) -> Values:
    """What kind of death it is, by pregnancy and age; None for births."""
    if v["event"] != DIED:
        return {"death_class": None, "maternal": None}
    maternal = _is_maternal(v)
    return {"death_class": "ibu" if maternal else _by_age(v), "maternal": maternal}


def _is_maternal(v: Values) -> bool:
    """In pregnancy, delivery or the days after, and not by accident."""
    if v["cause"] == "kecelakaan" or v["pregnancy"] in (None, "tidak"):
        return False
    if v["pregnancy"] != "nifas":
        return True
    return (v["days_after"] or 0) <= cutoff("maternal_last_day", v["seen_on"])


def _by_age(v: Values) -> str:
    if v["age_days"] <= cutoff("neonatal_last_day", v["seen_on"]):
        return "neonatal"
    if v["age_months"] < 12:
        return "postneonatal"
    return "balita" if v["age_months"] < 60 else "lain"


def _is_grown_woman(v: Values) -> bool:
    return v["sex"] == "P" and 10 * 12 <= v["age_months"] < 56 * 12


VITAL = Service(
    code="vital",
    label=_("Kelahiran dan kematian"),
    cluster="K1",
    stage="produktif",
    age_months=(0, 120 * 12),
    source="Laporan kematian dan kelahiran; Permenkes 21/2021",
    needs_one_of=("event",),
    fields=(
        choice(
            "event",
            _("Peristiwa"),
            *EVENTS,
            hint=_("Tanggal kunjungan diisi tanggal peristiwa."),
            aliases=("jenis peristiwa", "kejadian"),
        ),
        choice("cause", _("Penyebab kematian"), *CAUSES, aliases=("penyebab", "sebab kematian")),
        choice("pregnancy", _("Keadaan hamil"), *STATES, aliases=("status kehamilan", "hamil")),
        whole(
            "days_after",
            _("Hari sesudah bersalin"),
            "hari",
            reject=(0, 365),
            warn=(0, 42),
            aliases=("hari nifas", "hari ke"),
        ),
        whole(
            "stillborn",
            _("Jumlah bayi lahir mati"),
            "bayi",
            reject=(1, 5),
            warn=(1, 2),
            hint=_("Lahir mati dicatat atas nama ibunya."),
            aliases=("jumlah lahir mati",),
        ),
        choice(
            "place_of_event",
            _("Tempat peristiwa"),
            Choice("faskes", _("Fasilitas kesehatan"), ("rs", "puskesmas", "klinik")),
            Choice("rumah", _("Rumah"), ("di rumah",)),
            Choice("jalan", _("Perjalanan atau lainnya"), ("perjalanan", "lainnya")),
            aliases=("tempat kejadian",),
        ),
    ),
    derived=(
        Derived("death_class", _("Kelompok kematian"), word),
        Derived("maternal", _("Kematian ibu"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "birth-on-its-day",
            ("event",),
            _("Tanggal kelahiran harus sama dengan tanggal lahir bayi. Periksa kedua tanggal itu."),
            lambda v: v["event"] == BORN and v["age_days"] != 0,
        ),
        Rule(
            "stillbirth-of-a-mother",
            ("event", "stillborn"),
            _("Lahir mati dicatat atas nama ibu. Tulis nama dan tanggal lahir ibunya."),
            lambda v: v["event"] == STILLBORN and not _is_grown_woman(v),
        ),
        Rule(
            "stillborn-counted",
            ("stillborn", "event"),
            _("Jumlah bayi lahir mati diisi pada peristiwa lahir mati saja. Periksa keduanya."),
            lambda v: (v["event"] == STILLBORN) != bool(v["stillborn"]),
        ),
        Rule(
            "cause-of-a-death",
            ("cause", "event"),
            _("Penyebab kematian terisi pada kelahiran. Kosongkan atau ubah peristiwanya."),
            lambda v: v["event"] == BORN and bool(v["cause"]),
        ),
        Rule(
            "pregnancy-of-a-woman",
            ("pregnancy",),
            _("Hamil, bersalin, dan nifas hanya untuk perempuan 10–55 tahun. Periksa isiannya."),
            lambda v: v["pregnancy"] not in (None, "tidak") and not _is_grown_woman(v),
        ),
        Rule(
            "days-after-delivery",
            ("days_after", "pregnancy"),
            _("Hari sesudah bersalin diisi bila keadaannya nifas. Periksa keduanya."),
            lambda v: v["days_after"] is not None and v["pregnancy"] != "nifas",
        ),
        Rule(
            "cause-unknown",
            ("cause",),
            _("Penyebab kematian kosong. Lengkapi sesudah otopsi verbal."),
            lambda v: v["event"] == DIED and not v["cause"],
            warning=True,
        ),
    ),
)
