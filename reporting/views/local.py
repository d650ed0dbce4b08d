"""S21: indicators that the Dinkes makes itself, without code, tried on real numbers first."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from clusters.services import CLUSTERS, SERVICES, STAGES
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.indicators import Definition, check, define_indicator, end_indicator
from reporting.catalogue import ELEMENTS, FORMS, PROGRAMMES, SASARAN, Formula
from reporting.models import LocalIndicator
from reporting.selectors import places, targets
from reporting.selectors.book import as_indicator
from reporting.selectors.periods import span
from reporting.selectors.scores import Score, scores

K = Facility.Kind
PLUS = ("", "_2", "_3")  # terms that are added up; one more may be taken off
TERMS = (*PLUS, "_minus")
AGGREGATIONS = (
    ("A", gettext_lazy("Kejadian: dijumlahkan sejak Januari, dibandingkan dengan target berjalan")),
    ("R", gettext_lazy("Perbandingan: keduanya dijumlahkan sejak Januari")),
    ("M", gettext_lazy("Bulanan: bulan ini dibagi bulan ini")),
    ("S", gettext_lazy("Keadaan pada akhir bulan")),
)
DIRECTIONS = (
    ("naik", gettext_lazy("Makin tinggi makin baik")),
    ("turun", gettext_lazy("Makin rendah makin baik")),
    ("pantau", gettext_lazy("Dipantau saja")),
)
MONTH_AS = gettext_lazy("Tulis bulan sebagai tahun-bulan, contoh 2026-01.")
BETTER = {"naik": True, "turun": False, "pantau": None}
PER = ((100, "%"), (1_000, gettext_lazy("per 1.000")), (100_000, gettext_lazy("per 100.000")))


def element_choices() -> list[tuple[str, Any]]:
    """Everything that is counted, by the service or form that gives it."""
    listed = sorted(ELEMENTS.values(), key=lambda e: PROGRAMMES.index(e.programme))
    groups = groupby(listed, key=lambda e: e.programme)
    found: list[tuple[str, Any]] = [("", _("– pilih –"))]
    for programme, elements in groups:
        found.append((_origin(programme), _named({e.code: str(e.label) for e in elements})))
    return found


def _named(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Choices by their names; the code only where two would read the same."""
    often = Counter(labels.values())
    return [
        (code, f"{label} ({code})" if often[label] > 1 else label) for code, label in labels.items()
    ]


def _origin(programme: str) -> str:
    """The service whose visits give the numbers, or the report."""
    if programme in SERVICES:
        return str(SERVICES[programme].label)
    rows = {e.code for e in ELEMENTS.values() if e.programme == programme}
    return next(str(f.label) for f in FORMS.values() if rows & {i.element for i in f.items})


def sasaran_choices() -> list[tuple[str, Any]]:
    return [(_("Sasaran"), _named({s.code: str(s.label) for s in SASARAN.values()}))]


