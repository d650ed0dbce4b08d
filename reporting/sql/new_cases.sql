-- New cases of outpatient care at a place and below it, by category of ICD-10 and sex; where an LB1
-- report was approved, by its rows.
-- in   %(place)s, %(first_day)s, %(last_day)s   first day of the first month, last of the last one
--      %(form)s, %(old)s, %(young)s   code of the report; its part of old cases; its ages under five
-- out  (category or row of the report, sex, new cases, those of children under five, whether a report
--      says so); a visit counts once in a category, where it was given, by the tree as it stood at
--      the end of its month
-- A report speaks for its place and all below it, as in add_up_reported.sql: seen from a place at or
-- above the reporter its numbers stand and the visits below the reporter do not, unless a report of
-- a place above the reporter does.
WITH reports AS (
    SELECT report.id, report.month, report.facility_id,
           (report.month + interval '1 month - 1 day')::date AS tree
    FROM reporting_report AS report
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = %(place)s AND link.descendant_id = report.facility_id
     AND link.valid @> (report.month + interval '1 month - 1 day')::date
    WHERE report.form_code = %(form)s AND report.status = 'approved'
      AND report.month BETWEEN %(first_day)s AND %(last_day)s
),
speaking AS MATERIALIZED (
    SELECT * FROM reports
    WHERE NOT EXISTS (
        SELECT FROM reports AS higher
        JOIN facilities_ancestry AS link
          ON link.ancestor_id = higher.facility_id AND link.descendant_id = reports.facility_id
         AND link.valid @> reports.tree
        WHERE higher.month = reports.month AND higher.id <> reports.id
    )
),
covered AS MATERIALIZED (
    SELECT DISTINCT speaking.month, link.descendant_id AS place_id
    FROM speaking
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = speaking.facility_id AND link.valid @> speaking.tree
)
SELECT left(named.code, 3), visit.sex, count(DISTINCT visit.id),
       count(DISTINCT visit.id) FILTER (WHERE visit.age_months < 60), false
FROM clusters_outpatient AS visit
JOIN facilities_ancestry AS link
  ON link.ancestor_id = %(place)s AND link.descendant_id = visit.facility_id
 AND link.valid @> (date_trunc('month', visit.seen_on) + interval '1 month - 1 day')::date
CROSS JOIN LATERAL unnest(ARRAY[visit.diagnosis, visit.diagnosis_2, visit.diagnosis_3])
    AS named (code)
WHERE visit.seen_on BETWEEN %(first_day)s AND %(last_day)s
  AND visit.cancelled_at IS NULL AND visit.case_kind = 'baru' AND named.code IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM covered
      WHERE covered.place_id = visit.facility_id
        AND covered.month = date_trunc('month', visit.seen_on)::date
  )
GROUP BY 1, 2
UNION ALL
SELECT value.element, left(value.part, 1), sum(value.value),
       coalesce(sum(value.value) FILTER (WHERE substr(value.part, 3) = ANY (%(young)s)), 0), true
FROM speaking
JOIN reporting_reportvalue AS value ON value.report_id = speaking.id
WHERE value.value > 0 AND substr(value.part, 3) <> %(old)s
GROUP BY 1, 2;
