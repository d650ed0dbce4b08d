"""The needs of a milestone in words, from the declarations of its service."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.growth import label as growth_label
from clusters.milestones import Need
from clusters.services import SERVICES, Service
from clusters.services.words import SCORES, WORDS
from ilp.core import formats

ABOUT_THE_PERSON = frozenset({"age_months", "age_days", "sex", "person"})


def in_words(need: Need, service: str) -> str:
    """What has to be there, such as "Trimester 1, Pemeriksa: Dokter"; without how often."""
    text = _of(need.when, SERVICES[service]) or _("Kunjungan")
    for other, when in need.also.items():
        text = _("%(what)s; atau pada %(service)s: %(there)s") % {
            "what": text,
            "service": SERVICES[other].label,
            "there": _of(when, SERVICES[other]),
        }
    return text


def at_age(words: str, months: int) -> str:
    """What is asked for only from an age on."""
    return _("%(what)s (sejak umur %(months)d bulan)") % {"what": words, "months": months}


def _of(when: Any, service: Service) -> str:
    if isinstance(when, Q):
        either = when.connector == Q.OR
        spared = [child for child in when.children if either and _is_denial(child)]
        asked = [child for child in when.children if child not in spared]
        joined = _(" atau ") if either else ", "
        text = joined.join(dict.fromkeys(part for one in asked if (part := _of(one, service))))
        for child in spared:
            text = _("%(what)s (kecuali %(who)s)") % {"what": text, "who": _of(child, service)}
        return _("bukan (%(what)s)") % {"what": text} if when.negated and text else text
    if isinstance(when, tuple):
        path, value = when
        return _condition(path.split("__"), value, service)
    return ""


def _is_denial(condition: Any) -> bool:
    """Whether it only says of whom something is not asked, such as who is not married."""
    return isinstance(condition, tuple) and condition[1] is False and "isnull" not in condition[0]


def _condition(path: list[str], value: Any, service: Service) -> str:
    name, lookup = path[0], path[-1] if len(path) > 1 else "exact"
    if name in ABOUT_THE_PERSON:
        return ""
    label = _label(name, service)
    if lookup == "isnull" or value is True:
        return label
    if lookup == "contains" and isinstance(value, list):
        return _codes(name, value, service)
    if lookup in ("gte", "gt", "lte", "lt"):
        limit = {"gte": _("minimal"), "gt": _("lebih dari"), "lte": _("maksimal")}
        return f"{label} {limit.get(lookup, _('kurang dari'))} {_number(value)}"
    if isinstance(value, int) and value is not False:
        return f"{label} {value}"
    return f"{label}: {_codes(name, value if isinstance(value, list) else [value], service)}"


def _label(name: str, service: Service) -> str:
    if name in service.by_name:
        return str(service.by_name[name].label)
    return next((str(d.label) for d in service.derived if d.name == name), name)


def _codes(name: str, values: list[Any], service: Service) -> str:
    field = service.by_name.get(name)
    words = {c.code: str(c.label) for c in field.choices} if field else {}
    words |= {code: str(word.text) for code, word in WORDS.get(name, {}).items()}
    index = name.removesuffix("_class")
    if not field and index in SCORES:
        today = timezone.localdate()
        words = {value: str(growth_label(index, value, today)) for value in values}
    return _(" atau ").join(words.get(value, _number(value)) for value in values)


def _number(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return formats.decimal(value, 1) if isinstance(value, float) else str(value)
