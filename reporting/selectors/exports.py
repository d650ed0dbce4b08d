"""Indicators and totals as plain rows: for files, commands and whoever reads them elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from facilities.models import Facility
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, Indicator
from reporting.charts.spc import Sign
from reporting.selectors import places
from reporting.selectors.book import book
from reporting.selectors.control import signs
from reporting.selectors.doubts import Doubts, doubts
from reporting.selectors.form_book import refresh
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, scores
from reporting.selectors.surroundings import usual_kind
from reporting.totals import Data, Stamp

# The columns of the command contract first; what people need to read them after.
COMMAND_HEADINGS = ("place", "indicator", "numerator", "denominator", "value", "target", "status")
HEADINGS = (
    *COMMAND_HEADINGS,
    *("place_name", "indicator_name", "month", "annual_target", "short_by"),
    *("data", "revision", "released_on"),
    *("of_target", "change", "flags"),
)
TOTAL_HEADINGS = ("place", "month", "element", "breakdown", "own", "total")
LEGEND = (
    _("Keterangan kolom"),
    _("place, indicator: kode wilayah dan kode indikator"),
    _("numerator, denominator: pembilang dan penyebut; kosong berarti tidak diketahui, bukan nol"),
    _("value: nilai yang tidak dibulatkan, dalam satuan indikator (biasanya persen)"),
    _("target: target bulan ini; annual_target: target setahun"),
    _(
        "status: tercapai, mendekati, tertinggal, bl belum lapor, ta tanpa penyebut, "
        "tj tidak jatuh tempo bulan ini, pantau, minus tidak dinilai"
    ),
    _("short_by: kekurangan orang sampai target bulan ini"),
    _("data: rilis (angka rilis, tidak berubah lagi) atau sementara; revision: nomor revisi"),
    _("of_target: persen dari target bulan ini"),
    _(
        "change: bulan ini terhadap bulan-bulan sebelumnya di tempat yang sama (XmR): membaik atau "
        "memburuk nyata, naik atau turun nyata bila tanpa arah baik, wajar; kosong: belum dapat "
        "diuji"
    ),
    _("flags: penyebut kecil, capaian di luar 0–100%, dan angka yang perlu diperiksa"),
)

Cell = str | int | float | None


def command_row(score: Score, place: Place) -> tuple[Cell, ...]:
    """One line of the command contract, unrounded."""
    return (
        place.code,
        score.indicator.code,
        score.numerator,
        score.denominator,
        score.value,
        score.target_now,
        score.standing.value,
    )


def data_cells(release: Stamp | None) -> tuple[Cell, ...]:
    """Which numbers they are, revision, day of the release."""
    if release is None:
        return Data.LIVE.value, None, None
    return Data.RELEASED.value, release.number, release.on.isoformat()


@dataclass(frozen=True)
class Beside:
    """What a page shows beside its numbers."""

    signs: Mapping[tuple[int, str], Sign] = field(default_factory=dict)
    doubts: Doubts = field(default_factory=dict)

    def cells(self, score: Score) -> tuple[Cell, ...]:
        """Share of this month's target, real change or not, and every flag in words."""
        key = score.place, score.indicator.code
        return score.of_target, str(self.signs.get(key, "")), "; ".join(self._flags(score))

    def _flags(self, score: Score) -> Iterator[str]:
        if score.is_small:
            yield str(_("penyebut kurang dari 20"))
        if score.odd:
            yield f"{score.odd[0].lower()}{score.odd[1:]}"
        for finding in self.doubts.get((score.place, score.indicator.code), ()):
            yield f"{finding.label}: {finding.sentence}"


def beside(*, places: Sequence[Place], indicators: Sequence[Indicator], month: Month) -> Beside:
    """Of every place and indicator of a table."""
    return Beside(
        signs(places=[one.pk for one in places], indicators=indicators, month=month),
        doubts(places=places, indicators=indicators, month=month),
    )


def indicator_rows(
    found: Iterable[Score],
    named: Mapping[int, Place],
    release: Stamp | None,
    marks: Beside,
) -> Iterator[tuple[Cell, ...]]:
    """The lines of a download, in the order given; `release`: where their month was read from."""
    for score in found:
        place = named[score.place]
        yield (
            *command_row(score, place),
            place.title,
            str(score.indicator.label),
            str(score.month),
            score.target,
            score.short_by,
            *data_cells(release),
            *marks.cells(score),
        )


def indicators(*, of: Place, month: Month, children: bool) -> Iterator[tuple[Cell, ...]]:
    """Every indicator in force, at the place and, if wanted, at the places just below it."""
    everyone = [of]
    if children and (kind := usual_kind(of, month)):
        everyone += places.children(of=of, kind=kind, month=month)
    listed = book(of=of.pk).on(month.last_day).values()
    found = scores(places=[one.pk for one in everyone], indicators=listed, month=month)
    named = {one.pk: one for one in everyone}
    for (place, _code), score in found.items():
        yield command_row(score, named[place])


def totals_of(*, first: Month, last: Month, of: Place | None) -> Iterator[tuple[Cell, ...]]:
    """The stored numbers of the months, at the place and all below it; a month at a time.

    Numbers that are zero both at the place and below it are left out.
    """
    refresh()
    codes = list(ELEMENTS)
    for month in first.until(last):
        below = _places(of, month)
        own = totals.read(list(below), [month], codes, own=True, by_part=True)
        whole = totals.read(list(below), [month], codes, by_part=True)
        for (place, _month), cell in sorted(whole.numbers.items(), key=lambda item: item[0]):
            mine = own.of(place, month)
            for name, value in cell.items():
                element, _bar, part = name.partition("|")
                if value or mine.get(name):
                    yield below[place], str(month), element, part, mine.get(name, 0), value


def _places(of: Place | None, month: Month) -> dict[int, str]:
    rows = Facility.objects.all()
    if of is not None:
        rows = rows.within(Facility(pk=of.pk), month.last_day)
    return dict(rows.values_list("pk", "code"))
