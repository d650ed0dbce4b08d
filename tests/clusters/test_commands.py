"""The commands that other programs call: one line of JSON, exit codes, CSV."""

import json

import pytest
from django.core.management import call_command

from clusters.models import Antenatal, Upload
from tests.clusters.workbooks import ANTENATAL, file


@pytest.fixture
def xlsx(tmp_path):
    def write(content):
        path = tmp_path / "kunjungan.xlsx"
        path.write_bytes(content)
        return str(path)

    return write


def run(capsys, *args):
    """(exit code, stdout, stderr)"""
    code = 0
    try:
        call_command(*args)
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    return code, out, err


def test_import_prints_one_line_of_json(tree, xlsx, capsys):
    code, out, _err = run(capsys, "import_visits", xlsx(file(ANTENATAL)))
    answer = json.loads(out)
    assert code == 0
    assert out.count("\n") == 1
    assert list(answer) == ["read", "new", "changed", "same", "rejected", "seconds"]
    assert (answer["read"], answer["new"]) == (1, 1)
    # The district gives no care itself: the visit took place at the Posyandu named.
    assert Antenatal.objects.get().facility == tree["melati"]


def test_dry_run_writes_nothing(tree, xlsx, capsys):
    code, out, _err = run(capsys, "import_visits", xlsx(file(ANTENATAL)), "--dry-run")
    assert (code, json.loads(out)["new"]) == (0, 1)
    assert not Antenatal.objects.exists()
    assert not Upload.objects.exists()
