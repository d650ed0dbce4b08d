"""Somebody at a report's page whose browser keeps each cell as it is left, for tests."""

import json

from django.test import Client

from ilp.core.months import Month
from tests.factories import worker

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"


def browser(place, role="admin_puskesmas"):
    client = Client()
    client.force_login(worker(role, place))
    return client


def keep(client, report, seen=None, **cells):
    sent = cells | {"tampil": json.dumps(seen or {})}
    return client.post(f"/laporan/{report.pk}/isian/", sent).json()
