"""Our numbers beside those of a national application, typed by hand."""

import pytest
from django.urls import reverse

from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions.quality import UnknownFigure, set_outside_figures
from reporting.catalogue import ELEMENTS
from reporting.catalogue.quality import SOURCES
from reporting.models import OutsideFigure
from reporting.selectors.places import Place
from reporting.selectors.quality import gap, outside_figures, quality_of
from tests.factories import worker
from tests.reporting.figures import total

MAY = Month(2025, 5)
PAGE = reverse("reporting:comparison")


def put(tree, values, user=None, source="asik"):
    set_outside_figures(place=tree["first"], month=MAY, source=source, values=values, by=user)


def held(tree):
    found = outside_figures(places=[tree["first"].pk], month=MAY)
    return {code: value for (_place, _source, code), value in found.items()}


def apart(tree):
    one = tree["first"]
    place = Place(one.pk, one.code, one.name, one.kind)
    found = quality_of(places=[place], month=MAY).of("sumber")
    return [(f.subject, f.numbers) for f in found]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [(54, 54, False), (49, 54, False), (45, 50, True), (55, 50, True), (54, 50, False),
     (3, 0, True), (0, 0, False), (0, 8, True)],
)  # fmt: skip
def test_from_a_tenth_on_two_sources_are_apart(tree, ours, theirs, told):
    total(tree["first"], MAY, dpt1=ours)
    put(tree, {"dpt1": theirs})
    assert apart(tree) == ([("asik:dpt1", f"{ours}/{theirs}")] if told else [])


def test_where_one_side_says_nothing_nothing_is_compared(tree):
    put(tree, {"dpt1": 40})
    assert apart(tree) == []
    assert gap(4, 0) is None


def test_what_is_emptied_is_taken_back_and_what_is_typed_again_replaces(tree):
    put(tree, {"dpt1": 40, "dpt3": 0})
    put(tree, {"dpt1": None, "dpt3": 6, "mr1": 7})
    assert held(tree) == {"dpt3": 6, "mr1": 7}
    assert OutsideFigure.objects.count() == 2
    assert AuditEvent.objects.filter(event="quality.compared").count() == 2


def test_only_what_an_application_holds_is_compared(tree):
    with pytest.raises(UnknownFigure):
        put(tree, {"k1": 4})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["district", "first", "second"])
def test_who_may_type_them(tree, role, where):
    user = worker(role, tree[where])
    fills = {Role.ADMIN_PUSKESMAS, Role.PROGRAMMER, Role.ADMIN_DINAS}
    if role in fills and where != "second":
        put(tree, {"dpt1": 5}, user)
        assert held(tree) == {"dpt1": 5}
    else:
        with pytest.raises(Forbidden):
            put(tree, {"dpt1": 5}, user)


def test_the_page_keeps_what_was_typed_until_all_of_it_can_be_read(
    client, tree, django_assert_max_num_queries
):
    total(tree["first"], MAY, dpt1=54)
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    here = f"{PAGE}?w={tree['first'].code}&p=2025-05&k=asik"
    refused = client.post(here, {"dpt1": "40", "dpt3": "empat"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert held(tree) == {}
    assert 'value="40"' in text
    assert 'value="empat"' in text
    assert 'href="#dpt3"' in text
    for odd in ("-4", "3000000000", "4,5"):
        assert client.post(here, {"dpt1": "40", "dpt3": odd}).status_code == 422, odd

    answer = client.post(here, {"dpt1": " 1.040 ", "dpt3": ""}, follow=True)
    assert answer.redirect_chain[0][1] == 302
    assert held(tree) == {"dpt1": 1040}
    with django_assert_max_num_queries(25):
        text = client.get(here).content.decode()
    assert 'value="1.040"' in text
    assert "−94,8" in text


def test_who_only_looks_sees_them_and_cannot_type(client, tree):
    put(tree, {"dpt1": 40})
    client.force_login(worker(Role.LIHAT, tree["district"]))
    here = f"{PAGE}?w={tree['first'].code}&p=2025-05"
    text = client.get(here).content.decode()
    assert "<td" in text
    assert ">40</td>" in text.replace("\n", "").replace("  ", "")
    assert "Simpan" not in text
    assert client.post(here, {"dpt1": "3"}).status_code == 403
    assert held(tree) == {"dpt1": 40}


def test_every_application_is_compared_in_what_is_counted():
    for source in SOURCES.values():
        assert set(source.elements) <= ELEMENTS.keys()
