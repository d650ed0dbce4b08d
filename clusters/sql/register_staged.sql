-- Register the persons of staged rows who are not known yet.
-- in   staged      temporary table of rows to be written
--      %(first)s   the number of the first row to look at
-- out  clusters_person; newcomers (person_id), temporary table
WITH added AS (
    INSERT INTO clusters_person
        (identity, nik_sealed, is_temporary, name, mother_name, sex, born_on, home_id, home_since,
         registered_at)
    SELECT DISTINCT ON (identity)
           identity, nik_sealed, nik_sealed IS NULL, name, coalesce(mother_name, ''), sex, born_on,
           home_id, CASE WHEN home_id IS NOT NULL THEN seen_on END, now()
    FROM staged
    WHERE ordinal >= %(first)s
    ORDER BY identity, ordinal
    ON CONFLICT (identity) DO NOTHING
    RETURNING id
)
INSERT INTO newcomers SELECT id FROM added
