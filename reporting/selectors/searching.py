"""What a few typed words may mean: a place or an indicator. Persons are never looked for here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from facilities.models import Facility, FacilityAlias
from facilities.registry import normalised
from facilities.selectors.directory import parents_on
from ilp.core.models import User
from reporting.catalogue import ELEMENTS, SERVICES, Indicator
from reporting.selectors.places import ORDER, Place

K = Facility.Kind
KIND_WORDS: dict[str, str] = {
    "puskesmas": K.PUSKESMAS, "pkm": K.PUSKESMAS, "pustu": K.PUSTU, "posyandu": K.POSYANDU,
    "desa": K.DESA, "kelurahan": K.DESA, "kecamatan": K.KECAMATAN, "kec": K.KECAMATAN,
    "poskesdes": K.POSKESDES, "polindes": K.POSKESDES, "ponkesdes": K.POSKESDES,
    "klinik": K.CLINIC, "tpmb": K.TPMB, "rs": K.HOSPITAL, "rsud": K.HOSPITAL,
    "sekolah": K.SCHOOL, "dinkes": K.DISTRICT, "kabupaten": K.DISTRICT,
}  # fmt: skip
LONGEST = 80
MOST_PLACES, MOST_INDICATORS = 10, 8
LIKE_ENOUGH = 0.42  # of word_similarity: two letters swapped in a short name still pass
WORD_LIKE_ENOUGH = 0.75  # of difflib: one letter wrong in a word of five
NIK_DIGITS = 12  # numbers this long are no name and no code, but somebody's identity
SMALL_WORDS = frozenset({"kita", "berapa", "yang", "di", "dan", "untuk", "apa", "capaian"})


@dataclass(frozen=True)
class FoundPlace:
    """A place with the word for its kind and what it hangs below."""

    place: Place
    kind: str
    parents: str
    is_closed: bool


@dataclass(frozen=True)
class FoundPlaces:
    places: tuple[FoundPlace, ...]
    more: bool = False


def words_of(text: str) -> str:
    """What was typed, on one line and not longer than any name."""
    return " ".join(text.split())[:LONGEST]


def is_somebody(text: str) -> bool:
    """Whether it looks like a NIK, whole or in part: such a number is not searched for."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits.isdigit() and len(digits) >= NIK_DIGITS


def places_like(*, user: User, text: str, today: date) -> FoundPlaces:
    """Places within the user's reach by name, old name or code; a word for a kind narrows them.

    Typing errors are forgiven. Three queries at most.
    """
    kinds, rest = _asked(text)
    seen = Facility.objects.visible_to(user)
    found = list(_ranked(seen.filter(kind__in=kinds) if kinds else seen, rest, today))
    if kinds and not found:  # a name may begin with such a word
        found = list(_ranked(seen, text, today))
    above: dict[int, list[str]] = {}
    for row in parents_on(found[:MOST_PLACES], today) if found else ():
        above.setdefault(row.facility_id, []).append(str(row.parent))
    return FoundPlaces(
        tuple(_found(one, above.get(one.pk, []), today) for one in found[:MOST_PLACES]),
        more=len(found) > MOST_PLACES,
    )


def _asked(text: str) -> tuple[set[str], str]:
    """The kinds that are named, and the other words."""
    words = text.split()
    kinds = {KIND_WORDS[word.lower()] for word in words if word.lower() in KIND_WORDS}
    return kinds, " ".join(word for word in words if word.lower() not in KIND_WORDS)


def _ranked(seen: QuerySet[Facility], text: str, today: date) -> QuerySet[Facility]:
    """The best first: the very code or name, then its beginning, then what only resembles it."""
    height = Case(*(When(kind=kind, then=at) for at, kind in enumerate(ORDER)), default=9)
    shut = Case(When(closed_on__lte=today, then=1), default=0)
    if not text:
        return seen.order_by(shut, height, "name", "code")[: MOST_PLACES + 1]
    alias = FacilityAlias.objects.filter(
        facility=OuterRef("pk"), text_normalised=normalised(text) or "-"
    )
    nearness = Case(
        When(Q(code__iexact=text) | Q(name__iexact=text), then=0),
        When(Q(name__istartswith=text) | Q(Exists(alias)), then=1),
        When(Q(name__icontains=text) | Q(code__istartswith=text), then=2),
        default=3,
        output_field=IntegerField(),
    )
    rows = seen.annotate(likeness=TrigramWordSimilarity(text, "name"), nearness=nearness)
    rows = rows.filter(Q(nearness__lt=3) | Q(likeness__gte=LIKE_ENOUGH))
    return rows.order_by(shut, "nearness", height, "-likeness", "name", "code")[: MOST_PLACES + 1]


def _found(one: Facility, parents: list[str], today: date) -> FoundPlace:
    return FoundPlace(
        place=Place(one.pk, one.code, one.name, one.kind),
        kind=str(one.get_kind_display()),
        parents=" · ".join(dict.fromkeys(parents)),
        is_closed=one.closed_on is not None and one.closed_on <= today,
    )


def indicators_like(*, text: str, known: Iterable[Indicator]) -> list[Indicator]:
    """Indicators by code, by the words of their name, or by their programme; the nearest first.

    Where nothing fits, words that are nearly right are put right once. Pure.
    """
    listed = list(known)
    words = [word for word in _tokens(text) if word not in SMALL_WORDS]
    if not words:
        return []
    found = _fitting(words, listed)
    if not found:
        mended = _mended(words, listed)
        found = _fitting(mended, listed) if mended != words else []
    return found[:MOST_INDICATORS]


def _fitting(words: list[str], listed: list[Indicator]) -> list[Indicator]:
    ranks = [(_rank(one, words), one) for one in listed]
    held = [(rank, one) for rank, one in ranks if rank is not None]
    held.sort(key=lambda pair: (pair[0], pair[1].spm is None, len(str(pair[1].label))))
    return [one for _rank_, one in held]


def _rank(one: Indicator, words: list[str]) -> int | None:
    """0 the very code, 1 all words of the name, 2 parts of it, 3 of its programme as well."""
    if [one.code.lower()] == words:
        return 0
    label = str(one.label).lower()
    if set(words) <= set(_tokens(label)):
        return 1
    if all(word in label for word in words):
        return 2
    if all(len(word) > 2 and word in f"{label} {_programmes(one)}" for word in words):
        return 3
    return None


def _programmes(one: Indicator) -> str:
    """The words of the programmes that it is counted from, and the beginning of its code."""
    codes = {ELEMENTS[code].programme for code in one.counted if code in ELEMENTS}
    labels = (str(SERVICES[code].label) for code in sorted(codes) if code in SERVICES)
    return " ".join((one.code, *labels)).lower()


def _mended(words: list[str], listed: list[Indicator]) -> list[str]:
    known = sorted({word for one in listed for word in _tokens(str(one.label)) if len(word) > 3})
    return [
        next(iter(get_close_matches(word, known, 1, WORD_LIKE_ENOUGH)), word)
        if len(word) > 3
        else word
        for word in words
    ]


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
