"""Random sequences of uploads, forms, cancellations, undoing and redoing: what stands, and every
total, is what a model of a few lines says."""

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from clusters.actions.incoming import by_name, in_order
from clusters.actions.undoing import redo_upload, undo_upload
from clusters.actions.visits import cancel_visit
from clusters.models import VISITS
from clusters.services import SERVICES
from tests.clusters.undoing import DAY, standing, totals, uploaded, weighed
from tests.oracle.compare import whole_database
from tests.oracle.random_districts import MANY, District
from tests.reporting.rows import write

STEPS, CHILDREN, WEIGHTS, HOMES = 45, 4, (9, 10, 11), ("melati", "mawar")


@dataclass
class Row:
    """A visit: what was said of it, oldest first, as (time, upload or None for a form, value)."""

    layers: list = field(default_factory=list)
    is_dead: bool = False  # cancelled by a person


@dataclass
class Model:
    """What stands of each child: the last that was said by a form or an upload that stands."""

    chance: Random
    rows: dict = field(default_factory=dict)
    now: dict = field(default_factory=dict)  # child: the row that stands
    stands: dict = field(default_factory=dict)  # upload: bool
    time: int = 0

    def shown(self, row):
        said = [one for one in row.layers if one[1] is None or self.stands[one[1]]]
        return said[-1] if said and not row.is_dead else None

    def say(self, upload, values):
        self.time += 1
        for child, value in values.items():
            row = self.now.get(child)
            if row is not None and self.shown(row)[2] == value:
                continue
            if row is None:
                row = self.now[child] = Row()
                self.rows.setdefault(child, []).append(row)
            row.layers.append((self.time, upload, value))

    def cancel(self, child):
        self.now.pop(child).is_dead = True

    def switch(self, upload, *, stands):
        self.stands[upload] = stands
        for child, rows in self.rows.items():
            spoken = [r for r in rows if any(one[1] == upload for one in r.layers)]
            current = self.now.get(child)
            if not stands and current in spoken:
                spoken = rows
            asked = [r for r in (*spoken, current) if r and self.shown(r)]
            self.now.pop(child, None)
            if asked:
                self.now[child] = max(asked, key=lambda r: self.shown(r)[0])

    def values(self):
        return {child: (self.shown(row)[2], self.shown(row)[1]) for child, row in self.now.items()}


def step(tree, model, uploads):
    """Something happens, to the model and to the database."""
    kinds = ["upload"] * 3 + ["form"] * 2 + ["undo"] * 3 + ["redo"] * 3 + ["cancel"]
    kind = model.chance.choice(kinds)
    said = {
        child: (model.chance.choice(WEIGHTS), model.chance.choice(HOMES))
        for child in model.chance.sample(range(CHILDREN), model.chance.randrange(1, CHILDREN + 1))
    }
    rows = [weighed(tree, child, w, home=home) for child, (w, home) in said.items()]
    if kind == "upload":
        upload = uploaded(tree, rows)
        uploads[upload.pk] = upload
        model.stands[upload.pk] = True
        model.say(upload.pk, said)
    elif kind == "form":
        write("growth", rows[:1], ())
        model.say(None, dict(list(said.items())[:1]))
    elif kind == "cancel" and model.now:
        child = model.chance.choice(sorted(model.now))
        identity = weighed(tree, child, 9).identity
        visit = VISITS["growth"].objects.standing().get(person__identity=identity)
        cancel_visit(visit=visit, by=None)
        model.cancel(child)
    elif kind in ("undo", "redo"):
        able = sorted(pk for pk, stands in model.stands.items() if stands == (kind == "undo"))
        if able:
            pk = model.chance.choice(able)
            (undo_upload if kind == "undo" else redo_upload)(upload=uploads[pk], by=None)
            model.switch(pk, stands=kind == "redo")
    return kind


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_is_what_was_said_last_and_not_taken_back(seed, tree):
    model, uploads, done = Model(Random(seed)), {}, []
    keys = {(weighed(tree, n, 9).identity, tree["melati"].pk, DAY): n for n in range(CHILDREN)}
    names = {tree[name].pk: name for name in HOMES}
    for number in range(STEPS):
        done.append(step(tree, model, uploads))
        found = {
            keys[key]: ((weight, names[home]), upload)
            for key, (weight, home, upload, _row) in standing().items()
        }
        assert found == model.values(), (number, done)
    totals()
    assert whole_database().differences == []
    assert {"upload", "form", "undo", "redo", "cancel"} == set(done)


def corrected(made, service, row):
    """The same visit, with other answers and sometimes another home, classified anew."""
    row = made.corrected(service, row)
    seen = {"sex": row.sex, "seen_on": row.seen_on, "age_days": row.age_days}
    seen |= {"age_months": row.age_months}
    said = by_name(service, row)
    said |= SERVICES[service].derive({**said, **seen})
    return replace(row, values=in_order(service, said))


@pytest.mark.parametrize("seed", [21])
def test_totals_of_every_service_come_back_exactly(seed, tree):
    made, again = District(seed, tree, 1), {}
    for service in SERVICES:
        rows = made.rows(service, MANY.get(service, 8))
        late = made.some(rows, 0.3)
        prompt = [row for row in rows if row not in late]
        write(service, prompt, ())
        again[service] = [*late, *(corrected(made, service, r) for r in made.some(prompt, 0.4))]
    before = totals()
    uploads = [uploaded(tree, rows, service=service) for service, rows in again.items()]
    after = totals()
    assert after != before
    assert sum(one.changed for one in uploads) > 40

    for upload in made.some(uploads, 1):
        undo_upload(upload=upload, by=None)
    assert totals() == before
    for upload in made.some(uploads, 1):
        redo_upload(upload=upload, by=None)

    assert totals() == after
    assert whole_database().differences == []
