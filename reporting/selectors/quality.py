"""Which numbers of a month look wrong, at a place and those below it, and were not confirmed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from ilp.core import formats
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS, HEADLINES, SPM, Indicator, indicators_on, quality
from reporting.catalogue.quality import Check, Limits, Order
from reporting.models import Confirmation, OutsideFigure, Report, ReportValue
from reporting.selectors.gaps import Gap, gaps
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, sasaran_codes, scores
from reporting.selectors.spread import Spread, chance_of_round, spread
from reporting.totals import Cells

PERCENT = 100
LEAST_FOR_DIGITS = 10  # a number of one digit has no last digit to speak of


@dataclass(frozen=True)
class Finding:
    """One number, or two beside each other, that deserve a look.

    `subject` and `numbers` tell it from others, so that what was confirmed is not asked again.
    """

    check: Check
    place: Place
    subject: str
    label: str
    numbers: str
    sentence: str
    is_severe: bool = False
    distance: float = 0  # for the order: how unusual, in whatever the check measures

    @property
    def key(self) -> tuple[int, str, str, str]:
        return self.place.pk, self.check.code, self.subject, self.numbers


@dataclass(frozen=True)
class Quality:
    """What was found and not confirmed, the worst first; how many were confirmed."""

    findings: tuple[Finding, ...]
    confirmed: int

    @cached_property
    def counts(self) -> dict[str, int]:
        """By check, in the order of the checks; those without a finding are 0."""
        found = Counter(one.check.code for one in self.findings)
        return {code: found[code] for code in quality.CHECKS}

    def of(self, check: str) -> tuple[Finding, ...]:
        """Those of one check; of all where there is no such check."""
        if check not in quality.CHECKS:
            return self.findings
        return tuple(one for one in self.findings if one.check.code == check)


def quality_of(*, places: Collection[Place], month: Month) -> Quality:
    """Eight queries and one for each kind of number that the scores ask for."""
    held = quality.limits(month.last_day)
    every = list(_findings(list(places), month, held))
    left = unconfirmed(every, places, month)
    left.sort(key=lambda f: (not f.is_severe, -abs(f.distance), f.place.name, f.subject))
    return Quality(tuple(left), len(every) - len(left))


def unconfirmed(found: Sequence[Finding], places: Collection[Place], month: Month) -> list[Finding]:
    """Those that nobody has said to be right. One query."""
    rows = Confirmation.objects.filter(place__in=[one.pk for one in places], month=month)
    known = set(rows.values_list("place_id", "check_code", "subject", "numbers"))
    return [one for one in found if one.key not in known]


def _findings(places: Sequence[Place], month: Month, held: Limits) -> Iterator[Finding]:
    orders = quality.orders_on(month.first_day, month.last_day)
    codes = {*quality.WATCHED, *(code for one in orders for code in (one.less, one.more))}
    outside = outside_figures(places=[one.pk for one in places], month=month)
    codes |= {code for _place, _source, code in outside}
    months = {*month.plus(-held.months).until(month), *month.of_year}
    cells = totals.read([one.pk for one in places], sorted(months), sorted(codes))
    reported = _reported_numbers(places, month)
    unlike = gaps(places=[one.pk for one in places], month=month)
    found = scores(places=[p.pk for p in places], indicators=_shown(month), month=month)
    by_place: dict[int, list[Score]] = defaultdict(list)
    for (pk, _code), score in found.items():
        by_place[pk].append(score)
    for place in places:
        yield from unusual(place, month, cells, held, quality.WATCHED)
        yield from out_of_order(place, month, cells, orders)
        yield from _beyond(place, by_place[place.pk])
        yield from _rounded(place, reported.get(place.pk, {}), held)
        yield from _apart(place, month, cells, outside, held)
        yield from _unlike_visits(place, unlike.get(place.pk, ()), held)


def unusual(
    place: Place, month: Month, cells: Cells, held: Limits, codes: Iterable[str]
) -> Iterator[Finding]:
    """Outliers, and jumps where nothing ever varied."""
    now = cells.of(place.pk, month)
    before = [cells.of(place.pk, one) for one in month.plus(-held.months).until(month.plus(-1))]
    for code in codes:
        value = now.get(code)
        if value is None:
            continue  # a month without a number is late, not odd
        known = spread([numbers.get(code) for numbers in before])
        if known and known.mean >= held.least_mean and known.count >= held.least_months:
            yield from _judged(place, code, value, known, held)


def _judged(place: Place, code: str, value: int, known: Spread, held: Limits) -> Iterator[Finding]:
    label, numbers = str(ELEMENTS[code].label), str(value)
    z, robust, change = known.z(value), known.robust_z(value), known.change(value)
    far, odd = abs(z or 0), abs(robust or 0)
    if z is None and change is not None and abs(change) >= held.jump:
        told = _("Bulan ini %(value)s, sebelumnya selalu %(mean)s.") % _worded(value, known)
        yield Finding(quality.JUMP, place, code, label, numbers, told, distance=change)
    elif far >= held.moderate or odd >= held.robust:
        said = _worded(value, known) | {"z": formats.decimal(z or 0, 1)}
        told = _("Bulan ini %(value)s, rata-rata %(count)s bulan %(mean)s; %(z)s simpangan baku.")
        if far < held.extreme and odd >= held.robust:
            said |= {"z": formats.decimal(robust, 1), "middle": formats.decimal(known.middle, 1)}
            told = _(
                "Bulan ini %(value)s, median %(count)s bulan %(middle)s; z termodifikasi %(z)s."
            )
        severe = far >= held.extreme or odd >= held.robust
        distance = max(far, odd)
        yield Finding(quality.OUTLIER, place, code, label, numbers, told % said, severe, distance)


def _worded(value: int, known: Spread) -> dict[str, object]:
    return {
        "value": formats.whole(value),
        "mean": formats.decimal(known.mean, 1),
        "count": known.count,
    }


def out_of_order(
    place: Place, month: Month, cells: Cells, orders: Iterable[Order]
) -> Iterator[Finding]:
    """Parts that are more than the whole of which they are."""
    now, year = cells.of(place.pk, month), cells.added(place.pk, month.of_year)
    for one in orders:
        sums = now if one.monthly else year
        less, more = sums.get(one.less), sums.get(one.more)
        if less is None or more is None or less <= more:
            continue  # of a side that nobody reported nothing can be said
        said = {
            "less": ELEMENTS[one.less].label,
            "more": ELEMENTS[one.more].label,
            "less_number": formats.whole(less),
            "more_number": formats.whole(more),
        }
        told = _("%(less)s %(less_number)s, lebih banyak daripada %(more)s %(more_number)s.")
        if not one.monthly:
            told += " " + _("Dijumlahkan sejak Januari.")
        label = f"{said['less']} ≤ {said['more']}"
        yield Finding(
            quality.ORDER,
            place,
            one.code,
            label,
            f"{less}>{more}",
            told % said,
            is_severe=one.monthly,
            distance=(less - more) / less,
        )


def _shown(month: Month) -> list[Indicator]:
    """The headlines and the SPM that are shares of a sasaran."""
    held = indicators_on(month.last_day)
    codes = dict.fromkeys([*SPM.values(), *(c for listed in HEADLINES.values() for c in listed)])
    chosen = [held[code] for code in codes if code in held]
    return [one for one in chosen if one.per == PERCENT and sasaran_codes([one])]


def _beyond(place: Place, found: Iterable[Score]) -> Iterator[Finding]:
    for score in found:
        if score.value is None or score.value <= PERCENT or not score.numerator:
            continue
        said = {
            "value": formats.decimal(score.value, 1),
            "numerator": formats.whole(score.numerator),
            "denominator": formats.whole(score.denominator or 0),
        }
        told = _("%(value)s%%: %(numerator)s dari sasaran %(denominator)s.") % said
        yield Finding(
            quality.OVER,
            place,
            score.indicator.code,
            str(score.indicator.label),
            f"{score.numerator}/{score.denominator}",
            told,
            distance=score.value / PERCENT - 1,
        )


def _reported_numbers(places: Sequence[Place], month: Month) -> dict[int, dict[str, list[int]]]:
    """What was typed in reports that were sent: by place and form. One query.

    Stock comes in packs, so its numbers are round by nature.
    """
    packed = [code for code, form in FORMS.items() if form.carried]
    sent = Report.objects.filter(
        facility__in=[one.pk for one in places], month=month, sent_at__isnull=False
    ).exclude(form_code__in=packed)
    rows = ReportValue.objects.filter(report__in=sent, value__gte=LEAST_FOR_DIGITS)
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, form, value in rows.values_list("report__facility_id", "report__form_code", "value"):
        if value is not None:  # TA is no number
            found[place][form].append(value)
    return found


def _rounded(place: Place, reported: dict[str, list[int]], held: Limits) -> Iterator[Finding]:
    for form, numbers in reported.items():
        if len(numbers) < held.least_numbers or chance_of_round(numbers) > held.digits:
            continue
        ending = sum(number % 5 == 0 for number in numbers)
        said = {"ending": ending, "total": len(numbers), "form": form}
        told = _("%(ending)s dari %(total)s angka laporan %(form)s berakhiran 0 atau 5.") % said
        yield Finding(
            quality.DIGITS,
            place,
            form,
            _("Laporan %(form)s") % said,
            f"{ending}/{len(numbers)}",
            told,
            distance=ending / len(numbers),
        )


Outside = dict[tuple[int, str, str], int]  # place id, source, element


def outside_figures(*, places: Collection[int], month: Month) -> Outside:
    """What was typed from national applications. One query."""
    rows = OutsideFigure.objects.filter(place__in=places, month=month)
    listed = rows.values_list("place_id", "source", "element", "value")
    return {(place, source, element): value for place, source, element, value in listed}


def gap(ours: int, theirs: int) -> float | None:
    """How far ours lies from theirs, as a share of theirs; None where theirs is nothing."""
    return (ours - theirs) / theirs if theirs else None


def _apart(
    place: Place, month: Month, cells: Cells, outside: Outside, held: Limits
) -> Iterator[Finding]:
    for (pk, source, code), theirs in outside.items():
        ours = cells.get(place.pk, month, code)
        if pk != place.pk or ours is None or ours == theirs:
            continue
        share = gap(ours, theirs)
        if share is not None and abs(share) < held.apart:
            continue
        name = quality.SOURCES[source].label
        said = {"ours": formats.whole(ours), "theirs": formats.whole(theirs), "source": name}
        told = _("Di sini %(ours)s, di %(source)s %(theirs)s.") % said
        label, numbers = f"{ELEMENTS[code].label} · {name}", f"{ours}/{theirs}"
        yield Finding(
            quality.APART, place, f"{source}:{code}", label, numbers, told, distance=share or 1
        )


def _unlike_visits(place: Place, found: Iterable[Gap], held: Limits) -> Iterator[Finding]:
    for one in found:
        small = max(one.reported, one.visits) < held.least_mean
        if small or (one.share is not None and abs(one.share) < held.apart):
            continue
        said = {"reported": formats.whole(one.reported), "visits": formats.whole(one.visits)}
        told = _("Di laporan %(reported)s, menurut kunjungan %(visits)s.") % said
        if one.reason:
            told += " " + _("Alasan di laporan: %(reason)s") % {"reason": one.reason}
        yield Finding(
            quality.GAP,
            place,
            f"{one.form}:{one.element}",
            f"{ELEMENTS[one.element].label} · {one.form}",
            f"{one.reported}/{one.visits}",
            told,
            distance=one.share or 1,
        )
