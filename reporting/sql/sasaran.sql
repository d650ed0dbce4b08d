-- Target populations of places in a month: their own number, else the sum of what lies below.
-- in   %(places)s, %(codes)s   arrays
--      %(year)s, %(month)s, %(last_day)s, %(basis)s
-- out  (place_id, code, value): the version in force in the month; Puskesmas before desa before
--      Posyandu, never mixed
WITH in_force AS (
    SELECT DISTINCT ON (district_id) id
    FROM reporting_targetset
    WHERE year = %(year)s AND basis = %(basis)s AND since <= %(month)s::date
    ORDER BY district_id, since DESC, version DESC
),
given AS (
    SELECT target.place_id, facility.kind, target.code, target.value
    FROM reporting_target AS target
    JOIN in_force ON in_force.id = target.set_id
    JOIN facilities_facility AS facility ON facility.id = target.place_id
    WHERE target.code = ANY(%(codes)s)
)
SELECT link.ancestor_id, given.code,
       coalesce(
           max(given.value) FILTER (WHERE given.place_id = link.ancestor_id),
           sum(given.value) FILTER (WHERE given.kind = 'puskesmas'),
           sum(given.value) FILTER (WHERE given.kind = 'desa'),
           sum(given.value) FILTER (WHERE given.kind = 'posyandu')
       )::int
FROM facilities_ancestry AS link
JOIN given ON given.place_id = link.descendant_id
WHERE link.ancestor_id = ANY(%(places)s) AND link.valid @> %(last_day)s::date
GROUP BY link.ancestor_id, given.code;
