"""S10: what a district and its places lack and what comes first: screen, paper, workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from facilities.access import can, require
from facilities.models import ASSESSED, Facility, Group
from facilities.roles import Permission
from facilities.selectors.assessments import first_year
from facilities.selectors.needs import Need, Needs, needs
from facilities.selectors.pages import page_in
from facilities.views.answers import accepted
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from reporting.actions import needs as actions
from reporting.charts import gaps
from reporting.excel.needs import write_ruk
from reporting.selectors import kajian as papers
from reporting.selectors.priorities import (
    Weights,
    month_of_needs,
    priorities,
    weights_history,
    weights_on,
)
from reporting.views.downloads import EXCEL

Kind = Facility.Kind
WIDEST_FIRST = (Kind.DISTRICT, *ASSESSED)
RANKED = "prioritas"
MATRIX_ROWS = 25
LARGEST = 10


@dataclass(frozen=True)
class Box:
    """One box of the matrix, as the heat table shows it."""

    status: str
    text: str
    url: str
    label: str


@never_cache
def needs_page(request: Request) -> HttpResponse:
    """`w` names the place, `tahun` the year, `jenis` the kind of place, `bagian` the tab, `barang`
    one item, whose places are listed."""
    today = timezone.localdate()
    place, year = _place(request), _year(request.GET.get("tahun", ""), today)
    found = needs(of=place, year=year, today=today, kind=_kind(request))
    part, item = request.GET.get("bagian", ""), request.GET.get("barang", "")
    part = part if part in (*Group.values, RANKED) else ""
    context = {
        "found": found,
        "part": part,
        "years": range(first_year(today), today.year + 1),
        "kinds": [(one.value, one.label) for one in ASSESSED],
        "tabs": _tabs(found, part),
        "staffed": papers.pustu_staffed(found),
        "may_export": can(request.user, Permission.EXPORT, place),
        "may_weigh": can(request.user, Permission.MANAGE_TARGETS, found.district),
        "query": _query(found, part),
        "largest": found.largest[:LARGEST],
        "item": next((one for one in found.sums if one.code == item), None),
        "listed": page_in(_places_of(found, item), request.GET.get("hal")) if item else None,
    }
    if part in Group.values and not item:
        context |= _matrix(found, part, request.GET.get("hal"))
    if part == RANKED:
        weights = weights_on(district=found.district, on=found.on)
        ranked = priorities(found=found, weights=weights, today=today)
        month = month_of_needs(year, today)
        context |= {"weights": weights, "page": page_in(ranked, request.GET.get("hal"))}
        context |= {"month": month}
    return render(request, "reporting/needs.html", context)


@never_cache
@in_indonesian
def needs_print(request: Request, code: str, year: int) -> HttpResponse:
    """The assessment in words and tables, with letterhead and signatures."""
    found, weights, today = _asked(request, code, year)
    ranked = priorities(found=found, weights=weights, today=today)
    document = papers.kajian(found=found, ranked=ranked, weights=weights, today=today)
    context = {
        "document": document,
        "picture": gaps.draw(document.gaps) if document.gaps else "",
        "finding": gaps.finding(document.gaps),
        "place": found.place,
        "may_export": can(request.user, Permission.EXPORT, found.place),
        "may_head": can(request.user, Permission.MANAGE_LETTERHEADS, found.place),
        "now": timezone.now(),
        "query": _query(found, ""),
    }
    return render(request, "reporting/needs_paper.html", context)


@never_cache
@in_indonesian
def needs_workbook(request: Request, code: str, year: int) -> HttpResponse:
    """The ranking as a proposal, for whoever may take numbers out of the house."""
    found, weights, today = _asked(request, code, year)
    require(request.user, Permission.EXPORT, found.place)
    ranked = priorities(found=found, weights=weights, today=today)
    book = io.BytesIO()
    rows = write_ruk(book, found=found, ranked=ranked, weights=weights)
    actions.note_taken(place=found.place, year=year, rows=rows, by=request.user)
    answer = HttpResponse(book.getvalue(), content_type=EXCEL)
    answer.headers["Content-Disposition"] = f'attachment; filename="ruk-{code}-{year}.xlsx"'
    return answer


class WeightsForm(forms.Form):
    """Three shares of a hundred from a day on."""

    gap = forms.IntegerField(label=gettext_lazy("Kesenjangan"), min_value=0, max_value=100)
    burden = forms.IntegerField(label=gettext_lazy("Beban sasaran"), min_value=0, max_value=100)
    low = forms.IntegerField(label=gettext_lazy("Capaian rendah"), min_value=0, max_value=100)
    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Isi tanggal, contoh 2025-04-30.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("gap", "burden", "low"):
            words = _("Tulis angka bulat dari 0 sampai 100.")
            self.fields[name].error_messages |= {"required": words, "invalid": words}


def weights_page(request: Request, code: str) -> HttpResponse:
    """What counts how much in a district, now and before. A POST decides it anew."""
    seen = Facility.objects.visible_to(request.user).of_kind(Kind.DISTRICT)
    district = get_object_or_404(seen, code=code)
    require(request.user, Permission.MANAGE_TARGETS, district)
    today = timezone.localdate()
    now = weights_on(district=district, on=today)
    start = {"gap": now.gap, "burden": now.burden, "low": now.low, "since": today}
    form = WeightsForm(request.POST or None, initial=start)

    def apply() -> object:
        return actions.set_weights(district=district, by=request.user, **form.cleaned_data)

    if accepted(request, form, apply):
        messages.success(request, _("Bobot tersimpan."))
        return redirect("reporting:need-weights", code)
    history = weights_history(district=district)
    context = {"place": district, "form": form, "now": now, "history": history}
    return render(request, "reporting/need_weights.html", context)


def _asked(request: Request, code: str, year: int) -> tuple[Needs, Weights, date]:
    today = timezone.localdate()
    seen = Facility.objects.visible_to(request.user).of_kind(*WIDEST_FIRST)
    place = get_object_or_404(seen, code=code)
    if not first_year(today) <= year <= today.year:
        raise Http404(str(year))
    found = needs(of=place, year=year, today=today, kind=_kind(request))
    return found, weights_on(district=found.district, on=found.on), today


def _place(request: Request) -> Facility:
    """The place asked for, or the widest that is seen."""
    seen = Facility.objects.visible_to(request.user)
    if code := request.GET.get("w"):
        return get_object_or_404(seen.of_kind(*WIDEST_FIRST), code=code)
    for kind in WIDEST_FIRST:
        place = seen.of_kind(kind).order_by("code").first()
        if place is not None:
            return place
    raise Http404("nothing within reach")


def _kind(request: Request) -> str:
    kind = request.GET.get("jenis", "")
    return kind if kind in ASSESSED else ""


def _year(text: str, today: date) -> int:
    if text.isdecimal() and first_year(today) <= int(text) <= today.year:
        return int(text)
    return today.year


def _query(found: Needs, part: str) -> str:
    """What links on the page carry along, without the number of a page."""
    kept = {"w": found.place.code, "tahun": found.year, "jenis": found.kind, "bagian": part}
    return urlencode({name: value for name, value in kept.items() if value})


def _tabs(found: Needs, part: str) -> list[tuple[str, str, bool]]:
    named = [("", _("Ringkasan")), *((g.value, str(g.label)) for g in Group)]
    named.append((RANKED, _("Prioritas")))
    return [(label, f"?{_query(found, value)}", value == part) for value, label in named]


def _places_of(found: Needs, code: str) -> list[Need]:
    """Every place that shall have the item, those that lack most first."""
    listed = [need for need in found.all if need.code == code]
    return sorted(listed, key=lambda n: (not n.is_known, -n.missing, n.site.label, n.site.name))


def _matrix(found: Needs, group: str, page: str | None) -> dict[str, object]:
    """Places by items of a group; of places that shall have none of them there is no row."""
    items = [one for one in found.sums if one.group == group]
    sites = [
        site
        for site in found.sites
        if any(need.group == group for need in found.by_site[site.pk].values())
    ]
    turned = Paginator(sites, MATRIX_ROWS).get_page(page)
    rows = [
        (site, [_box(found.by_site[site.pk].get(one.code), found.year) for one in items])
        for site in turned.object_list
    ]
    return {"items": items, "page": turned, "rows": rows}


def _box(need: Need | None, year: int) -> Box:
    if need is None:
        return Box("ta", "TA", "", "")
    code = need.site.code
    if need.group == Group.STAFF:
        url = reverse("facilities:staff", args=[code])
    else:
        url = reverse("facilities:assessment", args=[code, year]) + f"#barang-{need.code}"
    text = f"{'–' if need.good is None else need.good}/{need.standard}"
    label = f"{need.site.name}, {need.name}: {text}"
    if not need.is_known:
        return Box("bl", text, url, label)
    if not need.missing:
        return Box("tercapai", text, url, label)
    return Box("mendekati" if need.good else "tertinggal", text, url, label)
