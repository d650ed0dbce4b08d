-- Put on the to-do list where somebody stands in a month by an earlier visit and nothing is counted.
-- in   %(months)s    first days of the months that are looked at
--      %(services)s, %(states)s   services that have states, and all codes of states
-- out  facilities_changedcell
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT place.id, begun.first_day, followed.code, false
FROM facilities_facility AS place
CROSS JOIN unnest(%(months)s::date[]) AS begun (first_day)
CROSS JOIN unnest(%(services)s::text[]) AS followed (code)
WHERE NOT EXISTS (
    SELECT FROM reporting_total AS kept
    WHERE kept.place_id = place.id AND kept.month = begun.first_day
      AND kept.programme = followed.code
) AND EXISTS (
    SELECT FROM clusters_milestone AS stands
    WHERE stands.home_id = place.id AND stands."on" = begun.first_day
      AND stands.service = followed.code AND stands.code = ANY (%(states)s)
);
