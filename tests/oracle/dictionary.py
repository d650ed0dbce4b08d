"""What docs/data-dictionary.md says, as data: fields, cut-offs, elements, indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TEXT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
EARLY, LATE = date(1, 1, 1), date(9999, 1, 1)
Span = tuple[date, date]


@dataclass(frozen=True)
class Element:
    code: str
    programme: str
    at_service: bool
    breakdown: str
    only_on_form: bool


@dataclass(frozen=True)
class Indicator:
    code: str
    top: str
    bottom: str
    since: int  # the month from which months are added up; 0 where they are not
    target_runs: bool
    higher: bool | None
    goals: tuple[tuple[float, Span], ...]
    holds: Span
    rounds: tuple[int, ...] = ()  # months in which there is a number at all
    per: int = 100
    lag: int = 0  # months by which the cohort lies back
    provinces: tuple[tuple[str, Span], ...] = ()  # the only ones in which it applies
    heard_by: str = ""  # an element without which a month is not reported


@dataclass(frozen=True)
class Form:
    code: str
    kinds: tuple[str, ...]
    due_day: int
    rounds: tuple[int, ...]
    holds: Span = (EARLY, LATE)
    weekly: bool = False  # then `due_day` counts from the end of the week


@cache
def lines() -> tuple[str, ...]:
    return tuple(TEXT.read_text(encoding="utf-8").splitlines())


def rows(title: str) -> list[list[str]]:
    """The cells of every table row whose table begins with these column titles."""
    found, inside = [], False
    for line in lines():
        if line.startswith(title):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("| ---"):
            found.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return found


def number(text: str) -> float:
    return float(text.replace(",", "."))


def span(words: str) -> Span:
    """The days for which "sejak 2026-01-01", "sampai sebelum 2026-01-01" or "selalu" holds."""
    since = re.search(r"sejak (\d{4}-\d\d-\d\d)", words)
    until = re.search(r"sebelum (\d{4}-\d\d-\d\d)", words)
    return (
        date.fromisoformat(since[1]) if since else EARLY,
        date.fromisoformat(until[1]) if until else LATE,
    )


def within(held: Span, day: date) -> bool:
    return held[0] <= day < held[1]


@cache
def field_kinds() -> dict[tuple[str, str], str]:
    """(service, column) -> kind, as the tables of fields say."""
    found, service = {}, ""
    for line in lines():
        if title := re.match(r"### .* \(`(\w+)`\)$", line):
            service = title[1]
        elif line.startswith("## Batas"):
            break
        elif line.startswith("| `") and line.count("|") > 6:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found[service, cells[0].strip("`")] = cells[2]
    return found


@cache
def titles(service: str) -> dict[str, str]:
    """Column -> its title, of what is typed in a service."""
    found, inside = {}, False
    for line in lines():
        if title := re.match(r"### .* \(`(\w+)`\)$", line):
            inside = title[1] == service
        elif line.startswith("## Batas"):
            break
        elif inside and line.startswith("| `") and line.count("|") > 6:
            name, words = (cell.strip().strip("`") for cell in line.strip("|").split("|")[:2])
            found[name] = words
    return found


def counted(service: str) -> dict[str, str]:
    """Element -> what it counts, in words."""
    return {
        code: words
        for code, _, programme, words, *_ in rows("| Kode | Arti | Program")
        if programme == service
    }


@cache
def cutoffs() -> dict[str, list[tuple[float, Span]]]:
    found: dict[str, list[tuple[float, Span]]] = {}
    for code, value, held, _ in rows("| Kode | Nilai | Berlaku"):
        found.setdefault(code, []).append((number(value), span(held)))
    return found


def named(text: str) -> tuple[int, ...]:
    """The months that a text names."""
    return tuple(n for n, name in enumerate(MONTHS, 1) if name in text)


@cache
def services() -> frozenset[str]:
    return frozenset(service for service, _ in field_kinds())


@cache
def forms() -> tuple[Form, ...]:
    found, code = [], ""
    start = lines().index("## Formulir bulanan")
    for number, line in enumerate(lines()[start + 1 :], start + 1):
        if line.startswith("## "):
            break
        if title := re.match(r"### .* \(`(\w+)`\)$", line):
            code = title[1]
        elif said := re.match(
            r"Diisi oleh: (.+?)(, setiap minggu)?\. Paling lambat (?:tanggal )?(\d+)", line
        ):
            kinds = tuple(said[1].split(", "))
            following = lines()[number + 1 : number + 3]
            rounds = [named(one) for one in following if one.startswith("Hanya untuk bulan")]
            holds = [span(one) for one in following if one.startswith("Berlaku ")]
            found.append(
                Form(
                    code,
                    kinds,
                    int(said[3]),
                    rounds[0] if rounds else (),
                    holds[0] if holds else (EARLY, LATE),
                    weekly=bool(said[2]),
                )
            )
    return tuple(found)


@cache
def elements() -> dict[str, Element]:
    return {
        code: Element(
            code,
            programme,
            at_service="tempat pelayanan" in nature,
            breakdown=breakdown,
            only_on_form=counted == "diisi pada formulir",
        )
        for code, _, programme, counted, nature, breakdown in rows("| Kode | Arti | Program")
    }


@cache
def minimum_gains() -> dict[str, list[tuple[int, int]]]:
    """Sex -> (from completed months, grams), rising."""
    return {
        sex: [(int(a), int(g)) for a, g in re.findall(r"(\d+): (\d+)", grams)]
        for sex, grams, *_ in rows("| Kenaikan berat minimal")
    }


@cache
def youngest_days() -> dict[str, int]:
    """Antigen as titled -> least age in days of a dose that counts."""
    return {label: int(days) for label, days, *_ in rows("| Antigen |")}


@cache
def ends_before() -> dict[str, int]:
    """Antigen as titled -> the age in months at which a dose is no longer on time."""
    return {label: int(months) for label, _, months, *_ in rows("| Antigen |")}


@cache
def near_from() -> float:
    return number(rows("| Mendekati target")[0][0])


def _indicator(code: str, body: dict[str, str]) -> Indicator:
    formula = re.match(r"`\(([^()]+)\)(?: / \((.+)\) x (\d+))?`", body["Rumus"])
    assert formula, body["Rumus"]
    way, target, wish = (part.strip() for part in body["Cara"].split(";"))
    goals = re.findall(r"([\d,]+) [^,;()]+, ([^(]+?) \(", body["Target"])
    lag = re.search(r"(\d+) bulan", body.get("Kohor", ""))
    return Indicator(
        code,
        formula[1],
        formula[2] or "",
        since=1 if "sejak Januari" in way else 7 if "sejak Juli" in way else 0,
        target_runs=target == "target berjalan",
        higher={"tinggi lebih baik": True, "rendah lebih baik": False, "dipantau": None}[wish],
        goals=tuple((number(value), span(held)) for value, held in goals),
        holds=span(body["Berlaku"]),
        rounds=named(body.get("Putaran", "")),
        per=int(formula[3] or 1),
        lag=int(lag[1]) if lag else 0,
        heard_by=body["Menunggu"].split("`")[1] if "Menunggu" in body else "",
        provinces=tuple(
            (one[:2], span(one))
            for one in body.get("Provinsi", "").split("; ")
            if one[:2].isdigit()
        ),
    )


@cache
def indicators() -> tuple[Indicator, ...]:
    found, code, body = [], "", {}
    start = lines().index("## Indikator")
    for line in lines()[start + 1 :]:
        if code and line.startswith("#"):
            found.append(_indicator(code, body))
            code, body = "", {}
        if line.startswith("## "):
            break
        if title := re.match(r"### (\w+) ", line):
            code = title[1]
        elif said := re.match(r"\* (\w+): (.*)", line):
            body[said[1]] = said[2]
    return tuple(found)
