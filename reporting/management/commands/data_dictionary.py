"""`manage.py data_dictionary`: the data dictionary, printed or written to docs/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from reporting.catalogue import dictionary

FILE = settings.BASE_DIR / "docs" / "data-dictionary.md"


class Command(BaseCommand):
    help = "Cetak kamus data dari deklarasi; dengan --write, simpan di docs/data-dictionary.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="simpan, jangan cetak")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if not write:
            self.stdout.write(dictionary.text(), ending="")
            return
        FILE.write_text(dictionary.text(), encoding="utf-8")
        self.stderr.write(_("Kamus data disimpan."))
