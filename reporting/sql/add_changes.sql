-- Write what was counted of the changing places, and add to each place at or above them by how much
-- it differs from what stood: what lies elsewhere below is not looked at.
-- in   changing, affected (place_id), upward (place_id, changing_id)   temporary tables
--      %(places)s, %(counted)s   what was counted: places, and as text an array for each
--      %(month)s, %(programme)s, %(zeros)s   an array of the programme's width
--      /* sums */            of each slot of the programme, of `plus` less `minus`
-- out  reporting_total
WITH counted AS MATERIALIZED (
    SELECT place_id, own::int[]
    FROM unnest(%(places)s::bigint[], string_to_array(%(counted)s, ';')) AS line (place_id, own)
),
was AS (
    SELECT place_id, own, total
    FROM reporting_total
    -- Found by key also in a month that is so new that the planner knows of no rows in it.
    WHERE month = %(month)s::date AND programme = %(programme)s
      AND place_id = ANY (ARRAY(SELECT place_id FROM affected))
),
changed AS (
    SELECT place_id, counted.own, was.own AS was
    FROM changing LEFT JOIN counted USING (place_id) LEFT JOIN was USING (place_id)
    WHERE counted.own IS DISTINCT FROM was.own
),
added AS (
    SELECT place_id, ARRAY[/* sums */]::int[] AS total, count(*) AS parts
    FROM (
        SELECT upward.place_id, own || '{}' AS plus, was || '{}' AS minus  -- as add_up.sql
        FROM changed JOIN upward ON changing_id = changed.place_id
        UNION ALL
        SELECT place_id, total || '{}', NULL FROM was
        OFFSET 0
    ) AS part
    GROUP BY place_id
),
gone AS (  -- what holds nothing any more
    DELETE FROM reporting_total
    WHERE month = %(month)s::date AND programme = %(programme)s
      AND place_id = ANY (ARRAY(SELECT place_id FROM added WHERE total = %(zeros)s::int[]))
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s,
       coalesce(CASE WHEN changed.place_id IS NULL THEN was.own ELSE changed.own END,
                %(zeros)s::int[]),
       added.total
FROM added LEFT JOIN changed USING (place_id) LEFT JOIN was USING (place_id)
WHERE added.total <> %(zeros)s::int[]
ORDER BY parts DESC, place_id  -- as add_up.sql
ON CONFLICT (month, place_id, programme)
DO UPDATE SET own = excluded.own, total = excluded.total
WHERE kept.own IS DISTINCT FROM excluded.own OR kept.total IS DISTINCT FROM excluded.total;
