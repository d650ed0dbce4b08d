-- Pairs of records that may be one person: born on one day, of one sex, at home with one Puskesmas,
-- and with a like name; beside a record without NIK a like name of the mother is enough. Names alone
-- never are. Whose home nobody knows is taken to live where they were seen.
-- in   %(places)s            homes and places of care to look at
--      %(today)s
--      %(names)s, %(loose)s, %(mothers)s, %(other_mother)s   likeness, 0 to 1, as below
--      %(most)s              pairs at most
-- out  (one, other, likeness of the names, of the mothers' names or null)
-- {seen} is put in: (person_id, facility_id) of the visits of all services at the places
WITH lives AS (
    SELECT id AS person_id, home_id AS place_id
    FROM clusters_person WHERE home_id = ANY(%(places)s)
    UNION
    SELECT seen.person_id, seen.facility_id
    FROM ({seen}) AS seen
    JOIN clusters_person AS person ON person.id = seen.person_id AND person.home_id IS NULL
),
known AS (
    SELECT DISTINCT person.id, person.born_on, person.sex, person.is_temporary,
           lower(person.name) AS name, nullif(lower(person.mother_name), '') AS mother,
           puskesmas.id AS puskesmas_id
    FROM lives
    JOIN clusters_person AS person ON person.id = lives.person_id
     AND person.merged_into_id IS NULL
    JOIN facilities_ancestry AS link
      ON link.descendant_id = lives.place_id AND link.valid @> %(today)s::date
    JOIN facilities_facility AS puskesmas
      ON puskesmas.id = link.ancestor_id AND puskesmas.kind = 'puskesmas'
)
SELECT one.id, other.id, max(alike.names) AS names, max(alike.mothers)
FROM known AS one
JOIN known AS other USING (puskesmas_id, born_on, sex)
CROSS JOIN LATERAL (
    SELECT similarity(one.name, other.name) AS names,
           similarity(one.mother, other.mother) AS mothers
) AS alike
WHERE one.id < other.id
  AND (alike.names >= %(names)s
       OR ((one.is_temporary OR other.is_temporary)
           AND (alike.names >= %(loose)s OR alike.mothers >= %(mothers)s)))
  AND coalesce(alike.mothers, 1) >= %(other_mother)s
  AND NOT EXISTS (
      SELECT FROM clusters_toldapart AS said
      WHERE said.first_id = one.id AND said.second_id = other.id
  )
GROUP BY one.id, other.id
ORDER BY names DESC, one.id, other.id
LIMIT %(most)s
