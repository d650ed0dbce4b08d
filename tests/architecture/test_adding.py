"""docs/adding.md is tried: a service by two files, an indicator by one, all else generated."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "adding.md"
NOT_COPIED = (".git", ".venv*", ".data", ".*_cache", "__pycache__", "img")
GENERATED = {
    "reporting/catalogue/slots.txt",
    "clusters/migrations/0*_worker.py",
    "docs/data-dictionary.md",
}
# What the whole tree promises of every service and indicator, asked of those that were added.
PROMISES = (
    "tests/architecture/added.py",
    "tests/reporting/test_catalogue.py",
    "tests/clusters/test_references.py::test_no_visit_refers_to_what_is_not_there",
    "tests/reporting/demo/test_people.py::test_about_as_many_visits_as_promised",
    "tests/reporting/demo/test_life.py::test_nothing_made_up_contradicts_itself",
)


def differences() -> list[str]:
    """The two of the guide: the service's and the indicator's."""
    return re.findall(r"```diff\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def files_of(difference: str) -> list[str]:
    return re.findall(r"^\+\+\+ b/(\S+)$", difference, re.MULTILINE)


def apply(difference: str, tree: Path) -> None:
    """As `patch` does, but strictly: each part must be found once, word for word."""
    for part in re.split(r"^(?=--- )", difference, flags=re.MULTILINE)[1:]:
        file = tree / files_of(part)[0]
        text = "" if part.startswith("--- /dev/null") else file.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@ .*@@.*\n", part, flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            assert not before or text.count(before) == 1, f"{file.name}: no longer there:\n{before}"
            text = text.replace(before, after) if before else after
        file.write_text(text, encoding="utf-8")


def environment() -> dict[str, str]:
    """Ours, with a database of its own on the same server, and no worker's number."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PYTHONPATH"))}
    url = urlsplit(os.environ["DATABASE_URL"])
    own = f"/adding_{os.getpid()}"
    return kept | {"DATABASE_URL": urlunsplit(url._replace(path=own)), "ILP_MODE": "test"}


def run(tree: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=tree, env=environment(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}\n{(done.stdout + done.stderr)[-4000:]}"
    return done.stdout


def contents(tree: Path) -> dict[str, bytes]:
    files = (p for p in tree.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {str(p.relative_to(tree)): p.read_bytes() for p in files}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of ours with both differences, and nothing generated yet."""
    copy = tmp_path_factory.mktemp("adding") / "ilp"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    for difference in differences():
        apply(difference, copy)
    return copy


def test_a_service_touches_two_files_and_an_indicator_one():
    service, indicator = differences()
    assert files_of(service) == ["clusters/services/__init__.py", "clusters/services/worker.py"]
    assert files_of(indicator) == ["reporting/catalogue/adult.py"]
    assert len(re.findall(r"^\+        (?:choice|whole|yes_no|\*pressure|referred)\(", service,
                          re.MULTILINE)) + 1 == 10  # fmt: skip


def test_the_rest_is_generated_and_all_that_every_service_has_is_there(tree):
    written = contents(tree)
    refused = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=tree, env=environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "worker pekerja_apd : no slot" in refused.stderr  # and the guide says what to do

    run(tree, "manage.py", "assign_slots")
    run(tree, "-W", "ignore", "manage.py", "makemigrations", "clusters", "-n", "worker")
    run(tree, "manage.py", "data_dictionary", "--write")

    now = contents(tree)
    changed = {name for name in now if now[name] != written.get(name)}
    assert all(any(Path(n).match(g) for g in GENERATED) for n in changed), changed
    assert len(changed) == len(GENERATED)
    run(tree, "manage.py", "check")
    run(tree, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run")
    told = run(tree, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *PROMISES)
    assert int(re.search(r"(\d+) passed", told)[1]) > 600, told[-2000:]
