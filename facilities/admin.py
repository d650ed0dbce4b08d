"""Django's admin, for IT staff only: look at everything, change through import and actions."""

from typing import Any

from django.contrib import admin
from django.contrib.messages import ERROR
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ImportExportModelAdmin

from facilities.access import has_anywhere
from facilities.excel import PlaceResource, UserResource
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import AuditEvent, User


class ReadOnly(admin.ModelAdmin):
    """Rows are looked at here; whoever changes them does it through the pages and actions."""

    def _runs_the_system(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and has_anywhere(request.user, Permission.SYSTEM)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._runs_the_system(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._runs_the_system(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Registry(ReadOnly, ImportExportModelAdmin):
    """A list that comes and goes as a workbook, with preview and confirmation."""

    import_permission: Permission

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self._runs_the_system(request) and has_anywhere(
            request.user,  # type: ignore[arg-type]
            self.import_permission,
        )

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """All or nothing, also where something changed since the preview."""
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def process_result(self, result: Any, request: HttpRequest) -> Any:
        if result.has_errors() or result.has_validation_errors():
            self.message_user(request, _("Tidak ada yang disimpan. Ulangi dari awal."), ERROR)
            return redirect(request.path.replace("process_import/", "import/"))
        return super().process_result(result, request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self._runs_the_system(request)


@admin.register(Facility)
class FacilityAdmin(Registry):
    resource_classes = [PlaceResource]
    import_permission = Permission.MANAGE_PLACES
    list_display = ("code", "name", "kind", "opened_on", "closed_on", "knowledge")
    list_filter = ("kind", "knowledge")
    search_fields = ("code", "name")


@admin.register(User)
class UserAdmin(Registry):
    resource_classes = [UserResource]
    import_permission = Permission.MANAGE_USERS
    list_display = ("username", "first_name", "is_active", "last_login")
    search_fields = ("username", "first_name")
    fields = ("username", "first_name", "phone", "is_active", "is_staff", "last_login")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("at", "actor", "event", "subject", "subject_id")
    list_filter = ("event",)
    list_select_related = ("actor",)
