"""Declarations put into Indonesian sentences, so that a reader need not read the code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import Region
from clusters.milestones import Milestone, Need, Scope, State
from clusters.services import SERVICES
from ilp.core.formats import month_name
from reporting.catalogue.language import (
    LONG_AGO,
    Cases,
    Children,
    Cohort,
    Element,
    Ledger,
    Reached,
    Reported,
    Summed,
    Visits,
)

EVERYONE = ("person__isnull", False)
OF_PERSON: dict[str, Text] = {
    "age_months": later("umur (bulan)"),
    "age_days": later("umur (hari)"),
    "sex": later("jenis kelamin"),
}
OF_MONTH: dict[str, Text] = {
    "age_months": later("umur (bulan)"),
    "label": later("label penimbangan"),
    "twice_t": later("T dua bulan berturut-turut"),
    "below_red_line": later("di bawah garis merah"),
    "newly_stunted": later("baru menjadi pendek"),
    "acted_on": later("dikonfirmasi dan diberi MT atau edukasi bulan itu"),
    "waz_class": later("kelas BB/U"),
    "haz_class": later("kelas TB/U"),
    "whz_class": later("kelas BB/TB"),
}
COMPARED = {"gte": "≥", "gt": ">", "lte": "≤", "lt": "<"}
SCOPES = {
    Scope.PREGNANCY: later("setiap kehamilan"),
    Scope.YEAR: later("setiap tahun kalender"),
    Scope.SCHOOL_YEAR: later("setiap tahun ajaran (sejak 1 Juli)"),
    Scope.MONTH: later("setiap bulan"),
    Scope.LIFE: later("seumur hidup"),
    Scope.TREATMENT: later("setiap pengobatan"),
    Scope.DELIVERY: later("setiap persalinan"),
}


def names(service: str) -> dict[str, Text]:
    """What the columns of a service are called."""
    declared = SERVICES[service]
    return {
        **OF_PERSON,
        **{f.name: f.label for f in declared.fields},
        **{d.name: d.label for d in declared.derived},
    }


def predicate(when: Q, called: Mapping[str, Text]) -> str:
    """A condition in words; KeyError for a column that has no name."""
    parts = [_part(child, called) for child in when.children]
    joined = (_(" atau ") if when.connector == Q.OR else _(" dan ")).join(parts)
    return _("tidak (%s)") % joined if when.negated else joined


def _part(child: Any, called: Mapping[str, Text]) -> str:
    if not isinstance(child, Q):
        path, value = child
        return _condition(path, value, called)
    words = predicate(child, called)
    return f"({words})" if len(child.children) > 1 else words


def _condition(path: str, value: Any, called: Mapping[str, Text]) -> str:
    if (path, value) == EVERYONE:
        return _("kunjungan apa pun")
    column, _dunder, lookup = path.partition("__")
    if lookup == "month__in":
        return _("dilayani bulan ") + _(" atau ").join(month_name(number) for number in value)
    return f"{called[column]} {_compared(lookup, value)}"


def _compared(lookup: str, value: Any) -> str:
    match lookup, value:
        case "isnull", _value:
            return _("kosong") if value else _("terisi")
        case "contains", _value:
            return _("memuat ") + _(" dan ").join(value)
        case "in", _value:
            return "= " + _(" atau ").join(map(str, value))
        case _lookup, bool():
            return "= " + (_("ya") if value else _("tidak"))
    return f"{COMPARED.get(lookup, '=')} {value}"


def need(one: Need, called: Mapping[str, Text]) -> str:
    words = predicate(one.when, called)
    if one.after:
        words += _(", kehamilannya mencapai `%s`") % one.after
    if one.without:
        not_yet = _(", tidak pernah mencapai `%s`") if one.ever else _(", belum mencapai `%s`")
        words += not_yet % one.without
    if one.unless is not None:
        words += _(", bila tidak ada kunjungan dengan %s") % predicate(one.unless, called)
    for service, when in one.also.items():
        there = {"service": service, "words": predicate(when, names(service))}
        words += _(", atau kunjungan `%(service)s` dengan %(words)s") % there
    if one.also and one.nth > 1:
        words += _(", pada hari yang berlainan")
    if one.sum_of:
        summed = {"what": called[one.sum_of], "n": one.nth, "words": words}
        return _("jumlah %(what)s ≥ %(n)d dari kunjungan %(words)s") % summed
    return words if one.nth == 1 else _("%(n)d kali %(words)s") % {"n": one.nth, "words": words}


def milestone(one: Milestone) -> str:
    """Its needs, the last of which sets the day."""
    called = names(one.service)
    asked = [need(n, called) for n in one.needs]
    if one.due:
        text = _("bagi yang genap %(n)d bulan pada tahun itu juga `%(code)s` sampai akhir tahun")
        asked.append(text % {"n": one.due.months, "code": one.due.reached})
    return "; ".join(asked)


def state(one: State) -> str:
    """Which visits speak for how long, and what the last of them must say."""
    called = names(one.service)
    parts = {"of": predicate(one.of, called), "holds": predicate(one.holds, called)}
    if one.unbroken:
        return (
            _(
                "setiap bulan sejak Januari, atau sejak bulan kunjungan pertama dengan %(of)s, ada "
                "kunjungan dengan %(holds)s"
            )
            % parts
        )
    told = _("kunjungan terakhir dengan %(of)s dalam %(n)d bulan") % {**parts, "n": one.months}
    if one.in_year:
        told += _(" pada tahun kalender yang sama")
    return told + (_(": %(holds)s") % parts if one.holds else "")


def source(element: Element) -> str:
    """What an element counts."""
    match element.source:
        case Visits(service=service, when=when):
            return _("kunjungan: ") + (predicate(when, names(service)) or _("semua"))
        case Summed(service=service, field=field, when=when):
            called = names(service)
            among = predicate(when, called) or _("semua")
            return _("jumlah %(field)s; kunjungan: ") % {"field": called[field]} + among
        case Cohort(code=code) | Reached(code=code):
            of_scope = isinstance(element.source, Cohort)
            return (
                _("capaian ")
                + f"`{code}`"
                + (_(", menurut bulan mulai lingkupnya") if of_scope else "")
            )
        case Children(when=when):
            return _("anak, keadaan akhir bulan: ") + predicate(when, OF_MONTH)
        case Cases(ranges=ranges):
            return _diagnoses(ranges)
        case Reported() | Ledger():
            return _("diisi pada formulir")
    raise TypeError(element.source)


def _diagnoses(ranges: tuple[tuple[str, str], ...]) -> str:
    runs = ", ".join(low if low == high else f"{low}–{high}" for low, high in ranges)
    return _("diagnosis rawat jalan: ") + (runs or _("yang tidak ada di baris lain"))


def span(since: date, until: date | None) -> str:
    """The days on which a rule holds."""
    if since <= LONG_AGO:
        return _("sampai sebelum %s") % until if until else _("selalu")
    return _("sejak %s") % since + (_(" sampai sebelum %s") % until if until else "")


def region(one: Region) -> str:
    """A province in which something holds, by its code, and since when."""
    return f"{one.province} {span(one.since, one.until)} ({one.source})"


def number(value: float) -> str:
    return f"{value:g}".replace(".", ",").replace("-", "−")


def limits(closed: tuple[float, float] | None) -> str:
    return f"{number(closed[0])}–{number(closed[1])}" if closed else ""
