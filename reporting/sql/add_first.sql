-- Write what was counted, and what it comes to above, where nothing of the programme stands yet.
-- in   upward (place_id, changing_id)   temporary table
--      %(places)s, %(counted)s   what was counted: places, and as text an array for each
--      %(month)s, %(programme)s, %(zeros)s   an array of the programme's width
--      /* sums */            of each slot of the programme, of `own`
-- out  reporting_total
WITH counted AS MATERIALIZED (
    SELECT place_id, own::int[]
    FROM unnest(%(places)s::bigint[], string_to_array(%(counted)s, ';')) AS line (place_id, own)
),
added AS (
    SELECT place_id, ARRAY[/* sums */]::int[] AS total, count(*) AS parts
    FROM (
        -- Joined to nothing an array is unpacked once, not for each slot that is looked at.
        SELECT upward.place_id, own || '{}' AS own
        FROM counted JOIN upward ON changing_id = counted.place_id
        WHERE own <> %(zeros)s::int[]
        OFFSET 0
    ) AS part
    GROUP BY place_id
)
INSERT INTO reporting_total (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, coalesce(own, %(zeros)s::int[]), total
FROM added LEFT JOIN counted USING (place_id)
ORDER BY parts DESC, place_id;  -- the large ones, which are shown together, on few pages
