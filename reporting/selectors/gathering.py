"""One form and month over all the places of a district that fill it in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from facilities.models import Facility
from facilities.selectors.letterheads import head_of, signers
from ilp.core.models import User
from ilp.core.weeks import Period, month_of, week_number
from ilp.core.windows import Window
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.selectors.deadlines import deadlines
from reporting.selectors.grids import Block, Cell, Column, Grid, Line, added, numbered
from reporting.selectors.prints import (
    Document,
    cell_of,
    entries_of,
    grids_of,
    period_of,
    title_of,
)
from reporting.selectors.reports import Row, Sheet, assemble
from reporting.workflow import Status


@dataclass(frozen=True)
class Handed:
    """A place with its report, if there is one, and what stands in it once it is approved."""

    place: Facility
    report: Report | None
    sheet: Sheet | None

    @property
    def state(self) -> str:
        return str(self.report.get_status_display()) if self.report else _("Belum ada laporan")


@dataclass(frozen=True)
class Gathered:
    """Only approved reports are counted; the others are named."""

    district: Facility
    form: Form
    month: Period
    handed: tuple[Handed, ...]
    window: Window | None  # the days that all of them cover; None where kinds of place differ

    @cached_property
    def counted(self) -> list[Handed]:
        return [one for one in self.handed if one.sheet]

    @cached_property
    def missing(self) -> list[Handed]:
        return [one for one in self.handed if not one.sheet]

    @property
    def is_whole(self) -> bool:
        return bool(self.handed) and not self.missing


def gather(*, district: Facility, form: Form, month: Period, user: User) -> Gathered:
    """The places of the district that were open at the end of the month, by name. Five queries."""
    on = month.last_day
    seen = Facility.objects.visible_to(user).within(district, on)
    places = list(seen.open_on(on).of_kind(*form.kinds).order_by("name", "code"))
    held = Report.objects.filter(
        facility__in=[place.pk for place in places],
        month=month_of(month),
        week=week_number(month),
        form_code=form.code,
    )
    by_place = {report.facility_id: report for report in held}
    if form.voluntary:  # who owes none is not missing
        places = [place for place in places if place.pk in by_place]
    values = _values([r for r in by_place.values() if r.status == Status.APPROVED])
    known = deadlines(places=[], months=[month_of(month)])
    covered = {known.usual(form, kind, district.pk, month).window for kind in form.kinds}
    return Gathered(
        district,
        form,
        month,
        tuple(
            Handed(place, report, _sheet(report, values))
            for place in places
            for report in (by_place.get(place.pk),)
        ),
        covered.pop() if len(covered) == 1 else None,
    )


def _values(approved: Sequence[Report]) -> Mapping[int, Report]:
    found = Report.objects.filter(pk__in=[report.pk for report in approved])
    return found.prefetch_related("values").in_bulk()


def _sheet(report: Report | None, filled: Mapping[int, Report]) -> Sheet | None:
    if report is None or report.pk not in filled:
        return None
    one = filled[report.pk]
    kept = {(v.element, v.part): v for v in one.values.all()}
    return assemble(report=one, kept=kept, counted={}, proposing=False)


def document(gathered: Gathered, *, today: date) -> Document:
    """The recap as a Dinas files it: a row for each place, then all in the form's shape."""
    district, form, month = gathered.district, gathered.form, gathered.month
    reported = _("%(counted)s dari %(all)s tempat disahkan") % {
        "counted": len(gathered.counted),
        "all": len(gathered.handed),
    }
    return Document(
        form=form,
        title=_("Rekapitulasi %(report)s") % {"report": title_of(form)},
        head=head_of(place=district, on=today),
        facts=(
            (_("Wilayah"), str(district)),
            (_("Kode"), district.code),
            (_("Masa laporan"), period_of(form, month, gathered.window)),
            (_("Laporan"), reported),
        ),
        grids=(_by_place(gathered), *_in_all(gathered)),
        notes=tuple(_notes(gathered)),
        draft="" if gathered.is_whole else _("SEMENTARA – %(reported)s") % {"reported": reported},
        signed_on=today,
        signers=signers(place=district, programme=form.code, on=today),
        month=month,
    )


def _by_place(gathered: Gathered) -> Grid:
    columns = numbered(
        [
            Column((str(section.label), f"{item.number} {item.label}"), (item.element,))
            for section in gathered.form.sections
            for item in section.items
        ]
    )
    width = len(columns)
    lines = [_line(at, one, width) for at, one in enumerate(gathered.handed, start=1)]
    known = [line.cells for line in lines if line.kind != "out"]
    sums = tuple(Cell(added(column).number) for column in zip(*known, strict=True))
    whole = Line("", _("Jumlah"), sums or (Cell(),) * width, "sum")
    kind = gathered.form.kinds[0] if len(gathered.form.kinds) == 1 else ""
    about = str(Facility.Kind(kind).label) if kind else _("Tempat")
    return Grid(
        _("Jumlah menurut tempat"), about, columns, (Block("", (*lines, whole)),), upright=True
    )


def _line(number: int, one: Handed, width: int) -> Line:
    if one.sheet is None:
        empty = (Cell(),) * width
        return Line(str(number), one.place.name, empty, "out", note=one.state)
    cells = tuple(_total(row) for row in one.sheet.rows)
    return Line(str(number), one.place.name, cells)


def _total(row: Row) -> Cell:
    """Of columns that do not add up there is no sum: they stand in the table below."""
    return added([cell_of(box) for box in row.boxes]) if row.adds_up else Cell()


def _in_all(gathered: Gathered) -> Iterable[Grid]:
    """The approved reports added up part by part, where the form has parts."""
    sheets = [one.sheet for one in gathered.counted if one.sheet]
    if not sheets or all(len(row.boxes) == 1 for row in sheets[0].rows):
        return ()
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for sheet in sheets:
        for row in sheet.rows:
            for box in row.boxes:
                found[row.element, box.part].append(cell_of(box))
    sums = {key: Cell(added(cells).number) for key, cells in found.items()}
    title = _("Jumlah seluruhnya menurut rincian")
    first, *rest = grids_of(entries_of(sheets[0], sums))
    return (replace(first, title=title), *rest)


def _notes(gathered: Gathered) -> Iterable[str]:
    yield _("Hanya laporan yang sudah disahkan dijumlahkan.")
    if gathered.missing:
        states = Counter(one.state.lower() for one in gathered.missing)
        told = ", ".join(f"{count} {state}" for state, count in states.items())
        yield _("Tidak dihitung, ditandai di tabel: %(states)s.") % {"states": told}
    yield _("Bentuk: %(source)s.") % {"source": gathered.form.source}
