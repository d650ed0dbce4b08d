"""The smallest valid object of each kind. Pass what the test is about; nothing else."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Assignment, Axis, Facility
from facilities.roles import Role
from ilp.core.models import User

OPENED = date(2020, 1, 1)
_numbers = count(1)


def place(kind: str, *, opened_on: date = OPENED, **parents: Facility) -> Facility:
    """One place, hung below `network=`, `area=` and `label=`."""
    number = next(_numbers)
    new = NewPlace(
        code=f"99.01-{kind.upper()}-{number}",
        name=f"{Facility.Kind(kind).label} {number}",
        kind=kind,
        opened_on=opened_on,
        parents={Axis(axis): parent.code for axis, parent in parents.items()},
    )
    return bulk_open(places=[new], by=None)[0]


def worker(role: str, at: Facility, *, starts_on: date = OPENED, **fields: object) -> User:
    """A user with one role at one place. The password is never used: force_login."""
    user = User.objects.create(username=f"petugas-{next(_numbers)}", **fields)
    Assignment.objects.create(user=user, facility=at, role=Role(role), starts_on=starts_on)
    return user


def small_district() -> Mapping[str, Facility]:
    """A fictitious Dinas 99.01: two Puskesmas, each with a village, a Pustu and a Posyandu."""
    kinds, net, area, label = Facility.Kind, Axis.NETWORK, Axis.AREA, Axis.LABEL
    rows = [
        ("district", "99.01", "Kabupaten Contoh", kinds.DISTRICT, {}),
        ("kec_one", "99.01.01", "Kecamatan Satu", kinds.KECAMATAN, {label: "99.01"}),
        ("kec_two", "99.01.02", "Kecamatan Dua", kinds.KECAMATAN, {label: "99.01"}),
        ("first", "P9901010101", "Kenanga", kinds.PUSKESMAS, {net: "99.01", label: "99.01.01"}),
        ("second", "P9901020101", "Cempaka", kinds.PUSKESMAS, {net: "99.01", label: "99.01.02"}),
    ]
    for desa, name, pkm, kecamatan in (
        ("99.01.01.2001", "satu", "P9901010101", "99.01.01"),
        ("99.01.02.2001", "dua", "P9901020101", "99.01.02"),
    ):
        pustu = f"{desa}-PST-01"
        posyandu = {"satu": ("melati", "Melati"), "dua": ("mawar", "Mawar")}[name]
        rows += [
            (f"desa_{name}", desa, f"Desa {name}", kinds.DESA, {area: pkm, label: kecamatan}),
            (f"pustu_{name}", pustu, f"Pustu {name}", kinds.PUSTU, {net: pkm, area: desa}),
            (posyandu[0], f"{desa}-PSY-001", posyandu[1], kinds.POSYANDU, {net: pustu, area: desa}),
        ]
    places = [NewPlace(code, name, kind, OPENED, parents) for _, code, name, kind, parents in rows]
    opened = bulk_open(places=places, by=None)
    return {row[0]: facility for row, facility in zip(rows, opened, strict=True)}
