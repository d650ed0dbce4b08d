"""`manage.py zscores FILE.csv`: the z-scores of a table of measurements."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from clusters.growth.rows import NEEDED, UNREADABLE, result_header, scored
from ilp.core.errors import DomainError

EVERY = 10_000  # rows between two messages
UNUSABLE = 2  # exit code


class Command(BaseCommand):
    help = "Hitung z-score WHO dari berkas CSV. Kolom: " + ", ".join(NEEDED)
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="berkas CSV, UTF-8, berpemisah koma atau ;")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as table:
                self._score(table)
        except DomainError as error:
            raise CommandError(error.sentence, returncode=UNUSABLE) from error
        except OSError as error:
            sentence = _("Berkas itu tidak dapat dibuka. Periksa nama dan izin bacanya.")
            raise CommandError(sentence, returncode=UNUSABLE) from error
        except (UnicodeDecodeError, csv.Error) as error:
            sentence = _("Berkas itu bukan CSV. Simpan sebagai CSV UTF-8 lalu ulangi.")
            raise CommandError(sentence, returncode=UNUSABLE) from error

    def _score(self, table: TextIO) -> None:
        rows = _rows(table)
        header = [name.strip() for name in next(rows, [])]
        answers = csv.DictWriter(
            self.stdout, result_header(header), extrasaction="ignore", lineterminator="\n"
        )
        answers.writeheader()
        count = unreadable = 0
        for count, row in enumerate(scored(header, rows), start=1):
            answers.writerow(row)
            unreadable += row["flags"] == UNREADABLE
            if count % EVERY == 0:
                self.stderr.write(_("%(count)d baris") % {"count": count})
        self.stderr.write(
            _("Selesai: %(count)d baris, %(unreadable)d tidak terbaca.")
            % {"count": count, "unreadable": unreadable}
        )


def _rows(table: TextIO) -> Iterator[list[str]]:
    """The cells of each row; the first line tells whether comma or semicolon parts them."""
    first = table.readline()
    table.seek(0)
    return csv.reader(table, delimiter=";" if first.count(";") > first.count(",") else ",")
