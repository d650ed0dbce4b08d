-- Add up own numbers over everything below each affected place, as the tree stood at month's end.
-- in   below (place_id, below_id)   temporary table
--      %(month)s, %(programme)s, %(zeros)s
--      /* sums */            one sum for each slot of the programme
-- out  reporting_total.total
WITH added AS (
    SELECT below.place_id, ARRAY[/* sums */]::int[] AS total
    FROM below
    JOIN reporting_total AS kept
      ON kept.month = %(month)s::date AND kept.programme = %(programme)s
     AND kept.place_id = below_id
    GROUP BY below.place_id
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, %(zeros)s::int[], total FROM added
ON CONFLICT (month, place_id, programme) DO UPDATE SET total = excluded.total
WHERE kept.total IS DISTINCT FROM excluded.total;
