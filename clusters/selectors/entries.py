"""What stands in the boxes of a form before anything is typed, and what follows from a visit."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from clusters.models import GrowthMonth, Visit
from clusters.selectors.visits import written
from clusters.services import Kind
from clusters.services.language import Field
from clusters.services.words import Word, word_for
from ilp.core import formats

MONTHLY = {
    "N": Word(_("N: berat naik cukup")),
    "T": Word(_("T: berat tidak naik cukup"), watch=True),
    "O": Word(_("O: tidak ditimbang bulan lalu")),
    "B": Word(_("B: baru pertama ditimbang")),
}

NOT_WORTH_SAYING = {("implausible", False)}


@dataclass(frozen=True)
class Result:
    """Something that follows from what was typed; `watch` asks for care at once."""

    name: str
    label: str
    text: str
    watch: bool


def typed_values(visit: Visit) -> dict[str, Any]:
    """The values of a visit as somebody would type them."""
    return {f.name: typed(f, getattr(visit, f.name)) for f in visit.service.fields}


def typed(field: Field, value: Any) -> Any:
    """One value as it would be typed: 9,4 and 06/05/2025, ya and tidak, codes of choices."""
    if value is None:
        return [] if field.kind is Kind.CODES else ""
    if field.kind is Kind.YES_NO:
        return "ya" if value else "tidak"
    if field.kind is Kind.DATE:
        return f"{value:%d/%m/%Y}"
    if field.kind is Kind.DECIMAL:
        return formats.measure(value, field.places)
    return value if field.kind is Kind.CODES else str(value)


def fingerprint(visit: Visit | None) -> str:
    """Changes with what the visit says: tells whether somebody else saved in between."""
    if visit is None:
        return ""
    said = repr((visit.pk, sorted(typed_values(visit).items())))
    return sha256(said.encode()).hexdigest()[:16]


def hints(visit: Visit | None) -> dict[str, str]:
    """What each box held at an earlier visit; shown, never taken over."""
    if visit is None:
        return {}
    day = formats.day(visit.seen_on)
    found = {f.name: written(f, getattr(visit, f.name)) for f in visit.service.fields}
    return {
        name: now("Terakhir: %(value)s (%(day)s)") % {"day": day, "value": text}
        for name, text in found.items()
        if text
    }


def results(visit: Visit, month: GrowthMonth | None = None) -> list[Result]:
    """What was worked out from a visit, in the order of the declaration; a score stands beside
    its class."""
    known = {d.name: getattr(visit, d.name) for d in visit.service.derived}
    words = {
        d.name: (d, word_for(d, known[d.name], visit.seen_on))
        for d in visit.service.derived
        if known[d.name] is not None and (d.name, known[d.name]) not in NOT_WORTH_SAYING
    }
    found = []
    for name, (derived, word) in words.items():
        if f"{name}_class" in words:
            continue
        text, score = str(word.text), words.get(name.removesuffix("_class"))
        if name.endswith("_class") and score:
            text = f"{text} ({score[1].text})"
        found.append(Result(name, str(derived.label), text, word.watch))
    return found + (_of_the_month(month) if month else [])


def _of_the_month(month: GrowthMonth) -> list[Result]:
    found = []
    if month.label:
        word = MONTHLY[month.label]
        found.append(Result("label", now("Penimbangan bulan ini"), str(word.text), word.watch))
    if month.twice_t:
        text = now("Dua bulan tidak naik (2T): rujuk ke Pustu atau Puskesmas")
        found.append(Result("twice_t", now("Perhatian"), text, watch=True))
    if month.below_red_line:
        text = now("Di bawah garis merah (BGM): rujuk ke Pustu atau Puskesmas")
        found.append(Result("below_red_line", now("Perhatian"), text, watch=True))
    return found
