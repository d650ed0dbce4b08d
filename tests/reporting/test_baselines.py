"""Limits begin anew where somebody who answers for them says so and why."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from facilities.models import DataVersion
from facilities.roles import Permission, Role, roles_with
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions.baselines import BaselineAhead, BaselineNeedsReason, move_baseline
from reporting.catalogue import indicator
from reporting.models import Baseline
from reporting.selectors.control import controls
from reporting.views.baselines import BaselineForm
from tests.factories import worker
from tests.reporting.figures import MAY
from tests.reporting.long_run import long_district
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
SINCE = Month(2024, 1)
MOVE = reverse("reporting:baseline-move", args=["IB04"])


@pytest.fixture
def places():
    forget()
    return long_district()


def move(places, since=SINCE, reason="Layanan pindah ke Posyandu", by=None, at="district"):
    return move_baseline(district=places[at], indicator="IB04", since=since, reason=reason, by=by)


def chart(places, name="first", month=MAY):
    pk, one = places[name].pk, indicator("IB04", month.last_day)
    return controls(places=[pk], indicators=[one], month=month)[pk, "IB04"]


def test_months_before_it_no_longer_make_the_limits(places):
    before = chart(places)
    move(places)
    after = chart(places)
    assert (len(before.points), len(after.points)) == (29, 17)
    assert after.points[0].month == SINCE
    assert chart(places, month=Month(2023, 12)).points[0].month == Month(2023, 1), "not yet begun"


def test_the_last_that_was_said_holds(places):
    move(places, Month(2024, 6))
    move(places, Month(2023, 6), "Salah bulan")
    assert chart(places).points[0].month == Month(2023, 6)
    assert Baseline.objects.count() == 2


def test_it_is_on_record_and_kept_pages_are_made_anew(places):
    user = worker(Role.ADMIN_DINAS, places["district"])
    before = DataVersion.objects.filter(district=places["district"]).first()
    move(places, by=user)
    event = AuditEvent.objects.get(event="baseline.moved")
    assert (event.actor, event.detail) == (user, {"indicator": "IB04", "since": "2024-01"})
    after = DataVersion.objects.get(district=places["district"])
    assert after.number > (before.number if before else 0)


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"reason": "  "}, BaselineNeedsReason, "Tulis alasan"),
        ({"since": Month.of(date.max)}, BaselineAhead, "bulan yang sudah berakhir"),
    ],
)
def test_without_a_reason_or_ahead_of_time_it_is_refused(places, more, error, words):
    with pytest.raises(error) as refused:
        move(places, **more)
    assert words in refused.value.sentence
    assert not Baseline.objects.exists()


def test_the_table_itself_wants_a_reason(places):
    with pytest.raises(IntegrityError), transaction.atomic():
        Baseline.objects.create(
            district=places["district"], indicator="IB04", since=SINCE, reason=""
        )


@pytest.mark.parametrize("role", Role)
def test_only_who_answers_for_targets_may(places, role):
    user = worker(role, places["district"])
    if role in roles_with(Permission.MANAGE_TARGETS):
        assert move(places, by=user).by == user
    else:
        with pytest.raises(Forbidden):
            move(places, by=user)


def test_the_page_offers_it_shows_it_and_says_what_was_wrong(client, places):
    client.force_login(worker(Role.ADMIN_DINAS, places["district"]))
    move_it = reverse("reporting:baseline-move", args=["SPM01"])
    earliest = BaselineForm().fields["since"].choices[-1][0]
    here = f"/indikator/SPM01/?v=spc&p={earliest}"
    assert "Hitung ulang batasnya" in client.get(here).content.decode()
    blank = {"dasar-since": earliest, "dasar-reason": " "}
    answer = client.post(f"{move_it}?w=99.01", blank, follow=True)
    assert "Tulis alasan" in answer.content.decode()
    assert not Baseline.objects.exists()
    client.post(f"{move_it}?w=99.01", blank | {"dasar-reason": "Cara hitung diganti"})
    assert "Cara hitung diganti" in client.get(here).content.decode()
    below = client.get(f"{here}&w={places['first'].code}").content.decode()
    assert "Cara hitung diganti" in below
    assert "Hitung ulang batasnya" not in below


def test_who_may_not_is_refused_and_is_not_offered(client, places):
    client.force_login(worker(Role.LIHAT, places["district"]))
    assert "Hitung ulang batasnya" not in client.get("/indikator/IB04/?v=spc").content.decode()
    typed = {"dasar-since": BaselineForm().fields["since"].choices[0][0], "dasar-reason": "x"}
    assert client.post(f"{MOVE}?w=99.01", typed).status_code == 403


def test_it_is_of_a_district_alone(client, places):
    client.force_login(worker(Role.ADMIN_DINAS, places["district"]))
    typed = {"dasar-since": BaselineForm().fields["since"].choices[0][0], "dasar-reason": "x"}
    assert client.post(f"{MOVE}?w={places['first'].code}", typed).status_code == 404
    assert not Baseline.objects.exists()
