import pytest

from reporting.selectors import form_book
from reporting.selectors.parts import PARTS
from tests import quickly
from tests.factories import small_district

quickly.install()


@pytest.fixture(autouse=True)
def forms_of_the_catalogue():
    """Forms that a test let a Dinas make are forgotten with its transaction."""
    yield
    form_book.forget()


@pytest.fixture(autouse=True)
def parts_of_no_other_test():
    """Numbers that were rolled back had versions that other numbers have after them."""
    PARTS.clear()


@pytest.fixture
def tree(db):
    """A district, two kecamatan, and two Puskesmas with a village, a Pustu and a Posyandu each.

    Keys: district; kec_one, first, desa_satu, pustu_satu, melati;
    kec_two, second, desa_dua, pustu_dua, mawar.
    """
    return small_district()
