"""Every benchmark runs and compares equal things, at a toy size; no time is judged."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import (
    bench_annotate,
    bench_catalogue,
    bench_cells,
    bench_changes,
    bench_completeness,
    bench_form,
    bench_ingest,
    bench_overview,
    bench_pages,
    bench_roll_up,
    bench_targets,
    bench_workers,
    bench_zscores,
    databases,
    district,
    plain_page,
    workbook,
)
from benchmarks.measuring import Result, interleaved, same, table
from benchmarks.others import FILLED
from clusters.excel.imports import run_import
from clusters.models import VISITS
from facilities.models import Facility
from reporting import totals
from reporting.models import Total
from tests.reporting.figures import total

TOY = district.Size(puskesmas=2, desa=4, pustu=4, posyandu=12, visits=600)
SHORT = district.LAST.plus(-1)


@pytest.fixture
def places(db):
    return district.open_places(TOY)


@pytest.fixture
def filled(transactional_db, settings):
    """Its own commits, as the fill drops and builds indexes; the tables are emptied afterwards."""
    district.open_places(TOY)
    district.fill(TOY, first=SHORT, last=district.LAST)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_posyandu, bench_long")


@pytest.fixture
def plain_app(settings):
    """import-export asks for the app of its model."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, databases.APP]


def ratios(results):
    assert results
    assert all(r.ours is None or r.ours > 0 for r in results)
    return {result.name: result.ratio for result in results}


@pytest.mark.slow
def test_roll_up_equals_duckdb_and_single_counts(filled):
    found = ratios(bench_roll_up.run(sample=30))
    assert len(found) == 2
    with_visits = {code for code, model in VISITS.items() if model.objects.exists()}
    assert with_visits >= {"antenatal", "growth", "immunisation", "adult"}
    assert set(Total.objects.values_list("programme", flat=True)) == with_visits


def test_each_element_can_be_counted_by_itself(places):
    """The sample of the benchmark may meet any of them."""
    place = Facility.objects.get(kind="dinas").pk
    assert {bench_roll_up.count_one(element, place) for element in bench_roll_up.COUNTED} == {0}


def test_sasaran_are_added_up_once_for_each_village(transactional_db):
    district.open_places(TOY)
    assert len(ratios(bench_targets.run(rounds=1))) == 4


@pytest.mark.slow
def test_completeness_is_the_same_place_by_place(transactional_db):
    district.open_places(TOY)
    (ratio,) = ratios(bench_completeness.run(rounds=1)).values()
    found = bench_completeness.ours()

    assert ratio > 0
    assert len({rate.complete for rate in found.values()}) > 2
    assert any(0 < rate.in_time < rate.sent < rate.expected for rate in found.values())


def test_the_whole_catalogue_costs_something_beside_its_first_indicators(filled):
    whole = bench_catalogue.whole_month(visits=TOY.visits, rounds=1)
    found = ratios([whole, bench_catalogue.changed_cells(cells=5, rounds=1)])
    assert len(found) == 2
    others = VISITS.keys() - FILLED
    assert [code for code in others if not VISITS[code].objects.exists()] == []
    assert len(bench_catalogue.first_indicators()) == bench_catalogue.FIRST
    assert stored() == everything_rolled_up()


@pytest.mark.slow
def test_changed_cells_are_counted_again_as_they_were(filled):
    before = everything_rolled_up()
    found = ratios(bench_changes.run("one", "one", counts=(2, 3, 5), use=str))
    assert len(found) == 5
    assert stored() == before


@pytest.mark.slow
def test_the_overview_is_the_same_from_the_long_table(filled):
    found = ratios(bench_overview.run(months=2, rounds=1))
    assert len(found) == 3
    shown = bench_overview.shown_elements()
    place = Facility.objects.get(kind="dinas").pk
    assert totals.read([place], [district.LAST], shown).get(place, district.LAST, "skdn_d")


@pytest.mark.slow
def test_every_index_is_back_after_filling(filled):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname IN "
            "('reached_once', 'growth_once_a_day_and_place', 'milestone_home')"
        )
        assert cursor.fetchone() == (3,)


def test_the_workbook_is_thirty_columns_of_good_rows(places):
    puskesmas = Facility.objects.filter(kind="puskesmas").first()
    found = workbook.rows(20, puskesmas=puskesmas, month=district.LAST)
    assert len(workbook.titles()) == workbook.WIDTH == len(found[0])
    data = workbook.workbook(found, puskesmas)
    result = run_import(
        path=data, file_name="x.xlsx", service=None, facility=puskesmas, by=None, keep=True
    )
    assert (result.service, result.new, result.rejected) == (workbook.SERVICE, 20, 0), result.issues


