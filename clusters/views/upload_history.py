"""What was sent before: the list, the original file, taking an upload back and putting it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusters.actions import originals, undoing
from clusters.actions.taking_back import Effect, Kept
from clusters.models import Upload
from clusters.selectors import upload_history as selectors
from clusters.selectors.uploads import uploads_of
from clusters.services import SERVICES
from clusters.views.finding import find_upload, require_recorder
from clusters.views.nudging import nudge_roll_up
from ilp.core import formats
from ilp.core.errors import DomainError
from ilp.core.http import Request

A_PAGE = 50
UNDO_WORD, REDO_WORD = "BATALKAN", "KEMBALIKAN"
WHY = {
    "changed": gettext_lazy("isinya sudah diganti unggahan lain atau diperbaiki"),
    "cancelled": gettext_lazy("sudah dibatalkan orang"),
    "merged": gettext_lazy("orangnya sudah digabung dengan data lain"),
    "recorded": gettext_lazy("sudah ada kunjungan lain di tempat dan hari itu"),
    "contradicts": gettext_lazy("bertentangan dengan catatan yang masuk sesudahnya"),
}


@never_cache
def upload_list(request: Request) -> HttpResponse:
    """What was sent for the places where the user records."""
    require_recorder(request)
    service, status = (request.GET.get(name, "") for name in ("layanan", "status"))
    kept: dict[str, str] = {}
    found = uploads_of(request.user)
    if service in SERVICES:
        kept["layanan"], found = service, found.filter(service=service)
    if status in Upload.Status.values:
        kept["status"], found = status, found.filter(status=status)
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("hal")),
        "services": SERVICES.values(),
        "states": Upload.Status.choices,
        "kept": kept,
        "query": urlencode(kept),
    }
    return render(request, "clusters/upload_list.html", context)


@never_cache
def upload_file(request: Request, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    one = find_upload(request, pk)
    try:
        content = originals.take_original(upload=one, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:upload", pk)
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=selectors.safe_name(one.file_name),
        content_type="application/octet-stream",  # never shown by the browser itself
    )


@never_cache
@require_http_methods(["GET", "POST"])
def upload_cancel(request: Request, pk: int) -> HttpResponse:
    """Drop what was only previewed; of what was written say the effect, then take it back."""
    one = find_upload(request, pk)
    if one.finished_at is None:
        return _drop(request, one)
    if request.method == "GET":
        return _ask(request, one, UNDO_WORD)
    return _do(request, one, UNDO_WORD)


@never_cache
@require_http_methods(["GET", "POST"])
def upload_redo(request: Request, pk: int) -> HttpResponse:
    """Say what putting an upload back does, then do it."""
    one = find_upload(request, pk)
    if request.method == "GET":
        return _ask(request, one, REDO_WORD)
    return _do(request, one, REDO_WORD)


def _drop(request: Request, one: Upload) -> HttpResponse:
    if request.method == "POST":
        try:
            undoing.drop_upload(upload=one, by=request.user)
        except DomainError as broken:
            messages.error(request, broken.sentence)
        else:
            messages.success(request, _("Unggahan dibatalkan. Belum ada yang disimpan darinya."))
    return redirect("clusters:upload", one.pk)


def _ask(request: Request, one: Upload, word: str, wrong: str = "") -> HttpResponse:
    """The effect before it is done, and the box for the word; or why it cannot be done."""
    told = undoing.effect_of_redo if word == REDO_WORD else undoing.effect_of_undo
    try:
        effect = told(upload=one, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:upload", one.pk)
    context = {
        "upload": one,
        "effect": effect,
        "cells": selectors.cells_told(effect.cells),
        "examples": _kept_told(effect.examples),
        "word": word,
        "wrong": wrong,
        "again": word == REDO_WORD,
        "redo_days": settings.UPLOAD_REDO_DAYS,
    }
    return render(request, "clusters/upload_undo.html", context, status=422 if wrong else 200)


def _kept_told(examples: tuple[Kept, ...]) -> list[dict[str, Any]]:
    places = selectors.names_of({one.facility_id for one in examples})
    return [
        {"visit": one, "place": places[one.facility_id], "why": WHY[one.why]} for one in examples
    ]


def _do(request: Request, one: Upload, word: str) -> HttpResponse:
    if request.POST.get("kata", "").strip().upper() != word:
        return _ask(request, one, word, wrong=undoing.WordMissing(word=word).sentence)
    act = undoing.redo_upload if word == REDO_WORD else undoing.undo_upload
    try:
        effect = act(upload=one, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
    else:
        messages.success(request, _done(effect, word))
        if effect.touched:
            nudge_roll_up()
    return redirect("clusters:upload", one.pk)


def _done(effect: Effect, word: str) -> str:
    counts = {
        "cancelled": formats.whole(effect.cancelled),
        "restored": formats.whole(effect.restored),
        "standing": formats.whole(effect.standing),
        "kept": formats.whole(effect.kept),
    }
    text = _(
        "Unggahan dibatalkan. %(cancelled)s kunjungan tidak lagi dihitung, %(restored)s kembali ke "
        "isi sebelumnya, %(kept)s tetap karena sudah diubah sesudahnya."
    )
    if word == REDO_WORD:
        text = _(
            "Pembatalan ditarik kembali. %(standing)s kunjungan dihitung lagi, %(restored)s "
            "kembali ke isi berkas, %(kept)s tetap karena sudah diubah sesudahnya."
        )
    return text % counts
