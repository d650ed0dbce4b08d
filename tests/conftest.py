import pytest

from tests.factories import small_district


@pytest.fixture
def tree(db):
    """A district, two kecamatan, and two Puskesmas with a village, a Pustu and a Posyandu each.

    Keys: district; kec_one, first, desa_satu, pustu_satu, melati;
    kec_two, second, desa_dua, pustu_dua, mawar.
    """
    return small_district()
