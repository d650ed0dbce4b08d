"""From a workbook to visits: new, changed, same; all or nothing; nothing twice."""

import random
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from clusters import tasks
from clusters.actions import uploads
from clusters.excel.imports import content, run_import
from clusters.models import (
    Adult,
    Antenatal,
    Growth,
    GrowthMonth,
    HomeChange,
    Immunisation,
    Milestone,
    Person,
    TouchedPerson,
    Upload,
)
from facilities.models import ChangedCell
from ilp.core.months import Month
from tests.clusters.workbooks import ADULT, ANTENATAL, GROWTH, IMMUNISATION, file, nik

TABLES = (
    *(Person, HomeChange, Antenatal, Growth, Milestone, GrowthMonth),
    *(TouchedPerson, ChangedCell, Upload),
)


def take(content, tree, *, service=None, at="first", by=None, keep=True, upload=None):
    return run_import(
        path=content,
        file_name="uji.xlsx",
        service=service,
        facility=tree[at],
        by=by,
        keep=keep,
        upload=upload,
    )


def counts(result):
    return result.read, result.new, result.changed, result.same, result.rejected


def rows_everywhere():
    return {model.__name__: model.objects.count() for model in TABLES}


@pytest.mark.parametrize(
    ("row", "model"),
    [(ANTENATAL, Antenatal), (GROWTH, Growth), (IMMUNISATION, Immunisation), (ADULT, Adult)],
)
def test_each_service_comes_in_and_is_recognised_by_its_titles(tree, row, model):
    result = take(file(row), tree)
    assert (result.service, counts(result)) == (model.service.code, (1, 1, 0, 0, 0)), result.issues
    visit = model.objects.get()
    assert visit.facility == tree["first"]
    assert visit.home == tree["melati"]
    assert (visit.sheet, visit.row, visit.upload) == ("Data", 2, result.upload)


def test_the_same_file_twice_changes_nothing(tree):
    take(file(GROWTH, GROWTH | {"Tanggal kunjungan": date(2025, 6, 3)}), tree)
    before = {m: list(m.objects.order_by("pk").values()) for m in TABLES if m is not Upload}
    result = take(file(GROWTH, GROWTH | {"Tanggal kunjungan": date(2025, 6, 3)}), tree)
    assert counts(result) == (2, 0, 0, 2, 0)
    assert before == {m: list(m.objects.order_by("pk").values()) for m in before}


def test_a_correction_replaces_the_visit_and_keeps_what_it_was(tree):
    first = take(file(GROWTH), tree)
    other = take(file(GROWTH | {"Berat badan (kg)": 9.9}), tree)
    assert counts(other) == (1, 0, 1, 0, 0)
    visit = Growth.objects.get()
    assert (float(visit.weight), visit.upload) == (9.9, other.upload)
    (event,) = apps.get_model("clusters", "GrowthEvent").objects.all()
    assert float(event.weight) == 9.4
    assert first.upload != other.upload


def test_a_dry_run_writes_nothing_and_tells_the_same(tree):
    take(file(GROWTH), tree)
    before = rows_everywhere()
    content = file(
        GROWTH,
        GROWTH | {"Tanggal kunjungan": date(2025, 6, 3)},
        GROWTH | {"Tanggal kunjungan": date(2025, 7, 3), "Berat badan (kg)": 99},
    )
    preview = take(content, tree, keep=False)
    assert rows_everywhere() == before
    assert counts(preview) == counts(take(content, tree)) == (3, 1, 0, 1, 1)


def test_counts_add_up_and_equal_those_of_the_upload(tree):
    result = take(
        file(
            ANTENATAL,
            ANTENATAL,
            ANTENATAL | {"LILA (cm)": 999},
            ANTENATAL | {"Tanggal lahir": date(1991, 3, 12), "Tanggal kunjungan": date(2025, 5, 8)},
        ),
        tree,
    )
    upload = result.upload
    assert counts(result) == (4, 1, 0, 1, 2)
    assert (upload.read, upload.new, upload.changed, upload.same, upload.rejected) == counts(result)
    assert upload.status == "done"
    assert upload.issues.filter(is_warning=False).count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Tanggal lahir": date(1990, 3, 13)}, "other-birth-date"),
        ({"Jenis kelamin": "P"}, "other-sex"),
    ],
)
def test_a_nik_that_is_somebody_else(tree, change, code):
    take(file(ADULT | {"Tanggal lahir": date(1990, 3, 12)}), tree)
    later = ADULT | {"Tanggal lahir": date(1990, 3, 12), "Tanggal kunjungan": date(2025, 6, 3)}
    result = take(file(later | change), tree)
    assert counts(result) == (1, 0, 0, 0, 1)
    (issue,) = [i for i in result.issues if not i.is_warning]
    assert (issue.code, issue.row) == (code, 2)
    assert "sudah terdaftar" in issue.reason


