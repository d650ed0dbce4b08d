-- Diagnoses of outpatient care at a place and below it, as LB1 asks for them.
-- in   %(place)s, %(first_day)s, %(last_day)s   of what the report covers
--      %(ages)s, %(days)s, %(months)s           age groups in order: code, least age in both units
-- out  (category of ICD-10, sex, age group, case kind, cases); a category counts once a visit, each
--      other diagnosis of the visit by itself, where it was given. The row without a category says
--      how many visits there are at all. Each visit is seen in the tree of the end of its month.
WITH seen AS (
    SELECT visit.id, visit.sex, visit.case_kind, grouped.code AS age,
           ARRAY[visit.diagnosis, visit.diagnosis_2, visit.diagnosis_3] AS codes
    FROM clusters_outpatient AS visit
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = %(place)s AND link.descendant_id = visit.facility_id
     AND link.valid @> (date_trunc('month', visit.seen_on) + interval '1 month - 1 day')::date
    CROSS JOIN LATERAL (
        SELECT age.code
        FROM unnest(%(ages)s::text[], %(days)s::int[], %(months)s::int[])
            WITH ORDINALITY AS age (code, days, months, number)
        WHERE visit.age_days >= age.days AND visit.age_months >= age.months
        ORDER BY age.number DESC LIMIT 1
    ) AS grouped
    WHERE visit.seen_on BETWEEN %(first_day)s AND %(last_day)s AND visit.cancelled_at IS NULL
)
SELECT left(named.code, 3), sex, age, case_kind, count(DISTINCT id)
FROM seen CROSS JOIN LATERAL unnest(codes) AS named (code)
WHERE named.code IS NOT NULL AND case_kind IN ('baru', 'lama')
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT NULL, NULL, NULL, NULL, count(*) FROM seen;
