"""The page of a cluster: what it says, what it narrows, where it leads."""

import pytest
from django.urls import reverse

from facilities.roles import Role
from ilp.core.months import Month
from reporting.catalogue import INDICATORS, VERSIONS
from reporting.catalogue.cascades import CASCADES
from reporting.charts.trend import of_shares
from reporting.selectors.cluster import Line, indicators_of, is_worsening, sentences
from reporting.selectors.scores import Score
from reporting.selectors.situation import CLUSTERS, Figure
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total

K6, STUNTING, WATCHED = (INDICATORS[code] for code in ("IB04", "AN26", "DW12"))
CHART = of_shares([None] * 12, (), 2025, [None] * 12, True)


def line(one, spark, numerator=50, place=1):
    score = Score(one, place, Month(2026, 12), numerator, 100, 1, 1, True)
    return Line(Figure(score, None, tuple(spark), CHART), 0, 0)


@pytest.mark.parametrize(
    ("one", "spark", "worse"),
    [
        (K6, (9, 8, 7, 6), True),
        (K6, (9, 8, 8, 7), False),
        (K6, (8, 7, 6), False),
        (K6, (9, None, 7, 6), False),
        (K6, (1, 9, 8, 7, 6), True),
        (K6, (6, 7, 8, 9), False),
        (STUNTING, (6, 7, 8, 9), True),
        (STUNTING, (9, 8, 7, 6), False),
        (WATCHED, (9, 8, 7, 6), False),
    ],
)
def test_three_months_in_a_row_are_worth_a_sentence(one, spark, worse):
    assert is_worsening(line(one, spark).figure, 3) is worse


def test_sentences_count_name_the_worst_and_warn():
    said = sentences([line(K6, (9, 8, 7, 6), 20), line(STUNTING, (5, 5, 5, 5), 5)])
    assert said == [
        "1 dari 2 indikator bertarget mencapai target bulan ini.",
        f"Paling tertinggal: {K6.label}.",
        f"Perhatian, memburuk 3 bulan berturut-turut: {K6.label}.",
    ]


def test_long_lists_of_warnings_are_cut():
    said = sentences([line(K6, (9, 8, 7, 6))] * 5)
    assert said[-1].endswith(f"{K6.label} dan 2 lainnya.")


def test_without_numbers_nothing_is_said():
    assert sentences([]) == []


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_holds_its_own_and_what_it_borrows(cluster):
    listed = indicators_of(cluster, MAY)
    assert all(one.cluster == cluster or cluster in one.also for one in listed)
    assert {one.code for one in listed if one.cluster == cluster} == {
        one.code for one in VERSIONS if one.cluster == cluster and one.holds_on(MAY.last_day)
    }


@pytest.fixture
def places(db):
    return filled_district()


def page(client, places, query="", code="K2", role=Role.KEPALA_DINAS, at="district"):
    client.force_login(worker(role, places[at]))
    return client.get(reverse("reporting:cluster", args=[code]) + query)


def test_every_indicator_of_the_cluster_stands_on_its_page(client, places):
    text = page(client, places).content.decode()
    for one in indicators_of("K2", MAY):
        assert f"/indikator/{one.code}/" in text
    assert "indikator bertarget mencapai target bulan ini" in text
    assert "Angka sementara" in text


def test_a_stage_of_life_narrows_the_list_and_shows_its_heat_table(client, places):
    text = page(client, places, "?t=bumil").content.decode()
    assert "/indikator/IB04/" in text
    assert "/indikator/AN26/" not in text
    wanted = {one.code for one in indicators_of("K2", MAY, "bumil")}
    assert all(INDICATORS[code].stage == "bumil" for code in wanted)


def test_the_cascade_adds_up_since_january(client, places):
    text = page(client, places).content.decode()
    # Five months of 5, 3 and … times three, from tests.reporting.figures.
    assert f"{INDICATORS['IB02'].label}: 75" in text
    assert f"{INDICATORS['IB04'].label}: 45" in text
    assert "bukan kelompok orang yang sama" in text


def test_a_cluster_without_indicators_says_from_where_they_will_come(client, places):
    empty = [code for code in CLUSTERS if not indicators_of(code, MAY)]
    for code in empty:
        assert "Belum ada indikator" in page(client, places, code=code).content.decode()
    full = [code for code in CLUSTERS if code not in empty]
    assert "Belum ada indikator" not in page(client, places, code=full[0]).content.decode()


def test_a_month_without_numbers_offers_the_last_one(client, places):
    text = page(client, places, "?p=2024-01").content.decode()
    assert "Belum ada angka untuk" in text
    assert "p=2025-05" in text


def test_no_such_cluster(client, places):
    assert page(client, places, code="K9").status_code == 404


def test_a_posyandu_has_no_places_below(client, places):
    text = page(client, places, role=Role.KADER, at="melati")
    assert text.status_code in (200, 403)
    if text.status_code == 200:
        assert "Rapor klaster" not in text.content.decode()


def test_every_cascade_can_be_walked():
    for cascade in CASCADES:
        assert all(code in INDICATORS for code in cascade.steps)
        assert cascade.cluster in CLUSTERS


def test_a_plain_number_is_shown_as_one(client, places):
    total(places["district"], MAY, kematian_ibu=2)
    row = page(client, places, code="K1").content.decode()
    row = row[row.index("/indikator/IB32/") :].split("</tr>")[0]
    assert "<strong>2</strong>" in " ".join(row.split())
