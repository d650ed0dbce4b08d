-- Who lives where only a visit that was taken back says lives where they lived before, or nowhere known.
-- in   plan                   temporary table; the visits already as they are to be
--      {visits}               standing visits of all services (person_id, home_id, seen_on) of
--                             `asked_home`
-- out  clusters_person.home_id, home_since; clusters_homechange; the number of persons
CREATE TEMP TABLE asked_home ON COMMIT DROP AS
SELECT DISTINCT person.id AS person_id, person.home_id, person.home_since
FROM clusters_person AS person
JOIN plan ON plan.person_id = person.id AND plan.home_id = person.home_id
         AND plan.seen_on = person.home_since
WHERE plan.what IN ('cancel', 'restore');
ANALYZE asked_home;
CREATE TEMP TABLE told_home ON COMMIT DROP AS {visits};
ANALYZE told_home;
CREATE TEMP TABLE given_back ON COMMIT DROP AS
SELECT asked_home.person_id, before.id AS change_id, before.facility_id AS home_id,
       coalesce(
           (SELECT max(until) FROM clusters_homechange AS earlier
            WHERE earlier.person_id = asked_home.person_id AND earlier.id < before.id),
           (SELECT min(told.seen_on) FROM told_home AS told
            WHERE told.person_id = asked_home.person_id AND told.home_id = before.facility_id)
       ) AS home_since
FROM asked_home
LEFT JOIN LATERAL (
    SELECT id, facility_id FROM clusters_homechange AS change
    WHERE change.person_id = asked_home.person_id AND change.until = asked_home.home_since
    ORDER BY id DESC LIMIT 1
) AS before ON true
WHERE NOT EXISTS (
    SELECT FROM told_home AS told
    WHERE told.person_id = asked_home.person_id AND told.home_id = asked_home.home_id
      AND told.seen_on = asked_home.home_since
);
UPDATE clusters_person AS person
SET home_id = given_back.home_id, home_since = given_back.home_since
FROM given_back WHERE given_back.person_id = person.id;
DELETE FROM clusters_homechange WHERE id IN (SELECT change_id FROM given_back);
DROP TABLE asked_home, told_home;
SELECT count(*) FROM given_back;
