"""The district's pages: kept, unchanged and made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from unittest import mock

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client

from benchmarks import plain_page
from benchmarks.district import LAST, give_sasaran
from benchmarks.measuring import Result, faster, interleaved
from benchmarks.serving import Request, fetch, rate, running
from facilities.models import Assignment, Facility
from facilities.roles import Role
from ilp.core.models import User
from reporting.selectors.parts import PARTS
from reporting.views.caching import BODIES

ROUNDS = 5
GOAL = ">= 0.6"
PATH = plain_page.SITUATION.path.format(month=LAST)


def run(folder: Path, url: str, *, seconds: float = 2.0, rounds: int = ROUNDS) -> list[Result]:
    """On the database in use, rolled up; `url` names it for the servers."""
    user = prepare()
    client = Client()
    client.force_login(user)
    cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    with running(folder, url, "web", "hello", "inside") as ports:
        kept = served(ports, cookie, seconds=seconds, rounds=rounds)
    return [*kept, *made_anew(client, user, rounds)]


def prepare() -> User:
    """Someone who sees the whole district, and sasaran for every Puskesmas."""
    district = Facility.objects.get(kind="dinas")
    user, _ = User.objects.get_or_create(username="bench")
    Assignment.objects.get_or_create(
        user=user, facility=district, role=Role.KEPALA_DINAS, starts_on=date(2020, 1, 1)
    )
    give_sasaran({"puskesmas": 12_345})
    return user


def served(ports: dict[str, int], cookie: str, *, seconds: float, rounds: int) -> list[Result]:
    """Requests a second of the same server, in turns."""
    browser = {"Cookie": cookie, "Accept-Encoding": "gzip, deflate"}
    shown = Request(ports["web"], PATH, browser)
    fetch(shown)  # made and kept
    headers, _ = fetch(shown)
    etag = browser | {"If-None-Match": headers["etag"]}
    asked = {
        "hello": Request(ports["hello"], "/", {}),
        "inside": Request(ports["inside"], "/halo", {"Cookie": cookie}),
        "kept": shown,
        "304": Request(ports["web"], PATH, etag, expect=304),
    }
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for one in asked.values():
        rate(one, seconds / 4)
    for _ in range(rounds):
        for name, one in asked.items():
            rates[name].append(rate(one, seconds))
    hello, inside, kept, same = (median(rates[name]) for name in asked)
    how = "seconds a request over 8 connections; 2 workers each; the client shares the processors"
    known = (("from cache", kept), ("304", same))
    against = (("Django hello", hello, GOAL), ("hello to someone signed in, our stack", inside, ""))
    return [
        Result(f"district page {page} / {other}", 1 / ours, 1 / theirs, ours / theirs, goal, how)
        for other, theirs, goal in against
        for page, ours in known
    ]


def made_anew(client: Client, user: User, rounds: int) -> list[Result]:
    """Pages without their cache beside the same by Django's templates: whole, with the numbers read
    before (sorted anew, or by another column), and drawn only.

    Both come through the same middleware, view, queries, arithmetic and drawings of charts.
    """
    wide, narrow = plain_page.SCORECARD, plain_page.SITUATION
    goals = {"first": ">= 3", "again": ">= 5.5"}
    return [
        *_made_anew(client, wide, "district page of 40 Puskesmas by indicators", goals, rounds),
        *_made_anew(client, narrow, "district page of situation", {}, rounds),
    ]


def _made_anew(
    client: Client, page: plain_page.Page, name: str, goals: dict[str, str], rounds: int
) -> list[Result]:
    engine = plain_page.engine()
    request, context = asked(client, page)
    plain = engine.get_template(page.plain)
    ways: dict[str, Callable[[], str]] = {
        "page": lambda: get(client, page),
        "plain page": lambda: plain_get(client, page, engine),
        "again": lambda: get(client, page),
        "plain again": lambda: plain_get(client, page, engine),
        "template": lambda: render(request, page.ours, context).content.decode(),
        "plain template": lambda: plain.render(plain_page.words(request, context), request),
    }
    for pair in (("page", "plain page"), ("template", "plain template")):
        forget()
        ours = ways[pair[0]]()
        forget()
        plain_page.compare(page, ours, ways[pair[1]]())
    took = interleaved(ways, rounds=rounds * 3, before=lambda name: _before(client, page, name))
    cells = len(context["card"].indicators) * (len(context["card"].rows) + 1)
    shared = f"{cells} cells; queries, arithmetic and drawings are the same; all was compared"
    made = f"{name}, made anew, Django templates / ours"
    again = f"{name}, made anew of numbers read before, Django templates / ours"
    drawn = f"{name}, its templates alone, Django / ours"
    return [
        faster(made, took["page"], took["plain page"], goals.get("first", ""), shared),
        faster(again, took["again"], took["plain again"], goals.get("again", ""), shared),
        faster(drawn, took["template"], took["plain template"], ""),
    ]


def forget(*, parts: bool = True) -> None:
    """No page is kept, in the cache or in this process, nor what several pages are made of."""
    cache.clear()
    BODIES.clear()
    if parts:
        PARTS.clear()


def _before(client: Client, page: plain_page.Page, way: str) -> None:
    forget()
    if way.endswith("again"):
        get(client, page)
        forget(parts=False)


def get(client: Client, page: plain_page.Page) -> str:
    answer = client.get(page.path.format(month=LAST))
    if answer.status_code != 200:
        raise AssertionError("the district's page does not answer")
    return answer.content.decode()


def plain_get(client: Client, page: plain_page.Page, engine: plain_page.DjangoTemplates) -> str:
    with plain_page.plain_templates(page, engine):
        return get(client, page)


def asked(client: Client, page: plain_page.Page) -> tuple[HttpRequest, dict]:
    """What the view gives its template."""
    given: list[tuple[HttpRequest, dict]] = []

    def noted(request: HttpRequest, name: str, context: dict) -> HttpResponse:
        given.append((request, context))
        return render(request, name, context)

    forget()
    with mock.patch(page.render, noted):
        get(client, page)
    return given[0]
