"""Every table with a place is scoped; every page asks who is there."""

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from facilities.access import ScopedQuerySet
from facilities.models import Facility

OURS = ("core", "facilities", "clusters", "reporting")
# Rows that are read only through a scoped row, or hold nothing that belongs to somebody.
THROUGH_ANOTHER = {
    "Ancestry", "Placement", "FacilityAlias", "FacilityIdentifier", "ChangedCell", "DataVersion",
    "Total", "Target", "IlpTarget", "ReleasedTotal", "ReleasedFigures",
}  # fmt: skip
OPEN = {"facilities:login", "healthz", "facilities:second-factor"}


def place_models():
    for model in apps.get_models():
        if model._meta.app_label not in OURS or "pghistory" in str(model.__mro__):
            continue
        fields = [f for f in model._meta.fields if isinstance(f, models.ForeignKey)]
        if any(f.related_model is Facility for f in fields) or model is Facility:
            yield model


@pytest.mark.parametrize("model", list(place_models()), ids=lambda m: m.__name__)
def test_every_model_with_a_place_is_scoped(model):
    scoped = isinstance(model.objects.all(), ScopedQuerySet)

    assert scoped or model.__name__ in THROUGH_ANOTHER


def pages(resolver=None, prefix="", namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin":
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", prefix + str(entry.pattern)


SAMPLES = {
    "month:": "2025-05", "period:": "2025-W19",
    "int:": "1", "str:": "x", "slug:": "x", "path:": "x", "uuid:": "0" * 8,
}  # fmt: skip


def filled(route: str) -> str:
    out = []
    for piece in route.replace("^", "").replace("$", "").split("<"):
        head, _, tail = piece.partition(">")
        if not _:
            out.append(piece)
            continue
        value = next((v for k, v in SAMPLES.items() if head.startswith(k)), "x")
        out.append(value + tail)
    return "/" + "".join(out)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), list(pages()), ids=lambda v: str(v))
def test_every_page_asks_for_a_login(name, route):
    if name in OPEN:
        pytest.skip("open on purpose")

    answer = Client().get(filled(route))

    assert answer.status_code in (302, 401, 403, 405), f"{name} answers {answer.status_code}"
    if answer.status_code == 302:
        assert "/masuk" in answer["Location"]
