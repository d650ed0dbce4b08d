"""The profile of a place: its tabs, what each shows to whom, and the print."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.actions.ilp import record_ilp_status
from facilities.actions.places import move, rename
from facilities.models import Axis
from facilities.roles import Role
from ilp.core.months import Month
from ilp.core.weeks import month_of
from reporting.models import Report
from reporting.selectors.network import network
from reporting.selectors.places import Place
from reporting.selectors.profiles import rank_of, reports_of, year_of_reports
from reporting.selectors.surroundings import counts_below
from reporting.selectors.targets import sasaran
from reporting.views.place_tabs import TABS
from reporting.workflow import Status
from tests.factories import place, worker
from tests.reporting.figures import MAY, PEOPLE, filled_district
from tests.reporting.test_pages import MOST_QUERIES, Figures

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 20)
VIEWS = [*(tab.slug for tab in TABS), "cetak"]


@pytest.fixture
def places():
    return filled_district()


def as_place(one):
    return Place(one.pk, one.code, one.name, one.kind)


def page(client, one, view=""):
    address = reverse("reporting:place", args=[one.code])
    return client.get(address, {"v": view, "p": "2025-05"})


def tree(one):
    held = as_place(one)
    return network(of=held, counts=counts_below(held, MAY), month=MAY, today=TODAY)


def shape(nodes):
    return {node.place.name: shape(node.children) for node in nodes}


@pytest.mark.parametrize("view", VIEWS)
def test_every_tab_of_every_kind_of_place_opens_within_its_budget(
    client, places, view, django_assert_max_num_queries
):
    client.force_login(worker(Role.ADMIN_DINAS, places["district"]))
    for one in places.values():
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = page(client, one, view)
        assert answer.status_code == 200, one.code


def test_the_network_leads_from_the_pustu_over_the_village_to_the_posyandu(places):
    place("posyandu", network=places["first"], area=places["desa_satu"])
    empty = place("desa", area=places["first"], label=places["kec_one"])

    found = shape(tree(places["first"]))

    assert found["Pustu satu"] == {"Desa satu": {"Melati": {}}}
    assert list(found["Desa satu"]) == [next(iter(found["Desa satu"]))]
    assert next(iter(found["Desa satu"])).startswith("Posyandu")
    assert found[empty.name] == {}


def test_of_a_district_only_the_first_step_is_shown(places):
    assert shape(tree(places["district"])) == {"Cempaka": {}, "Kenanga": {}}


def test_a_village_shows_what_lies_in_it_and_a_posyandu_nothing(places):
    assert set(shape(tree(places["desa_satu"]))) == {"Pustu satu"}
    assert tree(places["melati"]) == ()


def test_each_place_of_the_network_says_how_far_it_is(places):
    record_ilp_status(
        facility=places["first"], state="berjalan", since=date(2024, 8, 21),
        evidence="Berita acara", decree="", by=None,
    )  # fmt: skip
    Report.objects.create(
        facility=places["first"], form_code="kia", month=MAY, status=Status.APPROVED,
        sent_at=timezone.now(),
    )  # fmt: skip

    second, first = tree(places["district"])

    assert (first.ilp, first.ilp_label, first.reports) == ("berjalan", "Berjalan", 1)
    assert (second.ilp, second.reports) == ("", 0)
    assert first.owed == second.owed > 1
    assert tree(places["first"])[0].size == 2


def test_the_reports_of_the_year_are_counted_over_all_forms(places):
    held = reports_of(places["first"], MAY)
    owed = sum(
        month_of(due.month) == MAY for form, row in held if not form.voluntary for due in row
    )

    months = year_of_reports(held, MAY, TODAY)

    assert [one.month.number for one in months] == list(range(1, 13))
    assert (months[4].expected, months[4].sent, months[4].overdue) == (owed, 0, owed)
    assert months[11].expected > 0
    assert months[11].overdue == 0


def test_the_rank_counts_the_standards_met_and_shares_ties(places):
    beside = [as_place(places[name]) for name in ("first", "second")]

    people = sasaran(places=[one.pk for one in beside], codes=PEOPLE, month=MAY)
    first = rank_of(of=beside[0], beside=beside, month=MAY, people=people)
    second = rank_of(of=beside[1], beside=beside, month=MAY, people=people)

    assert first.of == 2
    assert first.rank == 1
    assert second is None  # it did not report in May
    assert rank_of(of=beside[0], beside=beside[:1], month=MAY, people=people) is None


def test_who_sees_no_neighbours_is_told_no_rank(client, places):
    client.force_login(worker(Role.KEPALA_PUSKESMAS, places["first"]))
    assert "Peringkat 1 dari" not in page(client, places["first"]).content.decode()
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    assert "Peringkat 1 dari 2 Puskesmas" in page(client, places["first"]).content.decode()


def test_the_tab_of_indicators_says_what_their_pages_say(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text = page(client, places["first"], "indikator").content.decode()

    one = reverse("reporting:indicator", args=["IB04"])
    alone = client.get(one, {"w": places["first"].code, "p": "2025-05"}).content.decode()
    value = float(Figures(alone).found["IB04"])
    assert f"{value:.1f}".replace(".", ",") + "%" in text
    assert f"{one}?w={places['first'].code}" in text


def test_the_past_of_a_place_is_told_in_words(client, places):
    rename(place=places["melati"], name="Anggrek", by=None)
    move(
        place=places["melati"], parent=places["first"], axis=Axis.NETWORK,
        since=Month(2026, 1), by=None,
    )  # fmt: skip
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text = page(client, places["melati"], "riwayat").content.decode()

    assert "“Melati” menjadi “Anggrek”" in text
    assert "Jaringan: di bawah Pustu Pustu satu" in text
    assert "31 Desember 2025" in text


def test_who_served_is_told_to_those_who_manage_accounts(client, places):
    worker(Role.KADER, places["melati"], first_name="Ibu Sri")
    client.force_login(worker(Role.ADMIN_DINAS, places["district"]))
    assert "Ibu Sri" in page(client, places["melati"], "riwayat").content.decode()
    client.force_login(worker(Role.PROGRAMMER, places["district"]))
    assert "Ibu Sri" not in page(client, places["melati"], "riwayat").content.decode()


def test_the_print_holds_the_tabs_that_belong_on_paper(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text = page(client, places["first"], "cetak").content.decode()

    for tab in TABS:
        assert (f'<h2 class="section-title">{tab.label}</h2>' in text) is tab.printed
    assert "data-print" in text


def test_an_unknown_tab_is_the_first(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    assert 'aria-current="page">Ringkasan' in page(client, places["first"], "x").content.decode()
