"""What the demo holds, for programs that look at it: one line of JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.demo.places import DISTRICT
from reporting.demo.seeding import facts


class Command(BaseCommand):
    help = "The demo district, the last full month with data, and the number of visits, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        found = facts()
        if found is None:
            raise CommandError("Kabupaten Contoh belum ada. Jalankan seed_demo dahulu.")
        self.stdout.write(
            json.dumps({"district": DISTRICT, "month": str(found.month), "visits": found.visits})
        )
