"""The index of the 12 SPM: by the domain's vector, by hand, and on its page."""

from datetime import date

import pytest
from django.urls import reverse

from facilities.models import DataVersion
from facilities.roles import Role
from ilp.core.months import Month
from reporting.catalogue import FORMS, INDICATORS, SPM
from reporting.catalogue.forms_spm import SERVICES, class_of, index, quality, quality_codes
from reporting.selectors.places import Place
from reporting.selectors.spm import Report, Served, spm_report
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total

DAY = date(2025, 12, 31)


def test_the_domains_vector():
    assert index(90, 80, DAY) == pytest.approx(88)
    assert str(class_of(88, DAY).label) == "Tuntas madya"


@pytest.mark.parametrize(
    ("value", "label"),
    [(100, "paripurna"), (99.99, "utama"), (90, "utama"), (79.9, "muda"), (60, "pratama"),
     (59.9, "Belum"), (0, "Belum"), (70 - 1e-12, "muda")],
)  # fmt: skip
def test_classes_begin_at_their_limits(value, label):
    assert label in str(class_of(value, DAY).label)


def test_more_than_everybody_counts_as_everybody():
    assert index(130, 100, DAY) == 100


def test_quality_is_the_mean_of_goods_and_staff():
    numbers = {"spm08_barang_perlu": 10, "spm08_barang_ada": 9,
               "spm08_sdm_perlu": 4, "spm08_sdm_ada": 2}  # fmt: skip
    assert quality(numbers, 8) == pytest.approx(70)
    assert quality(numbers | {"spm08_sdm_perlu": 0}, 8) == pytest.approx(90)
    assert quality(numbers | {"spm08_sdm_ada": None}, 8) == pytest.approx(45)
    assert quality({}, 8) is None


def test_every_service_has_its_rows_and_its_indicator():
    rows = {item.element for item in FORMS["SPM"].items}
    assert rows == {code for n in SERVICES for pair in quality_codes(n) for code in pair}
    assert set(SPM) == set(SERVICES)
    assert all(INDICATORS[code].spm == number for number, code in SPM.items())


def test_the_whole_has_an_index_only_when_every_service_has_one():
    def report(*qualities):
        served = tuple(
            Served(n, "", None, q, Month(2025, 12)) for n, q in enumerate(qualities, start=1)
        )
        return Report(Place(1, "99.01", "Kabupaten", "dinas"), Month(2025, 12), MAY, served)

    empty = report(50.0, 100.0)
    assert (empty.index, empty.label, empty.incomplete) == (None, "", 2)


@pytest.fixture
def places(db):
    return filled_district()


def everything(place, month, there=4):
    numbers = {}
    for number in SERVICES:
        for needed, held in quality_codes(number):
            numbers |= {needed: 5, held: there}
    total(place, month, **numbers)


def test_quality_is_that_of_the_last_quarter(places):
    everything(places["district"], Month(2025, 3))
    held = places["district"]
    place = Place(held.pk, held.code, held.name, held.kind)
    found = spm_report(of=place, month=MAY)
    assert found.quarter == Month(2025, 3)
    first = found.services[0]
    # Five months of 3 x 2 women with all twelve T over 360 bumil, from tests.reporting.figures.
    assert first.people == pytest.approx(100 * 30 / 360)
    assert first.quality == pytest.approx(80)
    assert first.index == pytest.approx(0.8 * 100 * 30 / 360 + 0.2 * 80)
    assert first.short_by == 330
    assert found.index is None


def test_the_page_says_what_is_missing_and_what_there_is(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    url = reverse("reporting:spm")
    assert "12 dari 12 layanan belum punya indeks" in client.get(url).content.decode()
    everything(places["district"], Month(2025, 3))
    DataVersion.objects.update(number=2)
    text = client.get(url).content.decode()
    assert "Belum tuntas" in text
    assert "Permendagri 59/2021" in text
    assert f'href="/indikator/{SPM[1]}/' in text
