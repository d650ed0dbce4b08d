"""What mothers, newborns and couples reach, each with one thing missing."""

from datetime import date, timedelta

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.visits import write_visits
from clusters.models import Milestone
from tests.reporting.rows import incoming

BORN = date(2025, 12, 9)


def reached(service, *visits, born_on=date(1990, 3, 12), sex="P", tree):
    """The codes that one person reaches by visits given as (day, values)."""
    rows = [
        incoming(
            service, nik="9901015203900001", born_on=born_on, sex=sex, seen_on=day,
            facility=tree["melati"], home=tree["melati"], **values,
        )
        for day, values in visits
    ]  # fmt: skip
    outcome = write_visits(service=service, rows=rows, upload=None, by=None)
    assert outcome.new == len(rows)
    follow_touched(by=None)
    return set(Milestone.objects.filter(service=service).values_list("code", flat=True))


STANDARD = {
    "birthplace": "puskesmas", "helper": "bidan", "helper_2": "perawat", "by_standard": True,
    "complication": "tidak", "way": "normal", "live_births": 1, "stillbirths": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"complication": None}, True),
        ({"birthplace": "rumah"}, False),
        ({"birthplace": "polindes"}, False),
        ({"birthplace": None}, False),
        ({"helper": "dukun"}, False),
        ({"helper_2": None}, False),
        ({"helper_2": "lain"}, False),
        ({"by_standard": False}, False),
        ({"by_standard": None}, False),
        ({"complication": "perdarahan"}, False),
        ({"complication": "perdarahan", "treated": True}, True),
        ({"complication": "perdarahan", "referred": True}, True),
    ],
)
def test_a_delivery_to_standard_lacks_nothing(tree, change, counts):
    codes = reached("delivery", (BORN, STANDARD | change), tree=tree)
    assert ("spm2_bulin" in codes) is counts


@pytest.mark.parametrize(
    ("change", "added", "taken"),
    [
        ({"birthplace": "rumah"}, set(), {"bersalin_faskes", "spm2_bulin"}),
        ({"helper": "dukun"}, set(), {"spm2_bulin"}),
        ({"helper": "dukun", "helper_2": None}, set(), {"bersalin_nakes", "spm2_bulin"}),
        ({"way": "sesar"}, {"bersalin_sesar"}, set()),
        ({"stillbirths": 1}, {"bersalin_lahir_mati"}, set()),
        (
            {"complication": "macet", "treated": True},
            {"bersalin_komplikasi", "bersalin_kompl_ditangani"},
            set(),
        ),
        ({"complication": "macet", "referred": True}, {"bersalin_komplikasi"}, set()),
    ],
)
def test_what_a_delivery_is(tree, change, added, taken):
    usual = {"bersalin", "bersalin_faskes", "bersalin_nakes", "spm2_bulin"}
    assert reached("delivery", (BORN, STANDARD | change), tree=tree) == (usual | added) - taken


KF = {1: 1, 2: 4, 3: 20, 4: 35}


@pytest.mark.parametrize("missing", [0, 1, 2, 3, 4])
def test_all_four_visits_of_nifas(tree, missing):
    visits = [
        (BORN + timedelta(days), {"delivered_on": BORN}) for n, days in KF.items() if n != missing
    ]
    codes = reached("postnatal", *visits, tree=tree)
    assert ("kf_lengkap" in codes) is (missing == 0)
    assert ("kf1" in codes) is (missing != 1)


@pytest.mark.parametrize(
    ("first", "second", "code", "counts"),
    [
        ({"vitamin_a_1": True}, {"vitamin_a_2": True}, "nifas_vit_a", True),
        ({"vitamin_a_1": True, "vitamin_a_2": True}, {}, "nifas_vit_a", True),
        ({"vitamin_a_1": True}, {}, "nifas_vit_a", False),
        ({"vitamin_a_2": True}, {"vitamin_a_1": False}, "nifas_vit_a", False),
        ({"method": "iud"}, {}, "kb_pasca_salin", True),
        ({"method": "tidak"}, {}, "kb_pasca_salin", False),
        ({"danger": "demam"}, {}, "nifas_bahaya", True),
        ({"danger": "tidak"}, {}, "nifas_bahaya", False),
        ({"danger": "demam", "referred": True}, {}, "nifas_bahaya_ditangani", True),
        ({"danger": "demam"}, {"referred": True}, "nifas_bahaya_ditangani", False),
    ],
)
def test_what_mothers_get_in_nifas(tree, first, second, code, counts):
    visits = [
        (BORN + timedelta(days), {"delivered_on": BORN} | values)
        for days, values in ((1, first), (5, second))
    ]
    assert (code in reached("postnatal", *visits, tree=tree)) is counts


