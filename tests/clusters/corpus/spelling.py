"""The ways in which people write one and the same value into a cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from clusters.services import SERVICES, Kind
from ilp.core.cells.dates import EPOCH, MONTH_NAMES

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jum'at", "Sabtu", "Minggu")
DATES: dict[str, Callable[[date], Any]] = {
    "date": lambda day: day,
    "slash": lambda day: f"{day:%d/%m/%Y}",
    "short": lambda day: f"{day.day}-{day.month}-{day:%y}",
    "dots": lambda day: f"{day:%d.%m.%Y} ",
    "words": lambda day: f"{day.day} {MONTH_NAMES[day.month]} {day.year}",
    "abbreviated": lambda day: f"{day.day} {MONTH_NAMES[day.month][:3].upper()} {day.year}",
    "weekday": lambda day: f"{DAYS[day.weekday()]}, {day.day} {MONTH_NAMES[day.month]} {day.year}",
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "serial": lambda day: (day - EPOCH).days,
    "digits": lambda day: f"{day:%d%m%Y}",
}
YES_NO: dict[str, tuple[Any, Any]] = {
    "words": ("ya", "tidak"),
    "ticks": ("v", ""),
    "roots": ("√", "-"),
    "marks": ("✓", ""),
    "numbers": (1, 0),
    "there": ("Ada", "Tidak ada"),
    "done": ("SUDAH", "belum"),
    "letters": ("Y", "T"),
}
SEXES = {
    "letters": ("L", "P"),
    "short": ("Lk", "Pr"),
    "words": ("Laki-laki", "Perempuan"),
    "numbers": ("1", "2"),
    "upper": ("LAKI - LAKI", "PEREMPUAN\u00a0"),
}
NIKS: dict[str, Callable[[str], Any]] = {
    "text": lambda nik: nik,
    "apostrophe": lambda nik: f"'{nik}",
    "spaced": lambda nik: f" {nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}\u00a0",
    "number": int,
    "rounded": lambda nik: f"{nik[:-1]}0",
    "float": lambda nik: f"{nik[0]},{nik[1:6]}E+15",
}
LOST = frozenset({"number", "float", "rounded"})  # after which a NIK may serve for nothing
NUMBERS: dict[str, Callable[[Decimal | int, str], Any]] = {
    "plain": lambda value, unit: float(value) if isinstance(value, Decimal) else value,
    "comma": lambda value, unit: str(value).replace(".", ","),
    "point": lambda value, unit: str(value),
    "unit": lambda value, unit: f"{value} {unit}".replace(".", ",", 1).rstrip(),
    "spaces": lambda value, unit: f"\u00a0{value} ".replace(".", ","),
    "stuck": lambda value, unit: f"{value} N".replace(".", ","),
}
NAMES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": lambda name: f" {name} ",
    "spaces": lambda name: name.replace(" ", "\u00a0 "),
}


class Spelling:
    """How one file writes each kind of value; what it writes unlike is drawn for each cell."""

    def __init__(self, service: str, chance: Random, *, mixed_dates: bool = False) -> None:
        self.service, self.chance, self.mixed = SERVICES[service], chance, mixed_dates
        self.day = chance.choice(list(DATES))
        self.yes = chance.choice(list(YES_NO))
        self.sex = chance.choice([way for way in SEXES if way != "numbers"])
        self.nik = chance.choice([way for way in NIKS if way != "rounded"])
        self.number = chance.choice(list(NUMBERS))
        self.name = chance.choice(list(NAMES))

    def date(self, day: date) -> Any:
        texts = [name for name in DATES if name != "date"]
        return DATES[self.chance.choice(texts) if self.mixed else self.day](day)

    def person(self, name: str, value: Any) -> Any:
        if name in ("born_on", "seen_on"):
            return self.date(value)
        if name == "sex":
            return SEXES[self.sex]["LP".index(value)]
        if name == "nik":
            return NIKS[self.nik](value)
        return NAMES[self.name](value) if name in ("name", "mother_name") else value

    def field(self, name: str, value: Any) -> Any:
        declared = self.service.by_name[name]
        if declared.kind is Kind.YES_NO:
            return YES_NO[self.yes][not value]
        if declared.kind in (Kind.INTEGER, Kind.DECIMAL):
            return NUMBERS[self.number](value, declared.unit)
        return value

    def tick(self, given: bool) -> Any:
        return YES_NO[self.yes][not given]

    def expected(self, name: str, value: Any) -> Any:
        """What a value is after it was written so: a blank is no "tidak"."""
        if value is False and YES_NO[self.yes][1] == "":
            return None
        return value
