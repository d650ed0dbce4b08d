"""What ./start.py decides without starting anything."""

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ilp.launch.check import Page, differences, equal
from ilp.launch.instance import Instance, Running

ROOT = Path(__file__).resolve().parents[2]
HTML = """
<form><input type="hidden" name="token" value="abc"><input name="username"></form>
<p><data class="figure" data-indicator="K4" value="0.8123">81,2%</data>
<data value="3">3</data><data class="big figure" data-indicator="K6" value="">–</data></p>
"""


def start_py():
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ([], True),
        (["tests/launch"], True),
        (["tests/launch", "-k", "start"], True),
        (["tests/a.py", "tests/b.py"], True),
        (["tests/a.py"], False),
        (["tests/a.py::test_x"], False),
        (["-n", "4"], False),
        (["-n0"], False),
        (["-p", "no:xdist"], False),
    ],
    ids=str,
)
def test_two_workers_unless_the_caller_chose(given: list[str], added: bool) -> None:
    expected = ["-n", "2", *given] if added else given

    assert start_py().with_workers(given) == expected


def test_a_catalogue_is_compiled_when_it_is_newer(tmp_path: Path, monkeypatch) -> None:
    start = start_py()
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    words = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    words.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    words.write_text(f'{head}msgid "Simpan"\nmsgstr "Save"\n')
    made = words.with_suffix(".mo")

    start.ensure_compiled()
    assert b"Save" in made.read_bytes()

    made.write_bytes(b"as it was")
    start.ensure_compiled()
    assert made.read_bytes() == b"as it was"

    words.write_text(f'{head}msgid "Simpan"\nmsgstr "Keep"\n')
    os.utime(words, ns=(made.stat().st_mtime_ns + 1,) * 2)
    start.ensure_compiled()
    assert b"Keep" in made.read_bytes()
    assert sorted(made.parent.iterdir()) == [made, words]


def test_start_py_needs_nothing_but_the_standard_library() -> None:
    code = "import runpy; runpy.run_path('start.py', run_name='imported')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True)

    assert done.returncode == 0, done.stderr


def test_the_launcher_loads_no_django() -> None:
    code = (
        "import sys, ilp.launch.main, ilp.launch.testservers;"
        "loaded = {'django.apps', 'ilp.core', 'ilp.settings'} & set(sys.modules); print(*loaded)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == ""


def test_figures_and_form_fields_are_read_from_the_page() -> None:
    page = Page(HTML)

    assert page.figures == {"K4": "0.8123", "K6": ""}
    assert page.fields == {"token": "abc", "username": ""}


@pytest.mark.parametrize(
    ("shown", "expected", "same"),
    [
        ("0.5", "0.50", True),
        ("1e-05", "0.00001", True),
        ("0.5", "0.5001", False),
        ("", "", True),
        ("", "0", False),
        ("0", "", False),
        ("0", None, False),
    ],
)
def test_unknown_is_not_zero(shown: str, expected: str | None, same: bool) -> None:
    assert equal(shown, expected) is same


def test_each_figure_that_differs_is_named() -> None:
    wrong = differences({"K1": "0.9", "K4": "0.8", "K6": ""}, {"K1": "0.9", "K4": "0.7"})

    assert wrong == ["K4: halaman 0.8, perintah 0.7", "K6: halaman kosong, perintah tidak ada"]


def test_only_one_start_at_a_time(tmp_path: Path) -> None:
    first, second = Instance(tmp_path / "d"), Instance(tmp_path / "d")

    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()


def test_a_later_start_learns_where_the_first_runs(tmp_path: Path) -> None:
    instance = Instance(tmp_path / "d")
    instance.prepare()
    running = Running(pid=1, urls={"DATABASE_URL": "x"}, address="http://127.0.0.1:1/")

    instance.note(replace(running, ready=True))
    assert Instance(tmp_path / "d").running() == replace(running, ready=True)

    instance.note(None)
    assert instance.running() is None


def test_secrets_are_random_kept_and_private(tmp_path: Path) -> None:
    one, two = Instance(tmp_path / "one"), Instance(tmp_path / "two")
    for instance in (one, two):
        instance.prepare()

    assert one.secrets() == one.secrets()
    assert not set(one.secrets().values()) & set(two.secrets().values())
    assert all(len(secret) >= 32 for secret in one.secrets().values())
    assert (one.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_fresh_forgets_all_but_the_locks(tmp_path: Path) -> None:
    instance = Instance(tmp_path / "d")
    assert instance.take()
    (instance.folder / "pg").mkdir()
    (instance.folder / "accounts.json").write_text(json.dumps([]))

    instance.wipe()

    assert sorted(os.listdir(instance.folder)) == ["lock", "logs"]
