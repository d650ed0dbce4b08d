-- Register the persons of staged rows who are not known yet.
-- in   staged      temporary table of rows to be written
--      %(first)s   the number of the first row to look at
-- out  clusters_person; who (ordinal, person_id, is_new), temporary table: the rows that registered
--      somebody, against whom nothing can speak yet
WITH added AS (
    INSERT INTO clusters_person
        (identity, nik_sealed, is_temporary, name, mother_name, sex, born_on, home_id, home_since,
         registered_at)
    SELECT identity, nik_sealed, nik_sealed IS NULL, name, coalesce(mother_name, ''), sex, born_on,
           home_id, CASE WHEN home_id IS NOT NULL THEN seen_on END, now()
    FROM staged
    WHERE ordinal >= %(first)s AND NOT again
    ORDER BY identity
    ON CONFLICT (identity) DO NOTHING
    RETURNING id, identity
)
INSERT INTO who (ordinal, person_id, is_new)
SELECT staged.ordinal, added.id, true
FROM staged JOIN added ON added.identity = staged.identity
WHERE staged.ordinal >= %(first)s AND NOT staged.again
