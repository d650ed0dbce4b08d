"""What is asked about a file whose columns are not understood, or not as its sender means them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise as Text
from xlsxwriter.utility import xl_col_to_name

from clusters.excel import columns
from clusters.excel.outline import ColumnOutline, TableOutline, outline
from clusters.excel.reading import Sheet
from clusters.excel.remembered import titles_key
from clusters.excel.told import Told
from clusters.selectors.places import template_places
from clusters.services import SERVICES
from facilities.models import Facility
from ilp.core.cells import CellError, clean_text, read_date

FOR_ALL = ("seen_on", "sex", "home_desa", "home_posyandu", "place")
Choices = Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Constant:
    """What every row of a table may be given that lacks the column: a day, or one of a list."""

    name: str
    label: Text
    value: str
    choices: Choices  # empty for a day


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
        facility: Facility,
        told: Told,
        posted: QueryDict | None = None,
    ) -> None:
        self.sheets, self.service, self.facility = sheets, service, facility
        self.told = told if posted is None else self._read(posted, told)
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
        labels = columns.labels(self.service)
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
        """What can be said for all rows of a table, its columns lacking it."""
        labels = columns.labels(self.service)
        given = self.told.constants.get(table.sheets[0], {})
        mapped = {column.name for column in table.columns}
        return [
            Constant(name, labels[name], given.get(name, ""), self._choices_of(name))
            for name in FOR_ALL
            if name not in mapped and not (name == "sex" and len(self._sexes) == 1)
        ]

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
        return [(c, f"{label} ({c})") for c, label, kind in self._places() if kind in wanted]

    def _places(self) -> list[tuple[str, str, str]]:
        if not hasattr(self, "_found_places"):
            self._found_places = template_places(self.facility)
        return self._found_places

    def _problems(self, table: TableOutline) -> Iterable[str]:
        where = ", ".join(table.sheets)
        labels = columns.labels(self.service)
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
        given = self.told.constants.get(table.sheets[0], {})
        lacking = [n for n in columns.required(self.service) if n not in seen and n not in given]
        if lacking:
            text = _("Lembar %(sheet)s: %(names)s belum ada. Pilih kolomnya, atau isi untuk semua.")
            names = ", ".join(labels[name] for name in lacking)
            yield text % {"sheet": where, "names": names}
        if "seen_on" in given and not _is_date(given["seen_on"]):
            text = _("Lembar %(sheet)s: tulis tanggal kunjungan seperti 2025-05-25.")
            yield text % {"sheet": where}

    def _read(self, posted: QueryDict, before: Told) -> Told:
        """What was chosen. Names of sheets and columns that the file or service lacks are left."""
        names = {sheet.name for sheet in self.sheets}
        columns_of: dict[str, dict[int, str]] = {}
        rows: dict[str, int] = {}
        constants: dict[str, dict[str, str]] = {}
        skipped: set[str] = set()
        month_first: set[str] = set()
        for key in _numbers(posted, "judul-"):
            table = _Table(posted, key, self.service)
            for sheet in table.sheets & names:
                columns_of[sheet], rows[sheet] = table.columns, table.header_row
                constants[sheet] = table.constants
                if sheet not in table.read:
                    skipped.add(sheet)
            month_first |= table.month_first
        for sheet in names & set(posted.getlist("tersembunyi")):
            rows[sheet] = next(s.first_row for s in self.sheets if s.name == sheet)
        return Told(columns_of, rows, skipped, month_first, constants, before.edits)


class _Table:
    """What was chosen for one table; its fields end in its number."""

    def __init__(self, posted: QueryDict, key: str, service: str) -> None:
        known = columns.labels(service)
        self.sheets = set(posted.getlist(f"lembar-{key}"))
        self.read = set(posted.getlist(f"baca-{key}"))
        number = posted.get(f"judul-{key}", "")
        self.header_row = int(number) if number.isdecimal() else 1
        self.columns: dict[int, str] = {}
        self.month_first: set[str] = set()
        for at in _numbers(posted, f"kolom-{key}-"):
            name = posted[f"kolom-{key}-{at}"]
            self.columns[int(at)] = name if name in known else ""
            if posted.get(f"urutan-{key}-{at}") == "mdy" and name in known:
                self.month_first.add(name)
        given = {name: clean_text(posted.get(f"isi-{key}-{name}", "")) for name in FOR_ALL}
        self.constants = {name: text for name, text in given.items() if text}


def _numbers(posted: QueryDict, begin: str) -> list[str]:
    ends = (name.removeprefix(begin) for name in posted if name.startswith(begin))
    return [end for end in ends if end.isdecimal()]


def _is_date(text: str) -> bool:
    try:
        return read_date(text) is not None
    except CellError:
        return False
