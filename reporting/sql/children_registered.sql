-- Living children under five whose home is at a place or below it at the end of a month.
-- in   %(place)s, %(last_day)s
-- out  (sex, completed months, children, those seen with a growth card or KIA book)
SELECT person.sex,
       (extract(year FROM age(%(last_day)s::date, person.born_on)) * 12
        + extract(month FROM age(%(last_day)s::date, person.born_on)))::int AS age_months,
       count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM clusters_growth AS visit
           WHERE visit.person_id = person.id AND visit.kia_book AND visit.cancelled_at IS NULL
             AND visit.seen_on <= %(last_day)s::date
       ))
FROM clusters_person AS person
JOIN facilities_ancestry AS link
  ON link.descendant_id = person.home_id AND link.ancestor_id = %(place)s
 AND link.valid @> %(last_day)s::date
WHERE person.born_on > (%(last_day)s::date - interval '60 months')
  AND person.born_on <= %(last_day)s::date
  AND person.merged_into_id IS NULL
  AND NOT EXISTS (
      SELECT FROM clusters_vital AS death
      WHERE death.person_id = person.id AND death.event = 'meninggal'
        AND death.seen_on <= %(last_day)s::date AND death.cancelled_at IS NULL
  )
GROUP BY 1, 2;
