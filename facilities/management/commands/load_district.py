import json
import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from facilities import registry
from facilities.actions.districts import load_district
from ilp.core.errors import DomainError


class Command(BaseCommand):
    help = (
        "Load a district's registry: regions, Puskesmas, ILP facts. May be repeated. "
        "Prints one line of JSON."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", help="Kemendagri code, such as 52.02")
        parser.add_argument("--list", action="store_true", help="print the districts known")
        parser.add_argument(
            "--since",
            type=date.fromisoformat,
            default=date(2020, 1, 1),
            help="day from which the places hold; default 2020-01-01",
        )

    def handle(self, *args: Any, code: str | None, since: date, **options: Any) -> None:
        if options["list"]:
            for known in registry.DISTRICTS:
                row = {"district": known, "name": registry.region_name(known)}
                self.stdout.write(json.dumps(row))
            return
        if not code:
            raise CommandError("Sebutkan kode kabupaten/kota, atau pakai --list.")
        start = time.perf_counter()
        try:
            loaded = load_district(code=code, since=since, by=None)
        except DomainError as broken:
            raise CommandError(broken.sentence) from broken
        seconds = round(time.perf_counter() - start, 2)
        self.stdout.write(json.dumps(loaded.as_dict() | {"seconds": seconds}))
