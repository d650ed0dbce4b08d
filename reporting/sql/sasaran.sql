-- Target populations of places in a month: their own number, else the sum of what lies below.
-- in   %(places)s, %(codes)s   arrays
--      %(year)s, %(month)s, %(last_day)s, %(basis)s
-- out  (place_id, code, value): of the version in force in the month
-- Below a place the topmost numbers count: a Puskesmas' own number hides its villages', and the
-- villages speak for a Puskesmas that gives none. A place that moved to another district may be
-- named by both: it counts once, as the district says in which it lies, else as was said last.
WITH in_force AS (
    SELECT DISTINCT ON (district_id) id, district_id, since
    FROM reporting_targetset
    WHERE year = %(year)s AND basis = %(basis)s AND since <= %(month)s::date
    ORDER BY district_id, since DESC, version DESC
),
asked AS MATERIALIZED (  -- what lies elsewhere in the district is not looked at
    SELECT DISTINCT descendant_id AS place_id
    FROM facilities_ancestry
    WHERE ancestor_id = ANY(%(places)s) AND valid @> %(last_day)s::date
),
given AS MATERIALIZED (
    SELECT DISTINCT ON (target.place_id, target.code)
           target.place_id, facility.kind, target.code, target.value
    FROM in_force
    CROSS JOIN asked
    CROSS JOIN LATERAL (  -- by index, place by place
        SELECT place_id, code, value FROM reporting_target
        WHERE set_id = in_force.id AND place_id = asked.place_id AND code = ANY(%(codes)s)
        OFFSET 0
    ) AS target
    JOIN facilities_facility AS facility ON facility.id = target.place_id
    LEFT JOIN facilities_ancestry AS inside
           ON inside.ancestor_id = in_force.district_id
          AND inside.descendant_id = target.place_id AND inside.valid @> %(last_day)s::date
    ORDER BY target.place_id, target.code, inside.ancestor_id IS NULL, in_force.since DESC,
             in_force.district_id
),
given_place AS MATERIALIZED (SELECT DISTINCT place_id FROM given),
tree AS MATERIALIZED (
    SELECT link.ancestor_id, link.descendant_id
    FROM given_place
    CROSS JOIN LATERAL (  -- by index, place by place: some dozens are asked, thousands lie there
        SELECT ancestor_id, descendant_id FROM facilities_ancestry
        WHERE descendant_id = given_place.place_id AND valid @> %(last_day)s::date
        OFFSET 0
    ) AS link
),
covered AS MATERIALIZED (  -- place by place first: number by number it is all with all
    SELECT tree.descendant_id AS place_id, upper.code, upper.place_id AS upper_id
    FROM tree JOIN given AS upper ON upper.place_id = tree.ancestor_id
    WHERE tree.ancestor_id <> tree.descendant_id AND upper.kind IN ('puskesmas', 'desa', 'posyandu')
),
told AS (  -- gathered, not joined: how many numbers of places hide others nobody can foresee
    SELECT ancestor_id, place_id, code, max(value) AS value, max(kind) AS kind,
           bool_or(is_hidden) AS is_hidden
    FROM (
        SELECT tree.ancestor_id, given.place_id, given.code, given.value, given.kind,
               false AS is_hidden
        FROM tree JOIN given ON given.place_id = tree.descendant_id
        WHERE tree.ancestor_id = ANY(%(places)s)
        UNION ALL
        SELECT below.ancestor_id, covered.place_id, covered.code, NULL, NULL, true
        FROM covered JOIN tree AS below ON below.descendant_id = covered.upper_id
        WHERE below.ancestor_id = ANY(%(places)s)
    ) AS line
    GROUP BY 1, 2, 3
),
added AS (
    SELECT ancestor_id, code,
           coalesce(
               max(value) FILTER (WHERE place_id = ancestor_id),
               sum(value) FILTER (
                   WHERE kind IN ('puskesmas', 'desa', 'posyandu') AND NOT is_hidden
               )
           )::int AS value
    FROM told
    GROUP BY 1, 2
)
SELECT ancestor_id, code, value FROM added WHERE value IS NOT NULL;
