"""What the code promises about itself: layers, writes, sizes, templates."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("ilp", "facilities", "clusters", "reporting")
MODULES = sorted(
    p.relative_to(ROOT)
    for app in APPS
    for p in (ROOT / app).rglob("*.py")
    if "migrations" not in p.parts
)
TESTS = sorted(p.relative_to(ROOT) for p in (ROOT / "tests").rglob("*.py"))
MOST_LINES = 300
# Tests that are still longer than that; the list may only become shorter.
WRITES = {
    "save", "create", "get_or_create", "update_or_create", "delete", "bulk_create", "bulk_update",
}  # fmt: skip
# These hold what looks like a write and is none, or are the one place for it.
NOT_ACTIONS = {
    "ilp/core/audit.py": "the audit trail's only writer",
    "facilities/excel.py": "registries: import-export saves, each row through its resource",
    "facilities/admin.py": "Django's admin, for IT staff",
}


def functions(path: Path):
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_action(path: Path) -> bool:
    return "actions" in path.parts or path.name == "actions.py"


def test_layers_are_kept():
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", [p for p in MODULES if not is_action(p)], ids=str)
def test_only_actions_write(path):
    tree = ast.parse((ROOT / path).read_text())
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = [c for c in calls if isinstance(c, ast.Attribute) and c.attr in WRITES]
    writes = [
        f"line {m.lineno}: {ast.unparse(m)}()"
        for m in methods
        if ".objects." in ast.unparse(m) or m.attr in {"bulk_create", "get_or_create"}
    ]

    assert not writes or str(path) in NOT_ACTIONS, f"{path}: move to actions: {writes}"


@pytest.mark.parametrize("path", [p for p in MODULES if is_action(p)], ids=str)
def test_public_actions_are_keyword_only_and_take_by(path):
    decorated = [
        f
        for f in functions(path)
        if any("atomic" in ast.unparse(d) for d in f.decorator_list) and not f.name.startswith("_")
    ]
    wrong = [
        f.name for f in decorated if f.args.args or "by" not in {a.arg for a in f.args.kwonlyargs}
    ]

    assert not wrong, f"{path}: keyword-only, with by=: {wrong}"


def lines_of(path: Path) -> int:
    return (ROOT / path).read_text().count("\n")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_sizes(path):
    lines = lines_of(path)
    long = [
        f"{f.name} ({f.end_lineno - f.lineno + 1})"
        for f in functions(path)
        if f.end_lineno - f.lineno + 1 > 40
    ]

    assert lines <= MOST_LINES, f"{path} has {lines} lines"
    assert not long, f"{path}: {long}"


def test_tests_are_no_longer_than_other_files():
    long = {str(path) for path in TESTS if lines_of(path) > MOST_LINES}

    assert not long, "to be split by subject"


TEMPLATES = sorted(p.relative_to(ROOT / "templates") for p in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_no_template_is_unused_or_long(template):
    name = str(template)
    sources = [(ROOT / p).read_text() for p in MODULES]
    others = [p for p in TEMPLATES if p != template]
    sources += [(ROOT / "templates" / p).read_text() for p in others]

    used = name in {"404.html", "403.html", "403_csrf.html", "500.html", "400.html"} or any(
        f'"{name}"' in text for text in sources
    )

    assert used, f"{name} is used by nothing"
    assert (ROOT / "templates" / name).read_text().count("\n") <= 100, f"{name} is long"


def test_no_inline_script_or_style():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert "<script>" not in text, path
        assert " onclick=" not in text, path


def test_nothing_is_left_unfinished():
    words = ("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error")
    found = [f"{p}: {word}" for p in MODULES for word in words if word in (ROOT / p).read_text()]

    assert not found
