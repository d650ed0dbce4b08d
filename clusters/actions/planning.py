"""What taking an upload back, or putting it back, would do to each visit: a temporary table `plan`.

Set-wise; the caller holds the transaction. ADR 0030.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from clusters.actions.contradictions import standing_visits
from clusters.models import VISITS, Upload, not_said
from clusters.services import SERVICES
from ilp.core import sql

TABLES = "plan, asked"
Place = int


class Plan:
    """The plan of one upload; `stands` says whether it is put back or taken back."""

    def __init__(self, upload: Upload, *, stands: bool) -> None:
        self.table = VISITS[upload.service]._meta.db_table
        self.service, self.stands = upload.service, stands
        self.params = {
            "upload": upload.pk,
            "service": upload.service,
            "stands": stands,
            "since": upload.finished_at,
        }

    def work_out(self, *, hold: bool) -> None:
        """Make `plan`. With `hold` nobody else changes these visits before the transaction ends:
        their persons are held alone, as whoever writes visits holds them too."""
        self.run(_ASKED if self.stands else _ASKED + _BESIDE)
        if hold:
            self.run(_HOLD)
        self.run(sql.text("clusters/plan_undo"))
        self.run(_MERGED)
        self.run(_IN_THE_WAY)
        self.run(self._contradicted())
        self.run(_GIVE_WAY)

    def drop(self) -> None:
        """So that one transaction may work out several."""
        self.run(f"DROP TABLE {TABLES}")

    def cells(self) -> set[tuple[Place, date]]:
        """Places and days of the visits that change."""
        return set(
            self.rows("SELECT DISTINCT facility_id, seen_on FROM plan WHERE what IS NOT NULL")
        )

    def run(self, text: str) -> None:
        self.rows(text)

    def rows(self, text: str) -> list[Any]:
        """The rows of a statement about this plan."""
        text = text.replace("{table}", self.table).replace("{not_said}", not_said(self.service))
        return sql.run_text(text, self.params)

    def _contradicted(self) -> str:
        """Leave what would stand beside a death, or too close, that came in meanwhile."""
        told = "what IN ('restore', 'stand')"
        texts = [_AFTER_DEATH]
        if self.service == "vital":
            later = standing_visits(
                "visit.person_id = plan.person_id AND visit.seen_on > plan.seen_on"
            )
            texts.append(_DEATH_BEFORE.replace("{later}", later))
        apart = SERVICES[self.service].apart
        if apart:
            texts.append(
                _TOO_CLOSE.replace("{column}", apart.column).replace("{days}", str(int(apart.days)))
            )
        return ";".join(text.replace("{told}", told) for text in texts)


_ASKED = """
    CREATE TEMP TABLE asked ON COMMIT DROP AS
    SELECT id, true AS ours FROM {table} WHERE upload_id = %(upload)s
    UNION
    SELECT visit_id, true FROM clusters_setaside WHERE upload_id = %(upload)s;
    ANALYZE asked;
"""
# Visits of uploads put back that did not stand again because ours did.
_BESIDE = """
    CREATE TEMP TABLE beside ON COMMIT DROP AS
    WITH held AS MATERIALIZED (
        SELECT told.id
        FROM clusters_upload AS redone
        CROSS JOIN LATERAL (
            SELECT id FROM {table} WHERE upload_id = redone.id
            UNION
            SELECT visit_id FROM clusters_setaside WHERE upload_id = redone.id
        ) AS told
        WHERE redone.redone_at IS NOT NULL AND redone.service = %(service)s
          AND redone.id <> %(upload)s
    )
    SELECT DISTINCT other.id, other.person_id, other.facility_id, other.seen_on
    FROM held JOIN {table} AS other ON other.id = held.id
    WHERE other.cancelled_at IS NOT NULL AND other.extra ->> 'cancelled_because' = 'upload';
    ANALYZE beside;
    INSERT INTO asked
    SELECT beside.id, false
    FROM beside
    JOIN {table} AS mine ON mine.person_id = beside.person_id AND mine.cancelled_at IS NULL
                        AND mine.facility_id = beside.facility_id AND mine.seen_on = beside.seen_on
    WHERE mine.id IN (SELECT id FROM asked) AND beside.id NOT IN (SELECT id FROM asked);
    ANALYZE asked;
    DROP TABLE beside;
