"""The catalogue of English texts: all that is in code and templates, and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
READ = ("ilp", "facilities", "clusters", "reporting", "templates")  # as `make messages` does
BLANK = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|</?\w+[^>]*>|&\w+;")
# Imports every module of ours and tells which texts that put into words, once and for all.
ALL_MODULES = """
import importlib, sys, traceback
from pathlib import Path
import django
from django.utils.translation import _trans
early = set()
DJANGOS = ("Constraint ", "%(from)s-")
real = _trans.gettext
def gettext(text):
    ours = [f for f in traceback.extract_stack() if f.filename.startswith(sys.argv[1])
            and ".venv" not in f.filename]
    if any(f.name == "<module>" for f in ours) and not text.startswith(DJANGOS):
        early.add(f"{ours[-1].filename}:{ours[-1].lineno} {text}")
    return real(text)
_trans.gettext = gettext
django.setup()
for app in ("ilp", "facilities", "clusters", "reporting"):
    for path in sorted(Path(sys.argv[1], app).rglob("*.py")):
        name = path.relative_to(sys.argv[1]).with_suffix("")
        if "migrations" not in name.parts and name.parts[:2] != ("ilp", "launch"):
            importlib.import_module(".".join(name.parts).removesuffix(".__init__"))
print("\\n".join(sorted(early)))
"""


def as_text(message_id):
    return "\n".join(message_id) if isinstance(message_id, tuple | list) else message_id


@pytest.fixture(scope="module")
def catalogue():
    with open(ROOT / "locale/en/LC_MESSAGES/django.po", "rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def extracted():
    """(context, text) of everything that is translated, the plural below the singular."""
    options = re.search(r"^KEYWORDS = (.+)$", (ROOT / "Makefile").read_text(), re.M)[1]
    keywords = DEFAULT_KEYWORDS | parse_keywords(options.replace("-k ", "").split())
    with open(ROOT / "babel.cfg") as file:
        methods, settings = parse_mapping_cfg(file)
    return {
        (context, as_text(found))
        for folder in READ
        for _file, _line, found, _notes, context in extract_from_dir(
            ROOT / folder, methods, settings, keywords
        )
    }


def test_every_text_has_its_english_and_nothing_is_left_over(catalogue, extracted):
    held = {(message.context, as_text(message.id)) for message in catalogue if message.id}

    assert len(extracted) > 5_000
    assert extracted - held == set(), "make messages, then translate what is new"
    assert held - extracted == set(), "make messages"
    assert not catalogue.obsolete


def test_every_english_text_is_there_with_the_blanks_of_its_original(catalogue):
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        pairs = (
            zip(message.id, message.string, strict=True)
            if isinstance(message.id, tuple)
            else [(message.id, message.string)]
        )
        for text, said in pairs:
            blanks = [sorted(BLANK.findall(one)) for one in (text, said)]
            edges = [(one[:1].isspace(), one[-1:].isspace()) for one in (text, said)]
            if not said.strip() or blanks[0] != blanks[1] or edges[0] != edges[1]:
                wrong.append((text, said))
    assert wrong == []
    assert [m.id for m in catalogue if m.fuzzy] == []
    assert list(catalogue.check()) == []  # what the compiler would refuse


def test_nothing_is_put_into_words_while_modules_are_loaded():
    done = subprocess.run(
        [sys.executable, "-c", ALL_MODULES, str(ROOT)], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "", "use gettext_lazy, and `filled` in the place of %"
