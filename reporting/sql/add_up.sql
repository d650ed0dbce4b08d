-- Write what was counted of the changing places, and add up own numbers over everything below each
-- affected place, in one go: a row is written once.
-- in   changing, affected (place_id), counted (place_id, own), below (place_id, below_id)
--                              temporary tables
--      %(month)s, %(programme)s, %(zeros)s   an array of the programme's width
--      %(standing)s            false when nothing of the programme stands in the month yet
--      /* sums */            one sum for each slot of the programme
-- out  reporting_total
WITH now AS (
    SELECT place_id, own FROM counted
    UNION ALL
    SELECT kept.place_id, kept.own
    FROM (
        SELECT DISTINCT below_id FROM below WHERE below_id NOT IN (SELECT place_id FROM changing)
    ) AS other
    JOIN reporting_total AS kept
      ON kept.month = %(month)s::date AND kept.programme = %(programme)s
     AND kept.place_id = other.below_id
    WHERE %(standing)s
),
added AS (
    SELECT below.place_id, ARRAY[/* sums */]::int[] AS total
    FROM below JOIN now ON now.place_id = below_id
    GROUP BY below.place_id
    HAVING bool_or(now.own <> %(zeros)s::int[])
),
gone AS (  -- what holds nothing any more
    DELETE FROM reporting_total AS kept
    USING affected
    WHERE %(standing)s AND kept.month = %(month)s::date AND kept.programme = %(programme)s
      AND kept.place_id = affected.place_id
      AND NOT EXISTS (SELECT FROM added WHERE added.place_id = kept.place_id)
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, coalesce(own, %(zeros)s::int[]), total
FROM added LEFT JOIN now USING (place_id)
ON CONFLICT (month, place_id, programme)
DO UPDATE SET own = excluded.own, total = excluded.total
WHERE kept.own IS DISTINCT FROM excluded.own OR kept.total IS DISTINCT FROM excluded.total;
