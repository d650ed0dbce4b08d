"""S10 on the screen, on paper and as a workbook: one number everywhere, within reach only."""

import re
from io import BytesIO

import openpyxl
import pytest

from facilities.actions.assessments import Entry
from facilities.models import Assessment
from ilp.core.models import AuditEvent
from reporting.models import NeedWeights
from tests.facilities.needing import (
    LONG_AGO,
    entry,
    save,
    sent,
    staff,
    standard,
    this_year,
    verified,
    verify,
    worker_standard,
)
from tests.factories import place, worker
from tests.reporting import figures

PAGE = "/kebutuhan/"
PARTS = ("", "sarana", "prasarana", "alat", "sdm", "obat", "prioritas")


@pytest.fixture
def filled(tree):
    """Two Pustu: one verified and short of two, one sent and whole; one midwife is missing."""
    standard(tree["district"], number=3, price=600_000)
    for kind in ("perawat", "bidan"):
        worker_standard(tree["district"], kind)
    verified(tree["pustu_satu"], entry(2, heavy=1))
    sent(tree["pustu_dua"], entry(3))
    staff(tree["pustu_satu"], LONG_AGO, perawat=1, bidan=0)
    staff(tree["pustu_dua"], LONG_AGO, perawat=1, bidan=1)
    return tree


