"""What was kept of a district is asked for anew; when its numbers changed is told apart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from facilities.actions.tree import rebuild
from facilities.actions.versions import raise_versions
from facilities.models import DataVersion
from ilp.core import sql
from ilp.core.months import Month
from reporting.selectors.periods import freshness

pytestmark = pytest.mark.django_db

MAY = Month(2026, 5)


def counted(place):
    told = freshness(of=place, month=MAY, kind="puskesmas", today=timezone.localdate())
    return told.changed_at


def test_a_new_tree_is_another_page_for_every_district_but_no_count(tree):
    DataVersion.objects.all().delete()
    rebuild()
    first = DataVersion.objects.get(district=tree["district"])
    rebuild()
    assert DataVersion.objects.get(pk=first.pk).number == first.number + 1
    assert counted(tree["first"]) is None


@pytest.mark.parametrize("numbers", [True, False])
def test_names_change_without_numbers(tree, numbers):
    sql.run("reporting/new_version", district=tree["district"].pk)
    before = DataVersion.objects.get(district=tree["district"])
    DataVersion.objects.update(changed_at=timezone.now() - timedelta(days=1))
    then = counted(tree["first"])
    raise_versions(place=tree["first"], by=None, numbers=numbers)
    assert DataVersion.objects.get(pk=before.pk).number == before.number + 1
    assert (counted(tree["first"]) > then) is numbers
