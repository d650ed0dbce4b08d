"""Messy tables of sasaran of which the truth is known: each number is taken as it is, or refused.

`pytest -s` prints how many numbers came in.
"""

import pytest

from reporting.excel.target_marks import annotated
from reporting.excel.target_titles import titles
from reporting.excel.targets import Reading, read_targets
from tests.reporting.target_corpus import COUNT, FAULTS, WRONG, Made, corpus, listed, made

FILES = list(corpus())
REFUSED = [file.number for file in FILES if file.wrong]


def read(content: bytes) -> Reading:
    return read_targets(content, places=listed(), year=2025)


def wrong_in(file: Made, reading: Reading) -> list[str]:
    given = {(place, code): value for place, code, value in reading.rows}
    found = [
        f"{spot} is {given.get(spot)} instead of {value}"
        for spot, value in file.truth.items()
        if given.get(spot) != value
    ]
    of_whom = {place for place, _code in file.truth}
    if not file.wrong:
        found += [f"{spot} is nobody's" for spot in given.keys() - file.truth.keys()]
        if bool(reading.odd) != ("wrong total" in file.faults):
            found.append(f"totals: {reading.odd[:2]}")
    elif len(of_whom) < 8:
        found.append("too little is checked")
    refused = {(one.sheet, one.row) for one in reading.refusals}
    if refused != file.refused:
        found.append(f"refused {reading.refusals[:3]} instead of {file.refused}")
    return [f"{file.name}: {text}" for text in found]


def test_every_number_is_taken_as_it_was_or_refused_at_its_place():
    assert COUNT >= 60
    assert {fault for file in FILES for fault in file.faults} == set(FAULTS)
    assert {file.wrong for file in FILES} == {"", *WRONG}
    failures, taken = [], 0
    for file in FILES:
        reading = read(file.content)
        failures += wrong_in(file, reading)
        taken += len(reading.rows)
    print(f"\n{len(FILES)} tables: {taken} numbers taken; {len(REFUSED)} tables rightly refused")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("number", REFUSED)
def test_a_table_given_back_with_marks_is_read_again_as_it_was(number):
    file = made(number)
    first = read(file.content)
    target, suffix = annotated(file.content, first, "sasaran")
    again = read(target.getvalue())
    assert suffix in ("xlsx", "xlsm")
    assert [one.message for one in again.refusals] == [one.message for one in first.refusals]
    assert set(again.rows) == set(first.rows)


def test_no_title_means_two_sasaran():
    known: dict[str, str] = {}
    for name, words in titles().items():
        for word in words:
            assert known.setdefault(word, name) == name, word
