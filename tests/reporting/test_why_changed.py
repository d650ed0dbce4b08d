"""Why an indicator is another number than at its release: by place, down to who recorded it."""

import pytest
from django.urls import reverse

from facilities.roles import Role
from reporting.actions.releases import release_month
from reporting.catalogue import indicator
from reporting.models import Release
from reporting.selectors.places import Place
from reporting.selectors.why_changed import why_changed
from tests.reporting.released_pages import corrected_since, forget, signed_in, text
from tests.reporting.releasing import MONTH, correct, release, reopen, with_visits

STUNTING = "AN26"  # its denominator grows by the child that came in late
PAGE = reverse("reporting:indicator-changes", args=[STUNTING])


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


def as_place(facility):
    return Place(facility.pk, facility.code, facility.name, facility.kind)


def asked(tree, code=STUNTING, **more):
    return why_changed(
        indicator=indicator(code, MONTH.last_day), of=as_place(tree["district"]),
        below=[as_place(tree["first"]), as_place(tree["second"])], month=MONTH, **more,
    )  # fmt: skip


def test_the_change_is_followed_down_to_the_place_that_recorded_it(tree):
    corrected_since(tree)
    found = asked(tree, before=Release.objects.get())
    assert [one.place.pk for one in found.places] == [tree["district"].pk, tree["first"].pk]
    whole = found.places[0]
    assert whole.after.denominator == whole.before.denominator + 1
    [moved] = [one for one in found.moved if one.code == "diukur_tbu"]
    assert (moved.month, moved.after - moved.before, moved.service) == (MONTH, 1, "growth")
    assert moved.place.pk == tree["melati"].pk


def test_two_revisions_are_compared_without_what_came_later(tree):
    with_visits(tree)
    release(tree["district"])
    reopen(tree["district"])
    correct(tree)
    release(tree["district"], reason="Susulan satu anak")
    reopen(tree["district"])
    correct(tree, number=2)
    first, second = Release.objects.order_by("number")
    between = asked(tree, before=first, after=second)
    assert [m.after - m.before for m in between.moved if m.code == "diukur_tbu"] == [1]
    since = asked(tree, before=second)
    assert [m.after - m.before for m in since.moved if m.code == "diukur_tbu"] == [1]
    assert asked(tree, before=second, after=second).places == ()


def test_the_page_shows_both_sides_and_leads_on(tree):
    corrected_since(tree)
    client = signed_in(Role.ADMIN_PUSKESMAS, tree["first"])
    here = {"w": tree["first"].code, "p": str(MONTH)}
    found = " ".join(text(client.get(PAGE, here)).split())
    assert "Rev. 1" in found
    assert "Sekarang" in found
    assert f'data-change="{tree["first"].code}"' in found
    assert "/kunjungan/?w=" in found
    leader = signed_in(Role.KEPALA_DINAS, tree["district"])
    assert "/kunjungan/?w=" not in text(leader.get(PAGE, {"p": str(MONTH)}))


def test_a_month_that_was_not_released_says_so_and_one_that_stayed_too(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    assert "Maret 2025 belum dirilis" in text(client.get(PAGE, {"p": str(MONTH)}))
    release_month(district=tree["district"], month=MONTH, by=None)
    forget()
    assert "Tidak berubah" in text(client.get(PAGE, {"p": str(MONTH)}))


def test_the_page_of_the_indicator_leads_to_it_only_where_there_is_a_release(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    here = reverse("reporting:indicator", args=[STUNTING])
    assert "/perubahan/" not in text(client.get(here, {"p": str(MONTH)}))
    release_month(district=tree["district"], month=MONTH, by=None)
    forget()
    assert "/perubahan/" in text(client.get(here, {"p": str(MONTH)}))


def test_a_place_outside_ones_scope_does_not_exist(tree):
    with_visits(tree)
    client = signed_in(Role.ADMIN_PUSKESMAS, tree["first"])
    assert client.get(PAGE, {"w": tree["second"].code, "p": str(MONTH)}).status_code == 404
