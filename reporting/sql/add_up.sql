-- Write what was counted of the changing places, and add up own numbers over everything below each
-- affected place, in one go: a row is written once.
-- in   changing, affected (place_id)   temporary tables
--      %(places)s, %(counted)s   what was counted: places, and as text an array for each
--      %(month)s, %(last_day)s, %(programme)s, %(zeros)s   an array of the programme's width
--      /* sums */            of each slot of the programme, of `own`
-- out  reporting_total
WITH counted AS MATERIALIZED (
    SELECT place_id, own::int[]
    FROM unnest(%(places)s::bigint[], string_to_array(%(counted)s, ';')) AS line (place_id, own)
),
below AS (
    SELECT ancestor_id AS place_id, descendant_id AS below_id
    FROM affected JOIN facilities_ancestry ON ancestor_id = affected.place_id
    WHERE valid @> %(last_day)s::date AND ancestor_id <> descendant_id
    UNION ALL
    SELECT place_id, place_id FROM affected
),
now AS (
    SELECT place_id, own FROM counted WHERE own <> %(zeros)s::int[]
    UNION ALL
    SELECT place_id, own
    FROM reporting_total
    WHERE month = %(month)s::date AND programme = %(programme)s AND own <> %(zeros)s::int[]
      AND place_id = ANY (  -- as add_changes.sql
          ARRAY(SELECT below_id FROM below EXCEPT SELECT place_id FROM changing)
      )
),
added AS (
    SELECT place_id, ARRAY[/* sums */]::int[] AS total, count(*) AS parts
    FROM (
        SELECT below.place_id, own || '{}' AS own  -- joined to nothing it is unpacked once, not slot by slot
        FROM below JOIN now ON now.place_id = below_id
        OFFSET 0
    ) AS part
    GROUP BY place_id
),
gone AS (  -- what holds nothing any more
    DELETE FROM reporting_total
    WHERE month = %(month)s::date AND programme = %(programme)s
      AND place_id = ANY (ARRAY(SELECT place_id FROM affected EXCEPT SELECT place_id FROM added))
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, coalesce(own, %(zeros)s::int[]), total
FROM added LEFT JOIN now USING (place_id)
ORDER BY parts DESC, place_id  -- the large ones, which are shown together, on few pages
ON CONFLICT (month, place_id, programme)
DO UPDATE SET own = excluded.own, total = excluded.total
WHERE kept.own IS DISTINCT FROM excluded.own OR kept.total IS DISTINCT FROM excluded.total;
