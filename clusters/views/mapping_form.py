"""What is asked about a file whose columns are not understood, or not as its sender means them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise as Text
from xlsxwriter.utility import xl_col_to_name

from clusters.excel import columns
from clusters.excel.hints import Hint, hints_of
from clusters.excel.outline import ColumnOutline, TableOutline, laid_out, outline
from clusters.excel.reading import Sheet
from clusters.excel.remembered import titles_key
from clusters.excel.told import Told
from clusters.excel.whereabouts import Whereabouts
from clusters.selectors.places import template_places
from clusters.services import SERVICES
from clusters.views.mapping_answer import FOR_ALL, PER_SHEET, told_by
from facilities.models import Facility
from ilp.core.cells import CellError, read_date

Choices = Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Constant:
    """What every row of a table, or of one of its sheets, may be given that lacks the column."""

    key: str  # the name of its input, after the table's number
    label: Text
    value: str
    choices: Choices  # empty for a day
    hint: str  # the text that it was taken from, for a person to confirm


@dataclass(frozen=True)
class Layout:
    """A row of titles and what it says, to be remembered."""

    titles: str
    columns: dict[int, str]


class MappingForm:
    """The tables of a file with what each column is taken for, and what a person says of them."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        *,
        service: str,
        where: Whereabouts,
        file_name: str,
        told: Told,
        posted: QueryDict | None = None,
    ) -> None:
        self.sheets, self.service, self.where = sheets, service, where
        self.file_name = file_name
        self.told = told if posted is None else told_by(posted, sheets, service, told)
        self.errors: list[str] = []

    @property
    def tables(self) -> list[TableOutline]:
        return outline(self.sheets, self.service, self.told)

    @property
    def hidden(self) -> list[str]:
        """Hidden sheets, which are read only when asked for."""
        return [s.name for s in self.sheets if s.hidden and not s.name.startswith("_")]

    def choices(self) -> list[tuple[Text, Choices]]:
        """What a column may be: of the person, or of the service."""
        labels = columns.shown_labels(self.service)
        person = [one.name for one in columns.PERSON]
        fields = [name for name in columns.titles(self.service) if name in labels]
        return [
            (_("Orang, waktu, dan tempat"), [(name, labels[name]) for name in person]),
            (
                SERVICES[self.service].label,
                [(name, labels[name]) for name in fields if name not in person],
            ),
        ]

    def constants(self, table: TableOutline) -> list[Constant]:
        """What can be said for all rows of a table, its columns lacking it; what sheets differ by
        is asked for each."""
        mapped = {column.name.split(":")[0] for column in table.columns}
        names = [name for name in FOR_ALL if name not in mapped]
        if len(self._sexes) == 1 and "sex" in names:
            names.remove("sex")
        found = [self._constant(name, table.sheets[0]) for name in names if name not in PER_SHEET]
        for number, sheet in enumerate(table.sheets):
            each = number if len(table.sheets) > 1 else None
            found += [self._constant(n, sheet, each) for n in names if n in PER_SHEET]
        return found

    def _constant(self, name: str, sheet: str, number: int | None = None) -> Constant:
        label = columns.shown_labels(self.service)[name]
        choices = self._choices_of(name)
        value, hint = self.told.constants.get(sheet, {}).get(name, ""), ""
        if not value and sheet not in self.told.columns:
            offered = {code for code, _label in choices}
            told = [h for h in self._hints if h.sheet == sheet and h.says in offered]
            value, hint = (told[0].says, told[0].text) if told else ("", "")
        if number is None:
            return Constant(name, label, value, choices, hint)
        return Constant(f"{name}-{number}", f"{label}, {sheet}", value, choices, hint)

    @cached_property
    def _hints(self) -> list[Hint]:
        layouts = [laid_out(sheet, self.service, self.told) for sheet in self.sheets]
        return hints_of(layouts, self.file_name, self.where)

    def reread(self) -> MappingForm:
        """The same file with its titles where the person says; its columns are found anew."""
        self.told = replace(self.told, columns={}, month_first=())
        return self

    def is_valid(self) -> bool:
        """Whether the file can be read so; what stands against it is in `errors`."""
        read = [table for table in self.tables if self._is_read(table)]
        self.errors = [] if read else [_("Tidak ada lembar yang dibaca. Centang satu lembar.")]
        for table in read:
            self.errors += self._problems(table)
        return not self.errors

    def layouts(self) -> Iterable[Layout]:
        """Each kind of table that is read, for the next file that looks so."""
        by_name = {sheet.name: sheet for sheet in self.sheets}
        for table in self.tables:
            sheet = by_name[table.sheets[0]]
            row = sheet.rows[table.header_row - sheet.first_row]
            if self._is_read(table):
                yield Layout(titles_key(sheet, row), dict(self.told.columns[sheet.name]))

    def _is_read(self, table: TableOutline) -> bool:
        return not set(table.sheets) <= set(self.told.skipped)

    @cached_property
    def _with_days(self) -> set[str]:
        """The sheets that have the day of each dose below it, and so need no other."""
        edited = self.told.edited(self.sheets)
        return {s.name for s in edited if laid_out(s, self.service, self.told).dated}

    @property
    def _sexes(self) -> str:
        return SERVICES[self.service].sexes

    def _choices_of(self, name: str) -> Choices:
        if name == "seen_on":
            return ()
        if name == "sex":
            return [("L", _("Laki-laki")), ("P", _("Perempuan"))]
        kinds = {"home_desa": {Facility.Kind.DESA}, "home_posyandu": {Facility.Kind.POSYANDU}}
        wanted = kinds.get(name, set(Facility.Kind) - {Facility.Kind.DESA})
        return [(c, f"{label} ({c})") for c, label, kind in self._places if kind in wanted]

    @cached_property
    def _places(self) -> list[tuple[str, str, str]]:
        return template_places(self.where.facility)

    def _problems(self, table: TableOutline) -> Iterable[str]:
        where = ", ".join(table.sheets)
        labels = columns.shown_labels(self.service)
        seen: dict[str, ColumnOutline] = {}
        for column in table.columns:
            if column.name in seen:
                text = _("Lembar %(sheet)s: %(name)s dipilih untuk kolom %(one)s dan %(other)s. ")
                yield (text + _("Pilih satu saja.")) % {
                    "sheet": where,
                    "name": labels[column.name],
                    "one": xl_col_to_name(seen[column.name].position),
                    "other": xl_col_to_name(column.position),
                }
            elif column.name:
                seen[column.name] = column
        for sheet in table.sheets:
            if sheet not in self.told.skipped:
                yield from self._lacking(sheet, {name.split(":")[0] for name in seen})

    def _lacking(self, sheet: str, seen: set[str]) -> Iterable[str]:
        given, labels = self.told.constants.get(sheet, {}), columns.shown_labels(self.service)
        seen = seen | {"seen_on"} if sheet in self._with_days else seen
        lacking = [n for n in columns.required(self.service) if n not in seen and n not in given]
        if lacking:
            text = _("Lembar %(sheet)s: %(names)s belum ada. Pilih kolomnya, atau isi untuk semua.")
            yield text % {"sheet": sheet, "names": ", ".join(labels[name] for name in lacking)}
        if "seen_on" in given and not _is_date(given["seen_on"]):
            text = _("Lembar %(sheet)s: tulis tanggal kunjungan seperti 2025-05-25.")
            yield text % {"sheet": sheet}


def _is_date(text: str) -> bool:
    try:
        return read_date(text) is not None
    except CellError:
        return False
