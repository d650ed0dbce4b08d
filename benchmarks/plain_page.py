"""The district's pages as they would be with Django's own templates, and whether they say the same.

The views, their queries, the arithmetic and the drawings are the product's; from the frame to the
last cell everything else is written anew as Django templates, benchmarks/templates/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
        same(f"the district's {page.name}", one, other)


def _said(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_short(" ".join(TAG.sub("", text).split())) for text in found)


def _short(text: str) -> str:
    """Numbers of more than one decimal rounded to one, symbols without blanks before them."""

    def rounded(found: re.Match[str]) -> str:
        number = float(found[0].replace(".", "").replace(",", "."))
        return f"{number + 1e-9:.1f}".replace(".", ",")

    return re.sub(r"\d[\d.]*,\d{2,}", rounded, text).replace(" ", "")
