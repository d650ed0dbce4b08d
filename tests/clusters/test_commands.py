"""The commands that other programs call: one line of JSON, exit codes, CSV."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command

from clusters.actions.visits import cancel_visit
from clusters.excel.reading import read_sheets
from clusters.models import Antenatal, Immunisation, Upload
from clusters.selectors.export import header
from tests.clusters.workbooks import ANTENATAL, IMMUNISATION, file, workbook
from tests.factories import worker

FRUIT = [["Apel", "Jeruk"], [1, 2]]


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


def test_some_rejected_is_exit_1_and_the_list_says_what_to_do(tree, xlsx, capsys, tmp_path):
    wrong = ANTENATAL | {"NIK": "123", "LILA (cm)": 999}
    target = tmp_path / "tolak.xlsx"
    code, out, _err = run(
        capsys, "import_visits", xlsx(file(ANTENATAL, wrong)), "--rejects", str(target)
    )
    answer = json.loads(out)
    assert (code, answer["read"], answer["new"], answer["rejected"]) == (1, 2, 1, 1)
    (listed,) = read_sheets(target)
    assert [(row[1], row[2]) for row in listed.rows[1:]] == [(3, "NIK"), (3, "LILA (cm)")]
    assert "tidak mungkin" in listed.rows[2][4]


@pytest.mark.parametrize(
    ("content", "args", "words"),
    [
        (b"", (), "Berkas kosong"),
        (b"%PDF-1.4", (), "PDF"),
        (workbook(Data=FRUIT), (), "tidak dikenali dari judul kolomnya"),
        (workbook(Data=FRUIT), ("--service", "adult"), "Baris judul"),
        (file(ANTENATAL), ("--facility", "99.99"), "tidak ada"),
        (file(ANTENATAL), ("--service", "gigi"), "tidak dikenal"),
        (file(ANTENATAL), ("--as", "nobody"), "tidak ada"),
        (file({"Nama": "Contoh", "Berat badan": 3}), ("--service", "adult"), "Kolom wajib"),
    ],
)
def test_an_unusable_file_is_exit_2_with_the_reason_on_stderr(
    tree, xlsx, capsys, content, args, words
):
    code, out, err = run(capsys, "import_visits", xlsx(content), *args)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert not Upload.objects.exists()


def test_a_user_may_only_record_at_their_own_places(tree, xlsx, capsys):
    user = worker("nakes", tree["second"])
    path = xlsx(file(ANTENATAL | {"Kode faskes": tree["melati"].code}))
    code, out, _err = run(capsys, "import_visits", path, "--as", user.username)
    assert (code, json.loads(out)["rejected"]) == (1, 1)
    path = xlsx(file(ANTENATAL))
    args = ("--as", user.username, "--facility", tree["first"].code)
    code, out, err = run(capsys, "import_visits", path, *args)
    assert (code, out, Antenatal.objects.count()) == (2, "", 0)
    assert "faskes Anda sendiri" in err


def test_export_gives_keys_and_every_column_but_no_person(tree, xlsx, capsys):
    run(capsys, "import_visits", xlsx(file(ANTENATAL)))
    span = ("--service", "antenatal", "--from", "2025-05", "--to", "2025-05")
    code, out, _err = run(capsys, "export_visits", *span)
    (row,) = csv.DictReader(StringIO(out))
    assert code == 0
    assert row["facility"] == row["home"] == tree["melati"].code
    assert (row["seen_on"], row["born_on"], row["weeks"]) == ("2025-05-06", "1990-03-12", "9")
    assert (row["trimester"], row["kek"], row["anaemia"]) == ("1", "0", "tidak")
    assert set(header("antenatal")) == set(row)
    assert ANTENATAL["NIK"] not in out
    assert ANTENATAL["Nama"] not in out
    span = ("--service", "antenatal", "--from", "2025-06", "--to", "2025-06")
    assert run(capsys, "export_visits", *span)[1].count("\n") == 1


def test_export_leaves_out_what_was_cancelled_and_joins_codes(tree, xlsx, capsys):
    run(capsys, "import_visits", xlsx(file(IMMUNISATION)))
    span = ("--service", "immunisation", "--from", "2025-05", "--to", "2025-05")
    (row,) = csv.DictReader(StringIO(run(capsys, "export_visits", *span)[1]))
    assert row["antigens"] == "IPV2|MR1"
    cancel_visit(visit=Immunisation.objects.get(), by=None)
    assert run(capsys, "export_visits", *span)[1].count("\n") == 1
