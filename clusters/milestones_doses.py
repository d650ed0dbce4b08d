"""What infants, pupils and women get beside the doses that are on time: data."""

from __future__ import annotations

from functools import partial

from django.db.models import Q

from clusters.milestone_language import ANY_BIRTH, EVERYONE, Milestone, Need, Scope
from clusters.services import ANTIGENS, Antigen
from clusters.services.immunisation import SCHEDULE

KOHORT = "Register kohort bayi; Permenkes 25/2014"
RENSTRA = "Renstra Kemenkes: bayi usia 6 bulan mendapat ASI eksklusif"
# The schedule ends with the age limit of these: later they are not given any more.
NOT_LATER = frozenset({"HB0", "RV1", "RV2", "RV3"})
CAUGHT_UP: tuple[Antigen, ...] = tuple(a for a in ANTIGENS if a.code not in NOT_LATER)


def late_code(antigen: Antigen) -> str:
    """The milestone of a dose that came after its age limit."""
    return f"kejar_{antigen.code.lower()}"


def _late(antigen: Antigen) -> Milestone:
    """The first valid dose, where it was given when its age limit had passed."""
    valid = Q(antigens__contains=[antigen.code], age_days__gte=antigen.from_days)
    before = antigen.before_months
    need = Need(
        valid & Q(age_months__gte=before),
        unless=valid & Q(age_months__lt=before),
    )
    return Milestone(late_code(antigen), "immunisation", Scope.LIFE, (need,), SCHEDULE)


IN_A_WEEK = Q(antigens__contains=["HB0"], age_days__lte=7)
IMMUNISATION = (
    Milestone("hb0_7hari", "immunisation", Scope.LIFE, (Need(IN_A_WEEK),), SCHEDULE),
    *(_late(antigen) for antigen in CAUGHT_UP),
)

_child = partial(Milestone, service="growth", scope=Scope.LIFE)
# Infants are visited from the end of the newborn's weeks on, once in each of these ages.
CONTACTS = (
    Q(age_days__gte=29, age_months__lt=3),
    Q(age_months__gte=3, age_months__lt=6),
    Q(age_months__gte=6, age_months__lt=9),
    Q(age_months__gte=9, age_months__lt=12),
)
AT_SIX = Q(age_months=6)
INFANTS = (
    _child(
        code="bayi_lengkap",
        needs=tuple(Need(EVERYONE & age) for age in CONTACTS),
        source=KOHORT,
    ),
    _child(
        code="bayi_6bulan",
        needs=(Need(AT_SIX & Q(exclusive_milk__isnull=False)),),
        source=RENSTRA,
    ),
    _child(
        code="asi_6bulan",
        needs=(
            Need(
                AT_SIX & Q(exclusive_milk=True),
                unless=Q(exclusive_milk=False, age_months__lte=6),
            ),
        ),
        source=RENSTRA,
    ),
    # Who has had no dose comes to no session of immunisation, but is weighed.
    _child(
        code="dpt_nol",
        needs=(Need(EVERYONE & Q(age_months__gte=12, age_months__lt=24), without="dpt1"),),
        source="WHO: anak tanpa dosis (zero dose) ialah yang belum mendapat DPT 1",
    ),
)

T5 = "Permenkes 12/2017: status T5 wanita usia subur"
FERTILE = Q(sex="P", age_months__gte=15 * 12, age_months__lt=50 * 12)
WOMEN = (
    Milestone(
        "td5_catin",
        "premarital",
        Scope.LIFE,
        (Need(FERTILE & Q(td_status="T5")),),
        T5,
        ANY_BIRTH,
    ),
    # A woman is counted once in her life: not again when she is pregnant.
    Milestone(
        "td5_bumil",
        "antenatal",
        Scope.LIFE,
        (Need(FERTILE & Q(td_status="T5"), without="td5_catin", ever=True),),
        T5,
        ANY_BIRTH,
    ),
)

BIAS = "BIAS: Permenkes 12/2017; HPV menurut jadwal program imunisasi anak sekolah"
# Class and vaccine of each dose; HPV is given to girls.
AT_SCHOOL: dict[str, Q] = {
    "bias_mr": Q(grade=1, bias__contains=["MR"]),
    "bias_dt": Q(grade=1, bias__contains=["DT"]),
    "bias_td2": Q(grade=2, bias__contains=["TD"]),
    "bias_td5": Q(grade=5, bias__contains=["TD"]),
    "bias_hpv5": Q(sex="P", grade=5, bias__contains=["HPV1"]),
    "bias_hpv6": Q(sex="P", grade=6, bias__contains=["HPV2"]),
}
PUPILS = tuple(
    Milestone(code, "school", Scope.SCHOOL_YEAR, (Need(given),), BIAS)
    for code, given in AT_SCHOOL.items()
)
BESIDE: tuple[Milestone, ...] = (*IMMUNISATION, *INFANTS, *WOMEN, *PUPILS)
