import csv
import sys

from django.core.management.base import BaseCommand

from ilp.core.months import Month
from reporting.selectors import verification

COLUMNS = ("place", "month", "element", "breakdown", "column", "stored", "expected")


class Command(BaseCommand):
    help = (
        "Work every total out once more from visits and approved reports and compare. "
        "Prints the differences as CSV; exit code 1 when there are any."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="first", type=Month.parse, help="such as 2025-01")
        parser.add_argument("--to", dest="last", type=Month.parse, help="such as 2025-12")

    def handle(self, first: Month | None, last: Month | None, **options):
        span = verification.span()
        out = csv.writer(self.stdout)
        out.writerow(COLUMNS)
        found = 0
        if span:
            for d in verification.differences(first=first or span[0], last=last or span[1]):
                out.writerow((d.place, d.month, d.element, d.part, d.column, d.stored, d.expected))
                found += 1
        self.stderr.write(f"{found} perbedaan")
        if found:
            sys.exit(1)
