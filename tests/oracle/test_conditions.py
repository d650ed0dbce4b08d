"""The dictionary's words are read as those who wrote a recomputation by hand understood them."""

from datetime import date
from random import Random

import polars as pl
import pytest

from tests.oracle import conditions
from tests.oracle.recompute_disease import AT_SERVICE
from tests.oracle.recompute_growth import visit_predicates

GIVEN = [code for code in visit_predicates() if not code.startswith("vit_a")]


def growth():
    chance = Random(3)
    maybe = [None, 0, 1]
    rows = {
        "age_months": [chance.randrange(60) for _ in range(400)],
        "exclusive_milk": [chance.choice(maybe) for _ in range(400)],
        "complementary_food": [chance.choice(maybe) for _ in range(400)],
        "vitamin_a": [chance.choice([None, "biru", "merah", "tidak"]) for _ in range(400)],
        "seen_on": [date(2026, 1, 5)] * 400,
    }
    return pl.DataFrame(rows)


@pytest.mark.parametrize("code", GIVEN)
def test_words_and_hand_agree_on_children(code):
    words = dict(conditions.dictionary.counted("growth"))[code].removeprefix("kunjungan: ")
    visits = growth()
    by_words = visits.filter(conditions.condition("growth", words))
    assert 0 < by_words.height < visits.height
    assert by_words.equals(visits.filter(visit_predicates()[code]))


@pytest.mark.parametrize("code", ["rj_baru", "rj_jkn", "rj_dirujuk"])
def test_words_and_hand_agree_on_the_ill(code):
    visits = pl.DataFrame(
        {
            "case_kind": ["baru", "lama", None, "baru"],
            "payer": ["umum", "jkn", None, "jkn"],
            "referred": [1, 0, None, 1],
        }
    )
    words = conditions.dictionary.counted("outpatient")[code].removeprefix("kunjungan: ")
    by_words = visits.filter(conditions.condition("outpatient", words))
    assert by_words.equals(visits.filter(AT_SERVICE["outpatient"][code]))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("semua", [1, 2, 3]),
        ("Suhu badan ≥ 38.5", [2]),
        ("Nasihat makan dan kapan kembali = ya dan Diare = tidak", [3]),  # "dan" within a title
        ("Nasihat makan dan kapan kembali kosong", [2]),
        ("Cara minum = haus atau malas dan umur (bulan) < 24", [1]),
    ],
)
def test_conditions_are_joined_and_titles_may_hold_the_joining_word(words, kept):
    visits = pl.DataFrame(
        {
            "n": [1, 2, 3],
            "temperature": [37.0, 38.5, None],
            "advice": [1, None, 1],
            "diarrhoea": [1, 0, 0],
            "drinking": ["haus", "malas", None],
            "age_months": [10, 30, 12],
        }
    )
    found = visits.filter(conditions.condition("sick_child", words))
    assert found["n"].to_list() == kept


@pytest.mark.parametrize("words", ["Klasifikasi batuk = pneumonia", "(Diare = ya atau Demam = ya)"])
def test_what_cannot_be_read_is_to_be_written_by_hand(words):
    with pytest.raises(conditions.Unreadable, match="by hand"):
        conditions.condition("sick_child", words)
