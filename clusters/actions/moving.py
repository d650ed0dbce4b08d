"""Moving visits from one record of a person to another and back, service by service, set-wise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from clusters.actions.contradictions import against_death
from clusters.models import VISITS, Merge, TouchedPerson
from facilities.models import ChangedCell
from ilp.core.months import Month

Row = tuple[int | None, int | None, date]  # facility, home, day


def move_visits(merge: Merge) -> int:
    """Give every visit of the merged record to the kept one, and mark what this changes.

    Of two standing visits of one day and place the one that says more stays, and the other is
    cancelled; it can still be read. The number of visits moved.
    """
    count = 0
    for service in VISITS:
        _cancel_poorer(service, merge)
        moved = _run(service, _MOVE, merge)
        if moved:  # else nothing of the kept record was cancelled either
            _mark(service, merge, [*moved, *_run(service, _KEPT_CANCELLED, merge)])
        count += len(moved)
    return count


def leave_out_contradicted(merge: Merge) -> None:
    """Cancel what came in under the merged record and contradicts a death: as good as refused."""
    for service in VISITS:
        _run(service, _CONTRADICTED.replace("{against}", against_death(service)), merge)


def return_visits(merge: Merge) -> None:
    """Give the moved visits back, and let those stand again that the merge had cancelled."""
    for service in VISITS:
        touched = _run(service, _RETURN, merge)
        _mark(service, merge, [*touched, *_run(service, _REVIVE, merge)])
        _run(service, _LEAVE_TO_UPLOAD, merge)


def visits_in(merge: Merge) -> set[tuple[int, date]]:
    """The places and days of the standing visits that the merge touches or touched."""
    found: set[tuple[int, date]] = set()
    for service in VISITS:
        found |= {(place, day) for place, _home, day in _run(service, _CELLS, merge) if place}
    return found


def _cancel_poorer(service: str, merge: Merge) -> None:
    names = ", ".join(f'%s."{name}"' for name in VISITS[service].service.typed)
    said = {side: f"num_nonnulls({names.replace('%s', side)})" for side in ("gone", "kept")}
    poorer = f"CASE WHEN {said['gone']} > {said['kept']} THEN kept.id ELSE gone.id END"
    _run(service, _CANCEL.replace("{poorer}", poorer), merge)


def _run(service: str, text: str, merge: Merge) -> list[Any]:
    """The rows of one of the statements below, for the table of a service."""
    params: dict[str, Any] = {
        "merge": merge.pk,
        "service": service,
        "kept": merge.kept_id,
        "gone": merge.gone_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(text.replace("{table}", VISITS[service]._meta.db_table), params)
        return cursor.fetchall() if cursor.description else []


def _mark(service: str, merge: Merge, rows: list[Row]) -> None:
    """What has to be counted anew, and whose milestones have to be worked out anew."""
    if not rows:
        return
    cells = {
        (place, Month.of(day))
        for facility, home, day in rows
        for place in (facility, home)
        if place
    }
    ChangedCell.objects.bulk_create(
        ChangedCell(place_id=place, month=month, programme=service, whole=False)
        for place, month in cells
    )
    TouchedPerson.objects.bulk_create(
        TouchedPerson(person_id=person, service=service)
        for person in (merge.kept_id, merge.gone_id)
    )


_CANCEL = """
    WITH poorer AS (
        SELECT {poorer} AS id
        FROM {table} AS gone
        JOIN {table} AS kept USING (facility_id, seen_on)
        WHERE gone.person_id = %(gone)s AND kept.person_id = %(kept)s
          AND gone.cancelled_at IS NULL AND kept.cancelled_at IS NULL
    ),
    noted AS (
        INSERT INTO clusters_mergedvisit (merge_id, service, visit_id, moved, cancelled)
        SELECT %(merge)s, %(service)s, id, false, true FROM poorer
    )
    UPDATE {table} SET cancelled_at = now() WHERE id IN (SELECT id FROM poorer)
