"""Births, nifas, newborns, couples: what is worked out, refused, and reached, by hand."""

from datetime import date, timedelta

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit, write_visits
from clusters.models import Antenatal, Delivery, Milestone, Newborn, Postnatal
from clusters.services import SERVICES
from tests.clusters.workbooks import (
    ANTENATAL,
    CHILD,
    DELIVERY,
    FAMILY_PLANNING,
    NEWBORN,
    POSTNATAL,
    PREMARITAL,
    file,
    refused,
    warned,
    workbook,
)
from tests.reporting.rows import incoming

BORN = date(2025, 12, 9)


def derived(service, **given):
    values = dict.fromkeys(SERVICES[service].typed) | {"sex": "P", "seen_on": BORN} | given
    values.setdefault("age_months", 30 * 12)
    values.setdefault("age_days", 30 * 365)
    return SERVICES[service].derive(values)


@pytest.mark.parametrize(
    ("days", "hours", "visit"),
    [
        (0, None, None), (0, 5, None), (0, 6, "KF1"), (1, None, "KF1"), (2, None, "KF1"),
        (2, 71, "KF1"), (3, None, "KF2"), (7, None, "KF2"), (8, None, "KF3"), (28, None, "KF3"),
        (29, None, "KF4"), (42, None, "KF4"), (43, None, None), (-1, None, None),
    ],
)  # fmt: skip
def test_visits_of_mothers_by_days_since_the_birth(days, hours, visit):
    got = derived("postnatal", delivered_on=BORN - timedelta(days), hours=hours)
    assert (got["kf"], got["days"], got["in_time"]) == (visit, days, 0 <= days <= 42)


@pytest.mark.parametrize(
    ("days", "hours", "visit"),
    [
        (0, None, None), (0, 5, None), (0, 6, "KN1"), (2, 48, "KN1"), (2, 49, None),
        (2, None, "KN1"), (3, None, "KN2"), (7, None, "KN2"), (8, None, "KN3"), (28, None, "KN3"),
    ],
)  # fmt: skip
def test_visits_of_newborns_by_hours_and_days(days, hours, visit):
    assert derived("newborn", age_days=days, hours=hours)["kn"] == visit


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        ({"birth_weight": 2499}, "low_weight", True),
        ({"birth_weight": 2500}, "low_weight", False),
        ({}, "low_weight", None),
        ({"weeks": 36}, "preterm", True),
        ({"weeks": 37}, "preterm", False),
        ({}, "preterm", None),
        ({"shk": True, "age_days": 14}, "shk_in_time", True),
        ({"shk": True, "age_days": 15}, "shk_in_time", False),
        ({"shk": False, "age_days": 3}, "shk_in_time", False),
        ({"age_days": 3}, "shk_in_time", None),
    ],
)
def test_what_follows_of_a_newborn(given, name, expected):
    assert derived("newborn", **{"age_days": 1} | given)[name] is expected


@pytest.mark.parametrize(
    ("given", "risky"),
    [
        ({"age_months": 20 * 12 - 1}, True),
        ({"age_months": 20 * 12}, False),
        ({"age_months": 36 * 12 - 1}, False),
        ({"age_months": 36 * 12}, True),
        ({"children": 3}, False),
        ({"children": 4}, True),
        ({"youngest_months": 23}, True),
        ({"youngest_months": 24}, False),
    ],
)
def test_the_four_too_of_family_planning(given, risky):
    assert derived("family_planning", **given)["four_t"] is risky


@pytest.mark.parametrize(
    ("given", "postpartum"),
    [
        ({"method": "iud", "state": "baru", "delivered_on": BORN - timedelta(42)}, True),
        ({"method": "iud", "state": "baru", "delivered_on": BORN - timedelta(43)}, False),
        ({"method": "iud", "state": "aktif", "delivered_on": BORN}, False),
        ({"method": "tidak", "delivered_on": BORN}, False),
        ({"method": "iud", "state": "baru"}, False),
    ],
)
def test_a_method_begun_after_a_birth(given, postpartum):
    assert derived("family_planning", **given)["postpartum"] is postpartum