@pytest.mark.parametrize("late", [42, 43])
def test_six_weeks_are_the_limit(tree, late):
    values = {"delivered_on": BORN, "vitamin_a_1": True, "vitamin_a_2": True, "method": "iud"}
    codes = reached("postnatal", (BORN + timedelta(late), values), tree=tree)
    assert ({"nifas_vit_a", "kb_pasca_salin"} <= codes) is (late == 42)


def test_each_birth_has_its_own_nifas(tree):
    second = BORN + timedelta(400)
    visits = [
        (born + timedelta(KF[n]), {"delivered_on": born})
        for born, numbers in ((BORN, (1, 2)), (second, (1, 3, 4)))
        for n in numbers
    ]
    assert "kf_lengkap" not in reached("postnatal", *visits, tree=tree)
    scopes = Milestone.objects.filter(code="kf1").order_by("scope").values_list("scope", flat=True)
    assert list(scopes) == [BORN, second]


ESSENTIAL = {
    "imd": True, "vitamin_k": True, "eye_ointment": True, "hb0": True, "birth_weight": 3100,
    "weeks": 39,
}  # fmt: skip
KN = {1: 1, 2: 3, 3: 20}


def care_of(born, *, but=(), visits=(1, 2, 3)):
    """Visits of a newborn who gets everything save what `but` names."""
    at_birth = {k: v for k, v in ESSENTIAL.items() if k not in but}
    later = [(born + timedelta(KN[n]), {"examined": True}) for n in visits]
    if "shk" not in but:
        later[-1][1]["shk"] = True
        later[-1] = (born + timedelta(14), later[-1][1])
    return [(born, at_birth), *later]


@pytest.mark.parametrize(
    ("but", "visits", "counts"),
    [
        ((), (1, 2, 3), True),
        *((one,) + ((1, 2, 3), False) for one in (
            ("imd",), ("vitamin_k",), ("eye_ointment",), ("hb0",), ("shk",))),
        ((), (2, 3), False),
        ((), (1, 3), False),
        (("shk",), (1, 2), False),
    ],
)  # fmt: skip
def test_a_newborn_cared_for_to_standard_lacks_nothing(tree, but, visits, counts):
    care = care_of(BORN, but=but, visits=visits)
    codes = reached("newborn", *care, born_on=BORN, sex="L", tree=tree)
    assert ("spm3_bbl" in codes) is counts


def test_heel_blood_is_asked_of_those_born_since_2025(tree):
    before = date(2024, 12, 31)
    care = care_of(before, but=("shk",))
    assert "spm3_bbl" in reached("newborn", *care, born_on=before, tree=tree)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"birth_weight": 2400}, {"lahir_ditimbang", "bblr"}),
        ({"birth_weight": 2500}, {"lahir_ditimbang"}),
        ({"weeks": 36}, {"lahir_prematur"}),
        ({"imd": True}, {"imd"}),
        ({"complication": "ikterus"}, {"neo_komplikasi"}),
        ({"complication": "ikterus", "treated": True}, {"neo_komplikasi", "neo_kompl_ditangani"}),
        ({"complication": "tidak", "referred": True}, set()),
    ],
)
def test_what_a_newborn_is(tree, values, expected):
    codes = reached("newborn", (BORN, values), born_on=BORN, tree=tree)
    assert codes == expected | {"neonatus"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"method": "iud", "state": "baru"}, {"kb_baru", "kb_pakai", "kb_mkjp_dilayani"}),
        ({"method": "pil", "state": "aktif"}, {"kb_pakai"}),
        ({"method": "tidak", "children": 5}, {"kb_4t"}),
        ({"method": "pil", "children": 5}, {"kb_pakai", "kb_4t", "kb_4t_pakai"}),
        ({"state": "berhenti"}, {"kb_berhenti"}),
    ],
)
def test_what_couples_reach(tree, values, expected):
    assert reached("family_planning", (BORN, values), tree=tree) == expected | {"kb_dilayani"}


def test_what_brides_reach(tree):
    codes = reached("premarital", (BORN, {"hb": 11, "muac": 23}), tree=tree)
    assert codes == {
        "catin_diskrining", "catin_hb_diperiksa", "catin_anemia", "catin_lila_diukur", "catin_kek",
    }  # fmt: skip
