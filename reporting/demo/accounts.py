"""One account for each role, with a password made at random and told in one file only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from facilities.actions.people import change_password, create_user, reset_password
from facilities.models import Facility
from facilities.roles import Role
from ilp.core.models import User
from reporting.demo.places import DISTRICT, Puskesmas


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: Role
    place: str  # its code


def accounts(first: Puskesmas) -> tuple[Account, ...]:
    """Who may sign in: at the Dinkes, and at the first Puskesmas, its Posyandu and its midwife."""
    word = first.name.split()[0].lower()
    posyandu = first.posyandu[0]
    flower = posyandu.name.replace(" ", "").lower()
    return (
        Account("kadis", "dr. Ratna Wijaya", Role.KEPALA_DINAS, DISTRICT),
        Account("program", "Budi Prasetyo", Role.PROGRAMMER, DISTRICT),
        Account("admin.dinas", "Sri Handoko", Role.ADMIN_DINAS, DISTRICT),
        Account(f"admin.{word}", "Dewi Kusuma", Role.ADMIN_PUSKESMAS, first.code),
        Account(f"kapus.{word}", "dr. Hadi Santoso", Role.KEPALA_PUSKESMAS, first.code),
        Account(f"bidan.{word}", "Bd. Lestari Nugraha", Role.NAKES, first.code),
        Account(f"kader.{flower}", "Siti Rohani", Role.KADER, posyandu.code),
        Account("ti", "Andi Permana", Role.TI, DISTRICT),
        Account("lihat", "Tamu Kabupaten Contoh", Role.LIHAT, DISTRICT),
    )


def open_accounts(
    wanted: tuple[Account, ...], places: Mapping[str, Facility], path: Path | None
) -> int:
    """Make the accounts that are missing, and write the passwords to the file; how many were made.

    Accounts that stand already keep their password as long as the file tells it. Where it does
    not (any more), they get a new one: nobody could sign in otherwise.
    """
    told = _told(path)
    made = 0
    for one in wanted:
        user = User.objects.filter(username=one.username).first()
        if user is None:
            told[one.username] = _create(one, places)
            made += 1
        elif path is not None and one.username not in told:
            told[one.username] = _settled(user, reset_password(user=user, by=None))
    if path is not None:
        _tell(path, wanted, told, places)
    return made


def _create(one: Account, places: Mapping[str, Facility]) -> str:
    new = create_user(
        username=one.username,
        name=one.name,
        phone="",
        role=one.role,
        facility=places[one.place],
        by=None,
    )
    return _settled(new.user, new.password)


def _settled(user: User, password: str) -> str:
    """Spare those who try the demo the change of password at the first login."""
    change_password(user=user, password=password, by=user)
    return password


def _told(path: Path | None) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    return {row["username"]: row["password"] for row in json.loads(path.read_text())}


def _tell(
    path: Path, wanted: tuple[Account, ...], told: Mapping[str, str], places: Mapping[str, Facility]
) -> None:
    rows = [
        {
            "role": str(one.role.label),
            "username": one.username,
            "password": told[one.username],
            "place": str(places[one.place]),
        }
        for one in wanted
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    if path.exists() and path.read_text() == text:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w") as file:
        file.write(text)