@pytest.mark.parametrize(
    ("given", "kek", "anaemic"),
    [
        ({"sex": "P", "muac": 23.4, "hb": 11.9}, True, True),
        ({"sex": "P", "muac": 23.5, "hb": 12}, False, False),
        ({"sex": "L", "muac": 20, "hb": 12.9}, None, True),
        ({"sex": "L", "hb": 13}, None, False),
        ({}, None, None),
    ],
)
def test_brides_and_grooms(given, kek, anaemic):
    got = derived("premarital", **given)
    assert (got["kek"], got["anaemic"]) == (kek, anaemic)


LATER, TODDLER = date(2026, 1, 7), CHILD["Tanggal lahir"]


@pytest.mark.parametrize(
    ("row", "change", "code"),
    [
        (DELIVERY, {"Jenis kelamin": "L"}, "not-this-sex"),
        (DELIVERY, {"Tanggal lahir": date(2017, 3, 12)}, "not-this-age"),
        (DELIVERY, {"HPHT": BORN - timedelta(139)}, "delivery-after-pregnancy"),
        (DELIVERY, {"HPHT": BORN - timedelta(315)}, "delivery-after-pregnancy"),
        (DELIVERY, {"Usia kehamilan (minggu)": 19}, "out-of-range"),
        (DELIVERY, {"Bayi lahir hidup (bayi)": 0}, "somebody-was-born"),
        (DELIVERY, {"Penolong 1": None}, "first-helper-first"),
        (DELIVERY, {"Komplikasi ditangani sampai selesai": "ya"}, "treated-without-complication"),
        (POSTNATAL, {"Jenis kelamin": "L"}, "not-this-sex"),
        (POSTNATAL, {"Tanggal bersalin": None}, "says-nothing"),
        (POSTNATAL, {"Tanggal bersalin": date(2025, 12, 11)}, "delivered-before-visit"),
        (POSTNATAL, {"Tanggal bersalin": date(2025, 10, 10)}, "delivered-lately"),
        (
            POSTNATAL,
            {"Tanggal lahir": date(2015, 12, 20), "Tanggal kunjungan": date(2025, 12, 21)},
            "mother-old-enough",
        ),
        (POSTNATAL, {"Jam sejak bersalin (jam)": 50}, "hours-agree-with-days"),
        (POSTNATAL, {"Diastole (mmHg)": 110}, "diastole-below-systole"),
        (POSTNATAL, {"Komplikasi ditangani": "ya"}, "treated-without-danger"),
        (NEWBORN, {"Tanggal lahir": TODDLER}, "not-this-age"),
        (NEWBORN, {"Tanggal kunjungan": LATER}, "neonatal-age"),
        (NEWBORN, {"Jam sejak lahir (jam)": 60}, "hours-agree-with-days"),
        (NEWBORN, {"Berat lahir (gram)": 31}, "out-of-range"),
        (NEWBORN, {"Komplikasi ditangani": "ya"}, "treated-without-complication"),
        (FAMILY_PLANNING, {"Jenis kelamin": "L"}, "not-this-sex"),
        (FAMILY_PLANNING, {"Tanggal lahir": date(1960, 3, 12)}, "not-this-age"),
        (FAMILY_PLANNING, {"Cara KB": "Tidak memakai"}, "method-of-participants"),
        (
            FAMILY_PLANNING,
            {"Tanggal bersalin terakhir": date(2026, 1, 21)},
            "delivered-before-visit",
        ),
        (FAMILY_PLANNING, {"Tanggal bersalin terakhir": date(1999, 1, 1)}, "mother-old-enough"),
        (PREMARITAL, {"Tanggal lahir": date(2012, 3, 12)}, "not-this-age"),
        (PREMARITAL, {"Sistole (mmHg)": 70, "Diastole (mmHg)": 90}, "diastole-below-systole"),
    ],
)
def test_contradictions_are_refused(take, row, change, code):
    service = next(s for s, r in ROWS.items() if r is row)
    result = take(row | {"NIK": None} | change, service=service)
    assert [c for _row, _column, c in refused(result)] == [code], result.issues
    assert (result.new, result.rejected) == (0, 1)
    assert result.issues[0].reason.endswith(".")


