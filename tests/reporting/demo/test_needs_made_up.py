"""The needs of the fictitious district: every state is there, and once is enough."""

import pytest
from django.utils import timezone

from facilities.models import Assessment, Innovation, Partner, StaffCount, StandardItem
from facilities.selectors.needs import needs
from reporting.demo.needs import assess_needs
from reporting.demo.places import DISTRICT, open_places, plan
from reporting.demo.sizes import SIZES
from reporting.selectors.kajian import pustu_staffed


@pytest.fixture
def built(db):
    planned = plan(SIZES["small"])
    places = open_places(planned)
    told = []
    assess_needs(planned, places, 1, lambda done, total: told.append((done, total)))
    return planned, places, told


def test_there_is_something_of_everything_and_a_second_run_changes_nothing(built):
    planned, places, told = built
    assert told[-1] == (6, 6)
    states = set(Assessment.objects.values_list("state", flat=True))
    assert states == set(Assessment.State.values)
    today = timezone.localdate()
    found = needs(of=places[DISTRICT], year=today.year, today=today)
    assert found.states[""] > 0, "some have not begun"
    assert {one.group for one in found.largest} == {"sarana", "prasarana", "alat", "sdm", "obat"}
    staffed, known, every = pustu_staffed(found)
    assert 0 < staffed < known == every
    assert set(
        StandardItem.objects.filter(certainty="contoh").values_list("source", flat=True)
    ) == {"Data contoh"}
    models = (Assessment, StaffCount, StandardItem, Innovation, Partner)
    before = [model.objects.count() for model in models]
    assess_needs(planned, places, 1, lambda done, total: None)
    assert [model.objects.count() for model in models] == before
