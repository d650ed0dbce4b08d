"""A hello to someone signed in, inside our own application: what its middleware costs by itself."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

application = get_wsgi_application()
settings.ROOT_URLCONF = __name__


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Halo {request.user.pk}")


urlpatterns = [path("halo", hello), path("", include("ilp.urls"))]
