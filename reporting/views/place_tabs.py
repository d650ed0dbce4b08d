"""The tabs of a place: one line each in TABS says what it is called and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as later
from django_stubs_ext import StrOrPromise as Text

from facilities.access import held_at
from facilities.models import ASSESSED, Facility, IlpStatus, Innovation
from facilities.roles import Permission
from facilities.selectors.assessments import first_year, sheet
from facilities.selectors.efforts import efforts
from facilities.selectors.readiness import ready
from facilities.selectors.staff import staff_of
from reporting.catalogue import SPM
from reporting.selectors.breakdown import has_pws
from reporting.selectors.history import history, period_of
from reporting.selectors.network import Node, network
from reporting.selectors.profiles import (
    Profile,
    Reports,
    rank_of,
    reports_of,
    skdn_months,
    weakest,
    year_of_reports,
)
from reporting.selectors.scorecards import headlines_on
from reporting.selectors.scores import sasaran_codes, scores
from reporting.selectors.series import series
from reporting.selectors.situation import CLUSTERS, figures
from reporting.selectors.targets import sasaran
from reporting.views.context import Context
from reporting.views.pictures import of_weighing

State = IlpStatus.State
CHILDREN = "S_BALITA"
ILP_TONES = {
    State.NOT_YET: "neutral",
    State.PLANNED: "info",
    State.PREPARING: "info",
    State.RUNNING: "success",
    State.VERIFIED: "success",
}


@dataclass(frozen=True)
class Asked:
    """What a tab is made from; what two of them need is read once."""

    ctx: Context
    about: Profile
    today: date

    @property
    def facility(self) -> Facility:
        return self.about.facility

    @cached_property
    def reports(self) -> Reports:
        return reports_of(self.facility, self.ctx.month)

    @cached_property
    def held(self) -> frozenset[Permission]:
        return held_at(self.ctx.user, self.facility)


@dataclass(frozen=True)
class Tab:
    """`slug` stands in the address as v=; `content` gives the template its `it`."""

    slug: str
    label: Text
    template: str
    content: Callable[[Asked], Mapping[str, object]]
    printed: bool = True  # in the printed profile


def summary(asked: Asked) -> Mapping[str, object]:
    """SPM, rank, the three weakest, reports from January to December, SKDN."""
    ctx = asked.ctx
    listed, beside = headlines_on(ctx.month), ctx.around.neighbours
    people = sasaran(
        places=[ctx.place.pk, *(one.pk for one in beside)],
        codes=sasaran_codes(listed) | {CHILDREN},
        month=ctx.month,
    )
    codes = [one.code for one in listed]
    past = series(place=ctx.place.pk, codes=codes, month=ctx.month, people=people)
    found = [past.scores[one, ctx.month] for one in codes]
    children = people.get((ctx.place.pk, CHILDREN))
    months = skdn_months(of=ctx.place, month=ctx.month, people=children)
    weighed = any(one.d for one in months)
    return {
        "spm": figures(SPM.values(), found, past),
        "weakest": figures([one.indicator.code for one in weakest(found)], found, past),
        "reported": any(one.reported for one in found),
        "rank": rank_of(of=ctx.place, beside=beside, month=ctx.month, people=people),
        "year": year_of_reports(asked.reports, ctx.month, asked.today) if asked.reports else [],
        "skdn": of_weighing(months) if weighed else None,
    }


@dataclass(frozen=True)
class Branch:
    """A node of the network with its address."""

    node: Node
    url: str
    children: list[Branch]


def tree(asked: Asked) -> Mapping[str, object]:
    """The network below the place."""
    ctx = asked.ctx
    nodes = network(of=ctx.place, counts=ctx.around.counts, month=ctx.month, today=asked.today)
    return {"branches": _branches(nodes, ctx), "tones": ILP_TONES, "month": ctx.month}


def _branches(nodes: Iterable[Node], ctx: Context) -> list[Branch]:
    query = ctx.query(w="")
    return [
        Branch(
            node,
            reverse("reporting:place", args=[node.place.code], query=query),
            _branches(node.children, ctx),
        )
        for node in nodes
    ]


def reports(asked: Asked) -> Mapping[str, object]:
    """Its forms, with the months of the year."""
    return {"reports": asked.reports}


def indicators(asked: Asked) -> Mapping[str, object]:
    """Every indicator in force at the place, by cluster."""
    ctx = asked.ctx
    listed = ctx.book.on(ctx.month.last_day).values()
    found = scores(places=[ctx.place.pk], indicators=listed, month=ctx.month)
    each = [found[ctx.place.pk, one.code] for one in listed]
    groups = {
        f"{code} {name}": [(s, has_pws(s.indicator, ctx.month)) for s in each
                           if s.indicator.cluster == code]
        for code, name in CLUSTERS.items()
    }  # fmt: skip
    return {"groups": {name: held for name, held in groups.items() if held}}


def past(asked: Asked) -> Mapping[str, object]:
    """Where it hung, what it was called; who served there only for those who manage accounts."""
    with_roles = Permission.MANAGE_USERS in asked.held
    lines = history(of=asked.facility, with_roles=with_roles)
    return {"lines": [(period_of(line), line) for line in lines], "with_roles": with_roles}


def staff(asked: Asked) -> Mapping[str, object]:
    """Who works there, beside the standard."""
    return {"own": staff_of(place=asked.facility, on=asked.today)}


def equipment(asked: Asked) -> Mapping[str, object]:
    """What it said in the year that it lacks; places that assess nothing have no sheet."""
    year = min(max(asked.ctx.month.year, first_year(asked.today)), asked.today.year)
    found = None
    if asked.facility.kind in ASSESSED:
        found = sheet(place=asked.facility, year=year, today=asked.today)
    return {"sheet": found}


def innovations(asked: Asked) -> Mapping[str, object]:
    """What it and the places below it have thought up."""
    found = efforts(kind=Innovation, place=asked.facility, on=asked.today, ended=False, page=None)
    return {"page": found}


def readiness(asked: Asked) -> Mapping[str, object]:
    """Its readiness for ILP, item by item, and what holds it up."""
    return {"ready": ready(places=[asked.facility], on=asked.today)[asked.facility.pk]}


TABS = (
    Tab("", later("Ringkasan"), "reporting/_place_summary.html", summary),
    Tab("kesiapan", later("Kesiapan ILP"), "reporting/_place_readiness.html", readiness, False),
    Tab("jejaring", later("Jejaring"), "reporting/_place_network.html", tree),
    Tab("tenaga", later("SDM dan kader"), "reporting/_place_staff.html", staff, printed=False),
    Tab("sarana", later("Sarana"), "reporting/_place_needs.html", equipment, printed=False),
    Tab("inovasi", later("Inovasi"), "reporting/_place_efforts.html", innovations, False),
    Tab("laporan", later("Laporan"), "reporting/_place_reports.html", reports, printed=False),
    Tab("indikator", later("Indikator"), "reporting/_place_indicators.html", indicators, False),
    Tab("riwayat", later("Riwayat"), "reporting/_place_history.html", past, False),
)
