"""Where every page begins."""

from django.contrib import admin
from django.urls import path, register_converter

from ilp.core.http import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("admin/", admin.site.urls),
]
