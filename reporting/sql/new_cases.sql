-- New cases of outpatient care at a place and below it, by category of ICD-10 and sex.
-- in   %(place)s, %(first_day)s, %(last_day)s   first day of the first month, last of the last one
-- out  (category, sex, new cases, those of children under five); a visit counts once in a category,
--      where it was given, by the tree as it stood at the end of its month
SELECT left(named.code, 3), visit.sex, count(DISTINCT visit.id),
       count(DISTINCT visit.id) FILTER (WHERE visit.age_months < 60)
FROM clusters_outpatient AS visit
JOIN facilities_ancestry AS link
  ON link.ancestor_id = %(place)s AND link.descendant_id = visit.facility_id
 AND link.valid @> (date_trunc('month', visit.seen_on) + interval '1 month - 1 day')::date
CROSS JOIN LATERAL unnest(ARRAY[visit.diagnosis, visit.diagnosis_2, visit.diagnosis_3])
    AS named (code)
WHERE visit.seen_on BETWEEN %(first_day)s AND %(last_day)s
  AND visit.cancelled_at IS NULL AND visit.case_kind = 'baru' AND named.code IS NOT NULL
GROUP BY 1, 2;
