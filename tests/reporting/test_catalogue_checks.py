"""A fault in the catalogue is told when the programme starts."""

from dataclasses import replace

import pytest

from reporting import catalogue
from reporting.catalogue import forms, sasaran
from reporting.catalogue.checks import Contents, problems
from reporting.catalogue.language import (
    Breakdown,
    Children,
    Goal,
    Item,
    Kind,
    Section,
    Visits,
)


def contents(**changed) -> Contents:
    whole = Contents(
        catalogue.ALL_ELEMENTS,
        catalogue.VERSIONS,
        forms.ALL,
        sasaran.ALL,
        catalogue.SLOTS,
        catalogue.HEADLINES,
        catalogue.SPM,
    )
    return replace(whole, **changed)


K1 = catalogue.ELEMENTS["k1"]
IB01 = catalogue.INDICATORS["IB01"]
F1 = catalogue.FORMS["F1"]
BREAKS = {
    "code written large": ("elements", replace(K1, code="K1"), "lower-case"),
    "no such programme": ("elements", replace(K1, code="x", programme="gigi"), "no programme"),
    "milestone elsewhere": ("elements", replace(K1, code="x", programme="adult"), "no milestone"),
    "visits elsewhere": ("elements", replace(K1, code="x", source=Visits("adult")), "kept with"),
    "children elsewhere": ("elements", replace(K1, code="x", source=Children()), "growth only"),
    "stock of milestones": ("elements", replace(K1, code="x", kind=Kind.STOCK), "no stock"),
    "milestone by age": (
        "elements",
        replace(K1, code="x", breakdown=Breakdown.SEX_AGE_F1),
        "has no age",
    ),
    "element twice": ("elements", K1, "declared 2 times"),
    "no slot": ("elements", replace(K1, code="x"), "no slot"),
    "two versions at once": ("indicators", IB01, "same day"),
    "unknown numerator": ("indicators", replace(IB01, code="X", numerator="k9"), "unknown k9"),
    "unknown sasaran": ("indicators", replace(IB01, code="X", denominator="S_X"), "unknown S_X"),
    "formula unreadable": ("indicators", replace(IB01, code="X", numerator="k1 * 2"), "not a sum"),
    "mixed denominator": (
        "indicators",
        replace(IB01, code="X", denominator="k1 + S_BUMIL"),
        "mixes elements and sasaran",
    ),
    "no definition": ("indicators", replace(IB01, code="X", definition=" "), "no definition"),
    "no source": ("indicators", replace(IB01, code="X", source=""), "no source"),
    "no such cluster": ("indicators", replace(IB01, code="X", cluster="K9"), "unknown cluster"),
    "also no cluster": ("indicators", replace(IB01, code="X", also=("K9",)), "no cluster K9"),
    "percent per thousand": ("indicators", replace(IB01, code="X", per=1000), "not per 1000"),
    "rounds of a year's sum": ("indicators", replace(IB01, code="X", rounds=(2, 8)), "rounds are"),
    "a thirteenth month": (
        "indicators",
        replace(catalogue.INDICATORS["AN35"], code="X", rounds=(2, 13)),
        "rounds are",
    ),
    "goal over 100 percent": (
        "indicators",
        replace(IB01, code="X", goals=(Goal(890, "sumber"),)),
        "goal 890",
    ),
    "form with unknown row": (
        "forms",
        replace(F1, code="F2", sections=(Section("", (Item("1", "x", ""),)),)),
        "unknown x",
    ),
    "row twice": ("forms", replace(F1, code="F2", sections=F1.sections * 2), "stands twice"),
    "computed across breakdowns": (
        "forms",
        replace(
            F1,
            code="F2",
            checks=(),
            sections=(Section("", (Item("1", "s36", ""), Item("2", "bgm", "", "s36"))),),
        ),
        "mixes breakdowns",
    ),
    "no such comparison": (
        "forms",
        replace(F1, code="F2", checks=(replace(F1.checks[0], operator="~"),)),
        "no such comparison",
    ),
    "heads that do not fit": (
        "forms",
        replace(
            F1,
            code="F2",
            sections=(Section("", (Item("1", "n_naik", ""), Item("2", "vit_a_biru", ""))),),
        ),
        "broken down otherwise",
    ),
    "sasaran code": ("sasaran", replace(sasaran.ALL[0], code="BUMIL"), "not a sasaran"),
}


@pytest.mark.parametrize(("where", "added", "told"), BREAKS.values(), ids=BREAKS)
def test_a_fault_is_told_at_start_up(where, added, told):
    faulty = contents(**{where: (*getattr(contents(), where), added)})
    assert any(told in error.msg for error in problems(faulty))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"headlines": {"K2": ("XX99",)}}, "no indicator XX99"),
        ({"headlines": {"K9": ()}}, "no cluster K9"),
        ({"spm": {7: "SPM06"}}, "SPM 7"),
    ],
)
def test_lists_name_only_what_exists(changed, told):
    assert any(told in error.msg for error in problems(contents(**changed)))
