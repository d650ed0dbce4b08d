"""Somebody who uploads, and the file that they upload."""

import pytest
from django.test import Client

from clusters.excel.imports import run_import
from tests.clusters.workbooks import file
from tests.factories import worker


@pytest.fixture
def recorder(tree):
    return worker("admin_puskesmas", tree["first"])


@pytest.fixture
def page(client, recorder):
    client.force_login(recorder)
    return client


@pytest.fixture
def take(tree):
    def run(*rows, service=None, at="first", by=None, keep=True, content=None):
        return run_import(
            path=content or file(*rows),
            file_name="uji.xlsx",
            service=service,
            facility=tree[at],
            by=by,
            keep=keep,
        )

    return run


@pytest.fixture
def boss(tree):
    return worker("admin_dinas", tree["district"])


@pytest.fixture
def office(boss):
    client = Client()
    client.force_login(boss)
    return client
