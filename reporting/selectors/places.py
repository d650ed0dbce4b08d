"""Places as pages need them: themselves, what lies above, what lies below."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.http import Http404

from facilities.models import Facility
from ilp.core import sql
from ilp.core.models import User
from ilp.core.months import Month
from reporting.selectors.parts import part

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


def _places(found: QuerySet[Facility]) -> list[Place]:
    return [Place(*row) for row in found.values_list("pk", "code", "name", "kind")]


def place(*, code: str, user: User) -> Place:
    """The place, if it lies in the user's scope; Http404 otherwise."""
    found = _places(Facility.objects.visible_to(user).filter(code=code))
    if not found:
        raise Http404
    return found[0]


def top_place(*, user: User) -> Place | None:
    """Where the user's view begins: the highest place of their scope."""
    seen = Facility.objects.visible_to(user).filter(kind__in=ORDER)
    height = Case(*(When(kind=kind, then=at) for at, kind in enumerate(ORDER)))
    return next(iter(_places(seen.order_by(height, "code")[:1])), None)


@part(lambda of, kind, month: (of.pk, kind, month))
def children(*, of: Place, kind: str, month: Month) -> list[Place]:
    """Places of a kind below, as the tree stood at the end of the month, by name."""
    rows = sql.run("reporting/children", place=of.pk, kind=kind, day=month.last_day)
    return [Place(*row) for row in rows]


def breadcrumbs(*, of: Place, month: Month, user: User) -> list[Place]:
    """What the user sees of the way from the district down to the place itself.

    Kecamatan are labels and left out. Two queries: as one, PostgreSQL goes through the whole scope.
    """
    above = _above(of.pk, month)
    found = [of]
    if above:
        seen = Facility.objects.visible_to(user).filter(pk__in=above, kind__in=ORDER)
        found += _places(seen.exclude(kind=K.PROVINCE))
    return sorted(found, key=lambda p: ORDER.index(p.kind) if p.kind in ORDER else 9)


@part(lambda of, month: (of, month))
def _above(of: int, month: Month) -> list[int]:
    return [pk for (pk,) in sql.run("reporting/above", place=of, day=month.last_day)]
