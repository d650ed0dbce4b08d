-- Add up own numbers over everything below each affected place, as the tree stood at month's end.
-- in   affected (place_id)   temporary table
--      %(month)s, %(last_day)s, %(programme)s, %(zeros)s
--      /* sums */            one sum for each slot of the programme
-- out  reporting_total.total
WITH below AS (
    SELECT affected.place_id, kept.own
    FROM affected
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = affected.place_id AND link.valid @> %(last_day)s::date
     AND link.descendant_id <> link.ancestor_id
    JOIN reporting_total AS kept
      ON kept.month = %(month)s::date AND kept.programme = %(programme)s
     AND kept.place_id = link.descendant_id
    UNION ALL
    SELECT affected.place_id, kept.own
    FROM affected
    JOIN reporting_total AS kept
      ON kept.month = %(month)s::date AND kept.programme = %(programme)s
     AND kept.place_id = affected.place_id
),
added AS (
    SELECT place_id, ARRAY[/* sums */]::int[] AS total FROM below GROUP BY place_id
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, %(zeros)s::int[], total FROM added
ON CONFLICT (month, place_id, programme) DO UPDATE SET total = excluded.total
WHERE kept.total IS DISTINCT FROM excluded.total;
