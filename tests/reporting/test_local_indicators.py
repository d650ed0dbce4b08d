"""Indicators that a district makes itself: tried, kept in versions, counted like any other."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from facilities.models import DataVersion, Facility
from facilities.roles import Permission, Role, roles_with
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions.indicators import Definition, define_indicator, end_indicator
from reporting.models import LocalIndicator
from reporting.selectors.book import book
from reporting.selectors.situation import CLUSTERS
from tests.factories import place, worker
from tests.reporting.agreeing import make
from tests.reporting.figures import MAY, filled_district

pytestmark = pytest.mark.django_db
JANUARY = Month(2025, 1)
NEW = "/indikator-lokal/baru/"


@pytest.fixture
def places():
    return filled_district()


@pytest.fixture
def admin(places):
    return worker(Role.ADMIN_DINAS, places["district"])


def said(**changes):
    values = {
        "label": "K4 dan K6 per bumil",
        "cluster": "K2",
        "stage": "bumil",
        "numerator": "k1 + k6 - anc_12t",
        "denominator": "S_BUMIL",
        "aggregation": "A",
        "per": 100,
        "higher_is_better": True,
        "target": Decimal(60),
        "definition": "Contoh rumus lokal.",
        "source": "SK Kepala Dinas 1/2025",
    }
    return Definition(**(values | changes))


def define(places, by, since=JANUARY, code="", **changes):
    return define_indicator(
        district=places["district"], said=said(**changes), since=since, by=by, code=code
    )


def command(name, *args):
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_it_is_counted_like_any_other(places, admin, client):
    made = define(places, admin)
    assert made.code == "LOK01"
    rows = csv.DictReader(io.StringIO(command("indicators", "--place=99.01", f"--month={MAY}")))
    row = next(r for r in rows if r["indicator"] == "LOK01")
    # Five months of 3 x (5 + 3 - 2) over 360 bumil; the target runs: 60 x 5 / 12.
    assert (int(row["numerator"]), int(row["denominator"])) == (90, 360)
    assert float(row["value"]) == pytest.approx(25.0)
    assert (float(row["target"]), row["status"]) == (25.0, "tercapai")
    client.force_login(admin)
    for url in ("/indikator/", "/indikator/LOK01/", "/klaster/K2/?t=bumil", "/rapor/?k=K2"):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "LOK01" in answer.content.decode(), url
    assert "LOK01" in client.get("/api/v1/indicators/?month=2025-05").content.decode()
    told = json.loads(command("explain", "LOK01", "--place=99.01", f"--month={MAY}"))
    assert told["formula"] == "100 x (k1 + k6 - anc_12t) / (S_BUMIL)"


def test_a_kept_page_is_made_anew(places, admin, client):
    client.force_login(admin)
    client.get("/indikator/")
    before = DataVersion.objects.get().number
    define(places, admin)
    assert DataVersion.objects.get().number == before + 1
    assert "LOK01" in client.get("/indikator/").content.decode()


def test_earlier_months_keep_their_version(places, admin):
    define(places, admin)
    define(places, admin, since=Month(2025, 4), code="LOK01", numerator="k6")
    held = book(of=places["district"].pk)
    assert held.find("LOK01", Month(2025, 3).last_day).numerator == "k1 + k6 - anc_12t"
    assert held.find("LOK01", Month(2025, 4).last_day).numerator == "k6"
    assert LocalIndicator.objects.get(version=1).until == Month(2025, 4)
    with pytest.raises(DomainError) as refused:
        define(places, admin, since=Month(2025, 4), code="LOK01")
    assert "April 2025" in refused.value.sentence


def test_an_ended_one_is_shown_only_for_its_months(places, admin, client):
    made = define(places, admin)
    end_indicator(indicator=made, until=MAY, by=admin)
    client.force_login(admin)
    assert client.get("/indikator/LOK01/?p=2025-04").status_code == 200
    assert client.get("/indikator/LOK01/?p=2025-05").status_code == 404
    with pytest.raises(DomainError):
        end_indicator(indicator=made, until=MAY, by=admin)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"numerator": ""}, "nothing-chosen"),
        ({"numerator": "k1 * 2"}, "nothing-chosen"),
        ({"numerator": "entah"}, "unknown-term"),
        ({"numerator": "S_BUMIL"}, "sasaran-on-top"),
        ({"denominator": "S_BUMIL + k1"}, "mixed-denominator"),
        ({"target": Decimal(101)}, "target-beyond"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(places, admin, changes, code):
    with pytest.raises(DomainError) as refused:
        define(places, admin, **changes)
    assert refused.value.code == code
    assert not LocalIndicator.objects.exists()


def test_a_rate_may_have_a_target_above_a_hundred(places, admin):
    assert define(places, admin, per=100_000, target=Decimal(183)).target == 183


def test_the_database_holds_one_version_at_a_time(places, admin):
    made = define(places, admin)
    made.pk, made.version = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_another_district_does_not_see_it(places, admin):
    define(places, admin)
    other = place(Facility.Kind.DISTRICT)
    assert book(of=other.pk).local == ()
    assert len(book(of=places["melati"].pk).local) == 1


ALLOWED = roles_with(Permission.MANAGE_TARGETS)


@pytest.mark.parametrize("role", [role for role in Role if role not in ALLOWED])
def test_only_the_office_may_make_them(places, role, client):
    user = worker(role, places["district"])
    client.force_login(user)
    for url in ("/indikator-lokal/", NEW):
        assert client.get(url).status_code == 403
    with pytest.raises(Forbidden):
        define(places, user)


TYPED = {
    "label": "Rasio K6",
    "definition": "K6 dibagi K1.",
    "cluster": "K2",
    "stage": "bumil",
    "top": "k6",
    "bottom": "k1",
    "per": "100",
    "aggregation": "R",
    "direction": "naik",
    "target": "62,5",
    "source": "Kesepakatan rapat",
    "since": "2025-01",
}


def test_it_is_tried_on_real_numbers_before_it_is_kept(places, admin, client):
    client.force_login(admin)
    answer = client.post(NEW, TYPED | {"aksi": "coba"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Hasil coba hitung, Mei 2025" in text
    assert "60,0" in text  # 3 of 5, whatever the months
    assert places["first"].name in text
    assert 'value="Rasio K6"' in text
    assert not LocalIndicator.objects.exists()


def test_it_is_kept_and_changed_in_the_browser(places, admin, client):
    client.force_login(admin)
    assert client.post(NEW, TYPED | {"aksi": "simpan"}).status_code == 302
    row = LocalIndicator.objects.get()
    assert (row.numerator, row.denominator, row.target) == ("k6", "k1", Decimal("62.5"))
    edit = reverse("reporting:local-edit", args=["LOK01"])
    shown = client.get(edit).content.decode()
    assert 'value="k6" selected' in shown
    changed = TYPED | {"top_2": "k4", "top_minus": "anc_12t", "since": "2025-03"}
    client.post(edit, changed | {"aksi": "simpan"})
    newest = LocalIndicator.objects.get(version=2)
    assert newest.numerator == "k6 + k4 - anc_12t"
    assert 'value="anc_12t" selected' in client.get(edit).content.decode()
    listed = client.get("/indikator-lokal/").content.decode()
    assert "sebelum Maret 2025" in listed
    client.post(reverse("reporting:local-end", args=["LOK01"]), {"bulan": "2025-06"})
    newest.refresh_from_db()
    assert newest.until == Month(2025, 6)
    events = list(AuditEvent.objects.values_list("event", flat=True))
    assert events.count("indicator.defined") == 2
    assert events.count("indicator.ended") == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"since": "besok"}, "Tulis bulan sebagai tahun-bulan"),
        ({"top": ""}, "Pembilang"),
        ({"top": "S_BUMIL"}, "Pembilang"),
        ({"bottom_2": "S_BUMIL"}, "mencampur sasaran dan hitungan"),
        ({"target": "150"}, "antara 0 dan 100"),
    ],
)
def test_what_was_typed_is_not_lost(places, admin, client, changes, sentence):
    client.force_login(admin)
    answer = client.post(NEW, TYPED | changes | {"aksi": "simpan"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert 'value="Rasio K6"' in text
    assert "Kesepakatan rapat" in text


def test_nonsense_is_not_found_or_told(places, admin, client):
    client.force_login(admin)
    assert client.get("/indikator-lokal/LOK09/ubah/").status_code == 404
    define(places, admin)
    end = reverse("reporting:local-end", args=["LOK01"])
    answer = client.post(end, {"bulan": "x"}, follow=True)
    assert "Tulis bulan sebagai tahun-bulan" in answer.content.decode()
    assert client.get(end).status_code == 405


def test_what_is_to_be_done_about_it_is_found_under_its_cluster(places, admin, client):
    made = define(places, admin)
    row = make(places["first"], by=admin, code=made.code)
    client.force_login(admin)

    def listed(cluster):
        page = client.get(reverse("reporting:follow-up-list"), {"k": cluster})
        return f">{row.action}</a>" in page.content.decode()

    mine = book(of=places["district"].pk).on(MAY.last_day)[made.code].cluster
    assert listed(mine)
    assert not listed(next(code for code in CLUSTERS if code != mine))
