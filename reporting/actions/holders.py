"""Which programmes have to approve a form, and who speaks for each: set, changed, ended."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit, formats
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.deadline_errors import SourceMissing, UnknownForm
from reporting.actions.holder_errors import (
    ApprovedBelow,
    EndsTooEarly,
    HolderEnded,
    HolderTwice,
    LastPerson,
    NameMissing,
    NotAnApprover,
    PeopleMissing,
    PersonGone,
    PersonTwice,
    WrongMonth,
)
from reporting.catalogue import FORMS
from reporting.models import Holder, HolderPerson
from reporting.selectors.holders import candidates, people_on
from reporting.workflow import TO_THE_DINAS

__all__ = [
    "PeopleMissing",
    "WrongMonth",
    "add_person",
    "end_holder",
    "end_person",
    "set_holder",
]


@transaction.atomic
def set_holder(
    *,
    district: Facility,
    form: str,
    name: str,
    people: Collection[User],
    since: Month,
    source: str,
    by: User | None,
) -> Holder:
    """No report on the form is approved without this programme, from the month `since` on.

    Which programmes share in a form is for each district to decide, so each row names its source.
    """
    require(by, Permission.MANAGE_TARGETS, district)
    name, source = " ".join(name.split())[:60], source.strip()[:200]
    _require_approved_above(form)
    if not name:
        raise NameMissing
    if not source:
        raise SourceMissing
    if not people:
        raise PeopleMissing
    try:
        with transaction.atomic():
            made = Holder.objects.create(
                district=district, form_code=form, name=name, since=since, source=source,
                created_by=by,
            )  # fmt: skip
    except IntegrityError as taken:
        raise HolderTwice(name=name) from taken
    noted = {"form": form, "programme": name, "since": str(since), "source": source}
    audit.record("holder.set", by=by, subject=district, **noted)
    for user in people:
        add_person(holder=made, user=user, by=by)
    return made


def _require_approved_above(form: str) -> None:
    if form not in FORMS:
        raise UnknownForm(form=form)
    if TO_THE_DINAS not in FORMS[form].kinds:
        raise ApprovedBelow(form=FORMS[form].label)


@transaction.atomic
def end_holder(*, holder: Holder, until: Month, by: User | None) -> None:
    """From the reports of the month `until` on, the programme is no longer asked."""
    row = _held(holder, by)
    if until < row.since:
        raise EndsTooEarly(month=formats.month(row.since))
    row.until = until
    row.save(update_fields=["until"])
    noted = {"form": row.form_code, "programme": row.name, "until": str(until)}
    audit.record("holder.ended", by=by, subject=row.district, **noted)


@transaction.atomic
def add_person(*, holder: Holder, user: User, by: User | None) -> HolderPerson:
    """One more who may approve for the programme, from today on."""
    row = _held(holder, by)
    if not candidates(row.district).filter(pk=user.pk).exists():
        raise NotAnApprover(who=user.called, district=row.district.name)
    today = timezone.localdate()
    if people_on(today).filter(holder=row, user=user).exists():
        raise PersonTwice(who=user.called, name=row.name)
    made = HolderPerson.objects.create(holder=row, user=user, starts_on=today)
    noted = {"form": row.form_code, "programme": row.name, "user": user.pk}
    audit.record("holder.person-added", by=by, subject=row.district, **noted)
    return made


@transaction.atomic
def end_person(*, person: HolderPerson, by: User | None) -> None:
    """Approves for the programme no longer. What was approved before stays approved."""
    row = _held(person.holder, by)
    today = timezone.localdate()
    here = people_on(today).filter(holder=row)
    held = here.filter(pk=person.pk).first()
    if held is None:
        raise PersonGone
    if not here.exclude(pk=held.pk).filter(user__is_active=True).exists():
        raise LastPerson(who=held.user.called, name=row.name)
    held.ends_on = today
    held.save(update_fields=["ends_on"])
    noted = {"form": row.form_code, "programme": row.name, "user": held.user_id}
    audit.record("holder.person-ended", by=by, subject=row.district, **noted)


def _held(holder: Holder, by: User | None) -> Holder:
    """The row, held until the end of the transaction, if it is still in force."""
    asked = Holder.objects.select_for_update(of=("self",)).select_related("district")
    row = asked.get(pk=holder.pk)
    require(by, Permission.MANAGE_TARGETS, row.district)
    if row.until is not None:
        raise HolderEnded
    return row
