"""The forms in use: what the catalogue declares, and what Dinas made themselves since."""

from __future__ import annotations

from django.db.models import Count, Max

from reporting.catalogue import own
from reporting.catalogue.definitions import from_json
from reporting.models import FormSlot, FormVersion

_edition: tuple[int | None, int] | None = None  # what this process has taken


def refresh() -> None:
    """Use the forms that the database holds now. One query; three where something changed.

    Called wherever work begins: a page, the roll-up, a command. Versions are only added or ended,
    so that their number and ends tell whether anything changed.
    """
    global _edition  # noqa: PLW0603 of the process, as the catalogue is
    found = FormVersion.objects.aggregate(newest=Max("pk"), ended=Count("until"))
    edition = (found["newest"], found["ended"])
    if edition == _edition or (_edition is None and edition == (None, 0)):
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
