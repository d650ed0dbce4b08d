"""A sentence with a count: one text in Indonesian, in English one for 1 and one for the rest."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from facilities.actions.errors import ChildrenStillOpen
from ilp.core.counting import counted

READ = "%(count)s baris dibaca"
FOR_ROWS = "{{ counted('%(way)s untuk %(count)s baris', n, way=way) }}"
NUMBERS = [(0, "0"), (1, "1"), (2, "2"), (1234, "1.234")]


@pytest.mark.parametrize(("number", "written"), NUMBERS)
def test_indonesian_says_one_as_it_says_many(number, written):
    with translation.override("id"):
        assert counted(READ, number) == f"{written} baris dibaca"


@pytest.mark.parametrize(("number", "written"), NUMBERS)
def test_english_has_another_word_for_one(number, written):
    with translation.override("en"):
        assert counted(READ, number) == f"{written} {'row' if number == 1 else 'rows'} read"


def test_other_blanks_are_filled_too():
    with translation.override("en"):
        assert counted("%(way)s untuk %(count)s baris", 1, way="Hapus") == "Hapus for 1 row"


@pytest.mark.parametrize(
    ("way", "shown"), [("a < b", "a &lt; b"), (mark_safe("<i>x</i>"), "<i>x</i>")]
)
def test_in_a_template_what_fills_the_blanks_is_escaped_once(way, shown):
    template = engines["jinja2"].from_string(FOR_ROWS)
    with translation.override("en"):
        assert template.render({"n": 1, "way": way}) == f"{shown} for 1 row"
        assert template.render({"n": 2000, "way": way}) == f"{shown} for 2.000 rows"


def test_an_error_is_told_by_its_count_in_the_language_of_its_reader():
    one, two = (ChildrenStillOpen(place="A", count=n, names="B") for n in (1, 2))
    with translation.override("id"):
        assert one.sentence.startswith("A masih membawahi 1 tempat yang buka (B).")
    with translation.override("en"):
        assert one.sentence == "A still has 1 open place below it (B). Move or close it first."
        assert "2 open places" in two.sentence
