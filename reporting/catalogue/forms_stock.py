"""LPLPO, the monthly report of drug use and request: columns of stock that add up to nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import (
    TENTH,
    Axis,
    Breakdown,
    Check,
    Element,
    Form,
    Indicator,
    Item,
    Ledger,
    Section,
)
from reporting.catalogue.stock import STOCKLISTS

PROGRAMME = "lplpo"
LISTED = STOCKLISTS[-1]
_DRUGS = (*LISTED.drugs, *LISTED.vaccines)
APART: tuple[Element, ...] = tuple(
    Element(one.element, one.title, PROGRAMME, Ledger(), Axis.SERVICE, breakdown=Breakdown.STOCK)
    for one in _DRUGS
)
ELEMENTS: tuple[Element, ...] = ()
INDICATORS: tuple[Indicator, ...] = ()
_ITEMS = tuple(Item(str(n), one.element, one.title) for n, one in enumerate(_DRUGS, start=1))
FORM = Form(
    code="LPLPO",
    label=_("LPLPO Pemakaian dan permintaan obat"),
    kinds=("puskesmas",),
    sections=(
        Section(_("Obat indikator"), _ITEMS[: len(LISTED.drugs)]),
        Section(_("Vaksin imunisasi dasar lengkap"), _ITEMS[len(LISTED.drugs) :]),
    ),
    checks=(),
    due=TENTH,
    source=LISTED.source,
    pages=2,
    since=LISTED.since,
    across=(
        Check(
            "pakai + rusak",
            "<=",
            "awal + terima",
            _("pemakaian dan yang rusak melebihi persediaan, sehingga sisa stok di bawah nol."),
        ),
    ),
    carried=("awal", "sisa"),
    compared=_("sisa stok bulan lalu"),
)
# What the report of management asks about availability: the drugs that were looked at, those there.
ASSESSED, AVAILABLE = "obat_indikator", "obat_tersedia"
