import re
from datetime import date

import pytest

from facilities.models import Assignment, Facility, IlpStatus, IlpTarget
from facilities.roles import Permission, Role
from ilp.core.models import AuditEvent, User
from tests.factories import place, worker

ROLLOUT = "/peta-jalan/"


@pytest.fixture
def boss(tree, client):
    user = worker(Role.ADMIN_DINAS, tree["district"])
    client.force_login(user)
    return user


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_holds_what_the_user_reaches_and_no_more(client, tree):
    client.force_login(worker(Role.LIHAT, tree["first"]))
    text = words(client.get("/faskes/"))
    assert "Melati" in text
    assert "Mawar" not in text
    assert "Buka tempat baru" not in text


@pytest.mark.parametrize(
    ("query", "seen", "hidden"),
    [
        ("q=mawar", "Mawar", "Melati"),
        ("q=P99010101", "Kenanga", "Cempaka"),
        ("jenis=posyandu", "Melati", "99.01.01.2001-PST-01"),
        ("kecamatan=99.01.01", "Melati", "Mawar"),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(client, boss, query, seen, hidden):
    text = words(client.get(f"/faskes/?{query}")).split("<tbody>")[1]
    assert seen in text
    assert hidden not in text


def test_the_list_asks_few_queries_however_long_it_is(
    client, boss, tree, django_assert_max_num_queries
):
    for _ in range(20):
        place("posyandu", network=tree["first"], area=tree["desa_satu"])
    with django_assert_max_num_queries(14):
        client.get("/faskes/")


def test_a_place_is_opened_by_form(client, boss, tree):
    assert "Posyandu" in words(client.get("/faskes/buka/"))
    assert client.get("/faskes/buka/?jenis=posyandu").status_code == 200
    values = {
        "code": "99.01.01.2001-PSY-009",
        "name": "Anggrek",
        "network": tree["pustu_satu"].pk,
        "area": tree["desa_satu"].pk,
        "since": "2025-03",
    }
    answer = client.post("/faskes/buka/?jenis=posyandu", values)
    assert answer.url == "/faskes/99.01.01.2001-PSY-009/kelola/"
    opened = Facility.objects.get(name="Anggrek")
    assert opened.opened_on == date(2025, 3, 1)
    assert opened in Facility.objects.within(tree["first"], date(2025, 3, 1))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "99.01"}, "sudah dipakai"),
        ({"code": ""}, "Isi kode, contoh"),
        ({"since": "Maret"}, "Tulis bulan seperti ini"),
        ({"network": ""}, "Pilih salah satu tempat"),
        ({"since": "2019-01"}, "belum buka atau sudah tutup"),
    ],
)
def test_what_is_wrong_with_a_new_place_is_said_in_indonesian(client, boss, tree, change, sentence):
    values = {"code": "x", "name": "X", "network": tree["pustu_satu"].pk, "since": "2025-03"}
    answer = client.post("/faskes/buka/?jenis=posyandu", values | change)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "Galat:" in words(answer)


@pytest.mark.parametrize(
    ("change", "values", "event"),
    [
        ("nama", {"name": "Melati Indah"}, "place.renamed"),
        ("pindah", {"axis": "network", "parent": "second", "since": "2025-04"}, "place.moved"),
        ("tutup", {"since": "2025-04"}, "place.closed"),
        ("gabung", {"into": "mawar", "since": "2025-04"}, "place.merged"),
        ("pecah", {"code": "baru", "name": "Melati 2", "since": "2025-04"}, "place.split"),
    ],
)
def test_each_change_has_a_form(client, boss, tree, change, values, event):
    path = f"/faskes/{tree['melati'].code}/kelola/{change}/"
    assert client.get(path).status_code == 200
    sent = {name: tree[value].pk if value in tree else value for name, value in values.items()}
    assert client.post(path, sent).status_code == 302
    assert AuditEvent.objects.get(event=event).actor == boss
    assert client.get(f"/faskes/{tree['melati'].code}/kelola/").status_code == 200


def test_a_change_that_is_refused_says_why(client, boss, tree):
    path = f"/faskes/{tree['pustu_satu'].code}/kelola/tutup/"
    assert "masih membawahi 1 tempat" in words(client.post(path, {"since": "2025-04"}))


def test_out_of_sight_is_404_and_seen_but_not_managed_is_403(client, tree):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    assert client.get(f"/faskes/{tree['mawar'].code}/kelola/").status_code == 404
    assert client.get(f"/faskes/{tree['melati'].code}/kelola/").status_code == 403
    assert client.get("/faskes/buka/").status_code == 403
    assert client.get(f"/faskes/{tree['melati'].code}/kelola/lain/").status_code == 404


def test_a_puskesmas_admin_makes_an_account_and_hands_over_its_password(client, tree):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    assert client.get("/pengguna/baru/").status_code == 200
    values = {
        "username": "kader.baru",
        "name": "Rekaan",
        "phone": "",
        "role": "kader",
        "facility": tree["melati"].pk,
    }
    text = words(client.post("/pengguna/baru/", values))
    password = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", text).group()
    assert User.objects.get(username="kader.baru").check_password(password)
    assert "kader.baru" in words(client.get("/pengguna/"))
    assert "sudah dipakai" in words(client.post("/pengguna/baru/", values))
    refused = values | {"username": "lain", "role": "admin_dinas"}
    assert "tidak dapat memberi peran ini" in words(client.post("/pengguna/baru/", refused))
    assert not User.objects.filter(username="lain").exists()


