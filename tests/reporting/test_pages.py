import pytest
from django.urls import reverse

from facilities.roles import Role
from tests.factories import worker
from tests.reporting.figures import filled_district

pytestmark = pytest.mark.django_db
PAGES = ("reporting:situation", "reporting:scorecard", "reporting:indicator-list")


@pytest.fixture
def places():
    return filled_district()


def test_smoke(client, places, django_assert_max_num_queries):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    urls = [reverse(n) for n in PAGES]
    urls += [reverse("reporting:indicator", args=[c]) + f"?v={v}&w={w}" for c in ("IB04", "AN26", "IM24", "DW06", "SPM01") for v in ("pws", "tren", "tabel", "definisi") for w in ("99.01", places["first"].code, places["melati"].code)]
    urls += [reverse("reporting:place", args=[p.code]) for p in places.values()]
    urls += ["/"]
    for url in urls:
        with django_assert_max_num_queries(25) as q:
            r = client.get(url)
        print(url, r.status_code, len(r.content), len(q))
        assert r.status_code == 200
