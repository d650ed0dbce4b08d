"""What the commands that read numbers have in common."""

from __future__ import annotations

import argparse

from django.core.management.base import CommandError

from facilities.models import Facility
from ilp.core.months import Month
from reporting.selectors.places import Place
from reporting.totals import Data


def month(text: str) -> Month:
    """2025-05; argparse says what is wrong with anything else."""
    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan bulan; tulis misalnya 2025-05") from None


def place(code: str) -> Place:
    """The place of that code; CommandError when there is none."""
    found = Facility.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"Tidak ada tempat berkode {code}.")
    return Place(found.pk, found.code, found.name, found.kind)


def add_data(parser: argparse.ArgumentParser, default: Data) -> None:
    """--data, the same choice as d= in the address of a page."""
    parser.add_argument(
        "--data",
        type=Data,
        choices=list(Data),
        default=default,
        help=f"rilis: months that were released as they were then; sementara: as they stand now "
        f"(default {default.value})",
    )
