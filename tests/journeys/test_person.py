"""On a phone: a person is found, their card read, two records merged, and taken apart again."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from clusters.actions.following import follow_touched
from clusters.models import Merge, Person
from facilities.roles import Role
from tests.reporting import rows

PHONE, SCREEN = (360, 740), (1366, 768)
BORN = date.today() - timedelta(days=420)  # noqa: DTZ011 a child of about fourteen months
SHOTS = os.environ.get("ILP_SHOTS")  # a folder, for looking at the pages


@pytest.fixture
def child(district):
    """A child with a year of weighings, doses, and a second record without NIK."""
    at = {"facility": district["melati"], "home": district["desa_satu"]}
    about = {"nik": "9901011003240002", "born_on": BORN, "sex": "P", **at}
    growth, doses = [], []
    for month in range(14):
        seen = BORN + timedelta(days=30 * month + 3)
        kilos = 3.2 + 0.75 * month**0.85
        growth.append(
            rows.incoming(
                "growth", **about, seen_on=seen, weight=round(kilos, 2),
                height=round(49.5 + 2.1 * month**0.95, 1), measured="l",
            )
        )  # fmt: skip
    for days, given in ((0, ["HB0"]), (20, ["BCG", "OPV1"]), (62, ["DPT1", "OPV2"])):
        seen = BORN + timedelta(days=days)
        doses.append(rows.incoming("immunisation", **about, seen_on=seen, antigens=given))
    rows.write("growth", growth, None)
    rows.write("immunisation", doses, None)
    second = rows.incoming(
        "growth", **about | {"nik": "9901011003240003"}, weight=9.9,
        seen_on=BORN + timedelta(days=415),
    )  # fmt: skip
    rows.write("growth", [second], None)
    follow_touched(by=None)
    Person.objects.filter(growth_visits__seen_on=second.seen_on).update(
        name="Orang 0002 B", is_temporary=True, nik_sealed=None
    )
    return Person.objects.get(name="Orang 0002")


@pytest.fixture
def mother(district):
    about = {
        "nik": "9901015203900001", "born_on": date(1994, 3, 12), "sex": "P",
        "facility": district["pustu_satu"], "home": district["desa_satu"],
    }  # fmt: skip
    begin = date.today() - timedelta(weeks=26)  # noqa: DTZ011
    visits = [
        rows.incoming(
            "antenatal", **about, seen_on=begin + timedelta(weeks=weeks), lmp_on=begin,
            examiner=who, weight=50 + weeks / 4, height=152, systole=118, diastole=76, muac=24,
            hb=10.6, tablets=30, usg=who == "dokter", counselling=True,
        )
        for weeks, who in ((8, "dokter"), (16, "bidan"), (22, "bidan"))
    ]  # fmt: skip
    rows.write("antenatal", visits, None)
    follow_touched(by=None)
    return Person.objects.get(name="Orang 0001")


def look(visitor, name):
    """The page is no wider than its window, and has no barrier on a phone; kept as a picture when
    somebody wants to look."""
    visitor.page.wait_for_load_state("load")
    width = visitor.page.viewport_size["width"]
    assert visitor.wide <= width, name
    if width == PHONE[0]:
        assert visitor.barriers == [], name
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
def test_from_a_name_to_a_card_and_from_two_records_to_one(visit, child, mother, size):
    visitor = visit(Role.ADMIN_PUSKESMAS, width=size[0], height=size[1])
    page = visitor.page
    visitor.go("/orang/")
    page.fill("input[name=asked]", "Orang")
    visitor.follow("main button[type=submit]")
    look(visitor, "search")
    assert page.url.endswith("/orang/")
    visitor.follow("text=Orang 0001")
    look(visitor, "mother")
    assert "Perkiraan persalinan" in visitor.text
    visitor.go(f"/orang/{child.pk}/")
    look(visitor, "child")
    assert page.locator("svg.chart").count() == 3
    assert "Terlambat" in visitor.text
    visitor.go("/data-ganda/")
    look(visitor, "queue")
    visitor.follow("text=Bandingkan")
    look(visitor, "pair")
    visitor.follow("text=Gabungkan")
    look(visitor, "merged")
    assert Merge.objects.get().kept == child
    page.click("text=Batalkan penggabungan ini")
    visitor.follow("button:has-text('Batalkan penggabungan')")
    assert "Sudah dibatalkan" in visitor.text
    assert visitor.errors == []


def test_a_card_on_paper(visit, child, tmp_path):
    visitor = visit(Role.ADMIN_PUSKESMAS)
    visitor.go(f"/orang/{child.pk}/")
    paper = Path(SHOTS or tmp_path) / "card.pdf"
    visitor.page.pdf(path=paper, format="A4")
    assert paper.read_bytes().count(b"/Type /Page\n") <= 6
