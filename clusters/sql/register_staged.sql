-- Register the persons of staged rows who are not known yet; drop the rows that contradict a person.
-- in   staged   temporary table of rows to be written
-- out  clusters_person; (ordinal, born_on or sex) of the rows that left `staged`
INSERT INTO clusters_person
    (identity, nik_sealed, is_temporary, name, mother_name, sex, born_on, home_id, home_since,
     registered_at)
SELECT DISTINCT ON (identity)
       identity, nik_sealed, nik_sealed IS NULL, name, coalesce(mother_name, ''), sex, born_on,
       home_id, CASE WHEN home_id IS NOT NULL THEN seen_on END, now()
FROM staged
ORDER BY identity, ordinal
ON CONFLICT (identity) DO NOTHING;

DELETE FROM staged
USING clusters_person AS person
WHERE person.identity = staged.identity
  AND (person.born_on <> staged.born_on OR person.sex <> staged.sex)
RETURNING ordinal, CASE WHEN person.born_on <> staged.born_on THEN 'born_on' ELSE 'sex' END;
