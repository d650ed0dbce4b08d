-- Find for staged antenatal rows the pregnancy and the tablets so far from the person's other visits
-- and the other staged rows. Rows to be inserted are then right at once, and link_pregnancies
-- need only rewrite what was there before and now stands after a new row.
-- in   staged                 temporary table of rows to be written, persons registered
--      known (id)             temporary table of visits that staged rows are about
--      %(gap)s                days between two estimates of the last period of two pregnancies
-- out  linked (ordinal, pregnancy_on, tablets_so_far, tablets_taken_so_far)  temporary table
CREATE TEMP TABLE linked ON COMMIT DROP AS
WITH met AS (
    SELECT person.id AS person_id, staged.ordinal, NULL::bigint AS id, staged.seen_on,
           staged.lmp_estimate_on, staged.tablets, staged.tablets_taken
    FROM staged JOIN clusters_person AS person ON person.identity = staged.identity
    WHERE staged.lmp_estimate_on IS NOT NULL
    UNION ALL
    SELECT visit.person_id, NULL, visit.id, visit.seen_on, visit.lmp_estimate_on, visit.tablets,
           visit.tablets_taken
    FROM clusters_antenatal AS visit
    WHERE visit.cancelled_at IS NULL AND visit.lmp_estimate_on IS NOT NULL
      AND visit.person_id IN (
          SELECT person.id FROM staged JOIN clusters_person AS person USING (identity)
      )
      AND NOT EXISTS (SELECT FROM known WHERE known.id = visit.id)
),
spaced AS (
    SELECT *, lmp_estimate_on - lag(lmp_estimate_on) OVER estimates AS gap
    FROM met
    WINDOW estimates AS (PARTITION BY person_id ORDER BY lmp_estimate_on)
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE gap > %(gap)s)
              OVER (PARTITION BY person_id ORDER BY lmp_estimate_on) AS pregnancy
    FROM spaced
)
SELECT ordinal, first_value(lmp_estimate_on) OVER so_far AS pregnancy_on,
       coalesce(sum(tablets) OVER so_far, 0) AS tablets_so_far,
       coalesce(sum(tablets_taken) OVER so_far, 0) AS tablets_taken_so_far
FROM numbered
WINDOW so_far AS (
    PARTITION BY person_id, pregnancy ORDER BY seen_on, id NULLS LAST, ordinal
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
);
