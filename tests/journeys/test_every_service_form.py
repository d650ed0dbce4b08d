"""The form of every service on a phone, opened for somebody whom the service is for."""

from datetime import date

import pytest

from clusters.growth import completed_months
from clusters.models import Person
from clusters.services import SERVICES
from facilities.roles import Role
from tests.clusters import workbooks
from tests.reporting import rows

PHONE = {"width": 360, "height": 740}
DAY, BEFORE = date(2026, 5, 6), date(2026, 5, 2)
AT = "?w=99.01.01.2001-PSY-001&t=2026-05-06"
LEAST = 44  # pixels that a thumb needs
PEOPLE = (
    (date(1998, 2, 3), "P"),
    (date(1955, 7, 1), "L"),
    (date(2025, 3, 10), "P"),
    (date(2026, 4, 25), "L"),
    (date(2013, 8, 17), "L"),
)
# What somebody cannot read, or a thumb cannot hit, of the boxes on the page.
UNREADABLE = """() => {
  const seen = (one) => one && one.offsetWidth > 1 && one.offsetHeight > 1 && one.innerText.trim();
  const wrong = [];
  for (const box of document.querySelectorAll("form.entry :is(input, select):not([type=hidden])")) {
    const own = box.labels[0], group = box.closest("fieldset")?.querySelector("legend");
    if (!seen(own) || (box.matches("[type=radio], [type=checkbox]") && !seen(group))) {
      wrong.push(`${box.name} has no visible label`);
    }
    const target = box.matches("[type=radio], [type=checkbox]") ? own : box;
    if (target.offsetHeight < LEAST) wrong.push(`${box.name} is ${target.offsetHeight} high`);
  }
  return wrong;
}""".replace("LEAST", str(LEAST))


@pytest.fixture
def people(district):
    """Five people of five ages, known to Posyandu Melati by a visit at home."""
    home = district["melati"]
    seen = [
        rows.incoming(
            "home_visit", nik=workbooks.nik(number, born, sex), born_on=born, sex=sex,
            seen_on=BEFORE, facility=home, home=home, row=number, target_kind="keluarga",
        )
        for number, (born, sex) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    rows.write("home_visit", seen, [home])
    return list(Person.objects.all())


def suits(service, person):
    months = completed_months(person.born_on, DAY)
    return person.sex in service.sexes and service.accepts_age(months)


def wrong_on_the_page(phone, service, fields):
    """What keeps somebody from filling in the form that is open."""
    wrong = [f"{service}: {one}" for one in phone.page.evaluate(UNREADABLE)]
    if phone.wide > PHONE["width"]:
        wrong.append(f"{service}: {phone.wide} wide")
    boxes = set(phone.page.eval_on_selector_all("form.entry [name]", "all => all.map(b => b.name)"))
    return wrong + [f"{service}: no box for {name}" for name in fields if name not in boxes]


def test_the_form_of_every_service_can_be_read_and_hit_on_a_phone(visit, people):
    phone, wrong = visit(Role.NAKES, **PHONE), []
    for code, service in SERVICES.items():
        person = next(one for one in people if suits(service, one))
        fields = [field.name for field in service.fields]

        assert phone.go(f"/catat/{code}/{person.pk}/{AT}") == 200
        wrong += wrong_on_the_page(phone, code, fields)
        assert phone.go(f"/catat/{code}/baru/{AT}") == 200
        wrong += wrong_on_the_page(phone, f"{code}, somebody new", [*fields, "name", "born_on"])

    assert wrong == []
    assert phone.errors == []
