"""Fill a fictitious district through the upload door; JSON on stdout, progress on stderr."""

from __future__ import annotations

import json
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.demo.progress import Progress
from reporting.demo.seeding import OtherSize, Request, counts, facts, seed
from reporting.demo.sizes import SIZES


class Command(BaseCommand):
    help = "Build the fictitious Kabupaten Contoh. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=list(SIZES), default="small")
        parser.add_argument("--seed", type=int, default=1, help="another number, other people")
        parser.add_argument("--accounts", type=Path, help="where to write accounts and passwords")
        parser.add_argument("--dir", type=Path, help="where to keep the workbooks")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        self.stderr.ending, self.stderr.style_func = "", None  # bars, and nothing red about them
        with tempfile.TemporaryDirectory(prefix="ilp-demo-") as spare:
            folder = options["dir"] or Path(spare)
            folder.mkdir(parents=True, exist_ok=True)
            size = SIZES[options["size"]]
            request = Request(size, options["seed"], folder, options["accounts"])
            try:
                seed(request, Progress(self.stderr))
            except OtherSize:
                raise CommandError(
                    "Kabupaten Contoh dengan ukuran lain sudah ada. Hapus datanya dahulu "
                    "(./start.py --fresh), atau jalankan dengan ukuran semula."
                ) from None
        found = facts()
        summary: dict[str, float] = {**counts(), "seconds": round(time.monotonic() - began, 1)}
        if found:
            summary = {"people": found.people, "visits": found.visits, **summary}
        self.stdout.write(json.dumps(summary))
