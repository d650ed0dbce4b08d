"""Cluster 4: HIV tests of people at risk. As little as the standard needs is written down."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    yes_no,
)

GROUPS = (
    Choice("bumil", _("Ibu hamil"), ("ibu hamil", "hamil")),
    Choice("tbc", _("Pasien TBC"), ("tb", "pasien tb")),
    Choice("ims", _("Pasien IMS"), ("infeksi menular seksual",)),
    Choice("kunci", _("Populasi kunci"), ("wps", "lsl", "waria", "transgender", "penasun")),
    Choice("wbp", _("Warga binaan"), ("warga binaan pemasyarakatan", "lapas", "rutan")),
    Choice("pasangan", _("Pasangan berisiko"), ("pasangan odhiv", "pasangan")),
    Choice("lain", _("Lainnya"), ()),
)
REACTIONS = (
    Choice("nonreaktif", _("Nonreaktif"), ("non reaktif", "nr", "-", "negatif")),
    Choice("reaktif", _("Reaktif"), ("r", "+", "positif")),
)


def derive(v: Values) -> Values:
    """Whether all tests that the first results ask for were made: R2 and R3 follow a reaction."""
    first, second, third = v["r1"], v["r2"], v["r3"]
    complete = first == "nonreaktif" or (
        first == "reaktif"
        and (second == "nonreaktif" or (second == "reaktif" and third is not None))
    )
    return {"complete": complete if first else None, "reactive": None if not first else _all(v)}


def _all(v: Values) -> bool:
    return all(v[name] == "reaktif" for name in ("r1", "r2", "r3"))


HIV_TEST = Service(
    code="hiv_test",
    label=_("Tes HIV orang berisiko"),
    cluster="K4",
    stage="produktif",
    age_months=(0, 120 * 12),
    sensitive=True,
    source="Permenkes 6/2024 (SPM 12); Permenkes 23/2022",
    needs_one_of=("r1", "education"),
    fields=(
        choice("risk_group", _("Kelompok"), *GROUPS, aliases=("kelompok risiko", "populasi")),
        yes_no("education", _("Edukasi"), aliases=("konseling", "penyuluhan")),
        choice("r1", _("Tes 1 (R1)"), *REACTIONS, aliases=("r1", "hasil tes hiv", "tes hiv")),
        choice("r2", _("Tes 2 (R2)"), *REACTIONS, aliases=("r2",)),
        choice("r3", _("Tes 3 (R3)"), *REACTIONS, aliases=("r3",)),
        yes_no("treated", _("Mulai ARV"), aliases=("arv",)),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("complete", _("Rangkaian tes lengkap"), flag),
        Derived("reactive", _("Reaktif pada ketiga tes"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "tests-in-order",
            ("r2", "r1", "r3"),
            _("R2 hanya sesudah R1 reaktif, R3 sesudah R2 reaktif. Periksa urutan hasilnya."),
            lambda v: bool(
                (v["r2"] and v["r1"] != "reaktif") or (v["r3"] and v["r2"] != "reaktif")
            ),
        ),
        Rule(
            "pregnant-women",
            ("risk_group",),
            _("Kelompok ibu hamil hanya untuk perempuan. Periksa jenis kelamin atau kelompoknya."),
            lambda v: v["risk_group"] == "bumil" and v["sex"] == "L",
        ),
        Rule(
            "treated-when-reactive",
            ("treated", "r1"),
            _("ARV mulai tanpa hasil reaktif. Periksa hasil tes atau kosongkan Mulai ARV."),
            lambda v: bool(v["treated"]) and v["r1"] == "nonreaktif",
        ),
        Rule(
            "reaction-unfinished",
            ("r2", "r1"),
            _("R1 reaktif tetapi tes lanjutan belum lengkap. Lanjutkan atau rujuk."),
            lambda v: v["r1"] == "reaktif" and not v["complete"],
            warning=True,
        ),
    ),
)
