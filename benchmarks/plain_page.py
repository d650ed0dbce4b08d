"""The district's pages as they would be with Django's own templates, and whether they say the same.

The views, their queries, the arithmetic and the drawings are the product's; from the frame to the
last cell everything else is written anew as Django templates, benchmarks/templates/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates

from benchmarks.measuring import same
from ilp.jinja import frame
from ilp.navigation import menu

CELL = re.compile(r'<td class="heat q-(\w+)"><a href="[^"]*" aria-label="([^"]*)">(.*?)</a>', re.S)
FIGURE = re.compile(r'data-indicator="(\w+)"\s+value="([^"]*)">([^<]*)<')
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
HALF = 0.05 + 1e-9  # of the last decimal that both show


@dataclass(frozen=True)
class Page:
    """A page of ours, and the same as a Django template."""

    name: str
    path: str
    render: str  # what its view calls
    ours: str
    plain: str


SITUATION = Page(
    "situation",
    "/situasi/?w=99.01&p={month}",
    "reporting.views.situation.render",
    "reporting/situation.html",
    "benchmarks/situation.html",
)
SCORECARD = Page(
    "scorecard",
    "/rapor/?w=99.01&p={month}&k=UTAMA",
    "reporting.views.scorecards.render",
    "reporting/scorecard.html",
    "benchmarks/scorecard.html",
)


def engine() -> DjangoTemplates:
    """As Django makes one from settings, templates compiled once."""
    return DjangoTemplates(
        {
            "NAME": "plain",
            "DIRS": [str(Path(__file__).parent / "templates")],
            "APP_DIRS": False,
            "OPTIONS": {
                "context_processors": settings.CONTEXT_PROCESSORS,
                "libraries": {
                    "bench": "benchmarks.tags",
                    "i18n": "django.templatetags.i18n",
                    "static": "django.templatetags.static",
                },
                "debug": False,
            },
        }
    )


def words(request: HttpRequest, context: dict) -> dict:
    """What a view for these templates would have passed, and the frame of every page."""
    ctx, card = context["ctx"], context["card"]
    more = {"rows": [card.total, *card.rows], "kind_name": ctx.kind_name(ctx.kind)}
    more["doubts"] = getattr(context["heat"], "keywords", {}).get("doubts") or {}
    if "found" in context:
        more["first_figures"] = context["found"].figures[:8]
    else:
        everywhere = [("", "Semua kecamatan")]
        more |= {
            "set_name": context["sets"][context["set"]],
            "kinds": [(kind, ctx.kind_name(kind)) for kind in ctx.around.below],
            "parts": everywhere + [(one.code, one.name) for one in context["kecamatan"]],
        }
    return context | more | frame(request) | menu(request)


@contextmanager
def plain_templates(page: Page, engine: DjangoTemplates) -> Iterator[None]:
    """Within, the page is made by Django's templates, compiled before by the engine."""
    template = engine.get_template(page.plain)

    def render(request: HttpRequest, name: str, context: dict) -> HttpResponse:
        return HttpResponse(template.render(words(request, context), request))

    with mock.patch(page.render, render):
        yield


def compare(page: Page, ours: str, plain: str) -> None:
    """Every cell and every figure says the same; ours may take more decimals near a target."""
    for part in (CELL, FIGURE) if page is SITUATION else (CELL,):
        one, other = ([_said(found) for found in part.findall(text)] for text in (ours, plain))
        assert one, "nothing to compare"
        same(f"the district's {page.name}", [words for words, _ in one], [w for w, _ in other])
        numbers = zip(chain(*(n for _, n in one)), chain(*(n for _, n in other)), strict=True)
        far = [pair for pair in numbers if abs(pair[0] - pair[1]) > HALF]
        same(f"the district's {page.name}", far, [])


def _said(found: tuple[str, ...]) -> tuple[str, list[float]]:
    """The words, a mark for each number in them, and the numbers."""
    text = "".join(TAG.sub("", "|".join(found)).split())
    numbers = [float(n.replace(".", "").replace(",", ".")) for n in NUMBER.findall(text)]
    return NUMBER.sub("#", text), numbers
