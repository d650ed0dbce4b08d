"""Damaged workbooks of every format: an answer or a sentence, soon, and in little memory.

A few hundred are read in the ordinary run; ILP_MUTATIONS says how many otherwise.
"""

from __future__ import annotations

import os
import re
import resource
import zipfile
import zlib
from io import BytesIO
from random import Random
from time import perf_counter

from clusters.excel.imports import check_file
from ilp.core.errors import DomainError
from tests.clusters.corpus.layouts import made

COUNT = int(os.environ.get("ILP_MUTATIONS", "300"))
SLOWEST_S = 10.0  # a damaged file of a few kilobytes; a whole one may take six times that
MOST_MEMORY = 300 * 2**20
SEEDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 27, 41)
NUMBERS = (b"0", b"-1", b"1", b"9999999", b"1048576", b"1e308", b"NaN", b"65536", b"", b"\xff")
PLACES = (b"A1", b"XFD1048576", b"A1048576", b"XFD1", b"ZZZZ9", b"A0", b"7")
ATTRIBUTE = re.compile(rb'="([^"]{0,60})"')
WRONG = (ValueError, IndexError, NotImplementedError)  # of a directory that tells lies
ELEMENT = re.compile(rb"<[^<>]{1,200}>")


def of_bytes(data: bytes, chance: Random) -> bytes:
    """Some bytes changed, a piece cut out, doubled or moved, or the end missing."""
    at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    piece = data[at : min(to, at + 2_000)]
    kind = chance.randrange(5)
    if kind == 0:
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if kind == 1:
        return data[:at] or data[:1]
    if kind == 2:
        return data[:at] + data[at + len(piece) :] or data[:1]
    if kind == 3:
        return data[:to] + piece * chance.randrange(1, 4) + data[to:]
    return data[:at] + bytes(reversed(piece)) + data[at + len(piece) :]


def of_xml(data: bytes, chance: Random) -> bytes:
    """An attribute or a value that says something else, or an element that is gone or doubled."""
    pattern = chance.choice((ATTRIBUTE, ELEMENT, re.compile(rb">([^<>]{1,40})<")))
    found = list(pattern.finditer(data))
    for one in sorted(chance.sample(found, min(len(found), 3)), key=lambda m: -m.start()):
        group = 0 if pattern is ELEMENT else 1
        instead = chance.choice((*NUMBERS, *PLACES, one[0] * 2 if group == 0 else one[1] * 2))
        data = data[: one.start(group)] + instead + data[one.end(group) :]
    return data


def of_members(data: bytes, chance: Random) -> bytes:
    """A workbook of which one part is gone, is another's, is cut off or says something else."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    kind = chance.randrange(6)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name], parts[other] = parts[other], parts[name]
    elif kind == 2:
        parts[name] = of_bytes(parts[name] or b"x", chance)
    else:
        sheets = [one for one in parts if "sheet" in one or one == "content.xml"]
        name = chance.choice(sheets)
        parts[name] = of_xml(parts[name], chance)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return target.getvalue()


def mutated(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        try:
            is_whole = zipfile.is_zipfile(BytesIO(data)) and chance.random() < 0.8
            data = of_members(data, chance) if is_whole else of_bytes(data, chance)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, *WRONG):
            data = of_bytes(data, chance)
    return data


def answer(data: bytes, service: str | None, tree) -> str:
    """What is said of a file: a sentence, or how many rows came in."""
    try:
        checked = check_file(path=data, service=service, facility=tree["first"], by=None)
        rows = list(checked.rows)
    except DomainError as refusal:
        return str(refusal.sentence)
    assert all(issue.reason.endswith((".", "?")) for issue in checked.tally.issues)
    return f"{len(rows)} rows."


def test_a_damaged_file_is_answered_with_a_sentence(tree):
    seeds = [made(number) for number in SEEDS]
    assert len({file.format for file in seeds}) == 8
    contents = [file.content for file in seeds]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    slowest, answers = 0.0, {}
    for number in range(COUNT):
        chance = Random(number)  # noqa: S311
        at = number % len(seeds)
        service = seeds[at].service if number % 4 else None
        data = mutated(contents[at], chance)
        began = perf_counter()
        said = answer(data, service, tree)
        slowest = max(slowest, perf_counter() - began)
        answers[said] = answers.get(said, 0) + 1
        assert said.endswith((".", "?")), f"{number}: {said}"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    print(f"\n{COUNT} files, slowest {slowest:.2f} s, {grown / 2**20:.0f} MB more at the peak")
    assert slowest < SLOWEST_S
    assert grown < MOST_MEMORY
    assert len(answers) > 5  # not all refused for one reason
