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


def small_district(number: int = 1) -> Mapping[str, Facility]:
    """A fictitious Dinas 99.0n: two Puskesmas, each with a village, a Pustu and a Posyandu."""
    kinds, net, area, label = Facility.Kind, Axis.NETWORK, Axis.AREA, Axis.LABEL
    dinas, pkm = f"99.{number:02d}", f"P99{number:02d}"
    one, two, first, second = f"{dinas}.01", f"{dinas}.02", f"{pkm}010101", f"{pkm}020101"
    name = "Kabupaten Contoh" if number == 1 else f"Kabupaten Contoh {number}"
    rows = [
        ("district", dinas, name, kinds.DISTRICT, {}),
        ("kec_one", one, "Kecamatan Satu", kinds.KECAMATAN, {label: dinas}),
        ("kec_two", two, "Kecamatan Dua", kinds.KECAMATAN, {label: dinas}),
        ("first", first, "Kenanga", kinds.PUSKESMAS, {net: dinas, label: one}),
        ("second", second, "Cempaka", kinds.PUSKESMAS, {net: dinas, label: two}),
    ]
    for desa, name, pkm, kecamatan in (
        (f"{one}.2001", "satu", first, one),
        (f"{two}.2001", "dua", second, two),
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
