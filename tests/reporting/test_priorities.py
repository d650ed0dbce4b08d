"""Which need comes first: a score that can be worked out by hand."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.selectors.needs import needs
from ilp.core.errors import Forbidden
from reporting.actions.needs import NotAHundred, note_taken, set_weights
from reporting.models import NeedWeights
from reporting.selectors.priorities import (
    Weights,
    month_of_needs,
    priorities,
    score,
    weights_history,
    weights_on,
)
from tests.facilities.needing import LONG_AGO, entry, standard, this_year, verified
from tests.factories import worker
from tests.reporting import figures

TODAY = timezone.localdate


def ranked(tree, of="district", weights=None):
    found = needs(of=tree[of], year=this_year(), today=TODAY())
    return priorities(found=found, weights=weights or Weights(), today=TODAY())


def people(tree, **numbers):
    month = month_of_needs(this_year(), TODAY())
    values = {tree[key]: {"S_PDD": number} for key, number in numbers.items()}
    figures.sasaran(tree["district"], values, year=month.year)


@pytest.mark.parametrize(
    ("weights", "parts", "expected"),
    [
        (Weights(50, 25, 25), (80, 40, 20), 55),
        (Weights(100, 0, 0), (80, 40, 20), 80),
        (Weights(50, 25, 25), (80, None, 20), 60),
        (Weights(50, 25, 25), (80, None, None), 80),
        (Weights(0, 100, 0), (80, None, 20), 0),
    ],
)
def test_the_score_is_the_weighted_mean_of_what_is_known(weights, parts, expected):
    assert score(weights, *parts) == pytest.approx(expected)


def test_the_same_gap_weighs_more_where_more_people_live(tree):
    standard(tree["district"], number=4)
    verified(tree["pustu_satu"], entry(2))
    verified(tree["pustu_dua"], entry(2))
    people(tree, first=5_000, second=20_000)
    found = ranked(tree)
    told = [(one.centre.name, one.gap, one.centre.burden, one.centre.low) for one in found]
    assert told == [("Cempaka", 50, 100, None), ("Kenanga", 50, 25, None)]
    assert [one.score for one in found] == pytest.approx([(25 + 25) / 0.75, (25 + 6.25) / 0.75])
    assert found[0].is_partial
    assert found[0].places == ("Pustu dua",)


def test_low_achievement_is_the_mean_shortfall_from_this_months_targets(tree):
    standard(tree["district"], number=4)
    verified(tree["pustu_satu"], entry(0))
    month = month_of_needs(this_year(), TODAY())
    figures.sasaran(tree["district"], {tree["first"]: {"S_PROD": 1_200}}, year=month.year)
    figures.total(tree["first"], month, skrining_produktif=25 * month.number)  # 100 a month wanted
    assert [one.centre.low for one in ranked(tree)] == pytest.approx([75])
    figures.total(tree["first"], month, skrining_produktif=900 * month.number)
    assert [one.centre.low for one in ranked(tree)] == [0], "more than wanted is not less than none"


def test_what_nobody_lacks_has_no_rank(tree):
    standard(tree["district"], number=1)
    verified(tree["pustu_satu"], entry(1))
    assert ranked(tree) == []


def test_a_puskesmas_is_measured_by_the_largest_of_the_district(tree):
    standard(tree["district"], number=4)
    verified(tree["pustu_satu"], entry(2))
    people(tree, first=5_000, second=20_000)
    assert [one.score for one in ranked(tree, "first")] == [one.score for one in ranked(tree)]


def test_weights_hold_from_their_day_and_a_second_choice_cancels_the_first(tree):
    on = TODAY()
    assert weights_on(district=tree["district"], on=on) == Weights()
    for gap in (60, 70):
        set_weights(
            district=tree["district"], gap=gap, burden=100 - gap, low=0, since=LONG_AGO, by=None
        )
    assert weights_on(district=tree["district"], on=on) == Weights(70, 30, 0, LONG_AGO)
    assert [row.cancelled_at is None for row in weights_history(district=tree["district"])] == [
        True,
        False,
    ]


@pytest.mark.parametrize("parts", [(50, 25, 24), (50, 60, -10), (0, 0, 0)])
def test_weights_are_a_hundred(tree, parts):
    gap, burden, low = parts
    with pytest.raises(NotAHundred):
        set_weights(
            district=tree["district"], gap=gap, burden=burden, low=low, since=LONG_AGO, by=None
        )
    assert not NeedWeights.objects.exists()


def test_the_database_refuses_it_too(tree):
    set_weights(district=tree["district"], gap=50, burden=25, low=25, since=LONG_AGO, by=None)
    with pytest.raises(IntegrityError, match="weights_are_a_hundred"), transaction.atomic():
        NeedWeights.objects.update(gap=60)


def test_only_the_dinas_weighs_and_who_exports_takes(tree):
    user = worker("admin_puskesmas", tree["first"])
    with pytest.raises(Forbidden):
        set_weights(district=tree["district"], gap=50, burden=25, low=25, since=LONG_AGO, by=user)
    note_taken(place=tree["first"], year=this_year(), rows=1, by=user)
    with pytest.raises(Forbidden):
        note_taken(
            place=tree["first"], year=this_year(), rows=1, by=worker("lihat", tree["district"])
        )
