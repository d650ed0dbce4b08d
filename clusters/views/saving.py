"""One try at saving a form: refused, asked about, or recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as now

from clusters.actions.incoming import Incoming, by_name
from clusters.actions.recording import Recorded, open_contradicted, record_visit
from clusters.excel.typed import OTHER_NAME, Told, Typed, cells_of, check_typed
from clusters.forms.entry import EntryForm, NewcomerForm
from clusters.models import Person, Visit
from clusters.selectors.entries import fingerprint
from clusters.selectors.roster import Day, known_as, person_to_record
from facilities.models import Facility
from ilp.core import formats
from ilp.core.cells import Cell
from ilp.core.errors import DomainError
from ilp.core.http import Request

KNOWN = "tahu"  # what was asked about and is to be saved nevertheless
OPENED = "ada"  # what the visit said when the form was opened


@dataclass(frozen=True)
class Asked:
    """Something odd that is saved only when somebody has seen it; `key` says that they have."""

    name: str
    sentence: str
    key: str


@dataclass(frozen=True)
class Beside:
    """A known person beside what was typed under the same NIK: (title, typed, known)."""

    rows: tuple[tuple[str, str, str], ...]
    pk: int | None  # None: somebody of elsewhere, of whom nothing is shown


@dataclass
class Attempt:
    recorded: Recorded | None = None
    asked: list[Asked] = field(default_factory=list)
    beside: Beside | None = None


def cells_from(form: EntryForm, day: Day) -> dict[str, Cell]:
    """The boxes of a valid form as the cells of a workbook's row."""
    values = form.cleaned_data
    cells: dict[str, Cell] = cells_of(day.service, values)
    if isinstance(form, NewcomerForm):
        home = str(values["home"])
        kinds = Facility.objects.filter(code=home).values_list("kind", flat=True)
        is_village = kinds.first() == Facility.Kind.DESA
        cells |= {name: values.get(name, "") for name in form.identity if name != "home"}
        cells |= {"home_desa": home if is_village else ""}
        cells |= {"home_posyandu": "" if is_village else home}
    return cells | {"seen_on": day.on}


def check_form(request: Request, day: Day, form: EntryForm, person: Person | None) -> Typed | None:
    """What became of a form; None where not even its boxes could be read."""
    if not form.is_valid():
        return None
    return check_typed(
        service=day.service,
        place=day.place,
        by=request.user,
        cells=cells_from(form, day),
        person=person,
    )


def attempt(request: Request, day: Day, form: EntryForm, person: Person | None) -> Attempt:
    """Save what was typed unless something is wrong, or odd and not yet seen; all stays typed."""
    typed = check_form(request, day, form, person)
    if typed is None:
        return Attempt()
    for told in typed.refused:
        form.told(told.name, told.sentence)
    asked = _asked(request, day, form, typed)
    seen = set(request.POST.getlist(KNOWN))
    beside = _beside_other_name(request, typed)
    if typed.row is None or any(one.key not in seen for one in asked):
        return Attempt(asked=asked, beside=beside)
    try:
        recorded = record_visit(service=day.service.code, row=typed.row, by=request.user)
    except DomainError as broken:
        form.add_error(None, broken)
        return Attempt(asked=asked)
    if recorded.visit is not None or not recorded.mismatches:
        return Attempt(recorded=recorded)
    for told in map(typed.explain, recorded.mismatches):
        form.told(told.name, told.sentence)
    return Attempt(asked=asked, beside=_beside(request, typed))


def _asked(request: Request, day: Day, form: EntryForm, typed: Typed) -> list[Asked]:
    found = [
        Asked(told.name, told.sentence, _key(told, form.cleaned_data)) for told in typed.warned
    ]
    standing = None if typed.row is None else _standing(day, typed.row.identity)
    unseen = standing is not None and fingerprint(standing) != request.POST.get(OPENED, "")
    if standing is not None and typed.row is not None and unseen and _differs(standing, typed.row):
        text = now(
            "Kunjungan orang ini pada hari ini sudah dicatat %(at)s, sesudah formulir ini dibuka. "
            "Menyimpan berarti mengganti isinya."
        ) % {"at": formats.moment(standing.recorded_at)}
        found.append(Asked("", text, fingerprint(standing)))
    return found


def _differs(standing: Visit, row: Incoming) -> bool:
    """Whether saving would change anything; sending twice by mistake would not."""
    said = by_name(standing.service.code, row)
    return any(getattr(standing, name) != said[name] for name in standing.service.typed)


def _key(told: Told, values: Mapping[str, object]) -> str:
    """Says yes to this sentence about this value, and to no other."""
    said = f"{told.name}:{told.code}:{values.get(told.name.split(':')[0])}"
    return sha256(said.encode()).hexdigest()[:16]


def _standing(day: Day, identity: bytes) -> Visit | None:
    return day.visits.filter(person=known_as(identity)).first()


def _beside_other_name(request: Request, typed: Typed) -> Beside | None:
    codes = {told.code for told in typed.warned}
    return _beside(request, typed) if OTHER_NAME.code in codes else None


def _beside(request: Request, typed: Typed) -> Beside | None:
    """Both sides, if the user may see the known one; that somebody looked is on record."""
    row = typed.row
    known = None if row is None else known_as(row.identity)
    if row is None or known is None:
        return None
    if not person_to_record(request.user, known.pk).exists():
        return Beside((), None)
    open_contradicted(person=known, by=request.user)
    sexes = dict(Person.Sex.choices)
    rows = (
        (now("Nama"), row.name, known.name),
        (now("Nama ibu"), row.mother_name or "–", known.mother_name or "–"),
        (now("Tanggal lahir"), formats.day(row.born_on), formats.day(known.born_on)),
        (now("Jenis kelamin"), str(sexes[row.sex]), known.get_sex_display()),
        (now("Tempat tinggal"), "", str(known.home or "–")),
    )
    return Beside(rows, known.pk)
