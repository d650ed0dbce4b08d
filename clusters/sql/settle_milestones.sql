-- Make clusters_milestone equal to what was reached, and mark every cell that this changes.
-- in   touched (person_id), reached (person_id, code, scope, reached_on, facility_id, home_id, sex,
--      visit_id, visit_service)  temporary tables
--      %(service)s           whose milestones are settled; also the programme that is marked
--      %(by_start)s          its codes that are also counted in the month in which their scope began
--      %(states)s, %(today)s its codes of states: their months that have not begun are not marked;
--                            the roll-up does so when they begin (reporting/actions/carrying.py)
-- out  clusters_milestone, facilities_changedcell
-- A temporary table has no statistics of its own accord, and without them the planner loops.
ANALYZE touched;
ANALYZE reached;
WITH gone AS (
    DELETE FROM clusters_milestone AS old
    WHERE old.service = %(service)s
      AND old.person_id IN (SELECT person_id FROM touched)
      AND NOT EXISTS (
          SELECT FROM reached AS new
          WHERE new.person_id = old.person_id AND new.code = old.code AND new.scope = old.scope
            AND new.reached_on = old."on" AND new.visit_id = old.visit_id
            AND new.facility_id = old.facility_id AND new.sex = old.sex
            AND new.home_id IS NOT DISTINCT FROM old.home_id
            AND new.visit_service IS NOT DISTINCT FROM old.visit_service
      )
    RETURNING old.facility_id, old.home_id, old."on", old.code,
              CASE WHEN old.code = ANY(%(by_start)s::text[]) THEN old.scope END AS began_on
)
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT DISTINCT place_id, date_trunc('month', day)::date, %(service)s, false
FROM gone CROSS JOIN LATERAL unnest(ARRAY[facility_id, home_id]) AS place (place_id)
CROSS JOIN LATERAL unnest(ARRAY["on", began_on]) AS counted (day)
WHERE place_id IS NOT NULL AND day IS NOT NULL
  AND NOT (code = ANY (%(states)s) AND "on" > %(today)s::date);

-- What stood and is to stay was left alone, so the rest is new: no row is tried twice.
WITH added AS (
    INSERT INTO clusters_milestone
        (person_id, service, code, scope, "on", facility_id, home_id, sex, visit_id,
         visit_service)
    SELECT person_id, %(service)s, code, scope, reached_on, facility_id, home_id, sex, visit_id,
           visit_service
    FROM reached AS new
    WHERE NOT EXISTS (
        SELECT FROM clusters_milestone AS old
        WHERE old.person_id = new.person_id AND old.code = new.code AND old.scope = new.scope
    )
    RETURNING facility_id, home_id, "on", code,
              CASE WHEN code = ANY(%(by_start)s::text[]) THEN scope END AS began_on
),
cells AS (  -- few, where many persons live and were seen at the same places
    SELECT DISTINCT facility_id, home_id, "on", began_on
    FROM added WHERE NOT (code = ANY (%(states)s) AND "on" > %(today)s::date)
)
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT DISTINCT place_id, date_trunc('month', day)::date, %(service)s, false
FROM cells CROSS JOIN LATERAL unnest(ARRAY[facility_id, home_id]) AS place (place_id)
CROSS JOIN LATERAL unnest(ARRAY["on", began_on]) AS counted (day)
WHERE place_id IS NOT NULL AND day IS NOT NULL;
