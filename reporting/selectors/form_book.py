"""The forms in use: what the catalogue declares, and what Dinas made themselves since."""

from __future__ import annotations

from django.db.models import Subquery

from reporting.catalogue import own
from reporting.catalogue.definitions import from_json
from reporting.models import FormSlot, FormVersion

_edition: int | None = None  # what this process has taken; None: nothing beside the catalogue
NEWEST = FormVersion.objects.order_by("-edition").values("edition")[:1]


def edition_in_use() -> Subquery:
    """For `annotate`: what `take` wants, in a query that is asked anyway."""
    return Subquery(NEWEST)


def refresh() -> None:
    """Use the forms that the database holds now. One query; three where something changed.

    Called wherever work begins: a page, the roll-up, a command.
    """
    take(NEWEST.values_list("edition", flat=True).first())


def take(edition: int | None) -> None:
    """Use the forms of the edition. No query where this process has it already."""
    global _edition  # noqa: PLW0603 of the process, as the catalogue is
    if edition == _edition:
        return
    versions = [
        own.Version(
            from_json(row.said), row.since.first_day, row.until.first_day if row.until else None
        )
        for row in FormVersion.objects.order_by("code", "since")
    ]
    slots = {(s.programme, s.element, s.part): s.position for s in FormSlot.objects.all()}
    own.take(versions, slots)
    _edition = edition


def forget() -> None:
    """Use the catalogue's forms alone, until somebody asks the database again."""
    global _edition  # noqa: PLW0603 of the process, as the catalogue is
    if _edition is not None:
        own.take((), {})
        _edition = None
