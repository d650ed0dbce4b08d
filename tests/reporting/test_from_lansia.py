"""The monthly recap of the elderly: six rows of titles, items over ages, months and sex."""

from random import Random

import pytest
from django.test import Client

from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.excel.ages import ages_of, from_60, group_of
from reporting.totals import read as totals
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.test_from_national import read

MAY = Month(2026, 5)
MONTHS = ("Bulan lalu", "Bulan ini", "Total")
DESA = ("Satu", "Dua", "Tiga")


@pytest.fixture
def ukm(tree):
    return open_report(facility=tree["first"], month=MAY, form="UKM", by=None)


class Recap:
    """A recap drawn with its truth: (item, ages, sex) -> number of this month, by village."""

    def __init__(self, chance, items, ages, month="MEI"):
        self.chance, self.items, self.ages, self.month = chance, items, ages, month
        self.columns = [
            (item, age, when, sex, kind)
            for item in items for age in ages for when in MONTHS
            for sex in "LPT" for kind in ("ABS", "%")
        ]  # fmt: skip
        self.said = {}

    def rows(self):
        head = [["REKAPITULASI KEGIATAN LANSIA"], [], ["KABUPATEN", ": CONTOH"]]
        head += [["PUSKESMAS", ": KENANGA"], ["TAHUN", 2026], ["BULAN", f": {self.month}"], [], []]
        levels = [["NO", "DESA"], *[["", ""] for _ in range(5)]]
        before = ("",) * 6
        for item, age, when, sex, kind in self.columns:
            texts = ("KEGIATAN", item, age, when, sex, kind)
            covered = True
            for level, text in enumerate(texts):
                covered = covered and before[level] == text
                levels[level].append("" if covered else text)
            before = texts
        numbering = [f"({n})" for n in range(1, len(self.columns) + 3)]
        body = [[n, desa, *self.cells(desa)] for n, desa in enumerate(DESA, start=1)]
        sums = [sum(column) for column in zip(*[row[2:] for row in body], strict=True)]
        foot = [["", "JUMLAH", *sums], [], ["", "Mengetahui,"], ["", "Kepala Puskesmas"]]
        return [*head, *levels, numbering, *body, *foot]

    def cells(self, desa):
        for item, age, when, sex, _kind in self.columns:
            number = self.chance.randrange(0, 60)
            if when == "Bulan ini" and _kind == "ABS":
                self.said[item, age, sex] = self.said.get((item, age, sex), 0) + number
            yield number

    def sum_of(self, item, ages, sex):
        return str(sum(self.said[item, age, sex] for age in ages))


ITEMS = ("LANSIA DIBINA", "LANSIA DISKRINING", "LANSIA DIRUJUK")
WAYS = {
    "no ages": (("",), ("",)),
    "from 60": (("45-59 TH", ">= 60 TH", ">= 70 TH"), (">= 60 TH",)),
    "two halves": (("45 - 59 th", "60 - 69 th", "> 70 th"), ("60 - 69 th", "> 70 th")),
    "in words": (("60-69 tahun", "70 tahun ke atas"), ("60-69 tahun", "70 tahun ke atas")),
}


@pytest.fixture
def recap_form(tree):
    return open_report(facility=tree["first"], month=MAY, form="LANSIA", by=None)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("way", WAYS)
def test_this_month_of_those_from_60_on_is_taken_by_sex(ukm, way, seed):
    ages, of_60 = WAYS[way]
    recap = Recap(Random(seed), ITEMS, ages)  # noqa: S311
    found = read(ukm, MEI=recap.rows())
    assert found.cells == {
        ("lansia_dilayani", "L"): recap.sum_of("LANSIA DIBINA", of_60, "L"),
        ("lansia_dilayani", "P"): recap.sum_of("LANSIA DIBINA", of_60, "P"),
        ("skrining_lansia", "L"): recap.sum_of("LANSIA DISKRINING", of_60, "L"),
        ("skrining_lansia", "P"): recap.sum_of("LANSIA DISKRINING", of_60, "P"),
    }
    assert (found.sums, found.other_months) == ([], [])
    assert bool(found.notes) == (len(of_60) > 1), "what was added is told"


def test_the_sheet_of_the_month_is_taken_of_a_year(ukm):
    recaps = {name: Recap(Random(n), ITEMS, ("",), name) for n, name in enumerate(  # noqa: S311
        ("JANUARI", "MEI", "JUNI")
    )}  # fmt: skip
    found = read(ukm, **{name: recap.rows() for name, recap in recaps.items()})
    assert found.sheet == "MEI"
    assert found.cells["lansia_dilayani", "L"] == recaps["MEI"].sum_of("LANSIA DIBINA", ("",), "L")


def test_another_month_in_the_title_is_told(ukm):
    found = read(ukm, Data=Recap(Random(1), ITEMS, ("",), "APRIL").rows())  # noqa: S311
    assert found.other_months == ["4"]


