"""The catalogue holds together, says what it means, and counts by the rules of the programme."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.core.management import call_command

from clusters.milestones import CODES, MILESTONES
from clusters.models import VISITS, GrowthMonth
from clusters.services import SERVICES
from reporting import catalogue
from reporting.catalogue import adult, dictionary, mother, slots
from reporting.catalogue.language import (
    Aggregation,
    Axis,
    Breakdown,
    Children,
    Formula,
    Kind,
    Reached,
    Visits,
)
from reporting.management.commands.data_dictionary import FILE

TODAY = date(2026, 11, 23)
ALL = sorted(catalogue.VERSIONS, key=lambda i: (i.code, i.since))
NAMES = [f"{i.code}-{i.since.year}" for i in ALL]


def test_the_catalogue_is_in_order():
    assert catalogue.check(None) == []


K1 = catalogue.ELEMENTS["k1"]
F1 = catalogue.FORMS["F1"]


def test_every_milestone_is_counted_where_people_live():
    counted = {e.source.code for e in catalogue.ELEMENTS.values() if isinstance(e.source, Reached)}
    assert counted == CODES
    assert all(
        e.axis is Axis.HOME and e.code == e.source.code
        for e in catalogue.ELEMENTS.values()
        if isinstance(e.source, Reached)
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_cell_with_a_visit_is_never_all_zero(service):
    assert catalogue.ELEMENTS[f"{service}_visits"].axis is Axis.SERVICE
    assert catalogue.ELEMENTS[f"{service}_seen"].axis is Axis.HOME


@pytest.mark.parametrize("element", catalogue.ALL_ELEMENTS, ids=lambda e: e.code)
def test_predicates_fit_their_tables(element):
    if isinstance(element.source, Visits):
        assert (
            VISITS[element.source.service]
            .objects.filter(element.source.when)
            .query.sql_with_params()
        )
    elif isinstance(element.source, Children):
        assert GrowthMonth.objects.filter(element.source.when).query.sql_with_params()


@pytest.mark.parametrize("milestone", MILESTONES, ids=lambda m: f"{m.code}-{m.since.year}")
def test_needs_fit_their_tables(milestone):
    for need in milestone.needs:
        assert VISITS[milestone.service].objects.filter(need.when).query.sql_with_params()


def test_enough_indicators_are_in_force():
    assert len(catalogue.indicators_on(TODAY)) >= 60
    assert len(catalogue.indicators_on(date(2025, 5, 31))) >= 60


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_one_missing_part_makes_the_whole_missing(one):
    draw = Random(one.code)
    for formula in (one.top, one.bottom):
        values = {code: draw.randrange(1, 500) for code in formula.codes}
        assert formula.of(values) == eval(formula.text, {}, values)
        for code in formula.codes:
            assert formula.of({**values, code: None}) is None
            assert formula.of({c: v for c, v in values.items() if c != code}) is None


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_what_runs_is_divided_by_a_yearly_sasaran(one):
    """A target of m/12 makes sense only against what is counted once for the whole year: people,
    places, or what a report says of its year; of plain numbers only none at all may be wished."""
    if one.is_count:
        assert all(goal.value == 0 for goal in one.goals)
    elif one.target_runs and one.aggregation is not Aggregation.SNAPSHOT:
        assert one.bottom.is_sasaran
    if one.aggregation is Aggregation.RATIO:
        assert not one.bottom.is_sasaran


def test_state_is_of_the_last_month_alone():
    for code in ("AN25", "AN26", "AN27", "AN28", "AN29"):
        one = catalogue.INDICATORS[code]
        assert one.aggregation is Aggregation.STATE
        for part in one.top.codes | one.bottom.codes:
            assert catalogue.ELEMENTS[part].kind is Kind.STOCK


def test_direction():
    worse_when_high = ("AN21", "AN23", "AN26", "AN28", "IB21", "IB24", "IM24", "IM25", "DW06")
    assert all(catalogue.INDICATORS[c].higher_is_better is False for c in worse_when_high)
    assert all(catalogue.INDICATORS[c].higher_is_better for c in ("IB04", "AN18", "IM20", "SPM06"))
    assert catalogue.INDICATORS["DW12"].higher_is_better is None


def test_k6_changed_its_denominator_in_2026():
    assert catalogue.indicator("IB04", date(2025, 12, 31)).denominator == "S_BUMIL"
    assert catalogue.indicator("IB04", date(2026, 1, 1)).denominator == "S_BULIN"
    assert catalogue.INDICATORS["IB04"].denominator == "S_BULIN"


def test_guideline_targets_begin_with_the_guideline():
    one = catalogue.INDICATORS["IB01"]
    assert one.goal(date(2025, 12, 31)) is None
    assert one.goal(date(2026, 1, 31)).value == 89


def test_no_indicator_before_its_antigen():
    with pytest.raises(catalogue.NoIndicator, match="IM16"):
        catalogue.indicator("IM16", date(2020, 1, 31))
    with pytest.raises(catalogue.NoIndicator, match="XX99"):
        catalogue.indicator("XX99", TODAY)


def test_what_is_not_certain_says_so():
    custom = {i.code for i in ALL for g in i.goals if g.source == mother.by_custom(1)[0].source}
    assert custom
    assert not any(i.certain for i in ALL if i.code in custom)


def test_spm_indicators_ask_for_everybody():
    for number, code in catalogue.SPM.items():
        one = catalogue.indicator(code, TODAY)
        assert (one.spm, one.goal(TODAY).value) == (number, 100)
    assert adult.INDICATORS[0].numerator == catalogue.INDICATORS["SPM06"].numerator


def test_f1_identity():
    """S 40, K 40, B 2, O 4, N 18, T 6 gives D 30, 10 absent, and 24 children to be judged."""
    values = {
        "skdn_s": 40,
        "skdn_k": 40,
        "b_baru": 2,
        "o_absen": 4,
        "n_naik": 18,
        "t_tidak_naik": 6,
    }
    computed = {i.element: Formula(i.computed).of(values) for i in F1.items if i.computed}
    assert computed == {"skdn_d": 30, "tidak_hadir": 10}
    assert catalogue.INDICATORS["AN19"].bottom.of({**values, **computed}) == 24


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, set()),
        ({"skdn_k": 41}, {"skdn_k"}),
        ({"skdn_d": 41}, {"skdn_d"}),
        ({"bgm": 31, "gizi_buruk_bbu": 30, "gizi_kurang_bbu": 0}, {"bgm"}),
        ({"dua_t": 7}, {"dua_t"}),
        ({"gizi_kurang_bbu": 30}, {"gizi_buruk_bbu + gizi_kurang_bbu"}),
        ({"gizi_buruk_bbu": None}, set()),
    ],
)
def test_f1_checks(changed, broken):
    filled = {"skdn_s": 40, "skdn_k": 40, "skdn_d": 30, "t_tidak_naik": 6}
    filled |= {"bgm": 1, "dua_t": 2, "gizi_buruk_bbu": 1, "gizi_kurang_bbu": 3}
    assert {c.left for c in F1.checks if not c.holds({**filled, **changed})} == broken


def test_slots_only_grow():
    extra = replace(K1, code="zz", breakdown=Breakdown.SEX)
    text = slots.FILE.read_text(encoding="ascii")
    new = slots.missing([*catalogue.ALL_ELEMENTS, extra], catalogue.SLOTS)
    grown = slots.parse(text + slots.lines(new))
    width = catalogue.WIDTH["antenatal"]
    assert new == [("antenatal", "zz", "L"), ("antenatal", "zz", "P")]
    assert {key: grown[key] for key in catalogue.SLOTS} == catalogue.SLOTS
    assert grown["antenatal", "zz", "P"] == slots.widths(grown)["antenatal"] == width + 2


def test_each_position_is_held_once():
    for programme, width in catalogue.WIDTH.items():
        held = sorted(n for (p, _code, _part), n in catalogue.SLOTS.items() if p == programme)
        assert held == list(range(1, width + 1))


@pytest.mark.parametrize("text", ["antenatal k1\n", "antenatal k1 -\nantenatal k1 -\n"])
def test_a_spoilt_slot_file_is_refused(text):
    with pytest.raises(ValueError, match="line"):
        slots.parse(text)


def test_assign_slots_appends_what_is_missing(tmp_path, monkeypatch, capsys):
    file = tmp_path / "slots.txt"
    file.write_text("antenatal k1 -\n")
    monkeypatch.setattr(slots, "FILE", file)
    monkeypatch.setattr(catalogue, "SLOTS", slots.parse(file.read_text()))
    call_command("assign_slots")
    assert file.read_text() == "antenatal k1 -\n" + capsys.readouterr().out
    filled = slots.parse(file.read_text())
    assert filled["antenatal", "k1", ""] == 1
    assert slots.missing(catalogue.ALL_ELEMENTS, filled) == []


def test_the_dictionary_is_fresh():
    assert FILE.read_text(encoding="utf-8") == dictionary.text(), (
        "run manage.py data_dictionary --write"
    )


def test_the_dictionary_is_printed(capsys):
    call_command("data_dictionary")
    assert capsys.readouterr().out == dictionary.text()
