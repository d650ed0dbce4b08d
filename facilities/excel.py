"""The registries that people keep by hand, out to a workbook and back through the actions."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.widgets import DateWidget

from facilities.actions.opening import NewPlace
from facilities.actions.people import assign_role, create_user
from facilities.actions.places import open_place, rename
from facilities.models import Axis, Facility
from facilities.selectors.directory import parents_on
from facilities.selectors.people import current_posts
from ilp.core.errors import DomainError
from ilp.core.models import User

PARENT_COLUMNS = {
    "induk_jaringan": Axis.NETWORK,
    "induk_wilayah": Axis.AREA,
    "kecamatan": Axis.LABEL,
}


class UnknownPlace(DomainError):
    code = "unknown-place"
    text = _("Tempat dengan kode %(code)s tidak ada. Salin kodenya dari daftar faskes.")


class OnlyNameChanges(DomainError):
    code = "only-name-changes"
    text = _("Lewat berkas ini hanya nama yang dapat diubah. Ubah yang lain di halaman Kelola.")


class PlaceResource(resources.ModelResource):
    """One row per place: unknown codes are opened, known ones get the name in the row."""

    code = fields.Field("code", "kode")
    name = fields.Field("name", "nama")
    kind = fields.Field("kind", "jenis")
    opened_on = fields.Field("opened_on", "buka", widget=DateWidget("%Y-%m-%d"))
    network = fields.Field(column_name="induk_jaringan", readonly=True)
    area = fields.Field(column_name="induk_wilayah", readonly=True)
    label = fields.Field(column_name="kecamatan", readonly=True)

    class Meta:
        model = Facility
        fields = ("code", "name", "kind", "opened_on", "network", "area", "label")
        import_id_fields = ("code",)
        skip_unchanged = True
        use_transactions = True
        clean_model_instances = True

    def dehydrate_network(self, place: Facility) -> str:
        return _parent_code(place, Axis.NETWORK)

    def dehydrate_area(self, place: Facility) -> str:
        return _parent_code(place, Axis.AREA)

    def dehydrate_label(self, place: Facility) -> str:
        return _parent_code(place, Axis.LABEL)

    def save_instance(self, instance: Facility, is_create: bool, row: Any, **kwargs: Any) -> None:
        by = kwargs["user"]
        if is_create:
            instance.pk = open_place(place=_new_place(instance, row), by=by).pk
            return
        standing = Facility.objects.get(code=instance.code)
        if (standing.kind, standing.opened_on) != (instance.kind, instance.opened_on):
            raise OnlyNameChanges
        if standing.name != instance.name:
            rename(place=standing, name=instance.name, by=by)


def _parent_code(place: Facility, axis: Axis) -> str:
    found = [row for row in parents_on([place], timezone.localdate()) if row.axis == axis]
    return found[0].parent.code if found else ""


def _new_place(instance: Facility, row: Any) -> NewPlace:
    codes = {axis: str(row.get(column) or "").strip() for column, axis in PARENT_COLUMNS.items()}
    return NewPlace(
        code=instance.code,
        name=instance.name,
        kind=instance.kind,
        opened_on=instance.opened_on or date.min,
        parents={axis: code for axis, code in codes.items() if code},
    )


class UserResource(resources.ModelResource):
    """One row per account, with one role. Passwords neither leave nor enter: they are reset."""

    username = fields.Field("username", "nama_pengguna")
    first_name = fields.Field("first_name", "nama")
    phone = fields.Field("phone", "hp")
    role = fields.Field(column_name="peran", readonly=True)
    place = fields.Field(column_name="kode_tempat", readonly=True)

    class Meta:
        model = User
        fields = ("username", "first_name", "phone", "role", "place")
        import_id_fields = ("username",)
        use_transactions = True

    def dehydrate_role(self, user: User) -> str:
        return ", ".join(post.role for post in current_posts(user))

    def dehydrate_place(self, user: User) -> str:
        return ", ".join(post.facility.code for post in current_posts(user))

    def skip_row(
        self, instance: User, original: User, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A role that is held already needs no second row."""
        held = current_posts(original) if original.pk else []
        asked = (_text(row, "peran"), _text(row, "kode_tempat"))
        return asked in {(post.role, post.facility.code) for post in held}

    def save_instance(self, instance: User, is_create: bool, row: Any, **kwargs: Any) -> None:
        code, role, by = _text(row, "kode_tempat"), _text(row, "peran"), kwargs["user"]
        place = Facility.objects.filter(code=code).first()
        if place is None:
            raise UnknownPlace(code=code or "–")
        if not is_create:
            user = User.objects.get(username=instance.username)
            today = timezone.localdate()
            assign_role(user=user, facility=place, role=role, starts_on=today, by=by)
            return
        made = create_user(
            username=instance.username,
            name=instance.first_name,
            phone=instance.phone,
            role=role,
            facility=place,
            by=by,
        )
        instance.pk = made.user.pk


def _text(row: Any, column: str) -> str:
    return str(row.get(column) or "").strip()