"""
_HOLD = """
    SELECT person.id FROM clusters_person AS person
    WHERE person.id IN (SELECT person_id FROM {table} WHERE id IN (SELECT id FROM asked))
    ORDER BY person.id FOR UPDATE;
    SELECT id FROM {table} WHERE id IN (SELECT id FROM asked) ORDER BY id FOR UPDATE
"""
# People decided over these when they merged two records: moved, or kept beside a poorer one.
_MERGED = """
    UPDATE plan SET what = NULL, why = 'merged'
    FROM clusters_merge AS merge
    JOIN clusters_mergedvisit AS noted ON noted.merge_id = merge.id
    JOIN {table} AS about ON about.id = noted.visit_id
    WHERE merge.kept_id = plan.person_id AND merge.undone_at IS NULL
      AND merge.made_at > %(since)s AND noted.service = %(service)s
      AND plan.ours AND plan.what IN ('cancel', 'restore')
      AND (noted.visit_id = plan.id
           OR noted.cancelled AND about.facility_id = plan.facility_id
              AND about.seen_on = plan.seen_on)
"""
# Of one person, place and day one visit stands: what was said last; what people said goes first.
_IN_THE_WAY = """
    UPDATE plan SET what = NULL, why = 'recorded'
    WHERE what = 'stand' AND EXISTS (
        SELECT FROM {table} AS other
        LEFT JOIN plan AS planned ON planned.id = other.id
        LEFT JOIN clusters_upload AS shown ON shown.id = other.upload_id
        WHERE other.person_id = plan.person_id AND other.facility_id = plan.facility_id
          AND other.seen_on = plan.seen_on AND other.cancelled_at IS NULL
          AND planned.what IS DISTINCT FROM 'cancel'
          AND coalesce(
              CASE WHEN planned.what = 'restore' THEN planned.said_at
                   WHEN planned.id IS NULL THEN shown.finished_at END, 'infinity'
          ) > plan.said_at
    );
    UPDATE plan SET what = NULL, why = 'recorded'
    WHERE what = 'stand' AND EXISTS (
        SELECT FROM plan AS other
        WHERE other.person_id = plan.person_id AND other.facility_id = plan.facility_id
          AND other.seen_on = plan.seen_on AND other.what = 'stand'
          AND (other.said_at, other.id) > (plan.said_at, plan.id)
    )
"""
_GIVE_WAY = """
    UPDATE plan SET what = 'cancel', said = NULL
    FROM plan AS newer
    WHERE plan.what = 'restore' AND newer.what = 'stand' AND newer.person_id = plan.person_id
      AND newer.facility_id = plan.facility_id AND newer.seen_on = plan.seen_on;
    INSERT INTO plan (id, ours, person_id, facility_id, home_id, seen_on, what)
    SELECT other.id, false, other.person_id, other.facility_id, other.home_id, other.seen_on,
           'cancel'
    FROM plan
    JOIN {table} AS other ON other.person_id = plan.person_id AND other.seen_on = plan.seen_on
                         AND other.facility_id = plan.facility_id AND other.cancelled_at IS NULL
    LEFT JOIN plan AS planned ON planned.id = other.id
    WHERE plan.what = 'stand' AND planned.id IS NULL
"""
_AFTER_DEATH = """
    UPDATE plan SET what = NULL, why = 'contradicts'
    WHERE what = 'stand' AND EXISTS (
        SELECT FROM clusters_vital AS death
        WHERE death.person_id = plan.person_id AND death.seen_on < plan.seen_on
          AND death.event = 'meninggal' AND death.cancelled_at IS NULL
    )
"""
_DEATH_BEFORE = """
    UPDATE plan SET what = NULL, why = 'contradicts'
    FROM clusters_vital AS visit
    WHERE visit.id = plan.id AND {told}
      AND coalesce(plan.said ->> 'event', visit.event) = 'meninggal'
      AND EXISTS ({later})
"""
_TOO_CLOSE = """
    UPDATE plan SET what = NULL, why = 'contradicts'
    FROM {table} AS mine
    WHERE mine.id = plan.id AND {told} AND EXISTS (
        SELECT FROM {table} AS other
        WHERE other.person_id = plan.person_id AND other.cancelled_at IS NULL
          AND other.id NOT IN (SELECT id FROM plan WHERE what IS NOT NULL)
          AND (other.facility_id, other.seen_on) <> (plan.facility_id, plan.seen_on)
          AND abs(other.{column} - coalesce((plan.said ->> '{column}')::date, mine.{column}))
              BETWEEN 1 AND {days} - 1
    )
"""
