"""The rows of a sheet made ready to be written, with an issue for each that cannot be.

Works column by column, each different cell read once; rows are walked only once, to put together
what belongs together. Who, when and where are read for the whole sheet before anything is written,
the fields slice by slice, so that the database begins with the first rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clusters.actions.incoming import Incoming, in_order
from clusters.excel import columns, people, refusals
from clusters.excel.between import Between, sort_out
from clusters.excel.fields import read_fields
from clusters.excel.filling import fill_down
from clusters.excel.gathering import Gathering
from clusters.excel.layout import Layout
from clusters.excel.oddities import note_oddities
from clusters.excel.readers import Bad, date_column
from clusters.excel.sheetcells import Part, SheetCells
from clusters.excel.unserved import without_unserved
from clusters.excel.whereabouts import Found
from clusters.growth.ages import completed_months
from clusters.selectors import locked_months
from clusters.selectors.places import Place
from ilp.core.cells import check_nik, clean_text, plain_nik
from ilp.core.months import Month

SLICE = 2_000  # rows; what the database gets in one go


class SheetCheck(SheetCells):
    """Turns one sheet's rows into what can be written."""

    def __init__(self, whole: Gathering, layout: Layout) -> None:
        super().__init__(layout, whole.told)
        self.whole = whole
        self.between = Between()
        whole.layouts[layout.sheet.name] = layout
        self.service = whole.service
        self.months = [0] * len(self.body)  # completed at the visit
        self.kept: list[int] = []
        self.typed: dict[int, tuple[Any, ...]] = {}  # fields of the part that is being read
        self.locked: set[tuple[int, Month]] = set()
        self.spots = [self.service.typed.index(name) for name in self.service.needs_one_of]

    def read(self) -> None:
        """Read who, when and where, count the rows, and ask the database what has to be asked."""
        if not self.body:
            return
        self._read_who_and_when()
        self.kept = self._kept()
        self._read_where()
        self._check_heads(self.kept)
        note_oddities(self, self.kept, self.between, self.seen, self.whole)
        self.locked = self._locked()
        self.whole.read += len(self.kept)

    def rows(self) -> Iterator[Incoming]:
        """The rows that can be written, one by one; at the end, what was wrong with the others.

        Asks the database nothing, as that would wait for what it is at work on.
        """
        for part in self._parts():
            fields = read_fields(self.service, part).values()
            self.typed = dict(enumerate(zip(*fields, strict=True), start=part.first))
            kept = self.kept[bisect_left(self.kept, part.first) : bisect_left(self.kept, part.end)]
            self._refuse_locked(kept)
            yield from filter(None, map(self._row, kept))
        self._tell(self.kept)

    def _parts(self) -> Iterator[Part]:
        for first in range(0, len(self.body), SLICE):
            yield Part(self, first, min(first + SLICE, len(self.body)))

    def _read_who_and_when(self) -> None:
        self.nik = people.nik_column()  # read row by row: no two are alike
        self.niks = self.column("nik") or self.nothing
        self.are_rounded = people.look_rounded(self.niks)
        self.names = self.take("name", people.name_column())
        self.mothers = self.take("mother_name", people.name_column())
        self.sexes = self._sexes()
        self.born = self._days("born_on")
        self.seen = self.days_of_spread() or self._days("seen_on")

    def _days(self, name: str) -> list[Any]:
        month_first = self.is_month_first(name)
        return self.take(name, date_column(self.column(name) or (), month_first=month_first))

    def _sexes(self) -> list[Any]:
        men, women = self.column("sex:L"), self.column("sex:P")
        if men is None or women is None:
            return self.take("sex", people.sex_column(self.service.sexes))
        sexes = people.ticked_sexes(men, women)
        self.note("sex:L", sexes)
        return sexes

    def _kept(self) -> list[int]:
        """Indices of the rows that are about somebody: no blank rows, totals or signatures."""
        kept, odd = [], []
        who = zip(self.names, self.born, self.seen, strict=True)
        for index, (name, born, seen) in enumerate(who):
            if type(name) is str and name and type(born) is date and type(seen) is date:
                kept.append(index)
            else:
                odd.append(index)
        if odd := without_unserved(self, self.whole, odd, self.names, self.born, self.seen):
            last = kept[-1] if kept else -1
            self.between = sort_out(self.layout, self.body, odd, last, self.service.code)
            kept = sorted([*kept, *self.between.persons])
        return kept

    def _read_where(self) -> None:
        where = self.whole.where
        if self.whole.roster is None:  # there, a blank place is that of nobody
            self.whole.filled.update(fill_down(self, self.kept, self.between))
        places, desas, posyandu = map(self.column, ("place", "home_desa", "home_posyandu"))
        given: Sequence[Found] = self.nothing if places is None else where.services(places)
        villages: Sequence[Found] = self.nothing if desas is None else where.desas(desas)
        homes: Sequence[Found] = (
            self.nothing if posyandu is None else where.posyandu(posyandu, villages)
        )
        self.note("place", given)
        self.desas = self._good("home_desa", villages)
        self.posyandu = self._good("home_posyandu", homes)
        self.places = self._filled(given)

    def _good(self, name: str, found: Sequence[Found]) -> list[Place | None]:
        """The places alone; what is wrong with the others noted for their rows."""
        good = [one if type(one) is Place else None for one in found]
        if good != found:
            self.note(name, found)
        return good

    def _filled(self, given: Sequence[Found]) -> list[Place]:
        """Where no place is written: the uploader's or, for an office, the home Posyandu.

        A row whose place is refused has the uploader's, too: nothing asks for it any more.
        """
        where = self.whole.where
        places = [one if type(one) is Place else where.default for one in given]
        if where.default.gives_care:
            where.ask_reach([where.default])
            return places
        where.ask_reach({home for home in self.posyandu if home is not None})
        for index, (one, cell) in enumerate(zip(given, self.written("place"), strict=True)):
            if one is not None and clean_text(cell):
                continue
            home = self.posyandu[index]
            if home is not None and where.may_record_at(home):
                places[index] = home  # before what is told for all rows that lack a place
            elif one is None:
                self.refused[index].append(("place", refusals.NO_PLACE))
        return places

    def _check_heads(self, kept: list[int]) -> None:
        labels = columns.labels(self.service.code)
        for name, values in (
            ("name", self.names),
            ("born_on", self.born),
            ("sex", self.sexes),
            ("seen_on", self.seen),
        ):
            if None in values or "" in values:
                for index in kept:
                    if values[index] is None or values[index] == "":
                        self.refused[index].append((name, refusals.blank(labels[name])))

    def _check_nik(self, index: int) -> str | None:
        """The NIK, if there is one. What is wrong is told first, as its column stands first."""
        cell = self.niks[index]
        if (nik := plain_nik(cell)) is not None:
            if not (self.are_rounded and nik.endswith("0")):
                return nik
            self.warned[index].insert(0, ("nik", refusals.NIK_ROUNDED))
            return None
        if type(found := self.nik.one(cell)) is Bad:
            self.refused[index].insert(0, ("nik", found))
            return None
        if cell in self.nik.warnings:
            self.warned[index].insert(0, ("nik", self.nik.warnings[cell]))
        return found.nik  # type: ignore[no-any-return]

    def _check_person(self, index: int) -> None:
        born, seen, place = self.born[index], self.seen[index], self.places[index]
        self.months[index] = months = completed_months(born, seen)
        if seen > self.whole.today:
            self.refused[index].append(("seen_on", refusals.IN_THE_FUTURE))
        elif wrong := people.wrong_age(self.service, born, seen, months):
            self.refused[index].append(wrong)
        if self.sexes[index] not in self.service.sexes:
            self.refused[index].append(("sex", refusals.NOT_THIS_SEX))
        if index not in self.refused and not place.is_open_on(seen):
            self.refused[index].append(("place", refusals.CLOSED_PLACE))

    def _locked(self) -> set[tuple[int, Month]]:
        """Which months of which places are locked, of those that rows are about."""
        good = [index for index in self.kept if type(self.seen[index]) is date]
        cells = {(self.places[i].id, self.seen[i].year, self.seen[i].month) for i in good}
        months = {Month(year, number) for _place, year, number in cells}
        return locked_months({place for place, *_month in cells}, months)

    def _refuse_locked(self, kept: list[int]) -> None:
        if not self.locked:
            return
        for index in kept:
            if index in self.refused:
                continue
            if (self.places[index].id, Month.of(self.seen[index])) in self.locked:
                self.refused[index].append(("seen_on", refusals.LOCKED_MONTH))

    def _row(self, index: int) -> Incoming | None:
        """One row put together, with what follows from it; None where it is not to be written."""
        nik = self._check_nik(index)
        if index not in self.refused:
            self._check_person(index)
        if index in self.refused:
            return None
        row, spots = self.typed[index], self.spots
        if spots and row[spots[0]] is None and all(row[spot] is None for spot in spots):
            self.refused[index].append((self.service.needs_one_of[0], refusals.SAYS_NOTHING))
            return None
        seen = self.seen[index]
        values = dict(zip(self.service.typed, row, strict=True))
        values["sex"] = self.sexes[index]
        values["age_days"] = (seen - self.born[index]).days
        values["age_months"] = self.months[index]
        values["seen_on"] = seen
        values |= self.service.derive(values)
        for rule in self.service.rules:
            if rule.broken(values):
                problems = self.warned if rule.warning else self.refused
                problems[index].append((rule.fields[0], Bad(rule.code, rule.message)))
        return None if index in self.refused else self._unless_twice(index, nik, values)

    def _home(self, index: int) -> Place | None:
        """The Posyandu or, where it was not open on the day, its village; else the village."""
        posyandu, desa = self.posyandu[index], self.desas[index]
        if posyandu is None:
            return desa
        if posyandu.is_open_on(self.seen[index]):
            return posyandu
        return desa or self.whole.where.homes.desa_on(posyandu, self.seen[index])

    def _unless_twice(self, index: int, nik: str | None, values: dict[str, Any]) -> Incoming | None:
        place, home = self.places[index], self._home(index)
        name, mother = self.names[index], self.mothers[index]
        born, seen, sex = self.born[index], self.seen[index], self.sexes[index]
        identity = people.identity(nik, name, mother, born, sex, (home or place).code)
        row = Incoming(
            self.layout.sheet.name,
            self.layout.sheet.row_number(self.first + index),
            identity,
            nik,
            name,
            mother,
            born,
            home.id if home else None,
            place.id,
            seen,
            sex,
            values["age_days"],
            self.months[index],
            in_order(self.service.code, values),
        )
        before = self.whole.known.setdefault((identity, place.id, seen), row)
        if before is not row:
            self._twice(index, before, row)
            return None
        self.whole.rows.append(row)
        if nik is not None:
            for code in check_nik(nik, sex, born):
                self.warned[index].append(("nik", refusals.NIK_ODD[code]))
        return row

    def _twice(self, index: int, before: Incoming, row: Incoming) -> None:
        said = [
            (one.name, one.mother_name, one.born_on, one.sex, one.home_id, one.values)
            for one in (before, row)
        ]
        if said[0] == said[1]:
            self.whole.same += 1
        else:
            self.refused[index].append(("seen_on", refusals.twice(before.row)))

    def _tell(self, kept: list[int]) -> None:
        """Hand over what is wrong; warnings only of rows that are accepted."""
        if not (self.refused or self.warned):
            return
        for index in kept:
            if index in self.refused:
                for name, bad in refusals.worth_telling(self.refused[index]):
                    self.whole.tell(self.layout, self.first + index, name, bad)
            elif index in self.warned:
                for name, bad in self.warned[index]:
                    self.whole.tell(self.layout, self.first + index, name, bad, warning=True)
