"""The workbook that a facility fills in: its own places, drop-downs, NIK as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel import columns
from clusters.excel.ours import ROSTER
from clusters.excel.writing import Column, Kind, write_table
from clusters.selectors.expected import Expected
from clusters.selectors.places import template_places
from clusters.services import Kind as Value
from clusters.services import Service
from clusters.services.language import Field
from facilities.models import Facility
from ilp.core import formats
from ilp.core.languages import in_indonesian
from ilp.core.months import Month

VERSION = "1"
DATA = "Data"
YES_NO = (_("ya"), _("tidak"))
KINDS = {Value.INTEGER: Kind.WHOLE, Value.DECIMAL: Kind.DECIMAL, Value.DATE: Kind.DATE}
WIDE, NARROW = 24, 12


@dataclass(frozen=True)
class Listed:
    """Who is expected in a month: the rows that a template begins with."""

    month: Month
    persons: Sequence[Expected]


@in_indonesian
def write_template(
    target: IO[bytes], *, service: Service, facility: Facility, listed: Listed | None = None
) -> None:
    """A workbook of the service for the facility, ready to be filled in and sent back: empty, or
    with the persons who are expected."""
    places = template_places(facility)
    meta = {"service": service.code, "facility": facility.code, "version": VERSION}
    write_table(
        target,
        title_sheet=DATA,
        columns=[*_person_columns(service, places), *_field_columns(service)],
        rows=[_row(one) for one in listed.persons] if listed else (),
        instructions=[*_instructions(service, facility, listed), *_place_lines(places)],
        meta=meta | ({ROSTER: str(listed.month)} if listed else {}),
    )


def file_name(service: Service, facility: Facility, month: Month | None = None) -> str:
    period = f"-{month}" if month else ""
    return f"templat-{service.code}-{facility.code}{period}.xlsx"


def _row(person: Expected) -> list[object]:
    """The day of the visit and all that was found is for people to write."""
    return [getattr(person, one.name, None) for one in columns.PERSON]


def _person_columns(service: Service, places: list[tuple[str, str, str]]) -> list[Column]:
    posyandu = [code for code, _name, kind in places if kind == Facility.Kind.POSYANDU]
    desa = [code for code, _name, kind in places if kind == Facility.Kind.DESA]
    giving = [code for code, _name, kind in places if kind != Facility.Kind.DESA]
    lists = {"home_posyandu": posyandu, "home_desa": desa, "place": giving}
    lists["sex"] = list(service.sexes)
    dates = ("born_on", "seen_on")
    return [
        Column(
            one.label,
            WIDE if one.name in ("nik", "name", "mother_name", *lists) else NARROW,
            Kind.DATE if one.name in dates else Kind.TEXT,
            tuple(lists.get(one.name, ())),
            one.note,
        )
        for one in columns.PERSON
    ]


def _field_columns(service: Service) -> list[Column]:
    found = []
    for field in service.fields:
        if field.kind is Value.CODES:
            found += [Column(c.label, NARROW, choices=YES_NO[:1]) for c in field.choices]
        else:
            found.append(_field_column(field))
    return found


def _field_column(field: Field) -> Column:
    choices = tuple(c.label for c in field.choices)
    if field.kind is Value.YES_NO:
        choices = YES_NO
    kind = KINDS.get(field.kind, Kind.TEXT)
    return Column(field.header, NARROW, kind, choices, field.hint)


def _instructions(service: Service, facility: Facility, listed: Listed | None) -> list[Text]:
    return [
        _("%(service)s – %(facility)s") % {"service": service.label, "facility": facility},
        *(_roster_lines(listed) if listed else ()),
        _("Isi lembar Data, satu baris untuk satu kunjungan. Jangan ubah judul kolom."),
        _("Wajib: Nama, Tanggal lahir, Jenis kelamin, dan Tanggal kunjungan."),
        _("NIK 16 angka; kosongkan bila belum punya. Umur dihitung sendiri oleh aplikasi."),
        _("Tanggal ditulis hari/bulan/tahun, contoh 25/05/2025. Angka desimal memakai koma."),
        _("Sel kosong berarti tidak diperiksa. Tulis 0 atau tidak hanya bila memang demikian."),
        _("Baris yang diperbaiki cukup diunggah lagi; baris yang sama tidak dihitung dua kali."),
        "",
        _("Kode tempat:"),
    ]


def _roster_lines(listed: Listed) -> list[Text]:
    told = {"month": formats.month(listed.month), "count": formats.whole(len(listed.persons))}
    return [
        _("Daftar sasaran %(month)s: %(count)s orang, urut nama.") % told,
        _("Isi tanggal kunjungan dan hasilnya hanya bagi yang datang; biarkan yang lain kosong."),
        _("Orang yang belum ada di daftar ditulis di baris kosong di bawahnya."),
        _("Berkas ini berisi NIK dan nama orang. Jangan dibagikan; hapus bila sudah diunggah."),
    ]


def _place_lines(places: list[tuple[str, str, str]]) -> list[str]:
    return [f"{code} = {Facility.Kind(kind).label} {name}" for code, name, kind in places]
