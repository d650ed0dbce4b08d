"""Who heads and signs a place's reports on a day: dated, taken back, never rewritten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from facilities.actions import letterheads as actions
from facilities.models import Letterhead, Signatory
from facilities.selectors.letterheads import head_of, letterheads, signatories, signers
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.factories import small_district, worker

NIP = "197513992000011001"
JANUARY, MARCH, MAY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)


def head(place, lines="PUSKESMAS KENANGA", since=JANUARY, by=None, **more):
    given = {"address": "Jl. Satu", "town": "Contoh"} | more
    return actions.record_letterhead(facility=place, lines=lines, since=since, by=by, **given)


def sign(place, name, since=JANUARY, duty="kepala", programme="", nip=NIP, by=None):
    return actions.record_signatory(
        facility=place,
        duty=duty,
        programme=programme,
        person=(name, nip, "Kepala Puskesmas Kenanga"),
        since=since,
        by=by,
    )


def names(place, on, programme="F1"):
    return [signer.name for signer in signers(place=place, programme=programme, on=on)]


def test_without_a_row_the_names_of_the_places_are_the_head(tree):
    found = head_of(place=tree["first"], on=JANUARY)
    assert found.lines == (
        "PEMERINTAH KABUPATEN CONTOH", "DINAS KESEHATAN", "PUSKESMAS KENANGA",
    )  # fmt: skip
    assert (found.town, found.is_set) == ("Kenanga", False)


def test_the_lines_of_the_district_stand_above_those_of_the_place(tree):
    head(tree["district"], "PEMERINTAH KAB. CONTOH\n\nDINAS  KESEHATAN", address="Jl. Dinas")
    head(tree["first"], "UPTD PUSKESMAS KENANGA", since=MARCH, address="", town="Kota Contoh")

    before, after = (head_of(place=tree["first"], on=day) for day in (JANUARY, MARCH))

    assert before.lines[-1] == "PUSKESMAS KENANGA"
    assert after.lines == ("PEMERINTAH KAB. CONTOH", "DINAS KESEHATAN", "UPTD PUSKESMAS KENANGA")
    assert (after.address, after.town, after.is_set) == ("Jl. Dinas", "Kota Contoh", True)
    own = head_of(place=tree["district"], on=MARCH)
    assert own.lines == ("PEMERINTAH KAB. CONTOH", "DINAS KESEHATAN")
    assert own.is_set


def test_the_head_of_another_district_is_not_ours(tree):
    other = small_district(2)
    head(other["district"], "PEMERINTAH LAIN")
    head(other["first"], "PUSKESMAS LAIN")
    assert "LAIN" not in " ".join(head_of(place=tree["first"], on=MAY).lines)


def test_the_last_who_began_signs_until_he_leaves(tree):
    sign(tree["first"], "Siti")
    later = sign(tree["first"], "Ayu", since=MARCH)
    assert names(tree["first"], date(2025, 2, 28))[0] == "Siti"
    assert names(tree["first"], MARCH)[0] == "Ayu"

    actions.end_signatory(signatory=later, until=MAY, by=None)

    assert names(tree["first"], date(2025, 4, 30))[0] == "Ayu"
    assert names(tree["first"], MAY)[0] == "", "not the one before him, who left long ago"
    assert names(tree["first"], date(2024, 12, 31))[0] == ""
    until = {one.row.name: one.until for one in signatories(place=tree["first"])}
    assert until == {"Siti": MARCH, "Ayu": MAY}


def test_who_was_taken_back_never_signed_and_the_one_before_signs_on(tree):
    sign(tree["first"], "Siti")
    wrong = sign(tree["first"], "Ayu", since=MARCH)

    actions.cancel_signatory(signatory=wrong, by=None)

    assert names(tree["first"], MAY)[0] == "Siti"
    assert {one.row.name for one in signatories(place=tree["first"])} == {"Siti", "Ayu"}
    with pytest.raises(actions.AlreadyCancelled):
        actions.cancel_signatory(signatory=wrong, by=None)
    with pytest.raises(actions.AlreadyCancelled):
        actions.end_signatory(signatory=wrong, until=MAY, by=None)
    assert sign(tree["first"], "Dewi", since=MARCH).pk, "the day is free again"


def test_the_officer_of_a_programme_comes_before_the_one_of_all(tree):
    sign(tree["first"], "Umum", duty="petugas")
    gizi = sign(tree["first"], "Gizi", duty="petugas", programme="F1", since=MARCH)
    assert names(tree["first"], JANUARY, "F1")[1] == "Umum"
    assert names(tree["first"], MARCH, "F1")[1] == "Gizi"
    assert names(tree["first"], MARCH, "KB")[1] == "Umum"
    actions.end_signatory(signatory=gizi, until=MAY, by=None)
    assert names(tree["first"], MAY, "F1")[1] == "Umum"


def test_a_letterhead_taken_back_leaves_the_one_before(tree):
    head(tree["first"], "LAMA")
    wrong = head(tree["first"], "BARU", since=MARCH)
    actions.cancel_letterhead(letterhead=wrong, by=None)
    assert head_of(place=tree["first"], on=MAY).lines[-1] == "LAMA"
    assert [row.lines for row in letterheads(place=tree["first"])] == ["BARU", "LAMA"]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"nip": "12345"}, actions.WrongNip),
        ({"nip": "19751399200001100x"}, actions.WrongNip),
        ({"name": " \t"}, actions.SignatoryIncomplete),
        ({"programme": "F1"}, actions.HeadOfOneReport),
        ({"since": MARCH}, actions.SignatoryTaken),
    ],
)
def test_what_is_refused_of_a_signatory_and_nothing_is_kept(tree, change, refused):
    sign(tree["first"], "Siti", since=MARCH)
    with pytest.raises(refused) as broken:
        sign(tree["first"], **({"name": "Ayu", "since": MAY} | change))
    assert "%(" not in broken.value.sentence
    assert Signatory.objects.count() == 1


def test_a_nip_may_be_typed_in_groups_or_left_out(tree):
    assert sign(tree["first"], "Siti", nip="19751399 200001 1 001").nip == NIP
    assert sign(tree["first"], "Ayu", since=MARCH, nip="").nip == ""


@pytest.mark.parametrize(
    ("lines", "more", "refused"),
    [
        ("\n \n", {}, actions.LinesMissing),
        ("A", {"town": " "}, actions.LinesMissing),
        ("A\nB\nC\nD\nE", {}, actions.TooManyLines),
        ("A", {"since": MARCH}, actions.LetterheadTaken),
    ],
)
def test_what_is_refused_of_a_letterhead(tree, lines, more, refused):
    head(tree["first"], since=MARCH)
    with pytest.raises(refused):
        head(tree["first"], lines, **more)
    assert Letterhead.objects.count() == 1


def test_he_leaves_after_he_came(tree):
    row = sign(tree["first"], "Siti", since=MARCH)
    with pytest.raises(actions.EndsBeforeItBegins):
        actions.end_signatory(signatory=row, until=MARCH, by=None)


@pytest.mark.parametrize(
    "change",
    [{"nip": "1234"}, {"until": JANUARY}, {"name": ""}, {"programme": "F1"}, {"position": ""}],
    ids=str,
)
def test_the_database_refuses_it_too(tree, change):
    row = sign(tree["first"], "Siti")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize(
    ("role", "at", "place", "may"),
    [
        ("admin_dinas", "district", "second", True),
        ("admin_dinas", "district", "district", True),
        ("admin_puskesmas", "first", "first", True),
        ("admin_puskesmas", "first", "second", False),
        ("admin_puskesmas", "first", "district", False),
        ("kepala_puskesmas", "first", "first", False),
        ("nakes", "first", "first", False),
        ("lihat", "district", "first", False),
    ],
)
def test_who_manages_a_place_sets_them(tree, role, at, place, may):
    user = worker(role, tree[at])
    if may:
        assert head(tree[place], by=user).recorded_by == user
        assert sign(tree[place], "Siti", by=user).recorded_by == user
        return
    mine = sign(tree[place], "Siti")
    for attempt in (
        lambda: head(tree[place], by=user),
        lambda: sign(tree[place], "Ayu", since=MAY, by=user),
        lambda: actions.end_signatory(signatory=mine, until=MAY, by=user),
        lambda: actions.cancel_signatory(signatory=mine, by=user),
    ):
        with pytest.raises(Forbidden):
            attempt()
    mine.refresh_from_db()
    assert (mine.until, mine.cancelled_at) == (None, None)


def test_the_audit_trail_names_nobody(tree):
    row = sign(tree["first"], "Siti Rahayu")
    actions.end_signatory(signatory=row, until=MAY, by=None)
    actions.cancel_signatory(signatory=row, by=None)
    actions.cancel_letterhead(letterhead=head(tree["first"]), by=None)
    events = list(AuditEvent.objects.order_by("pk"))[-5:]
    assert [event.event for event in events] == [
        "signatory.recorded", "signatory.ended", "signatory.cancelled",
        "letterhead.recorded", "letterhead.cancelled",
    ]  # fmt: skip
    told = " ".join(str(event.detail) for event in events)
    assert "Siti" not in told
    assert NIP not in told


@pytest.fixture
def admin(tree):
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))
    return client


PAGE = "/kop/P9901010101/"


def post(admin, **data):
    return admin.post(PAGE, data)


def test_the_page_records_and_shows_what_holds(tree, admin):
    answer = post(
        admin, bagian="penanda-tangan", duty="kepala", programme="", name="Siti Rahayu, SKM",
        nip=NIP, position="Kepala Puskesmas Kenanga", since="2025-03-01",
    )  # fmt: skip
    assert answer.status_code == 302
    post(admin, bagian="kop", lines="UPTD KENANGA", address="", town="Contoh", since="2025-01-01")

    page = admin.get(PAGE).content.decode()

    assert "Siti Rahayu, SKM" in page
    assert NIP in page
    assert "UPTD KENANGA</textarea>" in page, "what holds is changed, not typed anew"


def test_the_page_says_plainly_what_is_wrong_and_keeps_what_was_typed(tree, admin):
    answer = post(
        admin, bagian="penanda-tangan", duty="kepala", programme="", name="Siti",
        nip="123", position="Kepala", since="2025-03-01",
    )  # fmt: skip
    page = answer.content.decode()
    assert "NIP terdiri atas 18 angka" in page
    assert 'value="Siti"' in page
    assert "Galat:" in page
    assert "Isi baris kop" not in page, "the other form was not sent"


def test_ending_needs_a_day_and_never_cancels_instead(tree, admin):
    row = sign(tree["first"], "Siti")
    address = f"/kop/penanda-tangan/{row.pk}/"

    told = admin.post(address, {"langkah": "akhiri", "sampai": "2025-02-31"}, follow=True)
    row.refresh_from_db()
    assert "Isi tanggal berhenti" in told.content.decode()
    assert (row.until, row.cancelled_at) == (None, None)

    admin.post(address, {"langkah": "akhiri", "sampai": "2025-05-01"})
    row.refresh_from_db()
    assert (row.until, row.cancelled_at) == (MAY, None)

    admin.post(address, {"langkah": "batal"})
    row.refresh_from_db()
    assert row.cancelled_at is not None


def test_out_of_sight_is_not_there_and_seen_is_not_managed(tree, admin):
    assert admin.get("/kop/P9901020101/").status_code == 404
    row = sign(tree["second"], "Siti")
    assert admin.post(f"/kop/penanda-tangan/{row.pk}/", {"langkah": "batal"}).status_code == 404
    assert admin.post(f"/kop/lain/{row.pk}/").status_code == 404
    client = Client()
    client.force_login(worker("nakes", tree["first"]))
    assert client.get(PAGE).status_code == 403