@pytest.fixture
def dinas(filled, client):
    client.force_login(worker("admin_dinas", filled["district"]))
    return client


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ruk(client, at, query=""):
    answer = client.get(f"{PAGE}{at.code}/{this_year()}/ruk.xlsx{query}")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["RUK"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_summary_says_where_it_comes_from_and_what_is_lacking(filled, dinas):
    text = words(dinas.get(PAGE))
    assert "penilaian mandiri 2 dari 2 tempat, diverifikasi 1/2" in text
    assert "1. Bidan" in text
    assert "2. Tensimeter" in text
    assert "kurang 2 buah" in text
    assert "Rp1.200.000" in text
    assert "1 dari 2 Pustu yang tenaganya dicatat terisi perawat dan bidan" in text


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_for_everybody_who_sees_the_place(filled, client, part):
    for role, at in (("lihat", "district"), ("kepala_puskesmas", "first"), ("nakes", "pustu_satu")):
        client.force_login(worker(role, filled[at]))
        assert client.get(PAGE, {"bagian": part}).status_code == 200


def test_a_box_leads_to_the_row_of_the_form_or_to_the_staff(filled, dinas):
    html = dinas.get(PAGE, {"bagian": "alat"}).content.decode()
    address = f"/kebutuhan/penilaian/{filled['pustu_satu'].code}/{this_year()}/"
    assert f'href="{address}#barang-tensimeter"' in html
    assert 'id="barang-tensimeter"' in dinas.get(address).content.decode()
    assert "1/3" in words(dinas.get(PAGE, {"bagian": "alat"}))
    assert (
        f"/tenaga/{filled['pustu_satu'].code}/"
        in dinas.get(PAGE, {"bagian": "sdm"}).content.decode()
    )


def test_an_item_leads_to_its_places_those_that_lack_most_first(filled, dinas):
    text = words(dinas.get(PAGE, {"barang": "tensimeter"}))
    assert "kurang 2 buah di 1 tempat" in text
    assert text.index("Pustu satu") < text.index("Pustu dua")


def test_one_kind_of_place_alone(filled, dinas):
    standard(filled["district"], "puskesmas", name="USG")
    assert "USG" in words(dinas.get(PAGE, {"bagian": "alat"}))
    assert "USG" not in words(dinas.get(PAGE, {"bagian": "alat", "jenis": "pustu"}))


def test_a_puskesmas_sees_its_own_and_nothing_else(filled, client):
    client.force_login(worker("admin_puskesmas", filled["first"]))
    text = words(client.get(PAGE))
    assert "1 dari 1 tempat" in text
    assert "Pustu dua" not in words(client.get(PAGE, {"bagian": "alat"}))
    assert client.get(PAGE, {"w": filled["second"].code}).status_code == 404
    assert client.get(PAGE, {"w": filled["district"].code}).status_code == 404
    for path in ("cetak/", "ruk.xlsx"):
        other = f"{PAGE}{filled['second'].code}/{this_year()}/{path}"
        assert client.get(other).status_code == 404
        assert client.get(other.replace(str(this_year()), "1999")).status_code == 404
        assert client.get(f"{PAGE}{filled['first'].code}/1999/{path}").status_code == 404


def test_page_paper_and_workbook_say_the_same(filled, dinas):
    figures.sasaran(filled["district"], {filled["first"]: {"S_PDD": 9_000}}, year=this_year())
    shown = dinas.get(PAGE, {"bagian": "prioritas"}).content.decode()
    scores = [float(one) for one in re.findall(r'<data value="([\d.]+)"><strong>', shown)]
    rows = ruk(dinas, filled["district"])
    assert [row["Skor"] for row in rows] == pytest.approx(scores, abs=0.0006)
    assert [(row["Kebutuhan"], row["Kurang (usulan)"]) for row in rows] == [
        ("Bidan", 1), ("Tensimeter", 2),
    ]  # fmt: skip
    tensimeter = rows[1]
    assert (tensimeter["Standar"], tensimeter["Ada"], tensimeter["Baik"]) == (3, 2, 1)
    assert (tensimeter["Jumlah biaya (Rp)"], tensimeter["Tempat yang kurang"]) == (
        1_200_000, "Pustu satu",
    )  # fmt: skip
    paper = words(dinas.get(f"{PAGE}{filled['district'].code}/{this_year()}/cetak/"))
    assert "Tensimeter kurang 2 buah di 1 tempat" in paper
    assert "Kenanga: Tensimeter" in paper
    assert "SEBAGIAN" in paper
    assert "Mengetahui," in paper
    assert AuditEvent.objects.filter(event="needs.taken", detail__rows=2).count() == 1


def test_the_paper_draws_the_largest_gaps_as_the_page_lists_them(filled, dinas):
    paper = dinas.get(f"{PAGE}{filled['district'].code}/{this_year()}/cetak/").content.decode()
    page = words(dinas.get(PAGE))

    [picture] = re.findall(r'<figure class="leaf-picture">(.*?)</figure>', paper, re.S)
    drawn = re.findall(r"kurang (\d+) (\w+) \(([\d,]+%)\)</text>", picture)
    assert len(drawn) == picture.count("print-hatch") > 1
    for missing, unit, share in drawn:
        assert f"kurang {missing} {unit} {share}" in page


def test_the_paper_without_gaps_has_no_picture(tree, client):
    client.force_login(worker("admin_dinas", tree["district"]))
    paper = client.get(f"{PAGE}{tree['district'].code}/{this_year()}/cetak/")
    assert paper.status_code == 200
    assert "leaf-picture" not in paper.content.decode()


def test_who_may_not_export_gets_no_workbook(filled, client):
    client.force_login(worker("lihat", filled["district"]))
    assert "RUK" not in words(client.get(PAGE))
    at = f"{PAGE}{filled['district'].code}/{this_year()}/"
    assert client.get(f"{at}ruk.xlsx").status_code == 403
    assert client.get(f"{at}cetak/").status_code == 200


def test_the_paper_of_all_verified_is_no_draft(filled, dinas):
    only = words(dinas.get(f"{PAGE}{filled['first'].code}/{this_year()}/cetak/"))
    assert "SEBAGIAN" not in only
    assert "0 dari 1 Pustu" in only


def tab(client, at):
    return words(client.get(f"/tempat/{at.code}/", {"v": "sarana", "p": f"{this_year()}-01"}))


def test_the_profile_of_a_place_says_what_it_lacks_only_once_that_was_sent(filled, dinas):
    """Neither a blank draft nor what the year before proposes is an answer."""
    standard(filled["district"], "posyandu", name="Timbangan", number=2)
    at = filled["melati"]
    draft = save(at, Entry(None, None, None, None))
    text = tab(dinas, at)
    assert "1 dari 1 baris belum diisi" in text
    assert "sesudah penilaian dikirim" in text
    assert "Tidak ada yang kurang" not in text
    verify(sent(at, entry(1)))
    assert "Timbangan 2 1 1" in tab(dinas, at)
    Assessment.objects.filter(pk=draft.pk).update(year=this_year() - 1)
    text = tab(dinas, at)
    assert "belum dimulai" in text
    assert "Timbangan" not in text
    verify(sent(at, entry(2)))
    assert "Tidak ada yang kurang dari standar" in tab(dinas, at)


def test_weights_are_seen_and_set_by_the_dinas_alone(filled, dinas, client):
    at = f"/kebutuhan/bobot/{filled['district'].code}/"
    assert dinas.get(at).status_code == 200
    given = {"gap": "70", "burden": "20", "low": "9", "since": "2025-01-01"}
    assert "berjumlah 99" in words(dinas.post(at, given))
    assert "Tulis angka bulat" in words(dinas.post(at, given | {"low": "x"}))
    assert not NeedWeights.objects.exists()
    assert dinas.post(at, given | {"low": "10"}).status_code == 302
    text = words(dinas.get(PAGE, {"bagian": "prioritas"}))
    assert "70 × kesenjangan + 20 × beban sasaran + 10 × capaian rendah" in text
    assert "1 Januari 2025" in text
    client.force_login(worker("kepala_dinas", filled["district"]))
    assert client.get(at).status_code == 403


def test_nothing_asked_yet_says_what_to_do(tree, client):
    client.force_login(worker("lihat", tree["district"]))
    assert "Belum ada standar untuk dinilai" in words(client.get(PAGE))
    paper = client.get(f"{PAGE}{tree['district'].code}/{this_year()}/cetak/")
    assert paper.status_code == 200


def test_what_makes_no_sense_in_the_address_is_left_out(filled, dinas):
    query = {"tahun": "x", "jenis": "warung", "bagian": "lain", "hal": "q", "barang": "tiada"}
    assert dinas.get(PAGE, query).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_a_page_asks_few_queries(filled, dinas, part, django_assert_max_num_queries):
    for _ in range(30):
        sent(place("pustu", network=filled["first"], area=filled["desa_satu"]), entry(0))
    with django_assert_max_num_queries(25):
        dinas.get(PAGE, {"bagian": part, "hal": "2"})
    with django_assert_max_num_queries(25):
        dinas.get(f"{PAGE}{filled['district'].code}/{this_year()}/cetak/")
