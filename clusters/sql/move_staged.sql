-- A staged row that names another home on a later day moves the person there from that day.
-- in   staged   temporary table of rows to be written
-- out  clusters_person.home_id, home_since; clusters_homechange
CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT person.id, person.home_id AS left_home, latest.home_id AS new_home, latest.seen_on
FROM (
    SELECT DISTINCT ON (identity) identity, home_id, seen_on
    FROM staged WHERE home_id IS NOT NULL
    ORDER BY identity, seen_on DESC, ordinal DESC
) AS latest
JOIN clusters_person AS person ON person.identity = latest.identity
WHERE latest.home_id IS DISTINCT FROM person.home_id
  AND (person.home_since IS NULL OR latest.seen_on > person.home_since);

INSERT INTO clusters_homechange (person_id, facility_id, until)
SELECT id, left_home, seen_on FROM moved WHERE left_home IS NOT NULL;

UPDATE clusters_person AS person
SET home_id = moved.new_home, home_since = moved.seen_on
FROM moved WHERE moved.id = person.id;

DROP TABLE moved;
