"""Numbers of a month or year as offices work with them: one a row, or places by indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from facilities.models import Facility
from ilp.core import formats
from ilp.core.months import Month
from reporting.catalogue import Indicator
from reporting.catalogue.thresholds import LABELS
from reporting.selectors.exports import Cell
from reporting.selectors.places import Place
from reporting.selectors.releases import read_from
from reporting.selectors.scores import Score, scores
from reporting.totals import Source, Stamp

LONG = (
    *(later("Kode tempat"), later("Tempat"), later("Jenis"), later("Kode indikator")),
    *(later("Indikator"), later("Bulan"), later("Pembilang"), later("Penyebut"), later("Nilai")),
    *(later("Satuan"), later("Target bulan ini"), later("Status"), later("Data")),
)
PLACE = (later("Kode tempat"), later("Tempat"), later("Jenis"))
LEGEND = (
    later("Keterangan"),
    later("Nilai tidak dibulatkan; di halaman tampil dengan satu desimal."),
    later(
        "Kotak kosong: tidak ada angka (belum lapor, tidak ada penyebut, atau tidak jatuh tempo)."
    ),
    later("Target bulan ini: bagian target setahun sampai bulan itu."),
    later("Data: Sementara, atau rilis beserta revisinya. Tidak memuat data orang."),
)
Set = Mapping[Month, Sequence[Indicator]]  # the indicators in force in each month


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def long_table(*, places: Sequence[Place], held: Set, source: Source) -> Table:
    """A row for each place, indicator and month, in that order of months."""
    return Table(tuple(map(str, LONG)), _long(places, held, source))


def _long(places: Sequence[Place], held: Set, source: Source) -> Iterator[tuple[Cell, ...]]:
    for month, listed in held.items():
        found = _found(places, listed, month)
        stamp = read_from(of=places[0], month=month, source=source)
        for place in places:
            for one in listed:
                yield (*_place(place), *_indicator(found[place.pk, one.code]), _data(stamp))


def _found(
    places: Sequence[Place], listed: Sequence[Indicator], month: Month
) -> dict[tuple[int, str], Score]:
    return scores(places=[place.pk for place in places], indicators=listed, month=month)


def _place(place: Place) -> tuple[str, str, str]:
    return place.code, place.title, str(Facility.Kind(place.kind).label)


def _indicator(score: Score) -> tuple[Cell, ...]:
    one = score.indicator
    return (
        *(one.code, str(one.label), str(score.month)),
        *(score.numerator, score.denominator, shown(score), one.unit),
        *(score.target_now, str(LABELS[score.standing])),
    )


def _data(stamp: Stamp | None) -> str:
    return stamp.sentence if stamp else _("Sementara")


def shown(score: Score) -> float | None:
    """The value that the page shows; none where it says BL, TJ or TA."""
    return None if score.absent else score.value


def wide_month(*, places: Sequence[Place], listed: Sequence[Indicator], month: Month) -> Table:
    """A row for each place, a column for each indicator."""
    names = (f"{one.label} ({one.code}, {one.unit})" for one in listed)
    return Table((*map(str, PLACE), *names), _wide_month(places, listed, month))


def _wide_month(
    places: Sequence[Place], listed: Sequence[Indicator], month: Month
) -> Iterator[tuple[Cell, ...]]:
    found = _found(places, listed, month)
    for place in places:
        yield (*_place(place), *(shown(found[place.pk, one.code]) for one in listed))


def wide_year(*, places: Sequence[Place], held: Set) -> Table:
    """A row for each place and indicator, a column for each month and one for the year's target."""
    names = (formats.short_month(month) for month in held)
    headings = (*map(str, PLACE), _("Kode indikator"), _("Indikator"), _("Satuan"), *names)
    return Table((*headings, _("Target setahun")), _wide_year(places, held))


def _wide_year(places: Sequence[Place], held: Set) -> Iterator[tuple[Cell, ...]]:
    by_month = {month: _found(places, listed, month) for month, listed in held.items()}
    last = {one.code: one for listed in held.values() for one in listed}
    for place in places:
        for code, one in last.items():
            row = [found.get((place.pk, code)) for found in by_month.values()]
            values = (None if score is None else shown(score) for score in row)
            goals = [score.target for score in row if score is not None]
            yield (*_place(place), code, str(one.label), one.unit, *values, goals[-1])
