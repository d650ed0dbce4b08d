"""What a line of words holds on a phone, where a picture is as wide as the screen lets it be."""

from __future__ import annotations

from markupsafe import Markup

from reporting.charts import svg

PHONE = 296  # pixels of a card on the narrowest phone
LETTER, STRONG = 7.7, 8.8  # that one letter takes, and a strong one; of the widest usual font
APART = 8
HALF_A_SLIDE = 18  # letters of a name in one of two pictures beside each other on a slide


def room(beside: str, *, strong: bool = False) -> int:
    """Letters of a name that are free on a line whose strong words at the right are `beside`."""
    free = PHONE - APART - len(beside) * STRONG
    return max(int(free / (STRONG if strong else LETTER)), 1)


def named(words: str, beside: str, y: float, *, strong: bool = False, most: int = 99) -> Markup:
    """A name at the left; on a phone cut where it would run into what stands beside it."""
    held = min(room(beside, strong=strong), most)
    shown: object = words
    if len(words) > held:
        first = words[: held - 1].rstrip()
        rest = words[len(first) :]
        shown = svg.el("tspan", first) + only_wide(rest) + svg.el("tspan", "…", class_="t-less")
    return svg.text(shown, 0, y, class_="t-strong" if strong else None)


def only_wide(words: str) -> Markup:
    """Part of a text that a phone has no room for."""
    return svg.el("tspan", words, class_="t-more") if words else Markup()
