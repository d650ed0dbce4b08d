"""SVG elements as escaped text. Colours come from classes, so that paper can have its own."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape

HATCH = Markup(
    '<pattern id="{id}" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" class="hatch-ground"/>'
    '<path d="M0 0V7" class="hatch-line"/></pattern>'
)


def el(tag: str, *children: object, **attributes: object) -> Markup:
    """An element: `class_` is class, `stroke_width` is stroke-width, None is left out.

    A page draws a thousand of them: texts are escaped and put together without templates.
    """
    text = "".join(
        [
            f' {_name(name)}="{escape(number(value))}"'
            for name, value in attributes.items()
            if value is not None
        ]
    )
    inner = "".join([escape(child) for child in children])
    if not inner:
        return Markup(f"<{tag}{text}/>")  # noqa: S704 escaped above
    return Markup(f"<{tag}{text}>{inner}</{tag}>")  # noqa: S704 escaped above


@cache
def _name(attribute: str) -> str:
    return attribute.rstrip("_").replace("_", "-")


def number(value: object) -> object:
    """A coordinate with at most one decimal, anything else as it is."""
    return format(round(value, 1), "g") if isinstance(value, float) else value


def group(*children: object, **attributes: object) -> Markup:
    return el("g", *children, **attributes)


def text(content: object, x: object, y: object, **attributes: object) -> Markup:
    return el("text", content, x=x, y=y, **attributes)


def line(x1: object, y1: object, x2: object, y2: object, class_: str) -> Markup:
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rect(
    x: object, y: object, width: object, height: object, class_: str, **more: object
) -> Markup:
    return el("rect", x=x, y=y, width=width, height=height, class_=class_, **more)


def link(url: str, label: str, *children: object) -> Markup:
    """The children, as a link when there is an address; the label is what is heard and hovered."""
    title = el("title", label)
    if not url:
        return group(title, *children)
    return el("a", title, *children, href=url, aria_label=label)


def path(points: list[tuple[float, float]], class_: str) -> Markup:
    """A line through the points."""
    d = " ".join(f"{'L' if index else 'M'}{x:.1f} {y:.1f}" for index, (x, y) in enumerate(points))
    return el("path", d=d, class_=class_)


def hatch(pattern_id: str) -> Markup:
    """The pattern of what has not been reported, to be filled with url(#pattern_id)."""
    return el("defs", HATCH.format(id=pattern_id))


def chart(
    width: object, height: float, *children: str, title: str, desc: str, class_: str = "chart"
) -> Markup:
    """The outer element. A numeric width is drawn at that size; "100%" follows its place."""
    view_box = f"0 0 {width} {height:g}" if isinstance(width, int) else None
    return el(
        "svg",
        el("title", title),
        el("desc", desc),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        role="img" if "<a " not in "".join(children) else "group",
        aria_label=title,
        class_=class_,
        width=width,
        height=float(height),
        viewBox=view_box,
    )
