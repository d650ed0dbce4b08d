import csv
import sys

from django.core.management.base import BaseCommand

from reporting.management.commands._arguments import add_data, month, place
from reporting.selectors.exports import TOTAL_HEADINGS, totals_of
from reporting.totals import Data, showing


class Command(BaseCommand):
    help = (
        "Stored totals as CSV: place,month,element,breakdown,own,total. "
        "Numbers that are zero in both columns are left out."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", required=True, type=month, dest="first", help="2025-01")
        parser.add_argument("--to", required=True, type=month, dest="last", help="2025-12")
        parser.add_argument("--place", help="code of a place: itself and all below it")
        add_data(parser, Data.LIVE)

    def handle(self, **options):
        of = place(options["place"]) if options["place"] else None
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(TOTAL_HEADINGS)
        with showing(options["data"]):
            for month_ in options["first"].until(options["last"]):
                writer.writerows(totals_of(first=month_, last=month_, of=of))
                print(month_, file=sys.stderr)