def test_people_move_and_their_past_stays(tree):
    take(file(GROWTH), tree)
    moved = GROWTH | {"Tanggal kunjungan": date(2025, 7, 1), "Posyandu": "Mawar"}
    take(file(moved), tree)
    person = Person.objects.get()
    assert (person.home, person.home_since) == (tree["mawar"], date(2025, 7, 1))
    assert HomeChange.objects.get().facility == tree["melati"]
    homes = Growth.objects.order_by("seen_on").values_list("home__name", flat=True)
    assert list(homes) == ["Melati", "Mawar"]
    # An old file without a home leaves the visit where its person lived then.
    again = take(file(GROWTH | {"Posyandu": None}), tree)
    assert counts(again) == (1, 0, 0, 1, 0)


def test_written_cells_are_marked_for_the_roll_up(tree):
    take(file(GROWTH), tree)
    marked = set(ChangedCell.objects.values_list("place", "month", "programme"))
    may = Month(2025, 5)
    assert (tree["first"].pk, may, "growth") in marked
    assert (tree["melati"].pk, may, "growth") in marked


def _upload(tree, content):
    return uploads.receive_upload(
        service="growth", facility=tree["first"], file_name="a.xlsx", content=content, by=None
    )


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_leaves_nothing_and_resuming_repeats(tree):
    """The trigger kills the transaction where a killed worker would: when counts are written."""
    upload = _upload(tree, file(GROWTH))
    tasks.check_upload(upload.pk)
    uploads.accept_upload(upload=upload, by=None)
    before = rows_everywhere()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.status = 'done' THEN RAISE EXCEPTION 'killed'; END IF; "
            "RETURN NEW; END $$; "
            "CREATE TRIGGER die BEFORE UPDATE ON clusters_upload "
            "FOR EACH ROW EXECUTE FUNCTION die()"
        )
    try:
        with pytest.raises(DatabaseError, match="killed"):
            tasks.write_upload(upload.pk)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER die ON clusters_upload; DROP FUNCTION die()")
    assert rows_everywhere() == before
    upload.refresh_from_db()
    assert upload.status == "accepted"

    tasks.write_upload(upload.pk)  # somebody is still at it, as far as anybody knows
    assert not Growth.objects.exists()
    Upload.objects.update(claimed_at=upload.claimed_at - uploads.STALE - timedelta(seconds=1))
    tasks.write_upload(upload.pk)
    assert Growth.objects.count() == 1
    upload.refresh_from_db()
    assert (upload.status, upload.new) == ("done", 1)


def test_a_preview_accepted_at_once_is_not_taken_for_one_that_is_worked_on(tree):
    """The worker that checked it says "100 %" after the preview is there for all to see."""
    upload = _upload(tree, file(GROWTH))
    checking = uploads.claim_upload(upload_id=upload.pk, status="waiting", by=None)

    def told(percent):
        if percent == 100:
            uploads.accept_upload(upload=upload, by=None)
        uploads.note_progress(upload=checking, percent=percent)

    sent = {"path": content(checking), "file_name": checking.file_name, "service": "growth"}
    run_import(
        **sent, facility=checking.facility, by=None, upload=checking, keep=False, progress=told
    )
    upload.refresh_from_db()
    assert (upload.status, upload.claimed_at, upload.progress) == ("accepted", None, 0)
    tasks.write_upload(upload.pk)
    assert Growth.objects.count() == 1


def test_whoever_was_overtaken_renews_no_claim_of_another(tree):
    upload = _upload(tree, file(GROWTH))
    slow = uploads.claim_upload(upload_id=upload.pk, status="waiting", by=None)
    Upload.objects.update(claimed_at=slow.claimed_at - uploads.STALE - timedelta(seconds=1))
    quick = uploads.claim_upload(upload_id=upload.pk, status="waiting", by=None)
    uploads.note_progress(upload=slow, percent=70)
    uploads.note_progress(upload=quick, percent=30)
    upload.refresh_from_db()
    assert (upload.progress, upload.claimed_at) == (30, quick.claimed_at)


def test_a_done_upload_is_not_written_again(tree):
    upload = _upload(tree, file(GROWTH))
    tasks.check_upload(upload.pk)
    uploads.accept_upload(upload=upload, by=None)
    tasks.write_upload(upload.pk)
    assert uploads.claim_upload(upload_id=upload.pk, status="accepted", by=None) is None
    tasks.write_upload(upload.pk)
    assert Growth.objects.count() == 1


def test_random_workbooks_in_any_order_give_the_same_visits(tree):
    chance = random.Random(5)
    rows = []
    for number in range(40):
        born = date(2024, 1, 1) + timedelta(days=chance.randrange(200))
        for month in (3, 4, 5):
            rows.append(
                GROWTH
                | {
                    "NIK": nik(number + 1, born, "L"),
                    "Nama": f"Anak {'ABCDEFGHIJ'[number % 10]}",
                    "Tanggal lahir": born,
                    "Tanggal kunjungan": date(2025, month, chance.randrange(1, 28)),
                    "Berat badan (kg)": round(chance.uniform(7.5, 11), 1),
                }
            )
    chance.shuffle(rows)
    for part in (rows[:50], rows[30:90], rows[:], rows[60:]):
        result = take(file(*part), tree)
        assert result.rejected == 0
    assert (result.new, result.changed) == (0, 0)
    assert Growth.objects.count() == len(rows)