ROWS = {
    "delivery": DELIVERY,
    "postnatal": POSTNATAL,
    "newborn": NEWBORN,
    "family_planning": FAMILY_PLANNING,
    "premarital": PREMARITAL,
}


@pytest.mark.parametrize(
    ("row", "change", "code"),
    [
        (DELIVERY, {"Cara persalinan": "Seksio sesarea"}, "operation-in-hospital"),
        (DELIVERY, {"Usia kehamilan (minggu)": 34}, "weeks-agree-with-lmp"),
        (NEWBORN, {"Sampel SHK diambil": "ya"}, "shk-not-too-early"),
        (NEWBORN, {"Berat lahir (gram)": 990}, "birth-weight-in-gram"),
        (FAMILY_PLANNING, {"Cara KB": "MAL", "Umur anak terkecil (bulan)": 6},
         "breastfeeding-method"),
        (PREMARITAL, {"Tanggal lahir": date(2007, 3, 12)}, "lawful-age"),
    ],
)  # fmt: skip
def test_odd_things_are_kept_with_a_warning(take, row, change, code):
    service = next(s for s, r in ROWS.items() if r is row)
    result = take(row | {"NIK": None} | change, service=service)
    assert code in [c for _row, _column, c in warned(result)]
    assert (result.new, result.rejected) == (1, 0)


@pytest.mark.parametrize("service", ROWS)
def test_each_is_recognised_by_its_titles(take, service):
    result = take(ROWS[service])
    assert (result.service, result.new, result.rejected, result.warned) == (service, 1, 0, 0)


def test_a_register_in_the_words_of_midwives(take):
    row = {
        "NIK": "9901015203900001", "Nama Ibu": "Contoh Satu", "Tgl Lahir": date(1990, 3, 12),
        "Tanggal Persalinan": BORN, "Tempat Persalinan": "RSUD", "Ditolong oleh": "SpOG",
        "Cara Bersalin": "SC", "Lahir Hidup": 1,
    }  # fmt: skip
    result = take(content=workbook(Data=[list(row), list(row.values())]), service="delivery")
    assert (result.new, result.rejected) == (1, 0), result.issues
    visit = Delivery.objects.get()
    assert (visit.seen_on, visit.delivered_on) == (BORN, BORN)
    assert (visit.birthplace, visit.helper, visit.way) == ("rs", "spog", "sesar")


def on(day, row=DELIVERY, **more):
    return row | {"HPHT": None, "Tanggal kunjungan": day} | more


def test_two_births_within_five_months_are_a_contradiction(take, tree):
    assert take(on(BORN)).new == 1
    result = take(on(BORN + timedelta(149)))
    assert refused(result) == [(2, "Tanggal kunjungan", "births-too-close")]
    assert "batalkan dahulu" in result.issues[0].reason
    assert Delivery.objects.count() == 1
    assert take(on(BORN - timedelta(149)), keep=False).rejected == 1
    assert take(on(BORN + timedelta(150))).new == 1
    assert take(on(BORN), at="first").same == 1
    elsewhere = on(BORN, **{"Kode faskes": tree["pustu_satu"].code})
    assert take(elsewhere).new == 1  # the same birth, told by two places


def test_of_two_births_in_a_file_the_first_is_taken_and_a_cancelled_one_says_nothing(take):
    result = take(on(BORN), on(BORN + timedelta(20)), on(BORN + timedelta(200)))
    assert [(row, code) for row, _column, code in refused(result)] == [(3, "births-too-close")]
    assert (result.read, result.new, result.rejected) == (3, 2, 1)
    for visit in Delivery.objects.all():
        cancel_visit(visit=visit, by=None)
    assert take(on(BORN + timedelta(20))).new == 1


def test_whoever_writes_is_told_of_the_other_birth(tree):
    rows = [
        incoming(
            "delivery", nik="9901015203900001", born_on=date(1990, 3, 12), sex="P",
            seen_on=BORN + timedelta(days), facility=tree["melati"], home=tree["melati"],
            birthplace="rs",
        )
        for days in (0, 30)
    ]  # fmt: skip
    assert write_visits(service="delivery", rows=rows[:1], upload=None, by=None).new == 1
    outcome = write_visits(service="delivery", rows=rows[1:], upload=None, by=None)
    assert (outcome.new, [(m.ordinal, m.field) for m in outcome.mismatches]) == (
        0,
        [(0, "seen_on")],
    )


