"""The least that Django can answer: no middleware, no database. Served as ours is, to compare."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Halo", headers={"Content-Length": "4"})


urlpatterns = [path("", hello)]
application = get_wsgi_application()
