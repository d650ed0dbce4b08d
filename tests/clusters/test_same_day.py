"""Of two visits of a day the one that meets the need says where a milestone was reached."""

from datetime import date

import pytest

from clusters.actions.following import follow_touched
from clusters.models import Milestone
from tests.reporting.rows import incoming, write

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2025, 9, 8), date(2025, 9, 1)
BORN = {"antenatal": date(1996, 3, 4), "development": date(2023, 3, 4), "school": date(2011, 3, 4)}


@pytest.fixture
def seen(tree):
    """Visits of one person, recorded one after the other; where and for whom a code counts."""

    def run(service, code, *visits):
        for number, (day, place, values) in enumerate(visits):
            row = incoming(
                service, nik="9901015203900001", born_on=BORN[service], sex="P", seen_on=day,
                facility=tree[place], home=tree[{"first": "melati", "second": "mawar"}[place]],
                row=2 + number, **values,
            )  # fmt: skip
            write(service, [row], None)
        follow_touched(by=None)
        return list(
            Milestone.objects.filter(code=code).values_list(
                "on", "facility__name", "home__name", "visit_id"
            )
        )

    return run


PREGNANT = {"lmp_on": date(2025, 6, 2)}
FIRST, SECOND = ("Kenanga", "Melati"), ("Cempaka", "Mawar")


@pytest.mark.parametrize(
    ("service", "code", "visits", "where"),
    [
        ("antenatal", "hb_diperiksa", [(DAY, "first", PREGNANT),
                                       (DAY, "second", PREGNANT | {"hb": 11.4})], SECOND),
        ("antenatal", "hb_diperiksa", [(DAY, "second", PREGNANT | {"hb": 11.4}),
                                       (DAY, "first", PREGNANT | {"hb": 12.0})], SECOND),
        ("antenatal", "kek_mt", [(DAY, "first", PREGNANT | {"muac": 21.0}),
                                 (DAY, "second", PREGNANT | {"extra_food": True})], SECOND),
        ("development", "kpsp_2x", [(EARLIER, "second", {"kpsp": 9}), (DAY, "first", {}),
                                    (DAY, "second", {"kpsp": 9})], SECOND),
        ("development", "kpsp_2x", [(DAY, "second", {"kpsp": 9}),
                                    (DAY, "first", {"kpsp": 9})], FIRST),
        ("school", "rematri_ttd_bulan", [(EARLIER, "first", {"tablets": 1}),
                                         (DAY, "first", {"tablets": 1}),
                                         (DAY, "second", {"tablets": 2})], SECOND),
    ],
    ids=["only", "earliest", "last-need", "second", "second-of-the-day", "sum"],
)  # fmt: skip
def test_the_visit_that_meets_the_need(seen, service, code, visits, where):
    (found,) = seen(service, code, *visits)
    assert found[:3] == (DAY, *where)


def test_it_stays_the_same_visit_when_worked_out_again(seen):
    visits = [(DAY, "first", PREGNANT), (DAY, "second", PREGNANT | {"hb": 11.4})]
    assert seen("antenatal", "hb_diperiksa", *visits) == seen("antenatal", "hb_diperiksa", *visits)
