import json

from django.core.management.base import BaseCommand

from clusters.actions.following import follow_touched, touch_everyone
from ilp.core.months import Month
from reporting.actions.roll_up import rebuild_totals


class Command(BaseCommand):
    help = "Throw the totals of a span of months away and count them again from visits and reports."

    def add_arguments(self, parser):
        parser.add_argument("first", type=Month.parse, help="first month, such as 2025-01")
        parser.add_argument("last", type=Month.parse, help="last month, such as 2025-12")

        parser.add_argument(
            "--milestones",
            action="store_true",
            help="first work out milestones and monthly growth anew, of everyone",
        )

    def handle(self, first: Month, last: Month, milestones: bool, **options):
        cells = 0
        if milestones:
            touch_everyone(by=None)
            self.stderr.write(f"milestones: {follow_touched(by=None)}")
        for month in first.until(last):
            cells += rebuild_totals(first=month, last=month, by=None).cells
            self.stderr.write(f"{month}: {cells} sel")
        self.stdout.write(json.dumps({"cells": cells}))
