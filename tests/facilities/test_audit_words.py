"""The audit trail speaks Indonesian: every event and every note that the code writes has a word."""

import ast
from pathlib import Path

import pytest

from clusters.services import SERVICES
from facilities.audit_words import CODES, DETAILS, EVENTS, told
from reporting.models import TargetSet
from reporting.workflow import Status, Step

ROOT = Path(__file__).resolve().parents[2]
OURS = {"by", "subject"}


def records():
    """Every call of audit.record in the actions."""
    for app in ("facilities", "clusters", "reporting"):
        for path in (ROOT / app / "actions").glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                    yield node


def test_every_event_has_a_word():
    written = {
        constant.value
        for call in records()
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and "." in str(constant.value)
    }
    written -= {"report."}
    assert len(written) > 25
    assert written | {f"report.{step}" for step in Step} <= EVENTS.keys()


def test_every_note_has_a_word():
    noted = {k.arg for call in records() for k in call.keywords if k.arg} - OURS
    assert len(noted) > 25
    assert noted | {"year", "basis", "version", "rows"} <= DETAILS.keys()


def test_codes_are_said_as_their_own_app_says_them():
    assert CODES["service"] == {code: one.label for code, one in SERVICES.items()}
    assert CODES["before"] == dict(Status.choices)
    assert CODES["basis"].keys() == set(TargetSet.Basis.values)


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"month": "2025-05", "reason": "rilis"}, "bulan: Mei 2025, alasan: rilis"),
        ({"since": "2025-05-12", "state": "berjalan"}, "sejak: 12 Mei 2025, status: Berjalan"),
        ({"size": 2049, "service": "growth"},
         "ukuran: 3 KB, layanan: Penimbangan dan pengukuran balita"),
        ({"size": "small", "seed": 2026}, "ukuran: small, benih: 2026"),
        ({"rows": 12345, "year": 2026}, "baris: 12.345, tahun: 2026"),
        ({"children": ["P1", "P2"], "left": [], "reason": ""}, "tempat di bawahnya: P1, P2"),
        ({"before": "sent"}, "sebelum: Dikirim"),
        ({"before": "Melati", "after": "Melati Indah"}, "sebelum: Melati, sesudah: Melati Indah"),
        ({"count": 0, "month": "entah"}, "kali: 0, bulan: entah"),
        ({}, ""),
    ],
)  # fmt: skip
def test_notes_are_told_in_words(detail, words):
    assert told(detail) == words
