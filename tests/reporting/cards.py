"""A child, a pregnant woman and a man with visits, and their cards, for tests."""

from datetime import date

from django.urls import reverse

from clusters.actions.following import follow_touched
from clusters.models import Person
from clusters.selectors.life import life_of
from reporting.selectors.persons import card as card_of
from tests.reporting import rows

TODAY = date(2025, 6, 2)


def people_of_melati(tree):
    """A child, its mother-to-be neighbour and a man, each with some visits at Melati."""
    for write in (child_of_melati, woman_of_melati, man_of_melati):
        write(tree)
    follow_touched(by=None)
    return {p.born_on.year: p for p in Person.objects.all()}


def child_of_melati(tree):
    child = {
        "nik": "9901011003240002", "born_on": date(2024, 3, 10), "sex": "L",
        "facility": tree["melati"], "home": tree["desa_satu"],
    }  # fmt: skip
    weights = [(date(2025, 1, 7), 8.1), (date(2025, 3, 4), 8.6), (date(2025, 5, 6), 9.4)]
    rows.write(
        "growth",
        [
            rows.incoming(
                "growth", **child, seen_on=day, weight=kilos, height=70 + kilos, measured="l"
            )
            for day, kilos in weights
        ],
        None,
    )
    rows.write(
        "immunisation",
        [
            rows.incoming(
                "immunisation", **child, seen_on=date(2024, 3, 10), antigens=["HB0", "DPT1"]
            )
        ],
        None,
    )


def woman_of_melati(tree):
    woman = {
        "nik": "9901015203900001", "born_on": date(1990, 3, 12), "sex": "P",
        "facility": tree["pustu_satu"], "home": tree["desa_satu"],
    }  # fmt: skip
    contacts = [(date(2025, 2, 4), "dokter"), (date(2025, 4, 8), "bidan")]
    rows.write(
        "antenatal",
        [
            rows.incoming(
                "antenatal", **woman, seen_on=day, lmp_on=date(2024, 12, 10), examiner=by,
                weight=52.5, hb=10.4, hiv_test=True,
            )
            for day, by in contacts
        ],
        None,
    )  # fmt: skip


def man_of_melati(tree):
    rows.write(
        "adult",
        [
            rows.incoming(
                "adult", nik="9901011203800003", born_on=date(1980, 3, 12), sex="L",
                facility=tree["melati"], home=tree["desa_satu"], seen_on=date(2025, 5, 6),
                weight=70, height=165, systole=150, diastole=95,
            )
        ],
        None,
    )  # fmt: skip


def card(client, user, person):
    client.force_login(user)
    answer = client.get(reverse("reporting:person", args=[person.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer


def known(user, person):
    """What the page is made of; None for somebody who is not to know."""
    life = life_of(person, user)
    return life and card_of(life, TODAY)


def words(answer):
    return " ".join(answer.content.decode().split())
