"""The sheet in the browser: what is typed is kept, what cannot be read is said beside its box."""

import re

import pytest

from facilities.models import Assessment, AssessmentRow
from tests.facilities.needing import entry, give_back, save, sent, standard, this_year, verified
from tests.factories import place, worker


@pytest.fixture
def items(tree):
    return [standard(tree["district"], name=name) for name in ("Doppler", "Tensimeter")]


@pytest.fixture
def admin(tree, items, client):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    return client


@pytest.fixture
def dinas(tree, items, client):
    client.force_login(worker("programmer", tree["district"]))
    return client


def address(at, year=None):
    return f"/kebutuhan/penilaian/{at.code}/{year or this_year()}/"


def boxes(item, *numbers, **more):
    names = ("ada", "baik", "ringan", "berat")
    typed = dict(zip(names, numbers, strict=True)) | more
    return {f"{item.pk}-{name}": text for name, text in typed.items()}


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_puskesmas_fills_in_for_its_pustu_and_sends(tree, items, admin):
    at = address(tree["pustu_satu"])
    assert "Belum mulai" in words(admin.get(at))
    typed = boxes(items[0], "1", "1", "0", "nihil") | boxes(
        items[1], "1.000", "998", "1", "1", catatan="gudang"
    )
    assert admin.post(at, typed | {"langkah": "simpan", "versi": "0"}).status_code == 302
    rows = {row.item.name: row for row in AssessmentRow.objects.select_related("item")}
    assert (rows["Tensimeter"].present, rows["Tensimeter"].note) == (1000, "gudang")
    answer = admin.post(at, typed | {"langkah": "kirim", "versi": "1"}, follow=True)
    assert "terkirim ke Dinas" in words(answer)
    assert Assessment.objects.get().state == "dikirim"
    assert 'name="versi"' in answer.content.decode()
    assert f'name="{items[0].pk}-ada"' not in answer.content.decode()


def test_what_cannot_be_read_stays_on_the_page_and_the_rest_is_kept(tree, items, admin):
    typed = boxes(items[0], "banyak", "1", "0", "0") | boxes(items[1], "2", "2", "0", "0")
    answer = admin.post(address(tree["pustu_satu"]), typed | {"langkah": "kirim", "versi": "0"})
    assert answer.status_code == 422
    assert 'value="banyak"' in answer.content.decode()
    assert "bukan bilangan bulat" in words(answer)
    assert "kecuali 1 baris" in words(answer)
    assert [row.item_id for row in AssessmentRow.objects.all()] == [items[1].pk]
    assert Assessment.objects.get().state == "draf"


def test_what_does_not_add_up_is_kept_and_not_sent(tree, items, admin):
    typed = boxes(items[0], "3", "1", "0", "0") | boxes(items[1], "2", "2", "0", "0")
    answer = admin.post(address(tree["pustu_satu"]), typed | {"langkah": "kirim", "versi": "0"})
    assert answer.status_code == 422
    assert "harus sama dengan ada" in words(answer)
    assert AssessmentRow.objects.get(item=items[0]).present == 3
    assert Assessment.objects.get().state == "draf"


@pytest.mark.parametrize("number", ["-1", "100000"])
def test_a_number_that_nobody_has_is_refused(tree, items, admin, number):
    typed = boxes(items[0], number, "1", "0", "0")
    answer = admin.post(address(tree["pustu_satu"]), typed | {"langkah": "simpan", "versi": "0"})
    assert "dari 0 sampai 99.999" in words(answer)


def test_somebody_elses_save_is_not_overwritten_and_the_typed_stays(tree, items, admin):
    save(tree["pustu_satu"], entry(1))
    typed = boxes(items[0], "7", "7", "0", "0") | {"langkah": "simpan", "versi": "0"}
    answer = admin.post(address(tree["pustu_satu"]), typed)
    assert answer.status_code == 422
    assert "disimpan orang lain" in words(answer)
    assert 'value="7"' in answer.content.decode()
    assert 'name="versi" value="1"' in answer.content.decode()
    assert AssessmentRow.objects.get().present == 1
    assert admin.post(address(tree["pustu_satu"]), typed | {"versi": "x"}).status_code == 422


def test_the_dinas_returns_with_a_comment_on_one_row_and_verifies(tree, items, dinas):
    sent(tree["pustu_satu"], entry(1), entry(2))
    at = address(tree["pustu_satu"])
    answer = dinas.post(at, {"langkah": "kembalikan", "versi": "2"})
    assert answer.status_code == 422
    assert "Tulis komentar" in words(answer)
    said = {f"{items[0].pk}-komentar": "Hanya satu yang kami lihat", "versi": "2"}
    dinas.post(at, {"langkah": "kembalikan"} | said)
    assert "Hanya satu yang kami lihat" in words(dinas.get(at))
    assert Assessment.objects.get().state == "dikembalikan"
    assert dinas.post(at, {"langkah": "verifikasi", "versi": "3"}).status_code == 422
    Assessment.objects.all().delete()
    sent(tree["pustu_satu"], entry(1), entry(2))
    assert "diverifikasi dan terkunci" in words(
        dinas.post(at, {"langkah": "verifikasi", "versi": "2"}, follow=True)
    )


