import json

from django.core.management.base import BaseCommand

from ilp.core.months import Month
from reporting.actions.roll_up import rebuild_totals


class Command(BaseCommand):
    help = "Throw the totals of a span of months away and count them again from visits and reports."

    def add_arguments(self, parser):
        parser.add_argument("first", type=Month.parse, help="first month, such as 2025-01")
        parser.add_argument("last", type=Month.parse, help="last month, such as 2025-12")

    def handle(self, first: Month, last: Month, **options):
        cells = 0
        for month in first.until(last):
            cells += rebuild_totals(first=month, last=month, by=None).cells
            self.stderr.write(f"{month}: {cells} sel")
        self.stdout.write(json.dumps({"cells": cells}))
