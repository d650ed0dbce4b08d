"""The demo comes in through the same doors as everything else, and only once."""

import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clusters.models import VISITS, Person, Upload, UploadIssue
from facilities.models import ChangedCell, Facility, IlpStatus, IlpTarget
from facilities.roles import Role
from ilp.core.models import AuditEvent, User
from ilp.core.months import Month
from reporting.demo.places import DISTRICT, open_places, plan
from reporting.demo.seeding import last_full_month
from reporting.demo.sizes import SIZES
from reporting.models import Report, Target, TargetSet, Total
from reporting.selectors.verification import differences
from reporting.workflow import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed(tmp_path):
    def seed(*words):
        out, err = io.StringIO(), io.StringIO()
        accounts = str(tmp_path / "accounts.json")
        options = ["--size", "mini", "--accounts", accounts, *words]
        call_command("seed_demo", *options, stdout=out, stderr=err)
        return json.loads(out.getvalue()), err.getvalue()

    return seed


def visits():
    return sum(model.objects.count() for model in VISITS.values())


def everything():
    tables = [Facility, Person, Upload, UploadIssue, TargetSet, Target, IlpStatus, IlpTarget]
    tables += [Report, Total, User, AuditEvent, *VISITS.values()]
    return {table.__name__: table._base_manager.count() for table in tables}


def told(tmp_path):
    return json.loads((tmp_path / "accounts.json").read_text())


def test_a_whole_district_comes_in_through_the_upload_door(seed):
    summary, progress = seed()
    assert summary["visits"] == visits() > 300
    assert summary["people"] == Person.objects.count() > 80
    assert summary["files"] == Upload.objects.filter(status="done").count() > 10
    assert (
        summary["rejected"]
        == UploadIssue.objects.filter(is_warning=False).values("upload", "row").distinct().count()
    )
    assert "Rekap" in progress
    for model in VISITS.values():
        assert not model.objects.filter(upload=None).exists()
    assert not ChangedCell.objects.exists()


def test_totals_agree_with_visits_and_reports(seed):
    seed()
    last = last_full_month()
    assert Total.objects.filter(month=last).exists()
    assert list(differences(first=last.plus(-12), last=last)) == []


def test_a_second_run_changes_nothing(seed):
    first, _ = seed()
    before = everything()
    second, progress = seed()
    assert everything() == before
    assert second | {"seconds": 0} == first | {"seconds": 0}
    assert "Berkas" not in progress


def test_a_run_that_was_broken_off_is_completed(seed):
    open_places(plan(SIZES["mini"]))
    summary, _ = seed()
    assert summary["visits"] > 300
    assert Report.objects.exists()


def test_the_same_seed_gives_the_same_people(seed):
    seed("--seed", "5")
    names = set(Person.objects.values_list("name", "born_on"))
    assert len(names) > 80
    assert all(visit.seen_on <= timezone.localdate() for visit in VISITS["growth"].objects.all())


def test_another_size_on_top_is_refused_and_says_what_to_do(seed):
    seed()
    before = everything()
    with pytest.raises(CommandError, match="--fresh"):
        seed("--size", "small")
    assert everything() == before


def test_each_role_can_sign_in_with_the_password_in_the_file(seed, tmp_path):
    seed()
    rows = told(tmp_path)
    assert [row["role"] for row in rows] == [str(role.label) for role in Role]
    assert {"kadis", "program", "admin.dinas", "admin.mekar", "kapus.mekar"} <= {
        row["username"] for row in rows
    }
    assert {"bidan.mekar", "kader.melati1", "ti", "lihat"} <= {row["username"] for row in rows}
    for row in rows:
        user = User.objects.get(username=row["username"])
        assert user.check_password(row["password"])
        assert not user.must_change_password
    assert len({row["password"] for row in rows}) == len(rows)


def test_passwords_are_for_the_owner_of_the_file_alone(seed, tmp_path):
    seed()
    assert stat.S_IMODE((tmp_path / "accounts.json").stat().st_mode) == 0o600


def test_the_accounts_file_holds_on_a_second_run_and_comes_back_when_lost(seed, tmp_path):
    seed()
    before = told(tmp_path)
    seed()
    assert told(tmp_path) == before
    (tmp_path / "accounts.json").unlink()
    seed()
    after = told(tmp_path)
    assert after != before
    for row in after:
        assert User.objects.get(username=row["username"]).check_password(row["password"])


def test_targets_have_two_versions_of_the_last_year_and_a_count(seed):
    seed()
    year = last_full_month().year
    held = TargetSet.objects.filter(district__code=DISTRICT, year=year)
    assert held.filter(basis="proyeksi").count() == 2
    assert held.filter(basis="riil").count() == 1
    codes = set(Target.objects.filter(set__in=held).values_list("code", flat=True))
    assert {"S_BUMIL", "S_BALITA", "S_PROD", "S_LANSIA"} <= codes
    assert not Target.objects.filter(value=0).exists()


def test_reports_stand_at_different_steps(seed):
    seed()
    found = set(Report.objects.values_list("status", flat=True))
    assert {Status.APPROVED, Status.VERIFIED} <= found


def test_ilp_has_dated_statuses_and_targets(seed):
    seed()
    assert IlpTarget.objects.count() == 6
    assert IlpStatus.objects.filter(state="berjalan").exists()
    assert not IlpStatus.objects.filter(since__gt=timezone.localdate()).exists()


def test_facts_tell_the_district_the_last_month_and_the_visits(seed):
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_facts", stdout=io.StringIO())
    seed()
    out = io.StringIO()
    call_command("demo_facts", stdout=out)
    found = json.loads(out.getvalue())
    assert found == {
        "district": DISTRICT,
        "month": str(last_full_month()),
        "visits": visits(),
    }
    assert Month.parse(found["month"]) < Month.of(timezone.localdate())


def test_workbooks_stay_where_asked(seed, tmp_path):
    summary, _ = seed("--dir", str(tmp_path / "berkas"))
    assert len(list((tmp_path / "berkas").glob("*.xlsx"))) == summary["files"]