class IndicatorForm(forms.Form):
    """A definition; the formulas are put together from lists."""

    label = forms.CharField(label=gettext_lazy("Nama indikator"), max_length=120)
    definition = forms.CharField(
        label=gettext_lazy("Definisi"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Apa yang dihitung, dalam satu atau dua kalimat."),
    )
    cluster = forms.ChoiceField(label=gettext_lazy("Klaster"))
    stage = forms.ChoiceField(label=gettext_lazy("Siklus hidup"))
    top = forms.ChoiceField(label=gettext_lazy("Pembilang"))
    top_2 = forms.ChoiceField(label=gettext_lazy("Pembilang: ditambah"), required=False)
    top_3 = forms.ChoiceField(label=gettext_lazy("Pembilang: ditambah lagi"), required=False)
    top_minus = forms.ChoiceField(label=gettext_lazy("Pembilang: dikurangi"), required=False)
    bottom = forms.ChoiceField(label=gettext_lazy("Penyebut"))
    bottom_2 = forms.ChoiceField(label=gettext_lazy("Penyebut: ditambah"), required=False)
    bottom_3 = forms.ChoiceField(label=gettext_lazy("Penyebut: ditambah lagi"), required=False)
    bottom_minus = forms.ChoiceField(label=gettext_lazy("Penyebut: dikurangi"), required=False)
    per = forms.TypedChoiceField(label=gettext_lazy("Satuan"), choices=PER, coerce=int)
    aggregation = forms.ChoiceField(label=gettext_lazy("Cara menjumlahkan"), choices=AGGREGATIONS)
    direction = forms.ChoiceField(label=gettext_lazy("Arah"), choices=DIRECTIONS)
    target = forms.DecimalField(
        label=gettext_lazy("Target setahun"),
        required=False,
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=gettext_lazy("Kosongkan bila hanya dipantau."),
    )
    source = forms.CharField(
        label=gettext_lazy("Dasar atau sumber"),
        max_length=200,
        help_text=gettext_lazy("Contoh: SK Kepala Dinas nomor dan tanggal."),
    )
    since = forms.CharField(
        label=gettext_lazy("Berlaku mulai bulan"),
        help_text=gettext_lazy(
            "Tulis tahun-bulan, contoh 2026-01. Bulan sebelumnya tidak berubah."
        ),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.error_messages["required"] = (
                _("Belum dipilih. Pilih dari daftarnya.")
                if isinstance(field, forms.ChoiceField)
                else _("Belum diisi. Isi dahulu, lalu coba lagi.")
            )
        counted, people = element_choices(), sasaran_choices()
        for name in TERMS:
            self._offer(f"top{name}", counted)
            self._offer(f"bottom{name}", [counted[0], *people, *counted[1:]])
        self._offer("cluster", [(c.code, f"{c.code} {c.label}") for c in CLUSTERS.values()])
        self._offer("stage", [(s.code, s.label) for s in STAGES.values()])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_since(self) -> Month:
        try:
            return Month.parse(self.cleaned_data["since"].strip())
        except ValueError:
            raise forms.ValidationError(
                _("Tulis bulan sebagai tahun-bulan, contoh 2026-01.")
            ) from None

    def formula(self, side: str) -> str:
        """ "a + b - c" from the lists of a side."""
        data = self.cleaned_data
        added = [data[f"{side}{n}"] for n in PLUS if data.get(f"{side}{n}")]
        less = data.get(f"{side}_minus")
        return " + ".join(added) + (f" - {less}" if less else "")

    def definition_said(self) -> Definition:
        data = self.cleaned_data
        return Definition(
            label=data["label"],
            cluster=data["cluster"],
            stage=data["stage"],
            numerator=self.formula("top"),
            denominator=self.formula("bottom"),
            aggregation=data["aggregation"],
            per=data["per"],
            higher_is_better=BETTER[data["direction"]],
            target=data["target"],
            definition=data["definition"],
            source=data["source"],
        )


def local_list(request: Request) -> HttpResponse:
    """Every version of every indicator of the district's own."""
    district = _district(request)
    rows = LocalIndicator.objects.filter(district=district).select_related("created_by")
    return render(
        request,
        "reporting/local_list.html",
        {"district": district, "rows": rows.order_by("code", "-version"), "said": formula_said},
    )


def formula_said(text: str) -> str:
    """A formula with the names of what it counts: "K4 + K6 − Persalinan"."""
    said = []
    for times, code in Formula(text).terms:
        sign = "−" if times < 0 else "+"
        counted = ELEMENTS.get(code) or SASARAN.get(code)
        name = str(counted.label) if counted else code
        said.append(f"{sign} {name if abs(times) == 1 else f'{abs(times)} × {name}'}")
    return " ".join(said).removeprefix("+ ")


def local_edit(request: Request, code: str = "") -> HttpResponse:
    """Define or change an indicator; "coba" works it out and keeps nothing."""
    district = _district(request)
    before = _newest(district, code) if code else None
    form = IndicatorForm(request.POST or None, initial=_initial(before) if before else None)
    tried: list[tuple[str, Score]] = []
    month = None
    if request.method == "POST" and form.is_valid():
        try:
            said, since = form.definition_said(), form.cleaned_data["since"]
            if request.POST.get("aksi") == "simpan":
                made = define_indicator(
                    district=district, said=said, since=since, by=request.user, code=code
                )
                messages.success(request, _("Indikator %s tersimpan.") % made.code)
                return redirect("reporting:local-list")
            check(said)
            month, tried = try_out(district, said)
        except DomainError as broken:
            form.add_error(None, broken)
    context = {"form": form, "district": district, "before": before, "tried": tried, "month": month}
    status = 422 if form.errors else 200
    return render(request, "reporting/local_edit.html", context, status=status)


def try_out(district: Facility, said: Definition) -> tuple[Month, list[tuple[str, Score]]]:
    """The last month with numbers, and what the definition gives at the district's Puskesmas."""
    whole = places.Place(district.pk, district.code, district.name, district.kind)
    known = span(of=whole)
    month = known.last if known else Month.of(timezone.localdate())
    row = LocalIndicator(code="COBA", version=1, since=Month(2000, 1), **vars(said))
    one = as_indicator(row)
    listed = [whole, *places.children(of=whole, kind=K.PUSKESMAS, month=month)]
    found = scores(places=[p.pk for p in listed], indicators=[one], month=month)
    return month, [(p.title if p is whole else p.name, found[p.pk, one.code]) for p in listed]


@require_POST
def local_end(request: Request, code: str) -> HttpResponse:
    """No longer in force from the month that is named."""
    row = _newest(_district(request), code)
    try:
        until = Month.parse(request.POST.get("bulan", "").strip())
        end_indicator(indicator=row, until=until, by=request.user)
        messages.success(
            request,
            _("%(code)s tidak berlaku lagi mulai %(month)s.")
            % {"code": code, "month": formats.month(until)},
        )
    except ValueError:
        messages.error(request, MONTH_AS)
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("reporting:local-list")


def _district(request: Request) -> Facility:
    """The district whose indicators the user may make."""
    found = targets.district_of(user=request.user, code=request.GET.get("w", ""))
    if found is None:
        raise Forbidden(f"{request.user} sees no district")
    require(request.user, Permission.MANAGE_TARGETS, found)
    return found


def _newest(district: Facility, code: str) -> LocalIndicator:
    """The newest version; Http404 for a code that is none."""
    rows = LocalIndicator.objects.filter(district=district, code=code).order_by("-version")
    return get_object_or_404(rows[:1])


def _initial(before: LocalIndicator) -> dict[str, Any]:
    """What the form begins with: the version that is to be changed."""
    initial: dict[str, Any] = {
        name: getattr(before, name)
        for name in ("label", "definition", "cluster", "stage", "per", "aggregation", "source")
    }
    better = {value: name for name, value in BETTER.items()}
    initial |= {"direction": better[before.higher_is_better], "target": before.target}
    for side, text in (("top", before.numerator), ("bottom", before.denominator)):
        terms = Formula(text).terms
        added = [code for sign, code in terms if sign > 0]
        initial |= {f"{side}{n}": code for n, code in zip(PLUS, added, strict=False)}
        initial |= {f"{side}_minus": code for sign, code in terms if sign < 0}
    return initial
