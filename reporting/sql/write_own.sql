-- Write what was counted of the changing places, where approved reports are to be added up.
-- in   changing (place_id)     temporary table
--      %(places)s, %(counted)s   what was counted: places, and as text an array for each
--      %(month)s, %(programme)s, %(zeros)s   an array of the programme's width
-- out  reporting_total.own
WITH counted AS MATERIALIZED (
    SELECT place_id, own::int[]
    FROM unnest(%(places)s::bigint[], string_to_array(%(counted)s, ';')) AS line (place_id, own)
),
nothing AS (
    UPDATE reporting_total AS kept
    SET own = %(zeros)s::int[]
    FROM changing
    WHERE kept.month = %(month)s::date AND kept.programme = %(programme)s
      AND kept.place_id = changing.place_id
      AND NOT EXISTS (SELECT FROM counted WHERE counted.place_id = kept.place_id)
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, own, own FROM counted
ON CONFLICT (month, place_id, programme) DO UPDATE SET own = excluded.own
WHERE kept.own IS DISTINCT FROM excluded.own;
