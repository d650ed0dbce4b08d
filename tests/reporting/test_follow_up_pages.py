"""The pages of follow-ups: from a cell to the owner's home page, to done; and their list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.actions.people import set_active
from facilities.roles import Permission, Role, roles_with
from reporting.models import FollowUp
from reporting.models.follow_ups import State
from tests.factories import worker
from tests.reporting.agreeing import CODE, agreed, browser, late, make, soon, text
from tests.reporting.figures import filled_district
from tests.reporting.test_pages import AT

MOST_QUERIES = 25
NEW = reverse("reporting:follow-up-new")
LIST = reverse("reporting:follow-up-list")
TYPED = {"problem": "Dua desa tertinggal", "action": "Sweeping ibu hamil", "owner": "Hadi"}


@pytest.fixture
def places(db):
    return filled_district()


@pytest.fixture
def admin(places):
    return worker("admin_dinas", places["district"], first_name="Sri")


@pytest.fixture
def head(places):
    return worker("kepala_puskesmas", places["first"], first_name="Hadi")


def new(place, **more):
    query = {"w": place.code, "p": "2025-05", "i": CODE} | more
    return f"{NEW}?" + "&".join(f"{name}={value}" for name, value in query.items())


def page(row):
    return reverse("reporting:follow-up", args=[row.pk])


def test_from_the_table_of_places_to_the_owners_home_and_done(places, admin, head):
    mine, theirs = browser(admin), browser(head)
    table = text(mine.get(reverse("reporting:indicator", args=[CODE]) + "?p=2025-05"))
    assert f"w={places['first'].code}&amp;p=2025-05&amp;i={CODE}" in table
    form = text(mine.get(new(places["first"])))
    assert "angka ini disimpan bersama tindakannya" in form
    assert f"Hadi – Kepala Puskesmas, {places['first']}" in form

    answer = mine.post(new(places["first"]), TYPED | {"due_on": soon(3)}, follow=True)

    assert "masuk Beranda Hadi" in text(answer)
    row = FollowUp.objects.get()
    home = text(theirs.get("/"))
    assert "Sweeping ibu hamil" in home
    assert "3 hari lagi" in home
    blank = theirs.post(page(row), {"aksi": "done", "done-words": " "})
    assert blank.status_code == 422
    assert "Tulis dengan satu kalimat" in text(blank)
    told = theirs.post(page(row), {"aksi": "done", "done-words": "41 balita"}, follow=True)
    assert "“41 balita”" in text(told)
    assert "Sweeping ibu hamil" not in text(theirs.get("/"))


def test_what_is_late_says_so_at_home_to_owner_and_office(places, admin, head):
    late(places["first"], by=admin, owner="Hadi", days=3)

    assert "Terlambat 3 hari" in text(browser(head).get("/"))
    assert "1 tindakan lewat batas" in text(browser(admin).get("/"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"problem": ""}, "Tulis masalahnya"),
        ({"action": " "}, "Tulis apa yang akan dilakukan"),
        ({"owner": ""}, "Pilih penanggung jawab"),
        ({"due_on": ""}, "Isi batas waktu"),
        ({"due_on": "2025-02-30"}, "Tanggal ini tidak ada"),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, "Batas waktu sudah lewat"),
        ({"problem": "x" * 301}, "Paling panjang 300"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(places, admin, wrong, said):
    answer = browser(admin).post(new(places["first"]), TYPED | {"due_on": soon()} | wrong)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not FollowUp.objects.exists()


def test_two_of_one_name_are_asked_about(places, admin, head):
    worker("nakes", places["pustu_satu"], first_name="Hadi")
    answer = browser(admin).post(new(places["first"]), TYPED | {"due_on": soon()})
    assert "Ada 2 akun bernama “Hadi”" in text(answer)


def test_who_has_no_account_is_told_so(places, admin):
    answer = browser(admin).post(
        new(places["first"]), TYPED | {"owner": "Camat", "due_on": soon()}, follow=True
    )
    assert "“Camat” tidak punya akun" in text(answer)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_plan_is_refused_and_offered_nothing(places, role):
    client = browser(worker(role, places[AT.get(role, "district")]))
    may = role in roles_with(Permission.PLAN)

    assert client.get(NEW).status_code == (200 if may else 403)
    if role in roles_with(Permission.VIEW):
        shown = client.get(reverse("reporting:indicator", args=[CODE]) + "?p=2025-05")
        assert (NEW in text(shown)) is may


def test_another_puskesmas_is_not_there(places, admin, head):
    made = make(places["first"], by=admin)
    other = browser(worker("kepala_puskesmas", places["second"]))

    assert other.get(page(made)).status_code == 404
    assert other.get(new(places["first"])).status_code == 404
    assert (
        browser(head).post(page(made), {"aksi": "dropped", "dropped-words": "x"}).status_code == 403
    )
    assert browser(head).post(page(made), {"aksi": "made"}).status_code == 404


def test_a_place_is_asked_for_its_number_and_a_finding_brings_its_problem(places, admin):
    client = browser(admin)
    query = {"w": places["first"].code, "p": "2025-05"}
    form = text(client.get(NEW, query))
    assert "Tempat ini secara umum" in form
    typed = TYPED | {"due_on": soon(), "indicator": "AN18"}
    client.post(f"{NEW}?w={query['w']}&p=2025-05", typed)
    assert FollowUp.objects.get().indicator == "AN18"

    finding = text(client.get(NEW, query | {"i": "-", "soal": "K6 melebihi K1"}))
    assert "Tempat ini secara umum" not in finding
    assert "K6 melebihi K1</textarea>" in finding
    assert client.get(NEW, query | {"i": "NONE"}).status_code == 404


def test_cells_of_the_scorecard_lead_to_the_form_when_asked(places, admin):
    address = reverse("reporting:scorecard")
    plain, planning = (text(browser(admin).get(address, {"v": v})) for v in ("", "tindakan"))

    cell = f"{NEW}?i=SPM04&amp;w={places['first'].code}"
    assert cell not in plain
    assert cell in planning


def test_the_list_is_narrowed_down(places, admin, head):
    running = make(places["first"], by=admin, owner="Hadi", action="Jalan")
    over = late(places["second"], by=admin, action="Lewat")
    held = agreed(places["district"], action="Rapat", code="AN18")
    client = browser(admin)

    def listed(**query):
        shown = text(client.get(LIST, query))
        return {row.action for row in (running, over, held) if f">{row.action}</a>" in shown}

    assert listed() == {"Jalan", "Lewat", "Rapat"}
    assert listed(w=places["first"].code) == {"Jalan"}
    assert listed(s="lewat") == {"Lewat", "Rapat"}
    assert listed(s="open", o=head.pk) == {"Jalan"}
    assert listed(o="0") == {"Lewat", "Rapat"}
    assert listed(k="K4") == set()
    assert listed(r=held.meeting_id) == {"Rapat"}
    assert listed(i="AN18") == {"Rapat"}
    assert listed(s="x", o="x", k="x", r="x") == {"Jalan", "Lewat", "Rapat"}


def test_an_ended_account_is_told_where_the_task_is_shown(places, admin, head):
    made = make(places["first"], by=admin, owner="Hadi")
    set_active(user=head, active=False, by=None)

    assert "akun tidak aktif" in text(browser(admin).get(LIST))
    assert "akun tidak aktif lagi" in text(browser(admin).get(page(made)))


def test_what_came_of_the_last_meeting_is_told_beside_the_situation(places, admin):
    brief = reverse("reporting:follow-up-brief")
    client = browser(admin)
    assert "Belum ada rapat" in text(client.get(brief))
    agreed(places["district"])

    assert "0 selesai, 1 lewat batas, 0 berjalan" in text(client.get(brief))
    assert "Sweeping" in text(client.get(brief, {"i": CODE}))
    assert "Belum ada tindakan" in text(client.get(brief, {"i": "AN18"}))
    assert brief in text(client.get(reverse("reporting:situation")))


def test_a_midwife_opens_her_task_and_not_the_number_above(places, admin):
    midwife = browser(worker("nakes", places["pustu_satu"], first_name="Lestari"))
    made = make(places["first"], by=admin, owner="Lestari")

    shown = text(midwife.get(page(made)))

    assert "Tandai selesai" in shown
    assert "Lihat angkanya" not in shown
    assert "Ganti batas" not in shown


@pytest.mark.django_db
def test_pages_stay_within_their_budget(places, admin, head, django_assert_max_num_queries):
    for number in range(30):
        make(places["first"], by=admin, owner="Hadi", action=f"Sweeping {number}")
    made = FollowUp.objects.filter(state=State.OPEN).first()
    client = browser(admin)
    for address in (LIST, new(places["first"]), page(made), reverse("reporting:follow-up-brief")):
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert client.get(address).status_code == 200
    owner = browser(head)
    owner.get("/")  # what a process asks once
    with django_assert_max_num_queries(20, info="home"):
        assert "dan 22 tindakan lagi" in text(owner.get("/"))
