import json

from django.core.management.base import BaseCommand

from reporting.actions.roll_up import roll_up_changed


class Command(BaseCommand):
    help = "Bring the totals up to date with everything that changed; prints what was done as JSON."

    def handle(self, **options):
        done = roll_up_changed()
        self.stdout.write(json.dumps({"claimed": done.claimed, "cells": done.cells}))
