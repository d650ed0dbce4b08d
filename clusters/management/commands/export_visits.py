"""Visits of one service as CSV on stdout, with a key instead of the person."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clusters.selectors.export import header, visits_between
from clusters.services import SERVICES
from ilp.core.months import Month


class Command(BaseCommand):
    help = "Print the standing visits of a service as CSV; persons are keys, never names or NIK."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--service", required=True, choices=list(SERVICES))
        for name in ("--from", "--to"):
            parser.add_argument(name, required=True, type=Month.parse, metavar="YYYY-MM")

    def handle(self, *args: Any, **options: Any) -> None:
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(header(options["service"]))
        rows = visits_between(options["service"], options["from"], options["to"])
        out.writerows(rows)
