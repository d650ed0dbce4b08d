"""The registry of accounts as a table."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields

from facilities.access import managed
from facilities.actions.people import NewUser, assign_role, create_user, set_details
from facilities.excel.registry import Once, Registry, kept, text
from facilities.models import Assignment, Facility
from facilities.roles import Permission, Role
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

Post = tuple[str, str]  # role, code of the place


class UnknownPlace(DomainError):
    code = "unknown-place"
    text = _("Tempat dengan kode %(code)s tidak ada. Salin kodenya dari daftar faskes.")


class UnknownRole(DomainError):
    code = "unknown-role"
    text = _("Peran %(role)s tidak dikenal. Pilih dari daftar pada kolom peran.")


class PostsUneven(DomainError):
    code = "posts-uneven"
    text = _("Jumlah peran dan kode tempat berbeda. Tulis satu kode tempat untuk tiap peran.")


class AccountOutOfReach(DomainError):
    code = "account-out-of-reach"
    text = _("Akun %(username)s bukan kelolaan Anda. Hapus baris ini dari berkas.")


class PostOutOfReach(DomainError):
    code = "post-out-of-reach"
    text = _("Anda tidak mengelola pengguna di %(code)s. Pakai tempat di wilayah Anda sendiri.")


class UserResource(Registry):
    """One row per account; several roles stand in one cell, as do their places. Passwords neither
    leave nor enter: those of new accounts are in `made`, to be shown once."""

    key = "nama_pengguna"
    username = fields.Field("username", "nama_pengguna")
    first_name = fields.Field("first_name", "nama")
    phone = fields.Field("phone", "hp")
    role = fields.Field(column_name="peran", readonly=True)
    place = fields.Field(column_name="kode_tempat", readonly=True)

    class Meta(Once):
        model = User
        fields = ("username", "first_name", "phone", "role", "place")
        import_id_fields = ("username",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.made: list[NewUser] = []
        self.posts: dict[int, list[Post]] = {}

    @classmethod
    def listed(cls, user: User, permission: Permission) -> QuerySet[User]:
        """Accounts that the user could have made."""
        posted = Assignment.objects.filter(ends_on=None).visible_to(user, permission)
        found = User.objects.filter(pk__in=posted.values("user"))
        return User.objects.filter(pk__in=managed(user, list(found))).order_by("username")

    def dehydrate_role(self, user: User) -> str:
        return ", ".join(role for role, _code in self.posts.get(user.pk, ()))

    def dehydrate_place(self, user: User) -> str:
        return ", ".join(code for _role, code in self.posts.get(user.pk, ()))

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        self._learn_posts(queryset)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.made = []
        names = {text(row, self.key) for row in dataset.dict}
        found = User.objects.filter(username__in=names)
        self._learn_posts(found)
        self.mine = managed(kwargs["user"], list(found))

    def after_init_instance(self, instance: User, new: bool, row: Any, **kwargs: Any) -> None:
        if not new and instance.pk not in self.mine:
            raise AccountOutOfReach(username=instance.username)
        if not instance.password:
            instance.set_unusable_password()  # for the check of the row: the action draws one

    def skip_row(
        self, instance: User, original: User, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A role that is held already needs no second row."""
        same = super().skip_row(instance, original, row, import_validation_errors)
        return bool(same and not self._added(instance, row))

    def save_instance(self, instance: User, is_create: bool, row: Any, **kwargs: Any) -> None:
        by, number = kwargs["user"], kwargs["row_number"]
        added = [(_place(code), _known(role)) for role, code in self._added(instance, row)]
        before = self._in_words(self.posts.get(instance.pk, ()))
        after = self._in_words([*self.posts.get(instance.pk, ()), *self._added(instance, row)])
        posts = ("peran", before, after)
        try:
            if is_create:
                told = [("nama", "", instance.first_name), ("hp", "", instance.phone), posts]
                self.note(number, told)
                user = self._create(instance, added.pop(0) if added else None, by)
            else:
                user = User.objects.get(pk=instance.pk)
                names = (("nama", "first_name"), ("hp", "phone"))
                told = [(c, getattr(user, n), getattr(instance, n)) for c, n in names]
                self.note(number, [*told, posts])
                if kept(user, "first_name", "phone") != kept(instance, "first_name", "phone"):
                    set_details(user=user, name=instance.first_name, phone=instance.phone, by=by)
            for place, role in added:
                assign_role(
                    user=user, facility=place, role=role, starts_on=timezone.localdate(), by=by
                )
        except Forbidden:
            raise PostOutOfReach(code=text(row, "kode_tempat")) from None

    def _create(self, instance: User, post: tuple[Facility, str] | None, by: User) -> User:
        if post is None:
            raise PostsUneven
        made = create_user(
            username=instance.username,
            name=instance.first_name,
            phone=instance.phone,
            role=post[1],
            facility=post[0],
            by=by,
        )
        self.made.append(made)
        instance.pk = made.user.pk
        return made.user

    def _learn_posts(self, users: QuerySet[User]) -> None:
        """Own posts of today; what somebody stands in for is not the account's."""
        today = timezone.localdate()
        current = Q(ends_on=None) | Q(ends_on__gt=today)
        rows = Assignment.objects.filter(
            current, user__in=users, starts_on__lte=today, stands_for=None
        )
        self.posts = {}
        for user, role, code in rows.order_by("pk").values_list(
            "user_id", "role", "facility__code"
        ):
            self.posts.setdefault(user, []).append((role, code))

    def _added(self, user: User, row: Any) -> list[Post]:
        """The posts of a row that are not held yet."""
        roles, codes = _listed(row, "peran"), _listed(row, "kode_tempat")
        if len(roles) != len(codes):
            raise PostsUneven
        held = self.posts.get(user.pk, [])
        return [post for post in zip(roles, codes, strict=True) if post not in held]

    def _in_words(self, posts: Any) -> str:
        return ", ".join(f"{Role(role).label} ({code})" for role, code in posts)


def _listed(row: Any, column: str) -> list[str]:
    return [one for part in text(row, column).split(",") if (one := part.strip())]


def _place(code: str) -> Facility:
    place = Facility.objects.filter(code=code).first()
    if place is None:
        raise UnknownPlace(code=code)
    return place


def _known(role: str) -> str:
    if role not in Role:
        raise UnknownRole(role=role)
    return role
