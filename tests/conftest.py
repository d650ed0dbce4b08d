import pytest

from tests.factories import small_district


@pytest.fixture
def tree(db):
    """A district, two kecamatan, and two Puskesmas with a village, a Pustu and a Posyandu each.

    Keys: district kec_one kec_two first second desa_satu desa_dua pustu_satu pustu_dua melati mawar.
    """
    return small_district()
