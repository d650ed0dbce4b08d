"""SPM 1, 4, 8 and 9 by hand: who has everything counts, and who lacks one part does not.

The other eight: tests/clusters/test_mothers_reached.py (2, 3), test_lives_milestones.py (5, 6, 7,
10), tests/reporting/test_disease_indicators.py (11, 12).
"""

from datetime import date, timedelta

import pytest

from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import INDICATORS
from reporting.selectors.scores import scores
from tests.reporting.rows import incoming, write

LMP = date(2025, 1, 6)
WEEKS = (8, 16, 22, 30, 34, 38)
BY_DOCTOR = (8, 34)
BIRTHS = {"antenatal": date(1996, 3, 4), "growth": date(2023, 6, 1), "chronic": date(1970, 3, 4)}
ONCE = {
    "weight": 52.0, "height": 155.0, "systole": 110, "diastole": 70, "muac": 25.0, "hb": 11.6,
    "td_status": "T3", "urine_protein_test": True, "glucose_test": True, "hiv_test": True,
    "syphilis_test": True, "hbsag_test": True, "usg": True, "counselling": True,
    "mental_screening": True,
}  # fmt: skip
LATER = {"fundal": 20, "fetal_heart": 140}  # can be measured only when the child has grown


@pytest.fixture
def counts(tree):
    """Whether one person with these visits counts in the numerator at the end of a month."""

    def ask(service, code, month, visits, *, born_on=None, sex=None):
        sex = sex or ("L" if service == "growth" else "P")
        rows = [
            incoming(service, nik="9901015203900001", born_on=born_on or BIRTHS[service], sex=sex,
                     seen_on=day, facility=tree["first"], home=tree["melati"], row=n, **values)
            for n, (day, values) in enumerate(visits, start=2)
        ]  # fmt: skip
        assert write(service, rows, None).new == len(rows)
        roll_up_changed()
        place = tree["first"].pk
        return scores(places=[place], indicators=[INDICATORS[code]], month=month)[
            place, code
        ].numerator

    return ask


def pregnancy(*, but="", weeks=WEEKS, doctor=BY_DOCTOR, tablets=30):
    """Six contacts, everything measured and tested once, ninety tablets in three portions."""
    for week in weeks:
        values = {"lmp_on": LMP, "examiner": "dokter" if week in doctor else "bidan"}
        values |= ONCE if week == weeks[0] else {}
        values |= LATER if week == 22 else {}
        values |= {"tablets": tablets} if week in (16, 22, 30) else {}
        yield LMP + timedelta(weeks=week), {k: v for k, v in values.items() if k != but}


WITHOUT = [one for one in (*ONCE, *LATER) if one != "diastole"]  # the systole is what T2 asks of


def test_spm_1_a_mother_who_had_everything_counts(counts):
    assert counts("antenatal", "SPM01", Month(2025, 12), pregnancy()) == 1


@pytest.mark.parametrize("but", [*WITHOUT, "tablets"])
def test_spm_1_a_mother_who_lacks_one_of_the_twelve_does_not(counts, but):
    assert counts("antenatal", "SPM01", Month(2025, 12), pregnancy(but=but)) == 0


@pytest.mark.parametrize(
    "lacking",
    [
        *({"weeks": tuple(w for w in WEEKS if w != left), "tablets": 45} for left in (16, 30, 38)),
        {"weeks": (14, 16, 22, 30, 34, 38), "doctor": (14, 34)},
        {"doctor": (8,)},
        {"doctor": (34,)},
        {"tablets": 29},
    ],
    ids=["tm2", "tm3", "last", "tm1", "doctor-tm3", "doctor-tm1", "87-tablets"],
)
def test_spm_1_a_mother_who_lacks_a_contact_or_a_doctor_does_not(counts, lacking):
    assert counts("antenatal", "SPM01", Month(2025, 12), pregnancy(**lacking)) == 0


def childhood(*, weighed=8, measured=2, developed=2, capsules=2, first=1):
    """Months of 2025, of a child who was one year old in June 2024."""
    for number in range(8):
        yield (
            date(2025, first + number, 10),
            {
                "weight": 11.0 + number / 10 if number < weighed else None,
                "height": 84.0 + number if number < measured else None,
                "measured": "h" if number < measured else None,
                "kpsp": 9 if number < developed else None,
                "vitamin_a": "merah" if number < capsules else None,
                "kia_book": True,
            },
        )


def test_spm_4_a_child_who_had_everything_counts(counts):
    assert counts("growth", "SPM04", Month(2025, 12), childhood()) == 1


@pytest.mark.parametrize(
    "lacking", [{"weighed": 7}, {"measured": 1}, {"developed": 1}, {"capsules": 1}]
)
def test_spm_4_a_child_who_lacks_one_part_does_not(counts, lacking):
    assert counts("growth", "SPM04", Month(2025, 12), childhood(**lacking)) == 0


@pytest.mark.parametrize(("born_on", "number"), [(date(2024, 1, 10), 1), (date(2024, 1, 11), 0)])
def test_spm_4_asks_for_eight_weighings_after_the_first_birthday(counts, born_on, number):
    """The first of the eight was on 10 January 2025. What else is asked at that age was given."""
    doses = [(date(2025, 8, 1), {"antigens": ["DPT4", "MR2"]})]
    counts("immunisation", "IM23", Month(2025, 12), doses, born_on=born_on, sex="L")
    assert counts("growth", "SPM04", Month(2025, 12), childhood(), born_on=born_on) == number


ILL = {
    "SPM08": {"hypertension": True, "systole": 150, "diastole": 95},
    "SPM09": {"diabetes": True, "glucose": 240},
}
CARED = {"education": True, "drug_given": True, "adherent": True}
MARCH = Month(2025, 3)


def months(code, *, but="", lacking=2):
    """Served in January, February and March, one of them without something."""
    for number in (1, 2, 3):
        values = ILL[code] | CARED
        yield (
            date(2025, number, 12),
            {k: v for k, v in values.items() if number != lacking or k != but},
        )


@pytest.mark.parametrize("code", ILL)
def test_spm_8_and_9_who_was_served_in_every_month_counts(counts, code):
    assert counts("chronic", code, MARCH, months(code)) == 1


@pytest.mark.parametrize("lacking", [1, 3])
@pytest.mark.parametrize(
    ("code", "but"),
    [(code, part) for code, values in ILL.items() for part in (*list(values)[1:], *CARED)],
)
def test_spm_8_and_9_one_part_missing_in_one_month_does_not(counts, code, but, lacking):
    assert counts("chronic", code, MARCH, months(code, but=but, lacking=lacking)) == 0


@pytest.mark.parametrize("code", ILL)
def test_spm_8_and_9_a_month_without_a_visit_does_not(counts, code):
    visits = [visit for visit in months(code) if visit[0].month != 2]
    assert counts("chronic", code, MARCH, visits) == 0


@pytest.mark.parametrize("code", ILL)
def test_spm_8_and_9_a_referral_stands_for_the_drug(counts, code):
    visits = [
        (day, values | {"drug_given": False, "referred": True}) for day, values in months(code)
    ]
    assert counts("chronic", code, MARCH, visits) == 1
