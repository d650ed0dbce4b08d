"""The directory of places, and the changes of the tree."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise as Text

from facilities.access import has_anywhere, require
from facilities.forms import places as forms
from facilities.models import Facility
from facilities.roles import Permission
from facilities.selectors import directory
from facilities.views.answers import accepted, require_anywhere
from ilp.core.http import Request
from ilp.core.months import Month

# The word in the address -> the form, its heading, what it means.
CHANGES: dict[str, tuple[type[forms.AnyChange], Text, Text]] = {
    "nama": (
        forms.RenameForm,
        gettext_lazy("Ganti nama"),
        gettext_lazy("Nama lama tetap dikenali saat mengunggah berkas."),
    ),
    "pindah": (
        forms.MoveForm,
        gettext_lazy("Pindahkan"),
        gettext_lazy("Angka bulan-bulan sebelumnya tetap di induk lama."),
    ),
    "tutup": (
        forms.CloseForm,
        gettext_lazy("Tutup"),
        gettext_lazy("Data lama tetap ada dan tetap dihitung pada bulannya."),
    ),
    "gabung": (
        forms.MergeForm,
        gettext_lazy("Gabung ke tempat lain"),
        gettext_lazy("Semua yang ada di bawahnya ikut pindah, lalu tempat ini ditutup."),
    ),
    "pecah": (
        forms.SplitForm,
        gettext_lazy("Pecah jadi dua"),
        gettext_lazy("Tempat ini tetap ada. Yang dicentang pindah ke tempat baru."),
    ),
}


def facility_list(request: Request) -> HttpResponse:
    """Every place within the user's reach, with search and filters."""
    filters = {
        name: request.GET.get(name, "").strip() for name in ("q", "jenis", "kecamatan", "tutup")
    }
    chosen = directory.Filter(
        query=filters["q"],
        kind=filters["jenis"],
        kecamatan=filters["kecamatan"],
        closed=bool(filters["tutup"]),
    )
    page = directory.directory(
        user=request.user,
        filter_by=chosen,
        today=timezone.localdate(),
        page=request.GET.get("hal"),
    )
    context = {
        "page": page,
        "filters": filters,
        "kept": urlencode({name: value for name, value in filters.items() if value}),
        "kinds": Facility.Kind.choices,
        "kecamatan": directory.kecamatan_choices(request.user),
        "may_manage": has_anywhere(request.user, Permission.MANAGE_PLACES),
    }
    return render(request, "facilities/facility_list.html", context)


def facility_open(request: Request) -> HttpResponse:
    """Choose a kind, then fill in the form for it."""
    require_anywhere(request.user, Permission.MANAGE_PLACES)
    kind = request.GET.get("jenis", "")
    if kind not in forms.OPENABLE:
        kinds = [(kind.value, kind.label) for kind in forms.OPENABLE]
        return render(request, "facilities/facility_open_kind.html", {"kinds": kinds})
    today = timezone.localdate()
    initial = {"since": Month.of(today)}
    form = forms.OpenForm(
        request.POST or None, initial=initial, kind=kind, user=request.user, today=today
    )
    if accepted(request, form, lambda: form.apply(request.user)):
        words = {"name": form.cleaned_data["name"]}
        messages.success(request, _("%(name)s sudah dibuka.") % words)
        return redirect("facilities:facility-manage", form.cleaned_data["code"])
    context = {"form": form, "kind": Facility.Kind(kind).label}
    return render(request, "facilities/facility_open.html", context)


def facility_manage(request: Request, code: str) -> HttpResponse:
    """A place's parents over time, and what may be changed."""
    place = _managed(request, code)
    history = place.placements.select_related("parent").order_by("axis", "valid")
    rows = [(row.get_axis_display(), row.parent, row.valid) for row in history]
    links = [] if place.closed_on else [(slug, change[1]) for slug, change in CHANGES.items()]
    context = {"place": place, "rows": rows, "links": links}
    return render(request, "facilities/facility_manage.html", context)


def facility_change(request: Request, code: str, change: str) -> HttpResponse:
    """One change of one place: rename, move, close, merge or split."""
    if change not in CHANGES:
        raise Http404(change)
    place = _managed(request, code)
    form_class, title, explanation = CHANGES[change]
    today = timezone.localdate()
    initial = {"since": Month.of(today).plus(1)}
    form = form_class(
        request.POST or None, initial=initial, place=place, user=request.user, today=today
    )
    if accepted(request, form, lambda: form.apply(request.user)):
        messages.success(request, _("Perubahan %(name)s tersimpan.") % {"name": place.name})
        return redirect("facilities:facility-manage", place.code)
    context = {"form": form, "place": place, "title": title, "explanation": explanation}
    return render(request, "facilities/facility_change.html", context)


def _managed(request: Request, code: str) -> Facility:
    """The place: 404 when out of sight, 403 when seen but not managed."""
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    require(request.user, Permission.MANAGE_PLACES, place)
    return place
