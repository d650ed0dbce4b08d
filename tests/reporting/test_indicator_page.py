"""The page of one indicator, and the same told by a command."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.roll_up import rebuild_totals
from reporting.catalogue import indicator
from reporting.selectors.breakdown import breakdown, has_pws, pws_of
from reporting.selectors.explaining import explanation, sentences
from reporting.selectors.places import Place
from tests.factories import small_district, worker
from tests.reporting import rows as visits
from tests.reporting.figures import MAY, filled_district, sasaran, total

pytestmark = pytest.mark.django_db


def as_place(facility):
    return Place(facility.pk, facility.code, facility.name, facility.kind)


def told(places, name, code):
    one = indicator(code, MAY.last_day)
    return explanation(indicator=one, of=as_place(places[name]), month=MAY)


def command(name, *args):
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_the_formula_is_shown_with_the_numbers_that_went_into_it(client):
    places = filled_district()
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    page = client.get("/indikator/SPM01/?v=definisi").content.decode()
    text = " ".join(page.split())
    assert "(Jan 6 + Feb 6 + Mar 6 + Apr 6 + Mei 6)" in text
    assert "÷ 360" in text
    assert "= <strong>8,3%</strong>" in text
    assert "SK contoh" in text
    assert "versi 1" in text


def test_the_drill_leads_from_the_district_to_the_visits(client):
    places = filled_district()
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    way = [("first", "desa_satu"), ("desa_satu", "melati")]
    for here, below in way:
        page = client.get(f"/indikator/IB04/?w={places[here].code}").content.decode()
        assert f"/indikator/IB04/?w={places[below].code}&amp;p={MAY}" in page
    page = client.get(f"/indikator/IB04/?w={places['melati'].code}").content.decode()
    assert "/kunjungan/?w=" in page
    by_pustu = client.get(f"/indikator/IB04/?w={places['first'].code}&b=pustu").content.decode()
    assert f"w={places['pustu_satu'].code}&amp;p={MAY}" in by_pustu


def test_a_month_outside_the_rounds_says_so_and_leads_to_the_last_round(client):
    places = filled_district()
    total(places["first"], MAY, vit_a_biru=0)
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    page = client.get(f"/indikator/AN35/?p={MAY}").content.decode()
    assert "hanya dihitung pada Februari dan Agustus" in page
    assert "/indikator/AN35/?w=99.01&amp;p=2025-02" in page
    assert "0,0%" not in page
    table = client.get(f"/indikator/AN35/unduh.csv?p={MAY}").content.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(table), delimiter=";" if ";" in table else ","):
        assert (row["numerator"], row["value"], row["status"]) == ("", "", "tj")
    trend = client.get(f"/indikator/AN35/?p={MAY}&v=tren").content.decode()
    assert ("TJ</td>" in trend, "BL</td>" in trend) == (True, True), "no round was reported"


def test_those_who_may_not_see_people_are_not_led_to_visits(client):
    places = filled_district()
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    page = client.get(f"/indikator/IB04/?w={places['melati'].code}").content.decode()
    assert "/kunjungan/" not in page
    assert "hanya dapat dibuka oleh petugas" in page


def test_children_are_ranked_and_those_without_a_report_come_last_without_a_rank():
    places = filled_district()
    one = indicator("SPM01", MAY.last_day)
    listed = [as_place(places["second"]), as_place(places["first"])]
    first, second = breakdown(indicator=one, places=listed, month=MAY)
    assert (first.place.name, first.rank, first.rank_before) == ("Kenanga", 1, 1)
    assert (second.place.name, second.rank, second.rank_before) == ("Cempaka", None, 1)
    assert second.counts == (2, 2, 2, 2, None)
    assert (second.gap, second.arrow) == (None, "·")
    assert first.arrow == "–"


def test_the_pws_graph_and_the_page_say_the_same_of_a_district_where_all_reported():
    places = filled_district()
    total(places["second"], MAY, anc_12t=2)
    one = indicator("SPM01", MAY.last_day)
    listed = [as_place(places["first"]), as_place(places["second"])]
    parts = breakdown(indicator=one, places=listed, month=MAY)
    chart = pws_of(parts, of=as_place(places["district"]), addresses={p.pk: "" for p in listed})
    assert has_pws(one, MAY)
    assert chart.total.cumulative == pytest.approx(told(places, "district", "SPM01").score.value)
    assert not has_pws(indicator("IM24", MAY.last_day), MAY)


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("second", "SPM01", "Belum ada laporan untuk bulan ini."),
        ("pustu_satu", "SPM01", "Penyebut belum ditetapkan, jadi tidak ada persentase."),
        ("first", "SPM01", "20 dari 240 ibu hamil."),
    ],
)
def test_the_sentence_says_what_there_is(name, code, sentence):
    assert sentences(told(filled_district(), name, code))[0] == sentence


def test_nobody_to_divide_by_is_said_in_words():
    places = small_district()
    total(places["first"], MAY, k1=3, anemia=0)
    assert "Tidak ada yang menjadi penyebut" in sentences(told(places, "first", "IB21"))[0]


def test_what_is_needed_a_month_is_what_the_pws_graph_says():
    """T 90, m 6, S 400, 196 so far: 28 a month until December."""
    places = small_district()
    june = Month(2026, 6)
    sasaran(places["district"], {places["first"]: {"S_BUMIL": 400}}, year=2026)
    for month, value in zip(june.of_year, (32, 30, 34, 31, 33, 36), strict=True):
        total(places["first"], month, ttd_90=value)
    one = indicator("IB17", june.last_day)
    found = explanation(indicator=one, of=as_place(places["first"]), month=june)
    assert (found.score.target, found.score.value) == (90, 49.0)
    assert found.needed_a_month == 28


def test_explain_lists_the_rows_that_were_counted():
    places = small_district()
    mothers = [
        visits.incoming(
            "antenatal", nik=f"990101500000{n:04d}", born_on=date(1996, 3, 4), sex="P",
            seen_on=date(2025, 4 + n % 2, 7), facility=places["pustu_satu"], home=places["melati"],
            row=n + 2, weeks=10, examiner="bidan",
        )
        for n in range(4)
    ]  # fmt: skip
    visits.write("antenatal", mothers, places)
    rebuild_totals(first=MAY.plus(-1), last=MAY, by=None)
    answer = json.loads(command("explain", "IB02", "--place=99.01", f"--month={MAY}"))
    assert answer["numerator"] == 4
    assert answer["numerator_parts"][0]["months"]["2025-05"] == 2
    assert [(r["kind"], r["count"], len(set(r["ids"]))) for r in answer["rows"]] == [
        ("milestone", 4, 4)
    ]
    elsewhere = json.loads(
        command("explain", "IB02", f"--place={places['second'].code}", f"--month={MAY}")
    )
    assert elsewhere["rows"][0]["count"] == 0


def test_all_totals_come_out_as_csv():
    filled_district()
    rows = list(
        csv.DictReader(io.StringIO(command("export_totals", "--from=2025-04", "--to=2025-05")))
    )
    found = {(r["place"], r["month"], r["element"]): int(r["total"]) for r in rows}
    assert found["99.01", "2025-05", "k6"] == 9
    assert found["99.01", "2025-04", "k6"] == 9
    assert ("P9901020101", "2025-05", "k6") not in found
    narrowed = command("export_totals", "--from=2025-05", "--to=2025-05", "--place=P9901010101")
    assert "99.01,2025" not in narrowed
    assert "P9901010101,2025-05,k6,,0,6" in narrowed


def test_commands_say_what_is_wrong_with_their_words():
    small_district()
    with pytest.raises(CommandError, match="Tidak ada tempat"):
        command("indicators", "--place=entah", "--month=2025-05")
    with pytest.raises(CommandError, match="bukan bulan"):
        command("indicators", "--place=99.01", "--month=Mei")
    with pytest.raises(CommandError, match="Tidak ada indikator"):
        command("explain", "XX", "--place=99.01", "--month=2025-05")
