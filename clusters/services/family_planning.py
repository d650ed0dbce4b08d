"""Cluster 2: family planning (KB), written down for the woman of the couple."""

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
    whole,
    yes_no,
)

NO_METHOD = "tidak"
METHODS = (
    Choice("pil", _("Pil"), ("pil kb",)),
    Choice("suntik", _("Suntik"), ("suntikan", "suntik 1 bulan", "suntik 3 bulan")),
    Choice("implan", _("Implan"), ("implant", "susuk")),
    Choice("iud", _("IUD"), ("akdr", "spiral")),
    Choice("mow", _("MOW"), ("tubektomi", "steril")),
    Choice("mop", _("MOP"), ("vasektomi",)),
    Choice("kondom", _("Kondom"), ()),
    Choice("mal", _("MAL"), ("lam", "amenore laktasi")),
    Choice(NO_METHOD, _("Tidak memakai"), ("-", "tidak", "tidak kb")),
)
STATES = (
    Choice("baru", _("Peserta baru"), ("baru",)),
    Choice("aktif", _("Peserta aktif"), ("aktif", "lama", "ulang")),
    Choice("ganti", _("Ganti cara"), ("ganti",)),
    Choice("berhenti", _("Berhenti"), ("drop out", "do", "berhenti")),
)


def derive(v: Values) -> Values:
    """Whether one of the four "too" holds (4T), and whether the method follows a birth."""
    seen, delivered = v["seen_on"], v["delivered_on"]
    days = (seen - delivered).days if delivered else None
    accepted = v["method"] not in (None, NO_METHOD) and v["state"] in (None, "baru", "ganti")
    in_time = days is not None and 0 <= days <= cutoff("postpartum_last_day", seen)
    return {"four_t": _four_t(v), "postpartum": accepted and in_time}


def _four_t(v: Values) -> bool:
    """Too young, too old, too many children, or the youngest too small for another."""
    seen, years = v["seen_on"], v["age_months"] // 12
    spacing = v["youngest_months"]
    return bool(
        years < cutoff("kb_too_young_years", seen)
        or years > cutoff("kb_too_old_years", seen)
        or (v["children"] is not None and v["children"] > cutoff("kb_too_many_children", seen))
        or (spacing is not None and spacing < cutoff("kb_too_close_months", seen))
    )


FAMILY_PLANNING = Service(
    code="family_planning",
    label=_("Pelayanan keluarga berencana (KB)"),
    cluster="K2",
    stage="wus",
    sexes="P",
    age_months=(12 * 12, 55 * 12),
    source="Permenkes 21/2021; kartu peserta KB",
    needs_one_of=("method", "state"),
    aliases={"name": ("nama akseptor", "nama peserta kb", "nama istri")},
    fields=(
        choice("method", _("Cara KB"), *METHODS, aliases=("metode kb", "alokon", "jenis kb", "kb")),
        choice("state", _("Status peserta"), *STATES, aliases=("status peserta kb", "status kb")),
        whole(
            "children",
            _("Jumlah anak hidup"),
            "anak",
            reject=(0, 20),
            warn=(0, 10),
            aliases=("anak hidup", "jumlah anak"),
        ),
        whole(
            "youngest_months",
            _("Umur anak terkecil"),
            "bulan",
            reject=(0, 600),
            aliases=("umur anak bungsu", "anak terkecil"),
        ),
        on_day(
            "delivered_on",
            _("Tanggal bersalin terakhir"),
            aliases=("tanggal persalinan", "tanggal bersalin", "tgl persalinan"),
        ),
        yes_no("wants_child", _("Ingin anak segera"), aliases=("ingin anak",)),
        yes_no("side_effects", _("Efek samping atau komplikasi"), aliases=("efek samping",)),
        yes_no("education", _("Konseling"), aliases=("edukasi", "penyuluhan")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("four_t", _("PUS 4T (terlalu muda, tua, banyak, dekat)"), flag),
        Derived("postpartum", _("Mulai KB dalam 42 hari sesudah bersalin"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "delivered-before-visit",
            ("delivered_on",),
            _("Tanggal bersalin sesudah tanggal kunjungan. Periksa kedua tanggal itu."),
            lambda v: bool(v["delivered_on"]) and v["delivered_on"] > v["seen_on"],
        ),
        Rule(
            "mother-old-enough",
            ("delivered_on",),
            _("Ibu belum berumur 10 tahun pada tanggal bersalin. Periksa tanggal lahirnya."),
            lambda v: (
                bool(v["delivered_on"])
                and v["age_days"] - (v["seen_on"] - v["delivered_on"]).days < 10 * 365
            ),
        ),
        Rule(
            "method-of-participants",
            ("method", "state"),
            _("Peserta baru, aktif, atau ganti cara harus menyebut cara KB-nya. Isi Cara KB."),
            lambda v: v["state"] in ("baru", "aktif", "ganti") and v["method"] in (None, NO_METHOD),
        ),
        Rule(
            "breastfeeding-method",
            ("method", "youngest_months"),
            _("MAL hanya andal sampai bayi berumur 6 bulan. Tawarkan cara lain."),
            lambda v: v["method"] == "mal" and (v["youngest_months"] or 0) >= 6,
            warning=True,
        ),
    ),
)
