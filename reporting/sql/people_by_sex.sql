-- Living people whose home is at a place or below it at the end of a month, by sex and age.
-- in   %(place)s, %(last_day)s
-- out  (sex, completed years, people)
SELECT person.sex, extract(year FROM age(%(last_day)s::date, person.born_on))::int, count(*)
FROM clusters_person AS person
JOIN facilities_ancestry AS link
  ON link.descendant_id = person.home_id AND link.ancestor_id = %(place)s
 AND link.valid @> %(last_day)s::date
WHERE person.born_on <= %(last_day)s::date
  AND person.merged_into_id IS NULL
  AND NOT EXISTS (
      SELECT FROM clusters_vital AS death
      WHERE death.person_id = person.id AND death.event = 'meninggal'
        AND death.seen_on <= %(last_day)s::date AND death.cancelled_at IS NULL
  )
GROUP BY 1, 2;
