"""Deaths, cohorts, sums, registers and reports become indicators: by hand-computed cases."""

from datetime import date

import pytest

from clusters.actions.visits import cancel_visit
from clusters.models import VISITS, Milestone
from facilities.actions.versions import raise_versions
from facilities.models import DataVersion, IlpStatus
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import FORMS, indicator
from reporting.selectors.explaining import explanation, sentences
from reporting.selectors.places import Place
from reporting.selectors.reports import sheet
from reporting.selectors.scores import scores
from reporting.workflow import Step
from tests.reporting.rows import incoming, write
from tests.reporting.sasaran import put

MARCH = Month(2026, 3)


def see(tree, service, number, on, *, born=date(1980, 1, 1), sex="L", home="melati", **values):
    row = incoming(
        service, nik=f"99010101018{number:05d}", born_on=born, sex=sex, seen_on=on,
        facility=tree["first"], home=tree[home], **values,
    )  # fmt: skip
    return write(service, [row], [])


def score(tree, code, month=MARCH, at="first"):
    roll_up_changed()
    one = indicator(code, month.last_day)
    return scores(places=[tree[at].pk], indicators=[one], month=month)[tree[at].pk, code]


COMPLETE = {
    "tb_screening": ("spm11_tb", {"cough": True, "examined": True, "test": "tcm",
                                  "education": True}),
    "hiv_test": ("spm12_hiv", {"education": True, "r1": "reaktif", "r2": "nonreaktif"}),
}  # fmt: skip
CASES = [
    (service, code, values, left_out)
    for service, (code, values) in COMPLETE.items()
    for left_out in ("", *values)
]


@pytest.mark.parametrize(
    ("service", "code", "values", "left_out"), CASES, ids=[f"{c[1]}-{c[3]}" for c in CASES]
)
def test_one_missing_part_and_the_person_does_not_count(tree, service, code, values, left_out):
    see(tree, service, 1, date(2026, 3, 2), **(values | ({left_out: None} if left_out else {})))
    roll_up_changed()
    assert Milestone.objects.filter(code=code).exists() is not bool(left_out)


def test_an_x_ray_alone_is_not_the_standard(tree):
    see(tree, "tb_screening", 1, date(2026, 3, 2), cough=True, examined=True, test="rontgen",
        education=True)  # fmt: skip
    put(tree, [(tree["desa_satu"].code, "S_TBDUGA", 10)], since=Month(2026, 1), year=2026)
    assert (score(tree, "SPM11").numerator, score(tree, "SPM11").value) == (0, 0)


def test_success_is_of_those_who_began_a_year_before(tree):
    """Three began in March 2025, two of them were cured; one who began later does not count."""
    for number, (begun, outcome) in enumerate(
        ((date(2025, 3, 4), "sembuh"), (date(2025, 3, 20), "lengkap"), (date(2025, 2, 1), "putus"),
         (date(2025, 9, 1), "sembuh"))
    ):  # fmt: skip
        see(tree, "tb_case", number, date(2026, 3, 5), diagnosed_on=begun, treatment_on=begun,
            outcome=outcome, outcome_on=date(2026, 3, 5))  # fmt: skip
    found = score(tree, "TB04")
    assert (found.numerator, found.denominator, found.month) == (2, 3, MARCH)
    assert found.value == pytest.approx(200 / 3)
    assert score(tree, "TB04", Month(2026, 2)).denominator == 1


def test_a_cancelled_visit_leaves_the_cohort_it_told_of(tree):
    see(tree, "tb_case", 1, date(2026, 3, 5), treatment_on=date(2025, 3, 4), outcome="sembuh",
        outcome_on=date(2026, 3, 5))  # fmt: skip
    assert score(tree, "TB04").numerator == 1
    cancel_visit(visit=VISITS["tb_case"].objects.get(), by=None)
    assert (score(tree, "TB04").numerator or 0) == 0


def test_contacts_are_added_up(tree):
    see(tree, "tb_case", 1, date(2026, 2, 5), tpt_eligible=4, tpt_started=1)
    see(tree, "tb_case", 2, date(2026, 3, 5), tpt_eligible=6, tpt_started=4)
    assert score(tree, "TB06").value == 50


def test_deaths_are_plain_numbers(tree):
    newborn = {"born": date(2026, 3, 1), "event": "meninggal"}
    see(tree, "vital", 1, date(2026, 3, 3), **newborn)
    see(tree, "vital", 2, date(2026, 3, 31), **newborn)  # 30 days

    see(tree, "vital", 3, date(2026, 2, 1), born=date(1995, 1, 1), sex="P", event="meninggal",
        pregnancy="bersalin")  # fmt: skip
    assert [score(tree, c).value for c in ("IB32", "AN08", "AN09", "AN10", "AN11")] == [
        1,
        1,
        1,
        2,
        2,
    ]
    one = score(tree, "AN10")
    assert (one.denominator, one.target_now, one.standing) == (None, 0, "tertinggal")
    place = Place(tree["first"].pk, tree["first"].code, tree["first"].name, tree["first"].kind)
    told = explanation(indicator=one.indicator, of=place, month=MARCH)
    assert sentences(told)[0] == "2 sejak Januari."
    assert told.bottom == ()


