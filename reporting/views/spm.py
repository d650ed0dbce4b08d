"""The quarterly report of the minimum service standards, to be looked at and printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ilp.core.http import Request
from reporting.catalogue.forms_spm import PERMENDAGRI, weights
from reporting.selectors.spm import spm_report
from reporting.views.caching import kept
from reporting.views.context import context_of, fresh


@kept
def spm_page(request: Request) -> HttpResponse:
    """The 12 services of a place with people served, quality, index and class."""
    ctx = context_of(request)
    return render(
        request,
        "reporting/spm.html",
        {
            "ctx": ctx,
            "report": spm_report(of=ctx.place, month=ctx.month),
            "weights": weights(ctx.month.last_day),
            "source": PERMENDAGRI,
            "today": timezone.localdate(),
            "freshness": fresh(ctx),
        },
    )
