"""The pages of help: open to everybody who has signed in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from facilities.access import permissions
from ilp.core.http import Request
from ilp.guide import TOPICS
from ilp.guide.news import versions
from ilp.guide.terms import TERMS
from ilp.navigation import address


def index(request: Request) -> HttpResponse:
    """What the reader's own pages are for, then the others."""
    held = permissions(request.user)
    mine = [one for one in TOPICS.values() if not one.who or one.who & held]
    others = [one for one in TOPICS.values() if one not in mine]
    return render(request, "guide/index.html", {"mine": mine, "others": others})


def topic(request: Request, slug: str) -> HttpResponse:
    """One page's help: what it is, how it is used, three questions."""
    if slug not in TOPICS:
        raise Http404
    one = TOPICS[slug]
    may_open = one.opens and (not one.who or bool(one.who & permissions(request.user)))
    context = {"one": one, "page": address(one.pages[0]) if may_open else ""}
    return render(request, "guide/topic.html", context)


def terms(request: Request) -> HttpResponse:
    """The glossary."""
    return render(request, "guide/terms.html", {"terms": TERMS})


def news(request: Request) -> HttpResponse:
    """What is new."""
    return render(request, "guide/news.html", {"versions": versions()})