def test_a_file_is_marked_whole(places, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    found = ratios(bench_annotate.run(count=40, rounds=1))
    assert len(found) == 1


@pytest.mark.slow
def test_ingest_runs_all_ways(transactional_db, plain_app, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    district.open_places(TOY)
    try:
        found = ratios(bench_ingest.run(count=20, sample=10, rounds=1))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TABLE IF EXISTS bench_plain, bench_plain_visit, bench_plain_person, "
                "bench_copied"
            )
    assert found["ingest 20 x 30: rows written by the same file"] == 0


def test_the_page_is_made_anew_in_two_ways_that_say_the_same(places, client):
    user = bench_pages.prepare()
    client.force_login(user)
    for place in Facility.objects.filter(kind__in=["dinas", "puskesmas"]):
        total(place, district.LAST, k1=7, k6=5, skdn_d=1234, idl=3, skrining_produktif=11_000)
    assert len(ratios(bench_pages.made_anew(client, user, rounds=1))) == 6


@pytest.mark.parametrize("page", [plain_page.SITUATION, plain_page.SCORECARD])
def test_pages_that_differ_in_a_cell_are_refused(page):
    cell = '<td class="heat q-bl"><a href="/" aria-label="A: {0}%"><span>{0}</span></a></td>'
    figure = '<data class="figure" data-indicator="K1" value="1.5">1,5</data>'
    plain_page.compare(page, cell.format("44,96") + figure, cell.format("45,0") + figure)
    with pytest.raises(AssertionError, match="differ"):
        plain_page.compare(page, cell.format("44,9") + figure, cell.format("45,0") + figure)
    with pytest.raises(AssertionError, match="nothing to compare"):
        plain_page.compare(page, figure, figure)


def test_reading_cells_and_z_scores_run():
    few = bench_zscores.children(3)
    bench_zscores.ours(few)
    bench_zscores.bound(bench_zscores.parameters(few))
    data = bench_cells.make_file(5)
    assert len(bench_cells.read_and_parse(data, 5)) == bench_cells.COLUMNS


def test_a_goal_is_met_on_the_right_side():
    assert Result("a", ratio=40, goal=">= 40").met is True
    assert Result("a", ratio=4.9, goal=">= 5, <= 14").met is False
    assert Result("a", ratio=2.6, goal="<= 2.5").met is False
    assert Result("a", ratio=1.0).met is None


def test_the_table_shows_what_missed_its_goal():
    text = table([Result("slow", 2.0, 1.0, 0.5, ">= 3", "a note"), Result("known", 0.002)])
    cells = [line.split() for line in text.splitlines()]
    assert ["slow", "2.00", "s", "1.00", "s", "0.5x", ">=", "3", "NO"] in cells
    assert ["known", "2", "ms"] in cells
    assert "- slow: a note" in text


def test_ways_take_turns():
    order = []
    took = interleaved(
        {"a": lambda: order.append("a"), "b": lambda: order.append("b")},
        rounds=2,
        before=lambda name: order.append(f"before {name}"),
    )
    assert order == ["before a", "a", "before b", "b"] * 2
    assert set(took) == {"a", "b"}


def test_sides_that_differ_are_refused():
    with pytest.raises(AssertionError, match="differ"):
        same("x", 1, 2)


def everything_rolled_up():
    bench_roll_up.roll_up(list(Facility.objects.values_list("pk", flat=True)))
    return stored()


def stored():
    return sorted(Total.objects.values_list("place_id", "month", "programme", "own", "total"))


def test_a_large_form_says_the_same_either_way(places):
    page, answer = bench_form.run(rounds=1)
    assert min(page.ratio, answer.ratio) > 0


class TestLargeForm:
    """500 cells under 200 rules: R-FORM, and the budget of a page."""

    @pytest.fixture
    def filled(self, places):
        return bench_form.fill()

    def test_opening_it_costs_at_most_25_queries(self, filled):
        with CaptureQueriesContext(connection) as asked:
            page = filled.client.get(filled.page)
        assert page.status_code == 200
        assert page.content.count(b'class="cell-input') == 500
        assert len(asked) <= 25

    def test_an_answer_costs_at_most_eight(self, filled):
        ours, _plain = bench_form.saving(filled)
        with CaptureQueriesContext(connection) as asked:
            answer = ours()
        assert answer["conflicts"] == 0
        statements = [
            q["sql"] for q in asked if not q["sql"].startswith(("SAVE", "RELEASE", "ROLL"))
        ]
        assert len(statements) <= 8, "\n".join(statements)


def test_workers_are_processes_that_take_files_in(transactional_db, plain_app, tmp_path):
    district.open_places(TOY)
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"
    try:
        found = bench_workers.run(tmp_path, url, large=300, usual=100, rounds=1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TABLE IF EXISTS bench_plain, bench_plain_visit, bench_plain_person, "
                "bench_copied"
            )
    assert [one.ratio > 0 for one in found] == [True, True, True]
