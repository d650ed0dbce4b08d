"""A page of a long list, turned from rows of tables into what is shown."""

from collections.abc import Sequence
from typing import TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

PER_PAGE = 50
_Model = TypeVar("_Model", bound=Model)
_Shown = TypeVar("_Shown")


def page_of(found: QuerySet[_Model], number: str | None) -> Page[_Model]:
    """The page asked for; the first or last one where the number makes no sense."""
    return Paginator(found, PER_PAGE).get_page(number)


def page_in(rows: Sequence[_Shown], number: str | None) -> Page[_Shown]:
    """The same of what has been read already."""
    return Paginator(rows, PER_PAGE).get_page(number)


def shown(page: Page[_Model], rows: Sequence[_Shown]) -> Page[_Shown]:
    return Page(rows, page.number, cast("Paginator[_Shown]", page.paginator))
