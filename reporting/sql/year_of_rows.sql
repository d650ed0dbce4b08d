-- How far the year has come in rows of a report, and the people whom they are to reach.
-- in   %(elements)s, %(programmes)s, %(slots)s, %(firsts)s   arrays, one place for each slot: whose it
--                                  is, and the first month that is added up
--      %(place)s and all that sasaran.sql asks for
--      /* sasaran */               that statement
-- out  ('before', element, sum of the months before) and ('people', sasaran code, people)
SELECT 'before', asked.element, sum(kept.total[asked.slot])::int
FROM unnest(
    %(elements)s::text[], %(programmes)s::text[], %(slots)s::int[], %(firsts)s::date[]
) AS asked (element, programme, slot, first_month)
JOIN reporting_total AS kept
  ON kept.place_id = %(place)s AND kept.programme = asked.programme
 AND kept.month >= asked.first_month AND kept.month < %(month)s::date
GROUP BY asked.element
UNION ALL
SELECT 'people', people.code, people.value
FROM (/* sasaran */) AS people (place_id, code, value)
