"""Numbers, dates and times as they are written; every rounding happens here.

Figures are written the Indonesian way in both languages, as boxes read them so; the names of
months and days, and the short words beside figures, follow the reader's language.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from math import floor
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ilp.core.months import Month
from ilp.core.weeks import Period, Week
from ilp.core.windows import Window

Number = int | float | Decimal | Fraction

MISSING = "–"
AGE_IN_YEARS = 10  # from then on months say nothing
MINUS = "−"
MOST_DECIMALS = 4  # a value this close to its target may look equal to it
TOLD_BY_ONE = 0.101  # further apart, one decimal always differs
SEPARATORS = str.maketrans(",.", ".,")
PLAIN = 1e9  # below it a float's twelve digits reach further than NEAR_HALF
NEAR_HALF = 1e-2


class Names(NamedTuple):
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    points: str
    week: str
    short_week: str
    years: str
    months_of_age: str
    units: dict[str, str]


@cache
def _names_in(language: str) -> Names:
    """Looked up once: a page of numbers asks thousands of times."""
    with override(language):
        return Names(
            (
                *(_("Januari"), _("Februari"), _("Maret"), _("April"), _("Mei"), _("Juni")),
                *(_("Juli"), _("Agustus"), _("September"), _("Oktober"), _("November")),
                _("Desember"),
            ),
            (
                *(_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu")),
                _("Minggu"),
            ),
            _("poin"),
            _("minggu %(number)s"),
            _("m%(number)s"),
            _("%(years)s th"),
            _("%(months)s bl"),
            {
                "per 1.000": _("per 1.000"),
                "per 1.000 persalinan": _("per 1.000 persalinan"),
                "per 100.000": _("per 100.000"),
                "rasio": _("rasio"),
                "skor": _("skor"),
            },
        )


def names() -> Names:
    return _names_in(get_language() or settings.LANGUAGE_CODE)


def exact(value: Number) -> Decimal:
    """The number without the noise that binary fractions leave in the last digits."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if isinstance(value, float):
        return Decimal(format(value, ".12g"))
    return Decimal(value)


