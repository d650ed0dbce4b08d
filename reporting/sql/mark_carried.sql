-- Put on the to-do list where somebody stands in a month by an earlier visit and nothing is counted.
-- in   %(months)s    first days of the months that are looked at; one that has totals is done,
--      %(turning)s   unless it has only just begun: another worker may have settled, before it
--                    began, what was not there when it was looked at
--      %(services)s, %(states)s   services that have states, and all codes of states
-- out  facilities_changedcell
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT place.id, begun.first_day, followed.code, false
FROM unnest(%(months)s::date[]) AS begun (first_day)
CROSS JOIN facilities_facility AS place
CROSS JOIN unnest(%(services)s::text[]) AS followed (code)
CROSS JOIN LATERAL (  -- place by place, by index: all that ever stood is far more
    SELECT FROM clusters_milestone AS stands
    WHERE stands.home_id = place.id AND stands."on" = begun.first_day
      AND stands.service = followed.code AND stands.code = ANY (%(states)s)
    LIMIT 1
) AS somebody
WHERE NOT EXISTS (SELECT FROM reporting_total WHERE month = begun.first_day)
   OR begun.first_day = ANY (%(turning)s::date[]) AND NOT EXISTS (
       SELECT FROM reporting_total AS kept
       WHERE kept.place_id = place.id AND kept.month = begun.first_day
         AND kept.programme = followed.code
   );
