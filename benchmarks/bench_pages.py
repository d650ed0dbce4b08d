"""The district's dashboard: kept, unchanged and made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median

from django.core.cache import cache
from django.template import engines
from django.test import Client

from benchmarks.district import LAST
from benchmarks.measuring import Result, interleaved
from benchmarks.serving import Request, fetch, rate, running
from facilities.models import Assignment, Facility
from facilities.roles import Role
from ilp.core.models import User
from reporting.actions.targets import set_targets
from reporting.catalogue import SASARAN
from reporting.models import TargetSet
from reporting.selectors.places import children, top_place
from reporting.selectors.scorecards import Scorecard, headlines_on, scorecard
from reporting.views.context import Context

ROUNDS = 5
GOAL = ">= 0.35"
PATH = f"/situasi/?w=99.01&p={LAST}"
HEAT = (Path(__file__).parent / "templates" / "benchmarks" / "heat.html").read_text()
OURS = """
{% from "reporting/_heat.html" import heat_table %}
{{ heat_table(ctx, card, "", caption, {"k": "UTAMA"}) }}
"""


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
    places = Facility.objects.filter(kind="puskesmas").values_list("code", flat=True)
    set_targets(
        district=district,
        year=LAST.year,
        basis=TargetSet.Basis.PROJECTION,
        since=LAST.of_year[0],
        source="benchmark",
        rows=[(place, code, 12_345) for place in places for code in SASARAN],
        by=None,
    )
    return user


def served(ports: dict[str, int], cookie: str, *, seconds: float, rounds: int) -> list[Result]:
    """Requests a second of the same server, in turns."""
    shown = Request(ports["web"], PATH, {"Cookie": cookie})
    fetch(shown)  # made and kept
    headers, _ = fetch(shown)
    etag = {"Cookie": cookie, "If-None-Match": headers["etag"]}
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
    """The page without its cache, and its heat table beside a Django template of the same."""
    ctx, card = heat(user)
    jinja = engines["jinja2"].from_string(OURS)
    plain = engines["django"].from_string(HEAT)
    caption = "Capaian tiap wilayah terhadap target bulan ini, persen"
    words = {"card": card, "caption": caption, "ctx": ctx}
    plain_words = words | {
        "place": ctx.place,
        "month": LAST,
        "rows": [card.total, *card.rows],
    }
    ways = {
        "jinja": lambda: jinja.render(words),
        "django": lambda: plain.render(plain_words),
        "page": lambda: get(client),
    }
    for way in ways.values():
        way()
    took = interleaved(ways, rounds=rounds * 3, before=lambda name: cache.clear())
    plain_page = took["page"] - took["jinja"] + took["django"]
    cells = f"{len(card.rows) + 1} x {len(card.indicators)}"
    return [
        Result(
            f"heat table {cells}, Django template / ours",
            took["jinja"],
            took["django"],
            took["django"] / took["jinja"],
            ">= 3",
        ),
        Result(
            "district page made anew, its table by a Django template / ours",
            took["page"],
            plain_page,
            plain_page / took["page"],
            "",
            "only the table is exchanged; queries, arithmetic and drawings are the same",
        ),
    ]


def heat(user: User) -> tuple[Context, Scorecard]:
    place = top_place(user=user)
    assert place is not None
    ctx = Context(path="/situasi/", user=user, place=place, month=LAST, span=None)
    below = children(of=place, kind="puskesmas", month=LAST)
    return ctx, scorecard(of=place, below=below, indicators=headlines_on(LAST), month=LAST)


def get(client: Client) -> None:
    if client.get(PATH).status_code != 200:
        raise AssertionError("the district's page does not answer")
