-- A staged row that names another home on a later day moves the person there from that day.
-- in   staged, who   temporary tables of rows to be written and of their persons; whom a row has
--                    registered lives where that row says
-- out  clusters_person.home_id, home_since; clusters_homechange
CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT person.id, person.home_id AS left_home, latest.home_id AS new_home, latest.seen_on
FROM (
    SELECT DISTINCT ON (who.person_id) who.person_id, staged.home_id, staged.seen_on
    FROM staged JOIN who ON who.ordinal = staged.ordinal
    WHERE staged.home_id IS NOT NULL AND NOT who.is_new
    ORDER BY who.person_id, staged.seen_on DESC, staged.ordinal DESC
) AS latest
JOIN clusters_person AS person ON person.id = latest.person_id
WHERE latest.home_id IS DISTINCT FROM person.home_id
  AND (person.home_since IS NULL OR latest.seen_on > person.home_since)
ORDER BY person.id  -- as whoever else holds persons does
FOR NO KEY UPDATE OF person;

INSERT INTO clusters_homechange (person_id, facility_id, until)
SELECT id, left_home, seen_on FROM moved WHERE left_home IS NOT NULL;

UPDATE clusters_person AS person
SET home_id = moved.new_home, home_since = moved.seen_on
FROM moved WHERE moved.id = person.id;

DROP TABLE moved;
