"""Lists of users and of what they did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from facilities.access import has_anywhere, managed, manages, posts, reach
from facilities.audit_words import EVENTS, told
from facilities.models import Assignment, Facility
from facilities.roles import GRANTS, SECOND_FACTOR_ROLES, WORDS, Permission, Role
from facilities.selectors.pages import page_of, shown
from ilp.core.models import AuditEvent, User


@dataclass(frozen=True)
class UserRow:
    pk: int
    username: str
    name: str
    phone: str
    is_active: bool
    last_login: datetime | None
    roles: str
    may_edit: bool


@dataclass(frozen=True)
class AuditRow:
    at: datetime
    actor: str
    event: str
    words: str
    subject: str
    place: str
    detail: str


def users(*, by: User, query: str, role: str, page: str | None) -> Page[UserRow]:
    """A page of the users posted where `by` manages users. Five queries."""
    held = Assignment.objects.filter(ends_on=None).visible_to(by, Permission.MANAGE_USERS)
    if role:
        held = held.filter(role=role)
    found = User.objects.filter(pk__in=held.values("user"))
    if query:
        found = found.filter(Q(username__icontains=query) | Q(first_name__icontains=query))
    answer = page_of(found.order_by("username"), page)
    people = list(answer.object_list)
    roles, mine = _roles(people), managed(by, people)
    rows = [
        UserRow(
            pk=user.pk,
            username=user.username,
            name=user.get_full_name(),
            phone=user.phone,
            is_active=user.is_active,
            last_login=user.last_login,
            roles=", ".join(roles.get(user.pk, [])),
            may_edit=user.pk in mine,
        )
        for user in people
    ]
    return shown(answer, rows)


def _roles(people: Iterable[User]) -> dict[int, list[str]]:
    roles: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(user__in=people, ends_on=None).select_related("facility")
    for row in rows.order_by("pk"):
        text = f"{row.get_role_display()} ({row.facility})"
        roles.setdefault(row.user_id, []).append(text)
    return roles


def managed_user(*, by: User, pk: int) -> User | None:
    """The user, when `by` may manage the account."""
    user = User.objects.filter(pk=pk).first()
    return user if user is not None and manages(by, user) else None


def current_posts(user: User) -> list[Assignment]:
    return list(posts(user).select_related("facility", "stands_for__user").order_by("pk"))


def may_have_second_factor(user: User) -> bool:
    return user.is_superuser or posts(user).filter(role__in=SECOND_FACTOR_ROLES).exists()


def role_matrix() -> list[tuple[str, list[bool]]]:
    """For each permission, which roles hold it, in the order of Role."""
    return [
        (str(WORDS[permission]), [permission in GRANTS[role] for role in Role])
        for permission in Permission
    ]


def trail(
    *, user: User, event: str, actor: str, since: date | None, page: str | None
) -> Page[AuditRow]:
    """A page of the audit trail, newest first: all of it for those who run the system."""
    events = _visible(user)
    if event:
        events = events.filter(event__startswith=event)
    if actor:
        events = events.filter(actor__username__icontains=actor)
    if since:
        events = events.filter(at__date__gte=since)
    answer = page_of(events.select_related("actor").order_by("-pk"), page)
    rows = list(answer.object_list)
    ids = {row.facility_id for row in rows if row.facility_id}
    places = {place.pk: str(place) for place in Facility.objects.filter(pk__in=ids)}
    return shown(answer, [_audit_row(row, places) for row in rows])


def _visible(user: User) -> QuerySet[AuditEvent]:
    if has_anywhere(user, Permission.SYSTEM):
        return AuditEvent.objects.all()
    return AuditEvent.objects.filter(facility_id__in=reach(user, Permission.MANAGE_USERS))


def _audit_row(row: AuditEvent, places: dict[int, str]) -> AuditRow:
    return AuditRow(
        at=row.at,
        actor=row.actor.username if row.actor else "",
        event=row.event,
        words=str(EVENTS.get(row.event, row.event)),
        subject=f"{row.subject} #{row.subject_id}",
        place=places.get(row.facility_id or 0, ""),
        detail=told(row.detail),
    )