def half_up(value: Number, places: int = 0) -> Decimal:
    """Rounded to so many decimals, halves away from zero."""
    return exact(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def decimal(value: Number | None, places: int = 1) -> str:
    """1234.56 as "1.234,6"."""
    if value is None:
        return MISSING
    units = _units(value, places)
    if units is None:
        rounded = half_up(value, places)
        text, negative = f"{abs(rounded):,f}", rounded < 0
    else:
        above, below = divmod(abs(units), 10**places)
        text = f"{above:,}.{below:0{places}}" if places else f"{above:,}"
        negative = units < 0
    return (MINUS if negative else "") + text.translate(SEPARATORS)


def _units(value: Number, places: int) -> int | None:
    """The rounded number in units of its last decimal, found without decimal arithmetic.

    None near a half, where only exact arithmetic tells up from down, and for what is very large.
    """
    if isinstance(value, int):
        return value * 10**places
    if not isinstance(value, float):
        return None
    scaled = value * 10**places
    if not -PLAIN < scaled < PLAIN:  # nor what is no number
        return None
    down = floor(scaled)
    rest = scaled - down
    if abs(rest - 0.5) < NEAR_HALF:
        return None
    return down + (rest > 0.5)


def measure(value: Number | None, places: int, least: int = 1) -> str:
    """What was measured, without zeros that nobody read: 9.40 as "9,4", 73.00 as "73,0"."""
    text = decimal(value, places)
    while places > least and text.endswith("0"):
        text, places = text[:-1], places - 1
    return text.rstrip(",")


def whole(value: Number | None) -> str:
    """1234 as "1.234"."""
    return decimal(value, 0)


def share(value: Number | None, target: Number | None = None) -> str:
    """A percentage without its sign, for columns whose header has it: 87.46 as "87,5".

    With a target it takes more decimals where one would make the value look equal to a target
    that it does not equal: 44.96 against 45 is "44,96".
    """
    if value is None:
        return MISSING
    return decimal(value, 1 if target is None else telling_places(value, target))


def telling_places(value: Number, target: Number) -> int:
    """How many decimals tell the value from the target; 1 when they are equal."""
    plain = isinstance(value, int | float) and isinstance(target, int | float)
    if plain and abs(value - target) > TOLD_BY_ONE:  # type: ignore[operator]
        return 1
    if exact(value) == exact(target):
        return 1
    for places in range(1, MOST_DECIMALS):
        if half_up(value, places) != half_up(target, places):
            return places
    return MOST_DECIMALS


def percent(value: Number | None, target: Number | None = None) -> str:
    """A value in percent: 87.46 as "87,5%"; with a target as `share`."""
    return MISSING if value is None else f"{share(value, target)}%"


def amount(value: Number | None, unit: str, target: Number | None = None) -> str:
    """A value in the unit of its indicator: "87,5%", "12", "3,2 per 1.000"."""
    if value is None or unit == "%":
        return percent(value, target)
    return whole(value) if unit == "n" else f"{share(value, target)} {unit_name(unit)}"


def unit_name(unit: str) -> str:
    """The unit of an indicator in the reader's words; one of a district's own as it stands."""
    return names().units.get(unit, unit)


def signed(value: Number | None, places: int = 0) -> str:
    """A difference: 419 as "+419", -419 as "−419", 0 as "0"."""
    text = decimal(value, places)
    return f"+{text}" if value is not None and half_up(value, places) > 0 else text


def signed_points(value: Number | None) -> str:
    """A difference of two percentages: 3.14 as "+3,1 poin", never with a percent sign."""
    return MISSING if value is None else f"{signed(value, 1)} {names().points}"


def money(value: Number | None) -> str:
    """1250000 as "Rp1.250.000"."""
    return MISSING if value is None else f"Rp{whole(value)}"


def day(value: date | None) -> str:
    """ "12 Mei 2025"; an instant is taken at local time."""
    if value is None:
        return MISSING
    value = local(value)
    return f"{value.day} {month_name(value.month)} {value.year}"


def short_day(value: date | None) -> str:
    """ "12 Mei", for dense tables."""
    if value is None:
        return MISSING
    value = local(value)
    return f"{value.day} {short_name(value.month)}"


def weekday(value: date | None) -> str:
    """ "Senin, 12 Mei 2025"."""
    return MISSING if value is None else f"{names().weekdays[local(value).weekday()]}, {day(value)}"


def month(value: Period | date | None) -> str:
    """ "Mei 2025"; of a week "minggu 19 (4–10 Mei 2025)"."""
    if value is None:
        return MISSING
    if isinstance(value, Week):
        return f"{names().week % {'number': value.number}} ({_days(value)})"
    number = value.number if isinstance(value, Month) else local(value).month
    return f"{month_name(number)} {value.year}"


def covered(period: Period, window: Window) -> str:
    """The period, and where these are not its own days, which it covers: "Maret 2025 (…)"."""
    if window == Window.of(period):
        return month(period)
    begin = f"{window.first.day} {month_name(window.first.month)}"
    if window.first.year != window.last.year:
        begin = day(window.first)
    return f"{month(period)} ({begin} – {day(window.last)})"


def age(months: int | None) -> str:
    """An age in completed months: 8 as "8 bl", 43 as "3 th 7 bl", from ten years on "32 th"."""
    if months is None:
        return MISSING
    years, rest = divmod(months, 12)
    parts = [names().years % {"years": years}] if years else []
    if not years or (rest and years < AGE_IN_YEARS):
        parts.append(names().months_of_age % {"months": rest})
    return " ".join(parts)


def _days(week: Week) -> str:
    """ "4–10 Mei 2025", "27 April–3 Mei 2025"."""
    first, last = week.first_day, week.last_day
    begin = f"{first.day}"
    if first.month != last.month:
        begin = f"{first.day} {month_name(first.month)}"
    return f"{begin}–{day(last)}"


def short_month(value: Period | None) -> str:
    """ "Mei", where the year is said elsewhere; of a week "m19"."""
    if isinstance(value, Week):
        return names().short_week % {"number": value.number}
    return MISSING if value is None else short_name(value.number)


def month_name(number: int) -> str:
    """5 as "Mei"."""
    return names().months[number - 1]


def short_name(number: int) -> str:
    """5 as "Mei", 8 as "Agu"."""
    return month_name(number)[:3]


def clock(value: datetime | None) -> str:
    """ "14.05" at local time."""
    return MISSING if value is None else f"{local(value):%H.%M}"


def moment(value: datetime | None) -> str:
    """ "12 Mei 2025 14.05" at local time."""
    return MISSING if value is None else f"{day(value)} {clock(value)}"


def local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
