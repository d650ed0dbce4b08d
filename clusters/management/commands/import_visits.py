"""Import a workbook of visits: one line of JSON on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from clusters.excel.imports import ImportResult, run_import
from clusters.excel.rejects import write_rejects
from clusters.services import SERVICES
from facilities.access import posts
from facilities.models import Facility
from facilities.roles import Permission, roles_with
from ilp.core.errors import DomainError
from ilp.core.models import User

SHOWN = ("read", "new", "changed", "same", "rejected", "seconds")
SOME_REJECTED, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Import a workbook of visits. Exit code: 0 all accepted, 1 some rejected, 2 unusable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--service", help=f"one of {', '.join(SERVICES)}; else recognised")
        parser.add_argument("--facility", help="code; else the place of --as, or the only district")
        parser.add_argument("--as", dest="username", help="whose permissions hold; else all")
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")
        parser.add_argument("--rejects", type=Path, help="where to write the rejected rows (xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self._import(options)
        except DomainError as error:
            self._give_up(error.sentence)
        except OSError as error:
            self._give_up(f"Berkas tidak dapat dibuka: {error.strerror}.")
        if options["rejects"]:
            write_rejects(options["rejects"], result.issues)
        self.stdout.write(json.dumps({name: getattr(result, name) for name in SHOWN}))
        if result.rejected:
            sys.exit(SOME_REJECTED)

    def _import(self, options: dict[str, Any]) -> ImportResult:
        path: Path = options["file"]
        by = self._user(options["username"])
        return run_import(
            path=path.read_bytes(),
            file_name=path.name,
            service=options["service"],
            facility=self._facility(options["facility"], by),
            by=by,
            keep=not options["dry_run"],
            progress=lambda percent: self.stderr.write(f"{percent}%"),
        )

    def _facility(self, code: str | None, by: User | None) -> Facility:
        if code:
            found = Facility.objects.filter(code=code).first()
            if found is None:
                self._give_up(f"Faskes dengan kode {code} tidak ada.")
            return found
        own = Facility.objects.of_kind(Facility.Kind.DISTRICT)
        if by is not None and not by.is_superuser:
            held = posts(by).filter(role__in=roles_with(Permission.RECORD))
            own = Facility.objects.filter(pk__in=held.values("facility"))
        places = list(own[:2])
        if len(places) != 1:
            self._give_up("Sebutkan --facility: faskes pengunggah tidak pasti.")
        return places[0]

    def _user(self, username: str | None) -> User | None:
        if not username:
            return None
        found = User.objects.filter(username__iexact=username, is_active=True).first()
        if found is None:
            self._give_up(f"Pengguna {username} tidak ada.")
        return found

    def _give_up(self, reason: str) -> NoReturn:
        self.stderr.write(reason)
        sys.exit(UNUSABLE)
