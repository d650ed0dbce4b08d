-- What approved reports of places below one say in the place of visits, and whose visits those are.
-- in   %(place)s, %(month)s, %(last_day)s
--      %(elements)s     those that are looked for
--      /* sums */       what visits say: (place, programme, numbers), each "UNION ALL SELECT …"
-- out  (reporter, "element|part", [number]), (reporter, ">", [places that it speaks for]), and sums
-- A service that is not there (TA) gives nought and still leaves the visits out, as in the totals.
WITH said AS MATERIALIZED (
    SELECT report.facility_id AS id, kept.element, kept.part,
           sum(coalesce(kept.value, 0))::bigint AS number
    FROM reporting_report AS report
    JOIN facilities_ancestry AS link
      ON link.descendant_id = report.facility_id AND link.ancestor_id = %(place)s
     AND link.valid @> %(last_day)s::date
    JOIN reporting_reportvalue AS kept
      ON kept.report_id = report.id AND kept.text = '' AND kept.element = ANY(%(elements)s)
    WHERE report.month = %(month)s AND report.status = 'approved'
      AND report.facility_id <> %(place)s
    GROUP BY 1, 2, 3
),
given AS MATERIALIZED (
    SELECT said.* FROM said
    WHERE NOT EXISTS (
        SELECT FROM said AS higher
        JOIN facilities_ancestry AS up
          ON up.ancestor_id = higher.id AND up.descendant_id = said.id
         AND up.valid @> %(last_day)s::date
        WHERE higher.id <> said.id AND higher.element = said.element AND higher.part = said.part
    )
),
covered AS MATERIALIZED (
    SELECT reporter.id AS reporter_id, link.descendant_id AS id
    FROM (SELECT DISTINCT given.id FROM given) AS reporter
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = reporter.id AND link.valid @> %(last_day)s::date
    JOIN facilities_ancestry AS mine  -- what lies below a reporter need not lie below the place
      ON mine.descendant_id = link.descendant_id AND mine.ancestor_id = %(place)s
     AND mine.valid @> %(last_day)s::date
)
SELECT given.id, given.element || '|' || given.part, ARRAY[given.number] FROM given
UNION ALL
SELECT covered.reporter_id, '>', array_agg(covered.id) FROM covered GROUP BY 1
/* sums */
