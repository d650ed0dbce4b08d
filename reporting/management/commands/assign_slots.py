"""`manage.py assign_slots`: give new elements their place in the totals, after all others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from reporting import catalogue
from reporting.catalogue import slots


class Command(BaseCommand):
    help = "Tambahkan baris slots.txt untuk elemen baru; baris yang sudah ada tidak bergeser."
    requires_system_checks: list[str] = []  # the check complains of what this puts right

    def handle(self, *args: Any, **options: Any) -> None:
        added = slots.lines(catalogue.missing())
        with slots.FILE.open("a", encoding="ascii") as file:
            file.write(added)
        self.stdout.write(added, ending="")
