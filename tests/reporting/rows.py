"""Random visits for tests: checked rows as the importer gives them."""

from datetime import date, timedelta
from random import Random

from clusters.actions.incoming import Incoming, in_order
from clusters.actions.visits import write_visits
from clusters.growth import age_days, completed_months
from clusters.services import SERVICES
from ilp.core.crypto import blind_index


def blank(service: str) -> dict:
    return dict.fromkeys(SERVICES[service].typed)


def incoming(service, *, nik, born_on, sex, seen_on, facility, home, row=2, **values) -> Incoming:
    """A row with the given values; the rest unknown; derived columns worked out."""
    held = blank(service) | values
    ages = {
        "age_days": age_days(born_on, seen_on),
        "age_months": completed_months(born_on, seen_on),
    }
    held |= SERVICES[service].derive({**held, "sex": sex, "seen_on": seen_on, **ages})
    return Incoming(
        sheet="Data",
        row=row,
        identity=blind_index(f"nik:{nik}"),
        nik=nik,
        name=f"Orang {nik[-4:]}",
        mother_name="",
        born_on=born_on,
        home_id=home and home.pk,
        facility_id=facility.pk,
        seen_on=seen_on,
        sex=sex,
        values=in_order(service, held),
        **ages,
    )


def write(service, rows, places):
    return write_visits(service=service, rows=rows, upload=None, by=None)


def random_growth(random: Random, places, children=40, months=8, first=date(2025, 1, 1)):
    rows = []
    for number in range(children):
        born = first - timedelta(days=random.randrange(20, 1500))
        home, sex = random.choice([*places, None]), random.choice("LP")
        weight = 3.3 + completed_months(born, first) * 0.25
        for month in range(months):
            if random.random() < 0.25:
                continue
            seen = first + timedelta(days=month * 30 + random.randrange(25))
            weight += random.uniform(-0.1, 0.5)
            rows.append(
                incoming(
                    "growth",
                    nik=f"99010100000{number:05d}",
                    born_on=born,
                    sex=sex,
                    seen_on=seen,
                    facility=random.choice(places),
                    home=home,
                    row=len(rows) + 2,
                    weight=round(min(weight, 7 + 0.5 * max(1, completed_months(born, seen))), 2),
                    height=round(50 + completed_months(born, seen) * 1.1, 1),
                    measured="h",
                    kia_book=random.random() < 0.8,
                    vitamin_a=random.choice([None, "merah", "biru"]),
                )
            )
    return [r for r in rows if r.age_months < 60]


def random_antenatal(random: Random, places, mothers=25, first=date(2025, 1, 5)):
    rows = []
    for number in range(mothers):
        lmp = first - timedelta(days=random.randrange(0, 60))
        home = random.choice([*places, None])
        for _ in range(random.randrange(1, 9)):
            seen = lmp + timedelta(days=random.randrange(40, 270))
            rows.append(
                incoming(
                    "antenatal",
                    nik=f"99010150000{number:05d}",
                    born_on=date(1996, 3, 4),
                    sex="P",
                    seen_on=seen,
                    facility=random.choice(places),
                    home=home,
                    row=len(rows) + 2,
                    weeks=max(1, (seen - lmp).days // 7),
                    examiner=random.choice(["dokter", "bidan"]),
                    usg=random.random() < 0.5,
                    hb=random.choice([None, 10.4, 11.8, 9.1]),
                    muac=random.choice([None, 22.0, 25.5]),
                    tablets=random.choice([None, 30, 60]),
                    hiv_test=random.choice([None, True]),
                )
            )
    seen = {}
    for row in rows:
        seen[row.identity, row.facility_id, row.seen_on] = row
    return list(seen.values())
