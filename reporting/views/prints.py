"""Reports and recaps as they are handed in on paper, and as workbooks."""

from __future__ import annotations

import io

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from ilp.core.weeks import Period, month_of, week_number
from reporting.actions import prints as actions
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.catalogue.own import form_on
from reporting.excel.reports import write_document
from reporting.models import Report
from reporting.selectors import gathering
from reporting.selectors.prints import Document, report_document
from reporting.views.downloads import EXCEL


@never_cache
@in_indonesian
def report_print(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """A report on paper: what was saved, with letterhead and signatures."""
    report = _report(request, form, code, month)
    where = [form, code, month]
    return _paper(
        request,
        report_document(report=report),
        report.facility,
        {
            "back": (reverse("reporting:report", args=where), _("Kembali ke laporan")),
            "workbook": reverse("reporting:report-workbook", args=where),
            "version": report.version,
        },
    )


@never_cache
@in_indonesian
def report_workbook(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """The same report as a workbook, for whoever may take numbers out of the house."""
    report = _report(request, form, code, month)
    actions.note_download(report=report, by=request.user)
    return _file(report_document(report=report), f"laporan-{form}-{code}-{month}")


@never_cache
@in_indonesian
def recap(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """One form and month over all the places of a district: on the screen as on paper."""
    district, spec = _district(request, code, month), _form(form, month)
    gathered = gathering.gather(district=district, form=spec, month=month, user=request.user)
    back = reverse("reporting:report-list", query={"f": form, "p": str(month_of(month))})
    return _paper(
        request,
        gathering.document(gathered, today=timezone.localdate()),
        district,
        {
            "back": (back, _("Kembali ke daftar laporan")),
            "workbook": reverse("reporting:recap-workbook", args=[form, code, month]),
            "version": None,
        },
    )


@never_cache
@in_indonesian
def recap_workbook(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """The same recap as a workbook."""
    district, spec = _district(request, code, month), _form(form, month)
    actions.note_gathering(district=district, form=form, month=month, by=request.user)
    gathered = gathering.gather(district=district, form=spec, month=month, user=request.user)
    document = gathering.document(gathered, today=timezone.localdate())
    return _file(document, f"rekap-{form}-{code}-{month}")


def _report(request: Request, form: str, code: str, month: Period) -> Report:
    seen = Report.objects.visible_to(request.user).select_related("facility")
    if form not in FORMS:
        raise Http404
    return get_object_or_404(
        seen,
        form_code=form,
        facility__code=code,
        month=month_of(month),
        week=week_number(month),
    )


def _form(code: str, month: Period) -> Form:
    """The form in the version of the month: a quarterly one has nothing to gather in between."""
    whole = month_of(month)
    if code not in FORMS or month not in form_on(code, whole).periods(whole):
        raise Http404
    return form_on(code, whole)


def _district(request: Request, code: str, month: Period) -> Facility:
    seen = Facility.objects.visible_to(request.user).of_kind(Facility.Kind.DISTRICT)
    return get_object_or_404(seen, code=code)


def _paper(
    request: Request, document: Document, place: Facility, links: dict[str, object]
) -> HttpResponse:
    context = {
        "document": document,
        "place": place,
        "may_export": can(request.user, Permission.EXPORT, place),
        "may_head": can(request.user, Permission.MANAGE_LETTERHEADS, place),
        "now": timezone.now(),
        **links,
    }
    return render(request, "reporting/paper.html", context)


def _file(document: Document, name: str) -> HttpResponse:
    book = io.BytesIO()
    write_document(book, document)
    response = HttpResponse(book.getvalue(), content_type=EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
