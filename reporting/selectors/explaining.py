"""How a number came about: its definition, the numbers put into the formula, its source rows."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TypedDict, cast

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from facilities.models import Ancestry
from ilp.core import formats
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS, REGISTERS, SASARAN, Formula, Indicator
from reporting.models import Release, Report, TargetSet
from reporting.selectors.numbers import Numbers, heard
from reporting.selectors.places import Place
from reporting.selectors.scores import (
    Score,
    cells_of,
    element_codes,
    sasaran_codes,
    score,
)
from reporting.selectors.targets import sasaran
from reporting.totals import Cells

LARGEST_LIST = 10_000


@dataclass(frozen=True)
class Term:
    """One part of a formula. `months` is what each month gives, where months are added up."""

    sign: int
    code: str
    label: str
    value: int | None
    months: tuple[tuple[Month, int | None], ...]


@dataclass(frozen=True)
class Explanation:
    """A score with what it was made of."""

    score: Score
    top: tuple[Term, ...]
    bottom: tuple[Term, ...]
    targets: TargetSet | None  # the version of the sasaran, where the denominator is one
    reports: int  # approved reports of the months that stand in place of visits

    @property
    def indicator(self) -> Indicator:
        return self.score.indicator

    @property
    def needed_a_month(self) -> int | None:
        """People a month until December to reach the year's target; None where it cannot be."""
        score, left = self.score, 12 - self.score.month.number
        if not left or not self.indicator.target_runs or not self.indicator.higher_is_better:
            return None
        if score.value is None or score.target is None or score.denominator is None:
            return None
        missing = score.target * score.denominator / self.indicator.per - (score.numerator or 0)
        return max(0, ceil(round(missing / left, 9)))


def explanation(
    *, indicator: Indicator, of: Place, month: Month, numbers: Numbers | None = None
) -> Explanation:
    """Five queries at most; two where the numbers have been read."""
    cells = numbers.cells if numbers else cells_of([indicator], [of.pk], month)
    wanted = sasaran_codes([indicator])
    people = numbers.now if numbers else sasaran(places=[of.pk], codes=wanted, month=month)
    known = {code: people.get((of.pk, code)) for code in wanted}
    held = _reports(indicator, of, month)
    is_aimed = bool(wanted & set(SASARAN))
    targets, reports = _in_force(of, month, held) if is_aimed else (None, held.count())
    return Explanation(
        score=score(indicator, of.pk, month, cells, people),
        top=_sasaran_terms(indicator.top, known)
        if indicator.top.is_sasaran
        else _terms(indicator.top, indicator, of, month, cells),
        bottom=_bottom(indicator, of, month, cells, known),
        targets=targets,
        reports=reports,
    )


def _bottom(
    indicator: Indicator, of: Place, month: Month, cells: Cells, known: dict[str, int | None]
) -> tuple[Term, ...]:
    if indicator.is_count:
        return ()
    if indicator.bottom.is_sasaran:
        return _sasaran_terms(indicator.bottom, known)
    return _terms(indicator.bottom, indicator, of, month, cells)


def _terms(
    formula: Formula, indicator: Indicator, of: Place, month: Month, cells: Cells
) -> tuple[Term, ...]:
    months = indicator.months(month)
    sums = heard(indicator, cells.added(of.pk, months))
    return tuple(
        Term(
            sign=sign,
            code=code,
            label=str(ELEMENTS[code].label),
            value=sums.get(code),
            months=tuple((m, cells.get(of.pk, m, code)) for m in months),
        )
        for sign, code in formula.terms
    )


def _sasaran_terms(formula: Formula, known: dict[str, int | None]) -> tuple[Term, ...]:
    return tuple(
        Term(sign, code, str((SASARAN.get(code) or REGISTERS[code]).label), known[code], ())
        for sign, code in formula.terms
    )


class _Counted(TypedDict):
    reports: int


