"""The demo comes in through the same doors as everything else, and only once."""

import io
import json
import stat
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from clusters.models import VISITS, Person, Upload, UploadIssue
from facilities.actions.places import close
from facilities.models import ChangedCell, Facility, IlpStatus, IlpTarget
from facilities.roles import Role
from ilp.core.models import AuditEvent, User
from ilp.core.months import Month
from reporting.demo.door import Door
from reporting.demo.places import DISTRICT
from reporting.demo.seeding import last_full_month
from reporting.models import FollowUp, Meeting, Report, Target, TargetSet, Total
from reporting.selectors.follow_ups import of_last_meeting, to_do
from reporting.selectors.verification import differences
from reporting.workflow import Status

pytestmark = pytest.mark.django_db


def seed(folder, *words):
    out, err = io.StringIO(), io.StringIO()
    options = ["--size", "mini", "--accounts", str(folder / "accounts.json"), *words]
    call_command("seed_demo", *options, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


class BrokenOff(Exception):
    """Somebody pulled the plug."""


def broken_off(folder, *, after):
    """A run that ends while its files are handed in."""
    hand_in, handed = Door.hand_in, count(1)

    def pulled(door, book):
        if next(handed) > after:
            raise BrokenOff
        hand_in(door, book)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "hand_in", pulled)
        with pytest.raises(BrokenOff):
            seed(folder)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The district as a run left it that completed one broken off, for all tests of this module:
    it takes half a minute."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        broken_off(folder, after=5)
        assert Upload.objects.count() == 5
        yield (folder, *seed(folder, "--dir", str(folder / "berkas")))
        transaction.set_rollback(True)


def visits():
    return sum(model.objects.count() for model in VISITS.values())


def everything():
    tables = [Facility, Person, Upload, UploadIssue, TargetSet, Target, IlpStatus, IlpTarget]
    tables += [Report, Total, User, AuditEvent, *VISITS.values()]
    return {table.__name__: table._base_manager.count() for table in tables}


def told(folder):
    return json.loads((folder / "accounts.json").read_text())


def test_a_whole_district_comes_in_through_the_upload_door(demo):
    _folder, summary, progress = demo
    assert summary["visits"] == visits() > 300
    assert summary["people"] == Person.objects.count() > 80
    assert summary["files"] == Upload.objects.filter(status="done").count() > 10
    refused = UploadIssue.objects.filter(is_warning=False).values("upload", "row").distinct()
    assert summary["rejected"] == refused.count()
    assert "Rekap" in progress
    for model in VISITS.values():
        assert not model.objects.filter(upload=None).exists()
    assert not ChangedCell.objects.exists()
    names = Upload.objects.values_list("file_name", flat=True)
    assert len(names) == len(set(names))  # none of the run that was broken off came in twice


def test_offices_met_and_what_they_agreed_on_is_done_late_and_running(demo):
    today = timezone.localdate()
    for meeting in Meeting.objects.select_related("facility"):
        told = of_last_meeting(place=meeting.facility, today=today)
        assert meeting.release is not None
        assert min(told.done, told.late, told.open) >= 1
    assert Meeting.objects.count() == 2
    assert FollowUp.objects.filter(owner=None, owner_name="Kepala Bidang Kesmas").count() == 1
    head = User.objects.filter(username__startswith="kapus.").get()
    assert to_do(user=head, today=today).mine


def test_totals_agree_with_visits_and_reports(demo):
    last = last_full_month()
    assert Total.objects.filter(month=last).exists()
    for back in (12, 8, 4, 1, 0):
        month = last.plus(-back)
        assert list(differences(first=month, last=month)) == []


def test_a_second_run_changes_nothing(demo):
    folder, first, _progress = demo
    before, passwords = everything(), told(folder)
    second, progress = seed(folder)
    assert everything() == before
    assert told(folder) == passwords
    assert second | {"seconds": 0} == first | {"seconds": 0}
    assert "Berkas" not in progress


def test_places_may_come_and_go_between_two_runs(demo):
    posyandu = Facility.objects.filter(kind="posyandu").order_by("code")[0]
    close(place=posyandu, since=Month.of(timezone.localdate()), by=None)
    before = everything()
    seed(demo[0])
    assert everything() == before


def test_another_size_on_top_is_refused_and_says_what_to_do(demo):
    before = everything()
    with pytest.raises(CommandError, match="--fresh"):
        seed(demo[0], "--size", "small")
    assert everything() == before


def test_each_role_can_sign_in_with_the_password_in_the_file(demo):
    rows = told(demo[0])
    assert [row["role"] for row in rows] == [str(role.label) for role in Role]
    usernames = {row["username"] for row in rows}
    assert {"kadis", "program", "admin.dinas", "admin.mekar", "kapus.mekar"} <= usernames
    assert {"bidan.mekar", "kader.melati1", "ti", "lihat"} <= usernames
    for row in rows:
        user = User.objects.get(username=row["username"])
        assert user.check_password(row["password"])
        assert not user.must_change_password
    assert len({row["password"] for row in rows}) == len(rows)


def test_passwords_are_for_the_owner_of_the_file_alone(demo):
    assert stat.S_IMODE((demo[0] / "accounts.json").stat().st_mode) == 0o600


def test_accounts_get_new_passwords_when_the_file_is_lost(demo, tmp_path):
    before = told(demo[0])
    seed(tmp_path)
    after = told(tmp_path)
    assert [row["username"] for row in after] == [row["username"] for row in before]
    for old, new in zip(before, after, strict=True):
        user = User.objects.get(username=new["username"])
        assert user.check_password(new["password"])
        assert not user.check_password(old["password"])


def test_targets_have_two_versions_of_the_last_year_and_a_count(demo):
    year = last_full_month().year
    held = TargetSet.objects.filter(district__code=DISTRICT, year=year)
    assert held.filter(basis="proyeksi").count() == 2
    assert held.filter(basis="riil").count() == 1
    codes = set(Target.objects.filter(set__in=held).values_list("code", flat=True))
    assert {"S_BUMIL", "S_BALITA", "S_PROD", "S_LANSIA"} <= codes
    assert not Target.objects.filter(value=0).exists()


def test_reports_stand_at_different_steps(demo):
    found = set(Report.objects.values_list("status", flat=True))
    assert {Status.APPROVED, Status.VERIFIED} <= found


def test_ilp_has_dated_statuses_and_targets(demo):
    assert IlpTarget.objects.count() == 6
    assert IlpStatus.objects.filter(state="berjalan").exists()
    assert not IlpStatus.objects.filter(since__gt=timezone.localdate()).exists()


def test_facts_tell_the_district_the_last_month_and_the_visits(demo):
    out = io.StringIO()
    call_command("demo_facts", stdout=out)
    month = last_full_month()
    assert json.loads(out.getvalue()) == {
        "district": DISTRICT,
        "month": str(month),
        "visits": visits(),
    }
    assert month < Month.of(timezone.localdate())


def test_workbooks_stay_where_asked(demo):
    folder, summary, _progress = demo
    assert len(list((folder / "berkas").glob("*.xlsx"))) == summary["files"]
