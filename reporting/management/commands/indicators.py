import csv

from django.core.management.base import BaseCommand

from reporting.management.commands._arguments import add_data, month, place
from reporting.selectors.exports import COMMAND_HEADINGS, indicators
from reporting.selectors.releases import showing_of
from reporting.totals import Data


class Command(BaseCommand):
    help = (
        "Every indicator of a place in a month as CSV, unrounded: "
        "place,indicator,numerator,denominator,value,target,status. Empty means unknown."
    )

    def add_arguments(self, parser):
        parser.add_argument("--place", required=True, help="code of the place")
        parser.add_argument("--month", required=True, type=month, help="2025-05")
        parser.add_argument("--children", action="store_true", help="and of the places below it")
        add_data(parser, Data.RELEASED)

    def handle(self, **options):
        of = place(options["place"])
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COMMAND_HEADINGS)
        with showing_of(options["data"], of=of):
            writer.writerows(
                indicators(of=of, month=options["month"], children=options["children"])
            )
