"""What is lacking as a proposal (RUK): the ranking of the page, with what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from django.utils.translation import gettext as _

from clusters.excel.writing import Column, Kind, write_table
from facilities.selectors.needs import Needs
from ilp.core import formats
from reporting.selectors.priorities import Priority, Weights


def write_ruk(
    target: IO[bytes], *, found: Needs, ranked: Sequence[Priority], weights: Weights
) -> int:
    """One row for each need of each Puskesmas, the most urgent first; the number of rows."""
    return write_table(
        target,
        title_sheet="RUK",
        columns=_columns(),
        rows=[_row(number, one) for number, one in enumerate(ranked, start=1)],
        instructions=_instructions(found, weights),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Prioritas"), 10, Kind.WHOLE),
        Column(_("Kode Puskesmas"), 16),
        Column(_("Puskesmas"), 24),
        Column(_("Kelompok"), 14),
        Column(_("Kebutuhan"), 32),
        Column(_("Satuan"), 10),
        Column(_("Standar"), 10, Kind.WHOLE),
        Column(_("Ada"), 10, Kind.WHOLE),
        Column(_("Baik"), 10, Kind.WHOLE),
        Column(_("Kurang (usulan)"), 12, Kind.WHOLE),
        Column(_("Tempat yang kurang"), 40),
        Column(_("Skor"), 10, Kind.DECIMAL),
        Column(
            _("Harga satuan (Rp)"), 18, Kind.WHOLE, note=_("Kosong bila tempatnya berbeda harga.")
        ),
        Column(_("Jumlah biaya (Rp)"), 18, Kind.WHOLE, note=_("Kosong bila harga belum diisi.")),
    )


def _row(number: int, one: Priority) -> tuple[object, ...]:
    item = one.item
    return (
        *(number, one.centre.code, one.centre.name, item.group_label, item.name, item.unit),
        *(item.standard, item.present, item.good, item.missing, ", ".join(one.places)),
        *(round(one.score, 3), item.price, item.cost),
    )


def _instructions(found: Needs, weights: Weights) -> tuple[str, ...]:
    counts = {"verified": found.verified, "said": found.said, "all": len(found.assessing)}
    shares = {"gap": weights.gap, "burden": weights.burden, "low": weights.low}
    return (
        _("Usulan kebutuhan (RUK) %(place)s %(year)s") % {"place": found.place, "year": found.year},
        _("Keadaan per %(day)s.") % {"day": formats.day(found.on)},
        _("Penilaian mandiri %(said)s dari %(all)s tempat, %(verified)s diverifikasi.") % counts,
        _("Skor: kesenjangan %(gap)s, beban sasaran %(burden)s, capaian rendah %(low)s.") % shares,
        _("Harga satuan berasal dari halaman Standar. Lengkapi yang kosong sebelum diusulkan."),
    )
