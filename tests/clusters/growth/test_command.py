import csv
import io

import pytest
from django.core.management import CommandError, call_command

HEADER = "id,sex,age_days,weight_kg,height_cm,measured,oedema"


@pytest.fixture
def run(tmp_path):
    def run(content):
        path = tmp_path / "anak.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, err = io.StringIO(), io.StringIO()
        call_command("zscores", str(path), stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_comes_back_with_its_scores(run):
    out, err = run(f"{HEADER}\n1,L,365,9.6,75.7,l,0\n2,P,800,3.0,75.7,h,n\n3,L,365,9.6,,,\n")
    assert out.splitlines() == [
        f"{HEADER},waz,haz,whz,bmiz,flags",
        "1,L,365,9.6,75.7,l,0,-0.04,-0.02,-0.06,-0.03,",
        '2,P,800,3.0,75.7,h,n,-8.33,-3.58,-9.81,-10.34,"waz,whz,bmiz"',
        "3,L,365,9.6,,,,-0.04,,,,",
    ]
    assert err.strip() == "Selesai: 3 baris, 0 tidak terbaca."


@pytest.mark.parametrize("sex", ["P", "p", "F", "f", "2", " P "])
def test_all_ways_to_write_a_girl(run, sex):
    out, _ = run(f"{HEADER}\n1,{sex},365,8.95,74.0,L,0\n")
    assert table(out)[0]["waz"] == "0.00"


@pytest.mark.parametrize("sex", ["L", "l", "M", "m", "1"])
def test_all_ways_to_write_a_boy(run, sex):
    out, _ = run(f"{HEADER}\n1,{sex},365,9.65,75.7,l,0\n")
    assert table(out)[0]["waz"] == "0.00"


@pytest.mark.parametrize("oedema", ["1", "y", "Y"])
def test_oedema_leaves_height_for_age(run, oedema):
    row = table(run(f"{HEADER}\n1,L,365,9.65,75.7,l,{oedema}\n")[0])[0]
    assert (row["waz"], row["haz"], row["whz"], row["bmiz"]) == ("", "-0.02", "", "")


def test_semicolons_and_decimal_commas_of_indonesian_excel(run):
    content = "﻿" + HEADER.replace(",", ";") + "\n1;L;365;9,65;75,7;l;0\n"
    out, _ = run(content)
    assert table(out)[0]["waz"] == "0.00"
    assert table(out)[0]["weight_kg"] == "9,65"


@pytest.mark.parametrize(
    "cells",
    [
        "X,365,9.6,75.7,l,0",
        ",365,9.6,75.7,l,0",
        "L,,9.6,75.7,l,0",
        "L,36.5,9.6,75.7,l,0",
        "L,nan,9.6,75.7,l,0",
        "L,inf,9.6,75.7,l,0",
        "L,setahun,9.6,75.7,l,0",
        "L,365,9.6 kg,75.7,l,0",
        "L,365,1.234.5,75.7,l,0",
        "L,365,nan,75.7,l,0",
        "L,365,9.6,75.7,tidur,0",
        "L,365,9.6,75.7,l,mungkin",
        "L,365,9.6,75.7",
        "L,365,9,6,75,7,l,0",
    ],
)
def test_a_row_that_cannot_be_read_is_marked_and_the_next_is_scored(run, cells):
    out, err = run(f"{HEADER}\n7,{cells}\n8,L,365,9.65,75.7,l,0\n")
    bad, good = table(out)
    assert bad["id"] == "7"
    assert (bad["waz"], bad["haz"], bad["whz"], bad["bmiz"]) == ("", "", "", "")
    assert bad["flags"] == "tidak_terbaca"
    assert good["waz"] == "0.00"
    assert "2 baris, 1 tidak terbaca" in err


def test_blank_lines_are_left_out(run):
    out, _ = run(f"{HEADER}\n\n1,L,365,9.65,75.7,l,0\n,,,,,,\n")
    assert [row["id"] for row in table(out)] == ["1"]


def test_an_answer_can_be_handed_in_again(run):
    once, _ = run(f"{HEADER}\n1,L,365,9.65,75.7,l,0\n")
    assert run(once)[0] == once


def test_progress_is_told_beside_the_answer(run):
    rows = "1,L,365,9.65,75.7,l,0\n" * 10_001
    out, err = run(f"{HEADER}\n{rows}")
    assert len(table(out)) == 10_001
    assert err.splitlines() == ["10000 baris", "Selesai: 10001 baris, 0 tidak terbaca."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Kolom sex, age_days"),
        ("id,sex,age_days,weight_kg,height_cm,measured\n", "Kolom oedema tidak ada"),
        (b"\xff\xfe\x00\x01", "bukan CSV"),
        (HEADER.encode() + b'\n1,"' + b"x" * 200_000 + b"\n", "bukan CSV"),
    ],
)
def test_a_table_that_cannot_be_used_ends_with_a_sentence_and_code_two(run, content, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        run(content)
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_ends_with_a_sentence_and_code_two(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibuka") as refused:
        call_command("zscores", str(tmp_path / "tidak-ada.csv"))
    assert refused.value.returncode == 2
