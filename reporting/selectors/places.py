"""Places as pages need them: themselves, what lies above, what lies below."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from facilities.models import Ancestry, Facility
from ilp.core.models import User
from ilp.core.months import Month

K = Facility.Kind
# What a place is broken down into, the usual first.
CHILD_KINDS: dict[str, tuple[str, ...]] = {
    K.PROVINCE: (K.DISTRICT,),
    K.DISTRICT: (K.PUSKESMAS, K.KECAMATAN),
    K.KECAMATAN: (K.DESA,),
    K.PUSKESMAS: (K.DESA, K.PUSTU, K.POSYANDU),
    K.DESA: (K.POSYANDU, K.PUSTU),
    K.PUSTU: (K.POSYANDU,),
}
ORDER = (K.PROVINCE, K.DISTRICT, K.PUSKESMAS, K.DESA, K.PUSTU, K.POSYANDU)


@dataclass(frozen=True)
class Place:
    pk: int
    code: str
    name: str
    kind: str

    @property
    def title(self) -> str:
        """`Puskesmas Mekar`; a name that says its kind, as a district's does, stands alone."""
        word = str(K(self.kind).label).split("/")[0]
        if self.kind == K.DISTRICT or self.name.lower().startswith(word.lower()):
            return self.name
        return f"{word} {self.name}"

    @property
    def child_kinds(self) -> tuple[str, ...]:
        return CHILD_KINDS.get(self.kind, ())


def _place(facility: Facility) -> Place:
    return Place(facility.pk, facility.code, facility.name, facility.kind)


def place(*, code: str, user: User) -> Place:
    """The place, if it lies in the user's scope; Http404 otherwise."""
    found = Facility.objects.visible_to(user).filter(code=code).first()
    if found is None:
        raise Http404
    return _place(found)


def top_place(*, user: User) -> Place | None:
    """Where the user's view begins: the highest place of their scope."""
    seen = Facility.objects.visible_to(user).filter(kind__in=ORDER)
    return min(map(_place, seen.order_by("code")), key=lambda p: ORDER.index(p.kind), default=None)


def children(*, of: Place, kind: str, month: Month) -> list[Place]:
    """Places of a kind below, as the tree stood at the end of the month, by name."""
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    below = Facility.objects.filter(pk__in=links.values("descendant"), kind=kind)
    return [_place(f) for f in below.exclude(pk=of.pk).order_by("name", "code")]


def breadcrumbs(*, of: Place, month: Month, user: User) -> list[Place]:
    """What the user sees of the way from the district down to the place itself.

    Kecamatan are labels and left out.
    """
    links = Ancestry.objects.filter(descendant_id=of.pk, valid__contains=month.last_day)
    seen = Facility.objects.visible_to(user)
    above = seen.filter(pk__in=links.values("ancestor"), kind__in=ORDER)
    found = {f.pk: _place(f) for f in above.exclude(kind=K.PROVINCE)}
    found[of.pk] = of
    return sorted(found.values(), key=lambda p: ORDER.index(p.kind) if p.kind in ORDER else 9)
