"""Sasaran in Django's admin: looked at and exported; new versions come in through the page."""

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin

from facilities.admin import ReadOnly
from reporting.excel.targets import TargetResource
from reporting.models import Target, TargetSet


@admin.register(TargetSet)
class TargetSetAdmin(ReadOnly):
    list_display = ("district", "year", "basis", "version", "since", "source", "created_at")
    list_filter = ("year", "basis")


@admin.register(Target)
class TargetAdmin(ExportMixin, ReadOnly):
    resource_classes = (TargetResource,)
    list_display = ("place", "code", "value", "set")
    list_filter = ("code", "set__year")
    list_select_related = ("place", "set")
    search_fields = ("place__code", "place__name")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
