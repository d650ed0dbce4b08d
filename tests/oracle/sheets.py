"""Random rows as workbooks, and sent in by the door that people use."""

from __future__ import annotations

from collections.abc import Iterable

from clusters.actions.incoming import Incoming, by_name
from clusters.excel import columns
from clusters.excel.imports import ImportResult, run_import
from clusters.services import SERVICES
from clusters.services.language import Field, Kind
from facilities.models import Facility
from tests.clusters.workbooks import file

HOMES = {Facility.Kind.POSYANDU: columns.POSYANDU, Facility.Kind.DESA: columns.DESA}


def send(
    service: str, rows: Iterable[Incoming], places: dict[int, Facility], by: Facility
) -> ImportResult:
    """One workbook of a district office, with everything that its rows say."""
    written = [_line(service, row, places) for row in rows]
    return run_import(
        path=file(*written), file_name="uji.xlsx", service=service, facility=by, by=None, keep=True
    )


def _line(service: str, row: Incoming, places: dict[int, Facility]) -> dict[str, object]:
    line: dict[str, object] = {
        str(columns.NIK.label): row.nik,
        str(columns.NAME.label): row.name,
        str(columns.BORN.label): row.born_on,
        str(columns.SEX.label): row.sex,
        str(columns.SEEN.label): row.seen_on,
        str(columns.PLACE.label): places[row.facility_id].code,
    }
    home = places.get(row.home_id or 0)
    if home is not None and home.kind in HOMES:
        line[str(HOMES[Facility.Kind(home.kind)].label)] = home.code
    values = by_name(service, row)
    for field in SERVICES[service].fields:
        line |= dict(_cells(service, field, values[field.name]))
    return line


def _cells(service: str, field: Field, value: object) -> Iterable[tuple[str, object]]:
    titles = columns.titles(service)
    if field.kind is Kind.CODES:
        for one in field.choices:
            said = isinstance(value, list) and one.code in value
            yield titles[columns.code_key(field, one.code)][0], "v" if said else None
        return
    if field.kind is Kind.CHOICE and value is not None:
        value = next(str(one.label) for one in field.choices if one.code == value)
    elif field.kind is Kind.YES_NO and value is not None:
        value = "ya" if value else "tidak"
    yield titles[field.name][0], value


def together(rows: Iterable[Incoming]) -> list[Incoming]:
    """The last of several rows about one person, place and day: a file says a thing once."""
    found: dict[tuple[object, ...], Incoming] = {}
    for row in rows:
        found[row.identity, row.facility_id, row.seen_on] = row
    return list(found.values())
