"""What every product page can use: filters, `url`, `static`, translation, and the frame."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.sentences import retold
from ilp.guide.terms import abbr

FILTERS = (
    *(
        formats.whole,
        formats.decimal,
        formats.share,
        formats.percent,
        formats.amount,
        formats.money,
    ),
    *(formats.signed, formats.signed_points),
    *(formats.day, formats.short_day, formats.weekday),
    *(formats.month, formats.short_month, formats.month_name, formats.covered),
    *(formats.clock, formats.moment, formats.age),
)


def url(
    name: str, *args: object, query: Mapping[str, object] | None = None, **kwargs: object
) -> str:
    """The address of a page: url("reporting:indicator", code="SPM-04", query={"p": month})."""
    address = _address(
        name, args, tuple(kwargs.items()), get_script_prefix(), settings.ROOT_URLCONF
    )
    if not query:
        return address
    return f"{address}?{urlencode({key: str(value) for key, value in query.items()})}"


@lru_cache(maxsize=16_384)  # a table of numbers has a link in every cell
def _address(
    name: str,
    args: tuple[object, ...],
    kwargs: tuple[tuple[str, object], ...],
    prefix: str,
    urlconf: str,
) -> str:
    del prefix, urlconf  # what the answer depends on besides
    return reverse(name, args=args, kwargs=dict(kwargs))


def _counted(text: str, number: int, **more: object) -> Markup:
    """`counted` in a template: what fills the blanks is escaped, the text is not, as in `_`."""
    safe = {name: escape(value) for name, value in more.items()}
    return Markup(counted(text, number, **safe))  # noqa: S704 escaped above


def environment(**options: Any) -> Environment:
    """Jinja as Django asks for it. A name that a view forgot to pass is an error, not a blank."""
    for ours in ("autoescape", "undefined"):
        options.pop(ours, None)
    env = Environment(
        **options,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    env.globals |= {"url": url, "static": static, "language": get_language, "counted": _counted}
    env.filters |= {filter_.__name__: filter_ for filter_ in (*FILTERS, abbr, retold)}
    return env


def frame(request: HttpRequest) -> dict[str, object]:
    """What the frame of a page needs that no view passes."""
    return {"demo": settings.DEMO}
