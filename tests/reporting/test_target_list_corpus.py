"""Messy lists of sasaran of which the truth is known: each number is taken, or refused.

`pytest -s` prints how many numbers came in.
"""

import pytest

from reporting.excel.target_marks import annotated
from tests.reporting.target_list_corpus import COUNT, FAULTS, WRONG, corpus, made
from tests.reporting.test_target_corpus import read

FILES = list(corpus())
REFUSED = [file.number for file in FILES if file.wrong]


def wrong_in(file, reading):
    given = {(place, code): value for place, code, value in reading.rows}
    found = [
        f"{spot} is {given.get(spot)} instead of {value}"
        for spot, value in file.truth.items()
        if given.get(spot) != value
    ]
    found += [f"{spot} is nobody's" for spot in given.keys() - file.truth.keys()]
    refused = {(one.sheet, one.row) for one in reading.refusals}
    if refused != file.refused:
        found.append(f"refused {reading.refusals[:3]} instead of {file.refused}")
    if not file.wrong and reading.odd:
        found.append(f"totals: {reading.odd[:2]}")
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
    print(f"\n{len(FILES)} lists: {taken} numbers taken; {len(REFUSED)} lists rightly refused")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("number", REFUSED)
def test_a_list_given_back_with_marks_is_read_again_as_it_was(number):
    file = made(number)
    first = read(file.content)
    again = read(annotated(file.content, first, "sasaran")[0].getvalue())
    assert [one.message for one in again.refusals] == [one.message for one in first.refusals]
    assert set(again.rows) == set(first.rows)
