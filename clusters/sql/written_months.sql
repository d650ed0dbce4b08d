-- written_months
-- What written visits come to, month by month, at the places where they were made.
-- in   written (facility_id, seen_on, is_new)   temporary table
--      {visits} is put in: the table of the service's visits
-- out  (month, standing visits of these places in it before, now, of which changed)
WITH cell AS (
    SELECT date_trunc('month', seen_on)::date AS month, facility_id,
           count(*) FILTER (WHERE is_new) AS new, count(*) FILTER (WHERE NOT is_new) AS changed
    FROM written
    GROUP BY 1, 2
),
standing AS (
    SELECT cell.month, cell.new, cell.changed,
           (SELECT count(*) FROM {visits} AS visit
            WHERE visit.facility_id = cell.facility_id AND visit.cancelled_at IS NULL
              AND visit.seen_on >= cell.month
              AND visit.seen_on < (cell.month + interval '1 month')::date) AS now
    FROM cell
)
SELECT month, (sum(now) - sum(new))::int, sum(now)::int, sum(changed)::int
FROM standing
GROUP BY month
ORDER BY month