"""
_CONTRADICTED = """
    WITH noted AS (
        INSERT INTO clusters_mergedvisit (merge_id, service, visit_id, moved, cancelled)
        SELECT %(merge)s, %(service)s, came.id, false, true FROM {table} AS came
        WHERE came.person_id = %(gone)s AND came.cancelled_at IS NULL AND {against}
        ON CONFLICT (merge_id, service, visit_id) DO UPDATE SET cancelled = true
        RETURNING visit_id
    )
    UPDATE {table} SET cancelled_at = now(), extra = extra || '{"cancelled_because": "died"}'
    WHERE id IN (SELECT visit_id FROM noted)
"""
_MOVE = """
    WITH moved AS (
        UPDATE {table} SET person_id = %(kept)s WHERE person_id = %(gone)s
        RETURNING id, facility_id, home_id, seen_on
    ),
    noted AS (
        INSERT INTO clusters_mergedvisit (merge_id, service, visit_id, moved, cancelled)
        SELECT %(merge)s, %(service)s, id, true, false FROM moved
        ON CONFLICT (merge_id, service, visit_id) DO UPDATE SET moved = true
    )
    SELECT facility_id, home_id, seen_on FROM moved
"""
_KEPT_CANCELLED = """
    SELECT visit.facility_id, visit.home_id, visit.seen_on
    FROM {table} AS visit
    JOIN clusters_mergedvisit AS noted
      ON noted.visit_id = visit.id AND noted.merge_id = %(merge)s AND noted.service = %(service)s
    WHERE noted.cancelled
"""
_RETURN = """
    UPDATE {table} AS visit SET person_id = %(gone)s
    FROM clusters_mergedvisit AS noted
    WHERE noted.merge_id = %(merge)s AND noted.service = %(service)s AND noted.moved
      AND noted.visit_id = visit.id AND visit.person_id = %(kept)s
    RETURNING visit.facility_id, visit.home_id, visit.seen_on
"""
# A visit whose upload was taken back meanwhile stays cancelled, and so does one in whose place
# another was recorded.
_REVIVE = """
    UPDATE {table} AS visit SET cancelled_at = NULL, extra = extra - 'cancelled_because'
    FROM clusters_mergedvisit AS noted
    WHERE noted.merge_id = %(merge)s AND noted.service = %(service)s AND noted.cancelled
      AND noted.visit_id = visit.id
      AND NOT EXISTS (
          SELECT FROM clusters_upload AS upload
          WHERE upload.id = visit.upload_id AND upload.status = 'cancelled'
      )
      AND NOT EXISTS (
          SELECT FROM {table} AS other
          WHERE other.person_id = visit.person_id AND other.facility_id = visit.facility_id
            AND other.seen_on = visit.seen_on AND other.cancelled_at IS NULL
      )
    RETURNING visit.facility_id, visit.home_id, visit.seen_on
"""
# Such a visit stands again when its upload is put back.
_LEAVE_TO_UPLOAD = """
    UPDATE {table} AS visit SET extra = extra || '{"cancelled_because": "upload"}'
    FROM clusters_mergedvisit AS noted, clusters_upload AS upload
    WHERE noted.merge_id = %(merge)s AND noted.service = %(service)s AND noted.cancelled
      AND noted.visit_id = visit.id AND visit.cancelled_at IS NOT NULL
      AND upload.id = visit.upload_id AND upload.undone_at IS NOT NULL
      AND upload.status = 'cancelled'
"""
_CELLS = """
    SELECT facility_id, home_id, seen_on FROM {table}
    WHERE cancelled_at IS NULL AND person_id = %(gone)s
    UNION
    SELECT visit.facility_id, visit.home_id, visit.seen_on
    FROM {table} AS visit
    JOIN clusters_mergedvisit AS noted
      ON noted.visit_id = visit.id AND noted.merge_id = %(merge)s AND noted.service = %(service)s
    WHERE noted.cancelled OR visit.cancelled_at IS NULL
"""
