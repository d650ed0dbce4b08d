"""Where every page begins."""

from django.contrib import admin
from django.urls import include, path, register_converter

from ilp import views
from ilp.core.http import MonthConverter, PeriodConverter
from reporting.views import home

register_converter(MonthConverter, "month")
register_converter(PeriodConverter, "period")

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("bahasa/", views.language, name="language"),
    path("admin/", admin.site.urls),
    path("bantuan/", include("ilp.guide.urls")),
    path("", include("facilities.urls")),
    path("", include("reporting.urls")),
    path("", include("clusters.urls")),
]