@pytest.mark.parametrize("step", ["verifikasi", "kembalikan"])
def test_a_page_of_the_dinas_that_is_out_of_date_keeps_what_was_typed(tree, items, dinas, step):
    give_back(sent(tree["pustu_satu"], entry(1), entry(2)))
    sent(tree["pustu_satu"], entry(1), entry(9))
    typed = {f"{items[0].pk}-komentar": "Hitung lagi", "catatan-dinas": "Segera", "langkah": step}
    for version in ("2", "", "x"):
        answer = dinas.post(address(tree["pustu_satu"]), typed | {"versi": version})
        assert answer.status_code == 422
        html = answer.content.decode()
        assert 'value="Hitung lagi"' in html
        assert ">Segera</textarea>" in html
        assert 'name="versi" value="5"' in html
        assert Assessment.objects.get().state == "dikirim"
    assert "disimpan orang lain" in words(
        dinas.post(address(tree["pustu_satu"]), typed | {"versi": "2"})
    )


def test_enter_in_a_comment_presses_a_button_that_does_nothing(tree, items, dinas):
    for make in (sent, verified):
        Assessment.objects.all().delete()
        make(tree["pustu_satu"], entry(1), entry(2))
        html = dinas.get(address(tree["pustu_satu"])).content.decode()
        form = html[html.index('name="versi"') - 500 : html.index("catatan-dinas")]
        first = re.search(r"<button[^>]*>", form)
        assert first
        assert "disabled" in first[0]


def test_who_may_only_look_sees_no_box_and_changes_nothing(tree, items, client):
    client.force_login(worker("kepala_puskesmas", tree["first"]))
    at = address(tree["pustu_satu"])
    text = client.get(at).content.decode()
    assert "Diisi admin Puskesmas" in text
    assert "-ada" not in text
    for step in ("simpan", "kirim"):
        assert client.post(at, {"langkah": step, "versi": "0"}).status_code == 403
    sent(tree["pustu_satu"], entry(1), entry(2))
    for step in ("verifikasi", "kembalikan"):
        assert client.post(at, {"langkah": step, "catatan-dinas": "x"}).status_code == 403
    assert Assessment.objects.get().state == "dikirim"


def test_out_of_reach_there_is_nothing(tree, items, admin):
    assert admin.get(address(tree["pustu_dua"])).status_code == 404
    assert admin.post(address(tree["pustu_dua"]), {"langkah": "simpan"}).status_code == 404
    assert admin.get(address(tree["desa_satu"])).status_code == 404
    assert admin.get(address(tree["pustu_satu"], 1999)).status_code == 404
    assert admin.post(address(tree["pustu_satu"]), {"langkah": "verifikasi"}).status_code == 404


def test_a_place_without_standards_says_who_sets_them(tree, items, admin):
    assert "Belum ada standar untuk tempat ini" in words(admin.get(address(tree["melati"])))


LIST = "/kebutuhan/penilaian/"


def test_the_list_says_how_far_each_place_is(tree, items, admin):
    verified(tree["pustu_satu"], entry(1), entry(2))
    verified(tree["pustu_dua"], entry(1), entry(2))
    rows = words(admin.get(f"{LIST}?jenis=pustu"))
    assert "Pustu satu" in rows
    assert "Pustu dua" not in rows
    assert "Diverifikasi" in rows
    assert "Pustu Kenanga Diverifikasi" in rows
    assert (
        "Pustu satu"
        not in words(admin.get("/kebutuhan/penilaian/?status=belum")).split("Tampilkan")[-1]
    )
    kinds = re.findall(r'data-label="Jenis">(\w+)', admin.get(LIST).content.decode())
    assert kinds == ["Puskesmas", "Pustu", "Posyandu"]
    none = admin.get(f"/kebutuhan/penilaian/?tahun={this_year() - 1}&status=diverifikasi")
    assert "Tidak ada tempat yang cocok" in words(none)
    assert admin.get("/kebutuhan/penilaian/?tahun=x&jenis=y&status=z&hal=q").status_code == 200


def test_pages_ask_few_queries(tree, items, admin, django_assert_max_num_queries):
    for _ in range(20):
        place("pustu", network=tree["first"], area=tree["desa_satu"])
    save(tree["pustu_satu"], entry(1), entry(2))
    with django_assert_max_num_queries(20):
        admin.get("/kebutuhan/penilaian/")
    with django_assert_max_num_queries(20):
        admin.get(address(tree["pustu_satu"]))
