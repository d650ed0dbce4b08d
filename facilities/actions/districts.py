"""A district's registry: regions, Puskesmas, and how ILP began there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from facilities import registry
from facilities.actions.ilp import record_ilp_status, set_ilp_target
from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis, Facility, IlpStatus, IlpTarget
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

K = Facility.Kind


class UnknownDistrict(DomainError):
    code = "unknown-district"
    text = _("Kabupaten/kota %(code)s tidak ada dalam daftar. Pilih salah satu: %(known)s.")


@dataclass(frozen=True)
class LoadedDistrict:
    """What the registry holds of a district, and how much of it was new."""

    district: str
    name: str
    kecamatan: int
    desa: int
    puskesmas: int
    new: int
    ilp_statuses: int
    ilp_targets: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@transaction.atomic
def load_district(*, code: str, since: date, by: User | None) -> LoadedDistrict:
    """Open what the registry knows of a district and is not there yet; run it as often as you like.

    Villages hang below their kecamatan only: which Puskesmas serves them is the Dinkes' to say.
    """
    if code not in registry.DISTRICTS:
        raise UnknownDistrict(code=code, known=", ".join(registry.DISTRICTS))
    places = _places(code, since)
    known = set(
        Facility.objects.filter(code__in=[p.code for p in places]).values_list("code", flat=True)
    )
    bulk_open(places=[place for place in places if place.code not in known], by=by)
    district = Facility.objects.get(code=code)
    statuses, targets = _ilp(district, by)
    kinds = [place.kind for place in places]
    loaded = LoadedDistrict(
        district=code,
        name=registry.region_name(code),
        kecamatan=kinds.count(K.KECAMATAN),
        desa=kinds.count(K.DESA),
        puskesmas=kinds.count(K.PUSKESMAS),
        new=len(places) - len(known),
        ilp_statuses=statuses,
        ilp_targets=targets,
    )
    audit.record("district.loaded", by=by, subject=district, new=loaded.new)
    return loaded


def _places(code: str, since: date) -> list[NewPlace]:
    """Province, district, kecamatan and villages, then the Puskesmas: parents come first."""
    province = code.split(".")[0]
    places = [
        _region(province, K.PROVINCE, since, {}),
        _region(code, K.DISTRICT, since, {Axis.NETWORK: province}),
    ]
    for kecamatan, _name in registry.regions_below(code):
        places.append(_region(kecamatan, K.KECAMATAN, since, {Axis.LABEL: code}))
        places += [
            _region(desa, K.DESA, since, {Axis.LABEL: kecamatan})
            for desa, _name in registry.regions_below(kecamatan)
        ]
    return places + [_puskesmas(row, since) for row in registry.known_puskesmas(code)]


def _region(code: str, kind: str, since: date, parents: Mapping[Axis, str]) -> NewPlace:
    return NewPlace(
        code,
        registry.region_name(code),
        kind,
        since,
        parents,
        source=registry.REGIONS_SOURCE,
        time_zone=registry.DISTRICTS.get(code, ""),
    )


def _puskesmas(row: registry.KnownPuskesmas, since: date) -> NewPlace:
    made_up = f"{row.district}-PKM-{registry.normalised(row.name).upper()}"
    return NewPlace(
        row.code or made_up,
        row.name,
        row.kind,
        since,
        {Axis.NETWORK: row.district, Axis.LABEL: row.kecamatan},
        knowledge=row.knowledge,
        source=row.source,
    )


def _ilp(district: Facility, by: User | None) -> tuple[int, int]:
    """Record what was declared of all places of a kind on a known day, and the yearly targets."""
    statuses = targets = 0
    for fact in registry.launch_facts(district.code):
        if fact.state == IlpStatus.State.RUNNING and fact.is_about_all and fact.precision == "day":
            places = Facility.objects.within(district, fact.on).of_kind(fact.kind)
            for place in places.exclude(ilp_statuses__since=fact.on):
                record_ilp_status(
                    facility=place,
                    state=fact.state,
                    since=fact.on,
                    evidence=f"{fact.text} ({fact.source})",
                    decree="",
                    by=by,
                )
                statuses += 1
        if fact.state == "target" and not IlpTarget.objects.filter(
            district=district, kind=fact.kind, year=fact.on.year
        ):
            set_ilp_target(
                district=district,
                kind=fact.kind,
                year=fact.on.year,
                number=fact.number or 0,
                source=fact.source,
                decided_on=fact.on,
                by=by,
            )
            targets += 1
    return statuses, targets
