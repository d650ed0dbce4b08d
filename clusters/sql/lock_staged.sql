-- Hold the known persons of staged rows, in one order, until the transaction ends. Writers of visits
-- hold them together and do not wait for one another; a writer of deaths and a merge hold them
-- alone. So whoever comes second sees what the first has written, and finds what contradicts it.
-- in   who (ordinal, person_id, is_new), renamed (ordinal)   temporary tables
--      %(first)s   the number of the first row to look at
--      {which}     a condition on the row of `who`
--      {strength}  KEY SHARE or UPDATE
-- out  no rows
WITH held AS MATERIALIZED (
    SELECT person.id
    FROM clusters_person AS person
    -- As an array, for the planner knows nothing of rows that were only just written: it would take
    -- them for one, and look through all persons, and for each through all rows.
    WHERE person.id = ANY(ARRAY(
        SELECT who.person_id FROM who
        WHERE who.ordinal >= %(first)s AND NOT who.is_new AND {which}
    ))
    ORDER BY person.id
    FOR {strength}
)
SELECT id, '' FROM held WHERE id < 0
