-- written_months
-- What written visits come to, month by month, at the places where they were made.
-- in   written (person_id, facility_id, seen_on, is_new)   temporary table
--      {visits} is put in: the table of the service's visits
-- out  (month, standing visits of these places in it before, now, of which changed,
--       people with such a visit before, now)
WITH cell AS (
    SELECT date_trunc('month', seen_on)::date AS month, facility_id,
           count(*) FILTER (WHERE is_new) AS new, count(*) FILTER (WHERE NOT is_new) AS changed
    FROM written
    GROUP BY 1, 2
),
standing AS (
    SELECT cell.month, count(*) AS now, count(DISTINCT visit.person_id) AS people,
           count(DISTINCT visit.person_id) FILTER (WHERE fresh.person_id IS NULL) AS people_before
    FROM cell
    JOIN {visits} AS visit
      ON visit.facility_id = cell.facility_id AND visit.cancelled_at IS NULL
     AND visit.seen_on >= cell.month AND visit.seen_on < (cell.month + interval '1 month')::date
    LEFT JOIN written AS fresh
      ON fresh.is_new AND fresh.person_id = visit.person_id
     AND fresh.facility_id = visit.facility_id AND fresh.seen_on = visit.seen_on
    GROUP BY cell.month
),
came AS (
    SELECT month, sum(new) AS new, sum(changed) AS changed FROM cell GROUP BY month
)
SELECT month, (now - new)::int, now::int, changed::int, people_before::int, people::int
FROM standing JOIN came USING (month)
ORDER BY month
