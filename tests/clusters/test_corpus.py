"""Messy files of which the truth is known: everything is taken as it was or asked about.

`pytest -s` prints how many good rows came in, and how many of those refused deserved it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from clusters.actions.incoming import by_name
from clusters.excel.imports import check_file
from clusters.services import SERVICES
from ilp.core.errors import DomainError
from tests.clusters.corpus.layouts import ASKING, FAULTS, Made, Verdict, corpus
from tests.clusters.corpus.truths import SERVICES as OF_CORPUS
from tests.factories import place


@pytest.fixture
def posyandu(tree):
    """The Posyandu of the corpus, both of the same village."""
    second = place("posyandu", network=tree["pustu_satu"], area=tree["desa_satu"])
    type(second).objects.filter(pk=second.pk).update(name="Anggrek")
    return {"Melati": tree["melati"].pk, "Anggrek": second.pk}


def read(file: Made, tree):
    """The rows that would be written and those refused, by sheet and row, and what was told."""
    checked = check_file(path=file.content, service=file.service, facility=tree["first"], by=None)
    rows = {(row.sheet, row.row): row for row in checked.rows}
    refused = {(sheet, row) for sheet, row, _visit in checked.tally.refused}
    return rows, refused, checked.tally.issues


def wrong_in(row, one: Verdict, file: Made, posyandu) -> list[str]:
    """What a row that was taken says otherwise than the truth."""
    truth = one.truth
    wanted = {
        "name": truth.name,
        "nik": None if one.nik_is_lost else truth.nik,
        "born_on": truth.born_on,
        "sex": truth.sex,
        "seen_on": truth.seen_on,
        "mother_name": truth.mother_name,
        "home_id": None if "no posyandu" in file.faults else posyandu[truth.home_posyandu],
    }
    said = {name: getattr(row, name) for name in wanted}
    fields = SERVICES[file.service].typed
    wanted |= {name: one.expected.get(name) for name in fields}
    said |= {name: by_name(file.service, row)[name] for name in fields}
    return [
        f"{name}: {said[name]!r} instead of {wanted[name]!r}"
        for name in wanted
        if as_known(said[name]) != as_known(wanted[name])
    ]


def as_known(value):
    if isinstance(value, list):
        return sorted(value)
    return Decimal(value) if isinstance(value, (int, Decimal)) and value is not True else value


@dataclass
class Outcome:
    """What became of the rows of files: good ones, those taken, and those refused."""

    good: int = 0
    taken: int = 0
    refused: int = 0
    rightly: int = 0
    asked: int = 0  # good rows of files that need an answer
    failures: list[str] = field(default_factory=list)

    def judge(self, file: Made, tree, posyandu) -> None:
        good = [one for one in file.verdicts if one.truth]
        try:
            rows, turned_away, issues = read(file, tree)
        except DomainError as refusal:
            if not file.asks:
                self.failures.append(f"{file.name}: {refusal.sentence}")
            self.asked += len(good)
            return
        taken = self.compare(file, rows, turned_away, posyandu)
        told = {i.code for i in issues}
        if ("total-differs" in told) != ("wrong totals" in file.faults and file.has_total):
            self.failures.append(f"{file.name}: totals {told}")
        if file.asks:
            self.asked += len(good) - taken
            return
        bad = {(one.sheet, one.row) for one in file.verdicts if not one.truth}
        self.good, self.taken = self.good + len(good), self.taken + taken
        self.refused += len(turned_away)
        self.rightly += len(turned_away & bad)
        if taken < len(good) or turned_away - bad:
            refused = {(i.row, i.column, i.code) for i in issues if not i.is_warning}
            self.failures.append(f"{file.name}: {sorted(refused)[:5]}")

    def compare(self, file: Made, rows, turned_away, posyandu) -> int:
        """How many good rows were taken; nothing may be wrong or lost on the way."""
        taken = 0
        for one in file.verdicts:
            at = (one.sheet, one.row)
            if at in rows:
                wrong = wrong_in(rows[at], one, file, posyandu) if one.truth else ["came in"]
                self.failures += [f"{file.name}: {at} {text}" for text in wrong]
                taken += one.truth is not None
            elif at not in turned_away:
                self.failures.append(f"{file.name}: {at} is lost")
        known = {(one.sheet, one.row) for one in file.verdicts}
        self.failures += [f"{file.name}: {at} is nobody's" for at in sorted(rows.keys() - known)]
        return taken


def test_every_row_is_taken_as_it_was_or_asked_about(tree, posyandu):
    files = list(corpus())
    assert len(files) >= 60
    assert {fault for file in files for fault in file.faults} == {*FAULTS, *ASKING}
    assert {file.service for file in files} == set(OF_CORPUS)
    found = Outcome()
    for file in files:
        found.judge(file, tree, posyandu)
    print(f"\n{len(files)} files: {found.taken} of {found.good} good rows taken;", end=" ")
    print(f"{found.rightly} of {found.refused} refusals deserved; {found.asked} good rows", end=" ")
    print("asked about in files that need an answer")
    assert not found.failures, "\n".join(found.failures)
    assert (found.taken, found.rightly) == (found.good, found.refused)
