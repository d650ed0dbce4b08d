"""What mothers, newborns and couples reach: at the birth, in the weeks after it, and by KB."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Q

from clusters.cutoffs import (
    JUKNIS_KESGA_2026,
    KARTU_KB,
    LONG_AGO,
    PERMENKES_21_2021,
    PERMENKES_53_2014,
)
from clusters.milestone_language import EVERYONE, SEEN, Milestone, Need, Scope, first

SPM_2 = "Permenkes 6/2024 (SPM 2)"
SPM_3 = "Permenkes 6/2024 (SPM 3)"
SINCE_SHK = date(2025, 1, 1)
STAFF = ("spog", "dokter", "bidan", "perawat")
FACILITIES = ("rs", "puskesmas", "klinik", "tpmb", "pustu")
IN_FACILITY = Q(birthplace__in=FACILITIES)
BY_STAFF = Q(helper__in=STAFF) | Q(helper_2__in=STAFF)
BY_TWO = Q(helper__in=STAFF, helper_2__in=STAFF)
UNCOMPLICATED = Q(complication__isnull=True) | Q(complication="tidak")
COMPLICATED = Q(complication__isnull=False) & ~Q(complication="tidak")
CARED_FOR = Q(treated=True) | Q(referred=True)
IN_DANGER = Q(danger__isnull=False) & ~Q(danger="tidak")
BY_STANDARD = Q(by_standard=True)
USES = Q(method__isnull=False) & ~Q(method="tidak")
LONG_ACTING = Q(method__in=["iud", "implan", "mow", "mop"])


def _of(
    service: str,
    scope: Scope,
    source: str,
    code: str,
    *needs: Need,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Milestone:
    return Milestone(code, service, scope, needs, source, since, until)


_birth = partial(_of, "delivery", Scope.DELIVERY, PERMENKES_21_2021)
_after = partial(_of, "postnatal", Scope.DELIVERY, PERMENKES_21_2021)
_baby = partial(_of, "newborn", Scope.LIFE, PERMENKES_53_2014)
_couple = partial(_of, "family_planning", Scope.YEAR, KARTU_KB)
_bride = partial(_of, "premarital", Scope.YEAR, PERMENKES_21_2021)

DELIVERY = (
    _birth("bersalin", SEEN),
    _birth("bersalin_faskes", Need(IN_FACILITY)),
    _birth("bersalin_nakes", Need(BY_STAFF)),
    _birth("bersalin_sesar", first(way="sesar")),
    _birth("bersalin_lahir_mati", first(stillbirths__gte=1)),
    _birth("bersalin_komplikasi", Need(COMPLICATED)),
    _birth("bersalin_kompl_ditangani", Need(COMPLICATED & Q(treated=True))),
    _of(
        "delivery",
        Scope.DELIVERY,
        SPM_2,
        "spm2_bulin",
        Need(IN_FACILITY & BY_TWO & BY_STANDARD & (UNCOMPLICATED | CARED_FOR)),
    ),
    _of(
        "delivery",
        Scope.DELIVERY,
        JUKNIS_KESGA_2026,
        "k6_bersalin",
        Need(EVERYONE, after="k6"),
    ),
    _of(
        "delivery",
        Scope.DELIVERY,
        JUKNIS_KESGA_2026,
        "anc_12t_bersalin",
        Need(EVERYONE, after="anc_12t"),
    ),
)
POSTNATAL = (
    _after("nifas", SEEN),
    _after("kf1", first(kf="KF1")),
    _after("kf_lengkap", *(first(kf=f"KF{number}") for number in range(1, 5))),
    _after(
        "nifas_vit_a",
        first(vitamin_a_1=True, in_time=True),
        first(vitamin_a_2=True, in_time=True),
    ),
    _after("kb_pasca_salin", Need(USES & Q(in_time=True))),
    _after("nifas_bahaya", Need(IN_DANGER)),
    _after("nifas_bahaya_ditangani", Need(IN_DANGER & CARED_FOR)),
)
ESSENTIAL = tuple(first(**{one: True}) for one in ("imd", "vitamin_k", "eye_ointment", "hb0"))
VISITS = tuple(first(kn=f"KN{number}") for number in range(1, 4))
NEWBORN = (
    _baby("neonatus", SEEN),
    _baby("kn1", first(kn="KN1")),
    _baby("kn_lengkap", *VISITS),
    _baby("lahir_ditimbang", first(birth_weight__isnull=False)),
    _baby("bblr", first(low_weight=True)),
    _baby("lahir_prematur", first(preterm=True)),
    _baby("imd", first(imd=True)),
    _of("newborn", Scope.LIFE, "Permenkes 78/2014", "shk", first(shk_in_time=True)),
    _baby("neo_komplikasi", Need(COMPLICATED)),
    _baby("neo_kompl_ditangani", Need(COMPLICATED & CARED_FOR)),
    _of(
        "newborn",
        Scope.LIFE,
        "Permenkes 4/2019 (SPM 3)",
        "spm3_bbl",
        *ESSENTIAL,
        *VISITS,
        until=SINCE_SHK,
    ),
    _of(
        "newborn",
        Scope.LIFE,
        SPM_3,
        "spm3_bbl",
        *ESSENTIAL,
        *VISITS,
        first(shk_in_time=True),
        since=SINCE_SHK,
    ),
)
FAMILY_PLANNING = (
    _couple("kb_dilayani", SEEN),
    _couple("kb_baru", Need(USES & Q(state="baru"))),
    _couple("kb_pakai", Need(USES)),
    _couple("kb_mkjp_dilayani", Need(LONG_ACTING)),
    _couple("kb_4t", first(four_t=True)),
    _couple("kb_4t_pakai", Need(USES & Q(four_t=True))),
    _couple("kb_baru_pasca_salin", first(postpartum=True)),
    _couple("kb_berhenti", first(state="berhenti")),
)
PREMARITAL = (
    _bride("catin_diskrining", SEEN),
    _bride("catin_hb_diperiksa", first(anaemic__isnull=False)),
    _bride("catin_anemia", first(anaemic=True)),
    _bride("catin_lila_diukur", first(kek__isnull=False)),
    _bride("catin_kek", first(kek=True)),
)
MOTHERS: tuple[Milestone, ...] = (
    *DELIVERY,
    *POSTNATAL,
    *NEWBORN,
    *FAMILY_PLANNING,
    *PREMARITAL,
)
