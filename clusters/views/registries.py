"""The registries of places and accounts: out as a workbook, back with a preview, all or nothing.

They are of the app below; they come in here, where hostile workbooks are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clusters.excel.registries import BOOKS, Book
from clusters.views.uploads import XLSX
from facilities.access import has_anywhere
from facilities.actions.people import take_registry
from facilities.excel import Outcome, bring_in
from facilities.excel.registry import Registry
from ilp.core.counting import counted
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request

SHOWN = 200
AGE = 86_400  # seconds that a preview holds


class BookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas Excel"),
        error_messages={
            "required": gettext_lazy("Pilih berkas Excel yang akan diunggah."),
            "empty": gettext_lazy("Berkas kosong. Isi dahulu, simpan, lalu unggah lagi."),
        },
    )


@never_cache
def registry_file(request: Request, which: str) -> FileResponse:
    """The registry as far as the user manages it."""
    book = _book(request, which)
    target = BytesIO()
    rows = book.write(target, request.user)
    take_registry(kind=book.slug, rows=rows, by=request.user)
    target.seek(0)
    name = f"daftar-{book.slug}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


@never_cache
def registry(request: Request, which: str) -> HttpResponse:
    """Send a changed registry and see what it would do. Nothing is written yet."""
    book = _book(request, which)
    if request.method != "POST":
        return _page(request, book, BookForm(), 200)
    form = BookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, book, form, 422)
    try:
        sent = form.cleaned_data["file"].read(settings.UPLOAD_MAX_BYTES + 1)
        table = book.read(sent)
    except DomainError as broken:
        form.add_error("file", broken)
        return _page(request, book, form, 422)
    outcome = bring_in(book.resource(), book.headers, table.rows, by=request.user, dry_run=True)
    return _preview(request, book, form, outcome, table.rows, table.numbers)


def _preview(  # noqa: PLR0913 what was sent and what would come of it
    request: Request,
    book: Book,
    form: BookForm,
    outcome: Outcome,
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int],
) -> HttpResponse:
    shown = [(numbers[line.row], line) for line in outcome.lines]
    refused = [(number, line) for number, line in shown if line.refused]
    if refused:
        told = counted(
            "Tidak ada yang disimpan: %(count)s baris perlu diperbaiki dahulu.", len(refused)
        )
        form.add_error("file", told)
        return _page(request, book, form, 422, refused=refused[:SHOWN], count=len(refused))
    if not shown:
        messages.info(request, _("Tidak ada yang berubah: isi berkas sama dengan daftar."))
        return redirect("clusters:registry", book.slug)
    parcel = {
        "rows": [rows[line.row] for line in outcome.lines],
        "numbers": [number for number, _line in shown],
        "fingerprint": outcome.fingerprint,
    }
    context = {
        "book": book,
        "new": [one for one in shown if one[1].is_new],
        "changed": [one for one in shown if not one[1].is_new],
        "same": outcome.same,
        "parcel": signing.dumps(parcel, salt=_salt(request, book), compress=True),
    }
    return render(request, "clusters/registry_preview.html", context)


@require_POST
@never_cache
@sensitive_post_parameters()
def registry_confirm(request: Request, which: str) -> HttpResponse:
    """Write what the preview showed or, where it would now be something else, show it anew."""
    book = _book(request, which)
    try:
        sent = request.POST.get("isi", "")
        parcel = signing.loads(sent, salt=_salt(request, book), max_age=AGE)
    except signing.BadSignature:
        messages.error(request, _("Pratinjau sudah kedaluwarsa. Unggah berkasnya sekali lagi."))
        return redirect("clusters:registry", book.slug)
    resource = book.resource()
    outcome = _written(request, book, resource, parcel)
    if outcome.fingerprint != parcel["fingerprint"]:
        messages.warning(request, _("Daftar berubah sejak pratinjau. Periksa sekali lagi."))
        rows, numbers = parcel["rows"], parcel["numbers"]
        return _preview(request, book, BookForm({}, MultiValueDict()), outcome, rows, numbers)
    new = sum(line.is_new for line in outcome.lines)
    told = {"new": new, "changed": len(outcome.lines) - new}
    messages.success(request, _("Tersimpan: %(new)s baru, %(changed)s diubah.") % told)
    if made := getattr(resource, "made", ()):
        return render(request, "clusters/registry_passwords.html", {"made": made, "book": book})
    return redirect(book.back)


def _written(request: Request, book: Book, resource: Registry, parcel: dict[str, Any]) -> Outcome:
    with transaction.atomic():
        outcome = bring_in(resource, book.headers, parcel["rows"], by=request.user, dry_run=False)
        if outcome.fingerprint != parcel["fingerprint"]:
            transaction.set_rollback(True)
    return outcome


def _page(request: Request, book: Book, form: BookForm, status: int, **more: Any) -> HttpResponse:
    context = {"book": book, "form": form, "refused": (), "count": 0} | more
    return render(request, "clusters/registry.html", context, status=status)


def _book(request: Request, which: str) -> Book:
    if which not in BOOKS:
        raise Http404(which)
    book = BOOKS[which]
    if not has_anywhere(request.user, book.permission):
        raise Forbidden(f"needs {book.permission}")
    return book


def _salt(request: Request, book: Book) -> str:
    """A preview is the uploader's alone."""
    return f"daftar:{book.slug}:{request.user.pk}"