def test_an_account_is_reset_switched_off_and_its_role_ended(client, boss, tree):
    kader = worker(Role.KADER, tree["melati"])
    assert client.get(f"/pengguna/{kader.pk}/").status_code == 200
    assert "sekali" in words(client.post(f"/pengguna/{kader.pk}/sandi/"))
    client.post(f"/pengguna/{kader.pk}/aktif/")
    kader.refresh_from_db()
    assert kader.must_change_password
    assert not kader.is_active
    role = {"facility": tree["mawar"].pk, "role": "kader"}
    assert client.post(f"/pengguna/{kader.pk}/", role).status_code == 302
    post = Assignment.objects.get(user=kader, facility=tree["mawar"])
    assert client.post(f"/peran/{post.pk}/akhiri/").status_code == 302
    post.refresh_from_db()
    assert post.ends_on is not None


def test_accounts_elsewhere_or_above_do_not_exist(client, tree):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    for stranger in (
        worker(Role.KADER, tree["mawar"]),
        worker(Role.ADMIN_DINAS, tree["district"]),
        worker(Role.KEPALA_PUSKESMAS, tree["first"]),
    ):
        assert client.get(f"/pengguna/{stranger.pk}/").status_code == 404
        assert client.post(f"/pengguna/{stranger.pk}/sandi/").status_code == 404


def test_accounts_are_for_those_who_manage_them(client, tree):
    client.force_login(worker(Role.NAKES, tree["first"]))
    for path in ("/pengguna/", "/pengguna/baru/", "/jejak/"):
        assert client.get(path).status_code == 403


def test_only_roles_that_one_may_give_are_offered(client, tree):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    page = client.get("/pengguna/baru/").content.decode()
    assert f'<option value="{Role.KADER}"' in page
    assert f'<option value="{Role.KEPALA_DINAS}"' not in page


def test_who_may_do_what_is_said_in_words(client, boss):
    text = words(client.get("/pengguna/"))
    assert "Mengesahkan laporan" in text
    assert not any(permission.value in text for permission in Permission if "_" in permission)


def test_the_trail_shows_what_happened_within_reach(client, boss, tree):
    client.post(f"/faskes/{tree['melati'].code}/kelola/nama/", {"name": "Melati Indah"})
    text = words(client.get("/jejak/?peristiwa=place.renamed"))
    assert "Melati Indah" in text
    assert boss.username in text
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["second"]))
    assert "Melati Indah" not in words(client.get("/jejak/"))
    client.force_login(worker(Role.TI, tree["district"]))
    assert "Melati Indah" in words(client.get("/jejak/"))
    assert "Tidak ada catatan" in words(client.get("/jejak/?sejak=2999-01-01"))


def test_a_wave_of_ilp_is_recorded_and_taken_back(client, boss, tree):
    path = f"/ilp/catat/{tree['district'].code}/"
    assert client.get(path).status_code == 200
    values = {
        "facilities": [tree["first"].pk, tree["second"].pk],
        "state": "berjalan",
        "since": "2024-08-21",
        "evidence": "Berita acara",
        "decree": "",
    }
    assert client.post(path, values).status_code == 302
    assert IlpStatus.objects.count() == 2
    assert "sudah tercatat" in words(client.post(path, values))
    status = IlpStatus.objects.get(facility=tree["first"])
    client.post(f"/ilp/status/{status.pk}/batal/", {"alasan": "keliru"})
    status.refresh_from_db()
    assert status.cancelled_at is not None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"since": "2999-01-01"}, "belum tiba"),
        ({"since": "2019-12-31"}, "tidak buka pada"),
        ({"evidence": ""}, "Isi bukti atau nomor SK"),
        ({"facilities": []}, "Centang paling sedikit satu"),
        ({"since": "kemarin"}, "Tulis tanggal seperti ini"),
    ],
)
def test_a_status_that_cannot_be_is_refused_in_words(client, boss, tree, change, sentence):
    values = {
        "facilities": [tree["first"].pk],
        "state": "berjalan",
        "since": "2024-08-21",
        "evidence": "Berita acara",
    }
    answer = client.post(f"/ilp/catat/{tree['district'].code}/", values | change)
    assert sentence in words(answer)
    assert not IlpStatus.objects.exists()


def test_a_target_is_set_in_versions(client, boss, tree):
    path = f"/ilp/target/{tree['district'].code}/"
    values = {
        "kind": "pustu",
        "year": 2025,
        "number": 2,
        "source": "Renstra",
        "decided_on": "2025-01-05",
    }
    assert client.post(path, values).status_code == 302
    assert client.post(path, values | {"number": 1}).status_code == 302
    targets = IlpTarget.objects.order_by("version").values_list("version", "number")
    assert list(targets) == [(1, 2), (2, 1)]
    assert "Renstra" in words(client.get(path))
    assert "Isi jumlah" in words(client.post(path, values | {"number": ""}))


def test_the_rollout_page_shows_numbers_and_facts(client, boss, tree):
    IlpStatus.objects.create(facility=tree["first"], state="berjalan", since=date(2024, 8, 21))
    text = words(client.get(ROLLOUT + "?tahun=2025"))
    assert "1 dari 2" in text
    assert "<svg" in text
    assert "Catat penerapan" in text
    assert client.get(ROLLOUT + "?w=tidak-ada").status_code == 404


def test_a_puskesmas_sees_its_own_rollout_only(client, tree):
    client.force_login(worker(Role.KEPALA_PUSKESMAS, tree["first"]))
    text = words(client.get(ROLLOUT))
    assert "Kenanga" in text
    assert "Cempaka" not in text
    assert "Catat penerapan" not in text