def filled(tree, form, month, values, at="first"):
    report = actions.open_report(facility=tree[at], month=month, form=form, by=None)
    numbers = dict.fromkeys(((code, "") for code in FORMS[form].typed), 0)
    numbers |= {(code, ""): value for code, value in values.items()}
    return actions.save_values(
        report=report, values=numbers, reasons={}, version=report.version, by=None
    )


def approved(tree, form, month, values, at="first"):
    report = filled(tree, form, month, values, at)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = actions.take_step(report=report, step=step, by=None)
    return report


def test_centres_that_meet_a_standard_over_all_centres(tree):
    approved(tree, "MANAJEMEN", MARCH, {"pkm_tenaga": 1})
    found = score(tree, "MJ01", at="district")
    assert (found.numerator, found.denominator, found.value) == (1, 2, 50)
    assert score(tree, "MJ01").value == 100


def test_a_snapshot_is_not_added_up_and_its_target_runs(tree):
    approved(tree, "MANAJEMEN", Month(2026, 2), {"pagu": 1000, "realisasi": 100})
    approved(tree, "MANAJEMEN", MARCH, {"pagu": 1000, "realisasi": 240})
    found = score(tree, "MJ17")
    assert (found.numerator, found.value, found.target_now) == (240, 24, 95 * 3 / 12)


def test_twelve_meetings_a_year(tree):
    for number in (1, 3):
        approved(tree, "MANAJEMEN", Month(2026, number), {"lokmin_bulanan": 1})
    found = score(tree, "MJ10")
    assert (found.numerator, found.denominator, found.target_now) == (2, 12, 25)


def test_a_rate_is_of_the_year_and_its_target_stays(tree):
    put(tree, [(tree["desa_satu"].code, "S_PDD", 50_000)], since=Month(2026, 1), year=2026)
    approved(tree, "P2P", Month(2026, 1), {"dbd_kasus": 2})
    approved(tree, "P2P", MARCH, {"dbd_kasus": 1})
    found = score(tree, "DB01")
    assert (found.numerator, found.value, found.target_now) == (3, pytest.approx(6), 10)


def test_nothing_found_is_told_from_nothing_reported(tree):
    assert score(tree, "FR01").standing == "bl"
    approved(tree, "P2P", MARCH, {})
    assert (score(tree, "FR01").value, score(tree, "FR01").standing) == (0, "tercapai")


def test_yes_or_no_is_one_or_nothing(tree):
    report = filled(tree, "MANAJEMEN", MARCH, {"pkm_tenaga": 2})
    assert [f.message for f in sheet(report=report).findings] == ["Baris A1 paling besar 1."]
    with pytest.raises(actions.RuleBroken, match="paling besar 1"):
        actions.take_step(report=report, step=Step.SEND, by=None)


def test_a_quarterly_report_has_no_other_months(tree):
    with pytest.raises(actions.NotThisMonth, match="Maret"):
        actions.open_report(facility=tree["first"], month=Month(2026, 2), form="KESLING", by=None)
    approved(tree, "KESLING", MARCH, {"desa_sbs": 1})
    assert score(tree, "KL01", at="district").value == 50
    assert score(tree, "KL01", Month(2026, 2)).standing == "tj"


def test_registers_count_launched_places_and_reports(tree):
    IlpStatus.objects.create(facility=tree["first"], state="berjalan", since=date(2026, 3, 31))
    assert score(tree, "MJ18", at="district").value == 50
    assert score(tree, "MJ18", Month(2026, 2), at="district").value == 0
    raise_versions(place=tree["first"], by=None)
    before = DataVersion.objects.get(district=tree["district"]).number
    report = filled(tree, "MANAJEMEN", MARCH, {})
    actions.take_step(report=report, step=Step.SEND, by=None)
    found = score(tree, "MJ12")
    due = sum(len(form.periods(MARCH)) for form in FORMS.values() if form.asks("puskesmas"))
    assert (found.numerator, found.denominator) == (1, due)
    assert DataVersion.objects.get(district=tree["district"]).number > before


def test_a_posyandu_is_at_work_when_somebody_was_seen_there(tree):
    row = incoming("adult", nik="9901010101990001", born_on=date(1980, 1, 1), sex="L",
                   seen_on=date(2026, 3, 3), facility=tree["melati"], home=None,
                   weight=60)  # fmt: skip
    write("adult", [row], [])
    assert score(tree, "MJ21", at="district").value == 50
    assert score(tree, "MJ20", at="district").value == 0


@pytest.mark.parametrize("form", ["P2P", "KESLING", "MANAJEMEN", "MUTU"])
def test_sheets_of_undivided_rows_open(client, tree, form):
    from facilities.roles import Role
    from tests.factories import worker

    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    filled(tree, form, MARCH, {})
    answer = client.get(f"/laporan/{form}/{tree['first'].code}/{MARCH}/")
    assert answer.status_code == 200
    assert str(FORMS[form].label) in answer.content.decode()