def _in_force(of: Place, month: Month, reports: QuerySet[Report]) -> tuple[TargetSet | None, int]:
    """The version of the sasaran, and by the same statement how many these reports are.

    Of a month that is read from its release, the version that was in force then.
    """
    released = Release.objects.filter(
        pk__in=totals.shown().of([month]), district__below__descendant=of.pk
    )
    if (kept := released.select_related("targets").first()) is not None:
        return kept.targets, reports.count()
    every = reports.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    held = TargetSet.objects.filter(
        district__below__descendant=of.pk,
        year=month.year,
        basis=TargetSet.Basis.PROJECTION,
        since__lte=month,
    )
    counted = held.annotate(reports=Coalesce(Subquery(every), 0))
    newest = counted.order_by("-since", "-version").first()
    if newest is None:
        return None, reports.count()
    return newest, cast("WithAnnotations[TargetSet, _Counted]", newest).reports


def _reports(indicator: Indicator, of: Place, month: Month) -> QuerySet[Report]:
    """Approved reports whose numbers are in the score; none where no form has them."""
    codes = element_codes([indicator])
    forms = [form.code for form in FORMS.values() if codes & {i.element for i in form.items}]
    if not forms:
        return Report.objects.none()
    months = indicator.months(month)
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    return Report.objects.approved().filter(
        form_code__in=forms, month__in=months, facility__in=links.values("descendant")
    )


def sentences(told: Explanation) -> list[str]:
    """What the number means in words, by rules. Pure."""
    score = told.score
    if why := _no_number(told):
        return [why]
    found = [_of_how_many(told)]
    if score.is_small:
        found.append(_("Penyebutnya sedikit; persen mudah berubah."))
    if score.short_by:
        found.append(_("Kurang %s dari target bulan ini.") % formats.whole(score.short_by))
    if needed := told.needed_a_month:
        found.append(
            _("Perlu %(needed)s per bulan sampai Desember agar mencapai %(target)s.")
            % {
                "needed": formats.whole(needed),
                "target": formats.amount(score.target, told.indicator.unit),
            }
        )
    if (score.value or 0) < 0:
        found.append(
            _(
                "Angka minus tidak dinilai: yang selesai lebih banyak dari yang mulai, karena "
                "susulan atau salah catat."
            )
        )
    elif score.is_odd:
        found.append(_("Capaian melebihi sasaran; periksa sasaran atau datanya."))
    return found


def _of_how_many(told: Explanation) -> str:
    score = told.score
    top = formats.whole(score.numerator)
    if told.indicator.is_count:
        since = (
            _("%(top)s sejak Januari.") if told.indicator.accumulates else _("%(top)s bulan ini.")
        )
        return since % {"top": top}
    bottom = f"{formats.whole(score.denominator)} {_who(told)}".strip()
    return _("%(top)s dari %(bottom)s.") % {"top": top, "bottom": bottom}


def _no_number(told: Explanation) -> str:
    """Why there is none; empty where there is one."""
    score, rounds = told.score, told.indicator.rounds
    if not score.applies:
        return _("Tidak berlaku di sini: hanya di provinsi yang menjalankan program ini.")
    if not score.is_due:
        named = _(" dan ").join(formats.month_name(number) for number in rounds)
        return _("Tidak jatuh tempo bulan ini: hanya dihitung pada %(months)s.") % {"months": named}
    if not score.reported:
        return _("Belum ada laporan untuk bulan ini.")
    if score.denominator is None and told.indicator.bottom.is_sasaran:
        return _("Penyebut belum ditetapkan, jadi tidak ada persentase.")
    if not score.denominator and not told.indicator.is_count:
        return _("Tidak ada yang menjadi penyebut pada bulan ini, jadi tidak ada persentase.")
    return ""


def _who(told: Explanation) -> str:
    """What the denominator counts, as the middle of a sentence."""
    if len(told.bottom) != 1:
        return ""
    label = told.bottom[0].label
    return label if label[1:2].isupper() or label[1:2] == ":" else label[:1].lower() + label[1:]