def test_nifas_visits_agree_on_the_day_of_the_birth(take):
    days = {"Tanggal kunjungan": BORN + timedelta(5)}
    assert take(POSTNATAL).new == 1
    other = POSTNATAL | days | {"Tanggal bersalin": BORN + timedelta(1)}
    result = take(other)
    assert refused(result) == [(2, "Tanggal bersalin", "births-too-close")]
    assert result.issues[0].value == "10/12/2025"
    together = take(POSTNATAL | {"Tanggal bersalin": BORN - timedelta(1)}, other | {
        "Tanggal bersalin": BORN - timedelta(1)})  # fmt: skip
    assert (together.new, together.changed, together.rejected) == (1, 1, 0)
    assert set(Postnatal.objects.values_list("delivered_on", flat=True)) == {BORN - timedelta(1)}


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


LMP = date(2025, 3, 4)
SIX = ((60, "dokter"), (100, "bidan"), (150, "bidan"), (210, "bidan"), (240, "dokter"),
       (265, "bidan"))  # fmt: skip


def checked(take, visits=SIX, lmp=LMP):
    rows = [
        ANTENATAL | {
            "HPHT": lmp, "Usia kehamilan (minggu)": None, "Pemeriksa": examiner,
            "Tanggal kunjungan": lmp + timedelta(days),
        }
        for days, examiner in visits
    ]  # fmt: skip
    result = take(*rows)
    assert result.rejected == 0, result.issues


def delivered_with_k6():
    follow_touched(by=None)
    return Milestone.objects.filter(code="k6_bersalin").values_list("on", flat=True)


@pytest.mark.parametrize("born_first", [False, True])
def test_k6_of_those_who_gave_birth_counts_on_the_day_of_the_birth(take, born_first):
    steps = [lambda: checked(take), lambda: take(DELIVERY)]
    for step in reversed(steps) if born_first else steps:
        step()
        follow_touched(by=None)
    assert list(delivered_with_k6()) == [BORN]
    cancel_visit(visit=Antenatal.objects.get(seen_on=LMP + timedelta(60)), by=None)
    assert list(delivered_with_k6()) == []


@pytest.mark.parametrize(
    ("visits", "lmp", "born"),
    [
        (SIX[1:], LMP, BORN),  # only five contacts
        (SIX, LMP - timedelta(500), BORN),  # another pregnancy
        (SIX, LMP, LMP + timedelta(262)),  # born before the sixth contact
    ],
)
def test_k6_counts_only_in_the_pregnancy_that_ended_so(take, visits, lmp, born):
    checked(take, visits, lmp)
    take(on(born))
    assert list(delivered_with_k6()) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"Hb (g/dL)": 10.4}, {"anemia_ringan", "anemia_ringan_ttd"}),
        ({"Hb (g/dL)": 10.4, "TTD/MMS diberikan (tablet)": 0}, {"anemia_ringan"}),
        ({"Hb (g/dL)": 9.9}, {"anemia_berat"}),
        (
            {"Hb (g/dL)": 9.9, "Tata laksana lanjut anemia": "ya"},
            {"anemia_berat", "anemia_berat_layan"},
        ),
        ({"Hb (g/dL)": 6.9, "Dirujuk": "ya"}, {"anemia_berat", "anemia_berat_layan"}),
        ({"Hb (g/dL)": 11}, set()),
    ],
)
def test_anaemia_is_treated_by_its_degree(take, values, expected):
    take(ANTENATAL | values)
    follow_touched(by=None)
    codes = set(Milestone.objects.values_list("code", flat=True))
    assert {code for code in codes if code.startswith("anemia_")} == expected


def test_a_file_of_newborns_says_who_they_are(take):
    assert take(content=file(NEWBORN), service="newborn").new == 1
    visit = Newborn.objects.get()
    assert (visit.kn, visit.low_weight, visit.preterm, visit.person.sex) == (
        "KN1",
        False,
        False,
        "L",
    )