def test_a_total_that_the_villages_do_not_make_is_told(ukm):
    rows = Recap(Random(1), ITEMS, ("",)).rows()  # noqa: S311
    total = next(row for row in rows if len(row) > 2 and row[1] == "JUMLAH")
    total[2:] = [number + 1 for number in total[2:]]
    assert len(read(ukm, MEI=rows).sums) == 4


YOUNGER_AND_OLDEST = {
    "all ages": (("45-59 TH", ">= 60 TH", ">= 70 TH"), "45-59 TH", ">= 70 TH"),
    "two halves": (("45 - 59 th", "60 - 69 th", "> 70 th"), "45 - 59 th", "> 70 th"),
    "in words": (("45–59 tahun", "60 tahun ke atas", "Risti 70 tahun ke atas"), "45–59 tahun",
                 "Risti 70 tahun ke atas"),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("way", YOUNGER_AND_OLDEST)
def test_those_younger_and_those_from_70_on_have_a_form_of_their_own(recap_form, way, seed):
    ages, younger, oldest = YOUNGER_AND_OLDEST[way]
    recap = Recap(Random(seed), ITEMS, ages)  # noqa: S311
    found = read(recap_form, MEI=recap.rows())
    assert found.cells == {
        (element, sex): recap.sum_of("LANSIA DIBINA", (age,), sex)
        for element, age in (("pralansia", younger), ("risti_lansia", oldest))
        for sex in "LP"
    }
    assert (found.sums, found.other_months, found.notes) == ([], [], [])


def test_groups_called_by_their_names_are_taken_where_these_have_one_meaning(recap_form):
    items = ("PRALANSIA DIBINA", "PRALANSIA DIRUJUK", "LANSIA RISTI DIBINA")
    recap = Recap(Random(1), items, ("",))  # noqa: S311
    found = read(recap_form, MEI=recap.rows())
    assert found.cells == {
        ("pralansia", sex): recap.sum_of("PRALANSIA DIBINA", ("",), sex) for sex in "LP"
    }
    assert [note[:32] for note in found.notes] == ["Kolom risti tanpa umur tidak dib"]
    recap = Recap(Random(1), ("LANSIA RISTI (>= 70 TH)", "PRALANSIA"), ("DIBINA", "DIRUJUK"))  # noqa: S311
    found = read(recap_form, MEI=recap.rows())
    assert found.cells == {
        (element, sex): recap.sum_of(item, ("DIBINA",), sex)
        for element, item in (("risti_lansia", recap.items[0]), ("pralansia", recap.items[1]))
        for sex in "LP"
    }


def test_what_is_approved_stands_in_place_of_the_visits(tree, recap_form):
    cells = {("pralansia", "L"): 7, ("pralansia", "P"): 9, ("risti_lansia", "L"): 2}
    report = save_values(
        report=recap_form,
        values=cells | {("risti_lansia", "P"): 3},
        reasons={},
        version=recap_form.version,
        by=None,
    )
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    roll_up_changed()
    found = totals([tree["district"].pk], [MAY], ["pralansia", "risti_lansia"])
    at = tree["district"].pk
    assert (found.get(at, MAY, "pralansia"), found.get(at, MAY, "risti_lansia")) == (16, 5)


def test_ages_and_what_they_make():
    assert ages_of(["LANSIA", "45 - 59 th"]) == (45, 59)
    assert ages_of(["> 70 th"]) == (70, 0)
    assert ages_of(["60 tahun ke atas"]) == (60, 0)
    assert ages_of(["Bulan ini", "L"]) is None
    assert from_60({None: 5, (45, 59): 3}) == (), "the sum of all ages is not that from 60 on"
    assert from_60({(60, 69): 3}) == ()
    assert from_60({(60, 0): 3, (70, 0): 4}) == (3,), "those from 70 on are among them"
    assert group_of(["LANSIA DIBINA", "45-59 th", "Bulan ini"]) == "pralansia"
    assert group_of(["PRALANSIA", "dilayani"]) == "pralansia"
    assert group_of(["PRALANSIA", "50-59 th", "dilayani"]) == "", "other ages are another group"
    assert group_of(["PRALANSIA", "diskrining"]) == "", "no count of those served"
    assert group_of(["Lansia risti", "dibina"]) == ""


def test_the_page_of_a_puskesmas_says_that_the_dinas_approves_what_nobody_owes(tree):
    browser = Client()
    browser.force_login(worker("admin_puskesmas", tree["first"]))
    page = browser.get(f"/laporan/LANSIA/{tree['first'].code}/{MAY}/").content.decode()
    assert "sesudah disahkan Dinas Kesehatan" in page
    assert "sesudah disahkan Kepala Puskesmas" not in page
