-- Put on the to-do list where somebody stands in a month by an earlier visit and nothing is counted.
-- in   %(months)s    first days of the months that are looked at; done are those that have totals
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
WHERE NOT EXISTS (SELECT FROM reporting_total WHERE month = begun.first_day);
