-- Find the persons of the other staged rows, who were known before.
-- in   staged      temporary table of rows to be written, persons registered
--      %(first)s   the number of the first row to look at
-- out  who (ordinal, person_id, is_new), temporary table
WITH left_over AS MATERIALIZED (
    SELECT staged.ordinal, staged.identity
    FROM staged
    WHERE staged.ordinal >= %(first)s
      AND NOT EXISTS (SELECT FROM who WHERE who.ordinal = staged.ordinal)
)
INSERT INTO who (ordinal, person_id, is_new)
SELECT left_over.ordinal, person.id, false
FROM left_over JOIN clusters_person AS person ON person.identity = left_over.identity
