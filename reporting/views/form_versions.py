"""Forms that the Dinas makes itself: seen, taken as a workbook, sent back changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.form_versions import define_form, end_form, require_forms
from reporting.catalogue import FORMS, ROWS
from reporting.catalogue.definitions import (
    Fault,
    FormSaid,
    Known,
    can_be_said,
    faults,
    from_json,
)
from reporting.catalogue.language import Form
from reporting.catalogue.own import form_on, in_force_from, is_declared
from reporting.excel.definitions import (
    EXAMPLE,
    MAX_BYTES,
    of_form,
    read_definition,
    write_definition,
)
from reporting.models import FormVersion
from reporting.selectors.form_book import refresh
from reporting.views.targets import XLSX

SALT = "formulir"
SHOWN_FAULTS = 100
EXAMPLE_NAME = "contoh"
USES_FORMS = ("reporting.", "ilp.views")  # where a view lies that may speak of forms
MONTH_AS = gettext_lazy("Tulis bulan sebagai tahun-bulan, contoh 2026-01.")


class FormsInUse:
    """Middleware: every page knows the forms that there are now, whichever process made them.

    One query, which is not asked for who is not signed in, for the pages of the apps below, which
    know no forms, and for a view that `takes_forms` with something that it asks for anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        below = not view.__module__.startswith(USES_FORMS)
        if not below and not getattr(view, "takes_forms", False) and request.user.is_authenticated:
            refresh()


class DefinitionForm(forms.Form):
    """A workbook, and the month from which it holds."""

    since = forms.CharField(
        label=gettext_lazy("Berlaku mulai bulan"),
        help_text=MONTH_AS,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    file = forms.FileField(label=gettext_lazy("Definisi formulir (.xlsx)"))

    def clean_since(self) -> Month:
        return _month(self.cleaned_data["since"])


def _month(text: str) -> Month:
    try:
        return Month.parse(text.strip())
    except ValueError:
        raise forms.ValidationError(MONTH_AS) from None


@dataclass(frozen=True)
class Changed:
    """A row of the new version beside what there is: new, changed, gone or the same."""

    how: str
    number: str
    code: str
    label: str
    nature: str


def form_list(request: Request) -> HttpResponse:
    """Every form with its versions; the way to make one."""
    require_forms(request.user)
    return _page(request, DefinitionForm())


def _page(
    request: Request, form: DefinitionForm, wrong: list[Fault] | None = None, status: int = 200
) -> HttpResponse:
    versions: dict[str, list[FormVersion]] = {}
    for row in FormVersion.objects.select_related("created_by").order_by("-since"):
        versions.setdefault(row.code, []).append(row)
    context = {
        "listed": [(one, versions.get(one.code, []), _often(one)) for one in FORMS.values()],
        "is_declared": is_declared,
        "fixed": {one.code for one in FORMS.values() if not can_be_said(one, ROWS)},
        "form": form,
        "faults": (wrong or [])[:SHOWN_FAULTS],
        "count": len(wrong or []),
        "example": EXAMPLE_NAME,
    }
    return render(request, "reporting/form_list.html", context, status=status)


def _often(form: Form) -> str:
    if not form.rounds:
        return _("setiap minggu") if form.weekly else _("setiap bulan")
    return ", ".join(formats.month_name(number) for number in form.rounds)


def form_workbook(request: Request, code: str) -> FileResponse:
    """The definition of a form, or an example, to be changed and sent back."""
    require_forms(request.user)
    if code != EXAMPLE_NAME and (code not in FORMS or not can_be_said(FORMS[code], ROWS)):
        raise Http404
    buffer = BytesIO()
    write_definition(buffer, EXAMPLE if code == EXAMPLE_NAME else of_form(FORMS[code]))
    buffer.seek(0)
    name = f"formulir-{code}.xlsx"
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=XLSX)


@require_POST
def form_upload(request: Request) -> HttpResponse:
    """Read a definition and show what it would change. Nothing is written yet."""
    require_forms(request.user)
    form = DefinitionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        read = read_definition(form.cleaned_data["file"].read(MAX_BYTES + 1))
    except DomainError as error:
        form.add_error("file", error)
        return _page(request, form, status=422)
    since = form.cleaned_data["since"]
    wrong = [*read.faults, *faults(read.said, Known(ROWS, in_force_from(since.first_day)))]
    if wrong:
        text = counted(
            "Tidak ada yang disimpan: %(count)s hal perlu diperbaiki dahulu.", len(wrong)
        )
        form.add_error("file", text)
        return _page(request, form, wrong, status=422)
    return _preview(request, read.said, since)


def _preview(request: Request, said: FormSaid, since: Month) -> HttpResponse:
    held = form_on(said.code, since) if said.code in FORMS else None
    parcel = {"said": said.as_json(), "since": str(since)}
    context = {
        "said": said,
        "since": since,
        "held": held,
        "changes": _changes(said, held),
        "rules": said.rules,
        "parcel": signing.dumps(parcel, salt=_salt(request), compress=True),
    }
    return render(request, "reporting/form_preview.html", context)


def _changes(said: FormSaid, held: Form | None) -> list[Changed]:
    before = {row.code: row for row in of_form(held).rows} if held else {}
    listed = []
    for row in said.rows:
        old = before.pop(row.code, None)
        same = old is not None and old.label == row.label and old.computed == row.computed
        how = "sama" if same else "baru" if old is None else "ubah"
        nature = " · ".join(filter(None, (row.kind, row.breakdown, row.computed)))
        listed.append(Changed(how, row.number, row.code, row.label, nature))
    gone = [Changed("hilang", r.number, r.code, r.label, "") for r in before.values()]
    return listed + gone


@require_POST
def form_confirm(request: Request) -> HttpResponse:
    """Keep what the preview showed."""
    try:
        parcel: dict[str, Any] = signing.loads(
            request.POST.get("isi", ""), salt=_salt(request), max_age=86_400
        )
    except signing.BadSignature:
        messages.error(request, _("Pratinjau sudah kedaluwarsa. Unggah berkasnya sekali lagi."))
        return redirect("reporting:form-list")
    since = Month.parse(parcel["since"])
    try:
        made = define_form(said=from_json(parcel["said"]), since=since, by=request.user)
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect("reporting:form-list")
    text = _("Formulir %(code)s versi %(version)s berlaku mulai %(month)s.")
    messages.success(
        request,
        text % {"code": made.code, "version": made.version, "month": formats.month(since)},
    )
    return redirect("reporting:form-list")


@require_POST
def form_end(request: Request, code: str) -> HttpResponse:
    """No longer ask for a form of the Dinas, or go back to the catalogue's, from a month on."""
    try:
        until = _month(request.POST.get("bulan", ""))
        end_form(code=code, until=until, by=request.user)
    except DomainError as error:
        messages.error(request, error.sentence)
    except forms.ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        text = _("%(code)s tidak ditanyakan lagi mulai %(month)s.")
        if is_declared(code):
            text = _("Mulai %(month)s %(code)s kembali ke bentuk bakunya.")
        messages.success(request, text % {"code": code, "month": formats.month(until)})
    return redirect("reporting:form-list")


def _salt(request: Request) -> str:
    """A preview is the uploader's alone."""
    return f"{SALT}:{request.user.pk}"
