-- Add up as add_up.sql does, with approved reports standing in for visits.
-- in   affected (place_id), reported (place_id, numbers)   temporary tables; numbers has NULL where
--                            the report gives none
--      %(month)s, %(last_day)s, %(programme)s, %(zeros)s
--      /* sums */            one sum for each slot, of own unless covered, and of given
-- out  reporting_total.total
-- A report speaks for its place and all below it. Seen from a place at or above the reporter, own
-- numbers below the reporter are covered in the slots that the report gives; seen from a place
-- below the reporter they still count. A report counts, and covers, only in the slots that no report
-- above it gives: what lies below it need not lie below the higher one, as a Pustu belongs to the
-- Puskesmas of its village but what it supervises does not.
WITH tree AS (
    SELECT ancestor_id, descendant_id
    FROM facilities_ancestry
    WHERE valid @> %(last_day)s::date AND ancestor_id <> descendant_id
    UNION ALL
    SELECT place_id, place_id FROM affected
    UNION
    SELECT place_id, place_id FROM reported
),
speaks AS (
    SELECT reported.place_id AS reporter_id, tree.descendant_id,
           array_agg(slot.number::int) AS slots
    FROM reported
    JOIN tree ON tree.ancestor_id = reported.place_id
    CROSS JOIN LATERAL unnest(reported.numbers) WITH ORDINALITY AS slot (value, number)
    WHERE slot.value IS NOT NULL
    GROUP BY 1, 2
),
counting AS MATERIALIZED (
    SELECT affected.place_id, reported.place_id AS reporter_id, slot.number::int AS slot, slot.value
    FROM affected
    JOIN tree ON tree.ancestor_id = affected.place_id
    JOIN reported ON reported.place_id = tree.descendant_id
    CROSS JOIN LATERAL unnest(reported.numbers) WITH ORDINALITY AS slot (value, number)
    WHERE slot.value IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM speaks
          JOIN tree AS up ON up.descendant_id = speaks.reporter_id
          WHERE speaks.descendant_id = reported.place_id
            AND speaks.reporter_id <> reported.place_id
            AND up.ancestor_id = affected.place_id AND slot.number = ANY (speaks.slots)
      )
),
covering AS (
    SELECT told.place_id, tree.descendant_id, array_agg(DISTINCT slot) AS covered
    FROM (
        SELECT place_id, reporter_id, unnest(array_agg(slot)) AS slot
        FROM counting GROUP BY 1, 2
    ) AS told
    JOIN tree ON tree.ancestor_id = told.reporter_id
    GROUP BY 1, 2
),
below AS (
    SELECT affected.place_id, kept.own, NULL::int[] AS given,
           coalesce(covering.covered, '{}') AS covered
    FROM affected
    JOIN tree ON tree.ancestor_id = affected.place_id
    JOIN reporting_total AS kept
      ON kept.month = %(month)s::date AND kept.programme = %(programme)s
     AND kept.place_id = tree.descendant_id
    LEFT JOIN covering ON covering.place_id = affected.place_id
                      AND covering.descendant_id = kept.place_id
    UNION ALL
    SELECT affected.place_id, NULL, numbers.given, '{}'
    FROM affected
    JOIN tree ON tree.ancestor_id = affected.place_id
    JOIN reported ON reported.place_id = tree.descendant_id
    CROSS JOIN LATERAL (
        SELECT array_agg(counting.value ORDER BY slot.number) AS given
        FROM generate_subscripts(reported.numbers, 1) AS slot (number)
        LEFT JOIN counting ON counting.place_id = affected.place_id
                          AND counting.reporter_id = reported.place_id
                          AND counting.slot = slot.number
    ) AS numbers
),
added AS (
    SELECT place_id, ARRAY[/* sums */]::int[] AS total FROM below GROUP BY place_id
)
INSERT INTO reporting_total AS kept (month, place_id, programme, own, total)
SELECT %(month)s::date, place_id, %(programme)s, %(zeros)s::int[], total FROM added
ON CONFLICT (month, place_id, programme) DO UPDATE SET total = excluded.total
WHERE kept.total IS DISTINCT FROM excluded.total;
