"""Putting cells of a file right on its page: many by one answer, or one by one."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clusters.actions.telling import tell_upload
from clusters.excel import repairs
from clusters.excel.imports import sheets_of
from clusters.excel.reading import Sheet
from clusters.excel.remembered import recall
from clusters.excel.repairs import Fault, Way
from clusters.excel.told import Told, sealed, told_of
from clusters.models import Upload
from clusters.selectors import uploads as selectors
from clusters.selectors.places import place_named
from clusters.views.finding import find_upload
from clusters.views.nudging import nudge
from facilities.actions.places import learn_name
from ilp.core.cells import clean_text
from ilp.core.errors import DomainError
from ilp.core.http import Request

LONGEST, LONGEST_NUMBER = 200, 18
MOST = 5_000  # cells put right on the page; a file with more is better mended in Excel


class NothingRepaired(DomainError):
    code = "nothing-repaired"
    text = _("Belum ada yang diperbaiki. Tulis isian yang benar pada sel yang salah, lalu simpan.")


class NoCellForIt(DomainError):
    code = "no-cell-for-it"
    text = _(
        "Ada isian yang kolomnya tidak ada di berkas, jadi isian itu tidak dapat dipakai. Pilih "
        "kolomnya di Cocokkan kolom, atau tambahkan kolomnya di Excel lalu unggah lagi."
    )


class TooManyRepairs(DomainError):
    code = "too-many-repairs"
    text = _(
        "Lebih dari %(most)s sel diperbaiki di halaman ini. Unduh berkas dengan tanda kesalahan, "
        "perbaiki di Excel, lalu unggah lagi."
    )


@require_POST
def upload_repair(request: Request, pk: int) -> HttpResponse:
    """Put cells right as was said; the file is then checked anew."""
    upload = find_upload(request, pk)
    try:
        sheets = sheets_of(upload)
        before = recall(told_of(upload), sheets, upload.facility, upload.service)
        told = _told(request, upload, sheets, before)
        if told == before:
            raise NothingRepaired
        if len(told.edits) > MOST:
            raise TooManyRepairs(most=MOST)
        tell_upload(upload=upload, told=sealed(told), by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
    else:
        nudge("clusters.tasks.check_upload", upload)
    return redirect("clusters:upload", pk)


def _told(request: Request, upload: Upload, sheets: list[Sheet], before: Told) -> Told:
    way = request.POST.get("cara", "")
    if way in set(Way):
        return _together(request, upload, sheets, before, Way(way))
    texts = _typed(request, upload)
    edits, left = repairs.typed(sheets, upload.service, before, texts)
    if left and not edits:
        raise NoCellForIt
    if left:
        messages.warning(request, NoCellForIt().sentence)
    return before.with_edits(edits)


def _together(
    request: Request, upload: Upload, sheets: list[Sheet], before: Told, way: Way
) -> Told:
    """One answer for a whole group of faults."""
    name = request.POST.get("kolom", "")
    value, text = request.POST.get("nilai", ""), request.POST.get("isi", "")[:LONGEST]
    issues = selectors.issues_like(
        upload,
        code=request.POST.get("kode", ""),
        column=request.POST.get("judul", ""),
        name=name,
        value=value,
        warnings="peringatan" in request.POST,
    )
    faults = [Fault(*one) for one in issues.values_list("sheet", "row", "name")]
    if way is Way.MONTH_FIRST:
        return repairs.for_all(before, faults)
    if way is Way.PLACE:
        if not text:
            return before
        place = place_named(text) if "ingat" in request.POST and value else None
        if place is not None:
            learn_name(place=place, text=value, by=request.user)
    constants = dict(before.constants)
    for sheet in repairs.lacking(sheets, upload.service, before, faults) if text else ():
        constants[sheet] = {**constants.get(sheet, {}), name: text}
    edits = repairs.edits(sheets, upload.service, before, faults, way, text)
    return replace(before.with_edits(edits), constants=constants)


def _typed(request: Request, upload: Upload) -> list[tuple[Fault, str]]:
    """What was typed beside single issues; what was left empty says nothing."""
    texts = {
        key.removeprefix("sel-"): text[:LONGEST]
        for key in request.POST
        if key.startswith("sel-") and (text := clean_text(request.POST[key]))
    }
    numbers = [int(key) for key in texts if key.isdecimal() and len(key) < LONGEST_NUMBER]
    issues = upload.issues.filter(pk__in=numbers)
    return [(Fault(i.sheet, i.row, i.name), texts[str(i.pk)]) for i in issues]
