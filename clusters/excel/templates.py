"""The workbook that a facility fills in: its own places, drop-downs, NIK as text."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel import columns
from clusters.excel.writing import Column, Kind, write_table
from clusters.selectors.places import template_places
from clusters.services import Kind as Value
from clusters.services import Service
from clusters.services.language import Field
from facilities.models import Facility

VERSION = "1"
DATA = "Data"
YES_NO = (_("ya"), _("tidak"))
KINDS = {Value.INTEGER: Kind.WHOLE, Value.DECIMAL: Kind.DECIMAL, Value.DATE: Kind.DATE}
WIDE, NARROW = 24, 12


def write_template(target: IO[bytes], *, service: Service, facility: Facility) -> None:
    """An empty workbook of the service for the facility, ready to be filled in and sent back."""
    places = template_places(facility)
    write_table(
        target,
        title_sheet=DATA,
        columns=[*_person_columns(service, places), *_field_columns(service)],
        instructions=[*_instructions(service, facility), *_place_lines(places)],
        meta={"service": service.code, "facility": facility.code, "version": VERSION},
    )


def file_name(service: Service, facility: Facility) -> str:
    return f"templat-{service.code}-{facility.code}.xlsx"


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


def _instructions(service: Service, facility: Facility) -> list[Text]:
    return [
        _("%(service)s – %(facility)s") % {"service": service.label, "facility": facility},
        _("Isi lembar Data, satu baris untuk satu kunjungan. Jangan ubah judul kolom."),
        _("Wajib: Nama, Tanggal lahir, Jenis kelamin, dan Tanggal kunjungan."),
        _("NIK 16 angka; kosongkan bila belum punya. Umur dihitung sendiri oleh aplikasi."),
        _("Tanggal ditulis hari/bulan/tahun, contoh 25/05/2025. Angka desimal memakai koma."),
        _("Sel kosong berarti tidak diperiksa. Tulis 0 atau tidak hanya bila memang demikian."),
        _("Baris yang diperbaiki cukup diunggah lagi; baris yang sama tidak dihitung dua kali."),
        "",
        _("Kode tempat:"),
    ]


def _place_lines(places: list[tuple[str, str, str]]) -> list[str]:
    return [f"{code} = {Facility.Kind(kind).label} {name}" for code, name, kind in places]
