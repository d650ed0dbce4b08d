-- Target populations of places in a month: their own number, else the sum of what lies below.
-- in   %(places)s, %(codes)s   arrays
--      %(year)s, %(month)s, %(last_day)s, %(basis)s
-- out  (place_id, code, value): of the version in force in the month
-- Below a place the topmost numbers count: a Puskesmas' own number hides its villages', and the
-- villages speak for a Puskesmas that gives none. A place that moved to another district may be
-- named by both: it counts once, as the district says in which it lies, else as was said last.
-- Only what two districts say goes through DISTINCT ON: after it the planner expects a few rows, and
-- joins the ten thousands that come one by one. LATERAL with OFFSET 0 is by index, place by place:
-- some dozens are asked of the thousands that lie there.
WITH in_force AS MATERIALIZED (
    SELECT DISTINCT ON (district_id) id, district_id, since
    FROM reporting_targetset
    WHERE year = %(year)s AND basis = %(basis)s AND since <= %(month)s::date
    ORDER BY district_id, since DESC, version DESC
),
asked AS MATERIALIZED (
    SELECT DISTINCT descendant_id AS place_id
    FROM facilities_ancestry
    WHERE ancestor_id = ANY(%(places)s) AND valid @> %(last_day)s::date
),
whole AS MATERIALIZED (  -- a district is asked: then all numbers are read in one go
    SELECT EXISTS (
        SELECT FROM facilities_facility WHERE id = ANY(%(places)s) AND kind IN ('dinas', 'provinsi')
    ) AS is_it
),
said AS MATERIALIZED (
    SELECT target.set_id, target.place_id, target.code, target.value
    FROM in_force
    JOIN reporting_target AS target ON target.set_id = in_force.id
    WHERE target.code = ANY(%(codes)s) AND (SELECT is_it FROM whole)
    UNION ALL
    SELECT in_force.id, asked.place_id, target.code, target.value
    FROM in_force
    CROSS JOIN asked
    CROSS JOIN LATERAL (
        SELECT code, value FROM reporting_target
        WHERE set_id = in_force.id AND place_id = asked.place_id AND code = ANY(%(codes)s)
        OFFSET 0
    ) AS target
    WHERE NOT (SELECT is_it FROM whole)
),
twice AS MATERIALIZED (
    SELECT place_id FROM said GROUP BY place_id HAVING min(set_id) <> max(set_id)
),
given AS MATERIALIZED (
    SELECT place_id, code, value FROM said
    WHERE place_id NOT IN (SELECT place_id FROM twice)
    UNION ALL (
        SELECT DISTINCT ON (said.place_id, said.code) said.place_id, said.code, said.value
        FROM said JOIN in_force ON in_force.id = said.set_id
        WHERE said.place_id IN (SELECT place_id FROM twice)
        ORDER BY said.place_id, said.code, NOT EXISTS (
            SELECT FROM facilities_ancestry AS inside
            WHERE inside.ancestor_id = in_force.district_id
              AND inside.descendant_id = said.place_id AND inside.valid @> %(last_day)s::date
        ), in_force.since DESC, in_force.district_id
    )
),
given_place AS MATERIALIZED (SELECT DISTINCT place_id FROM said),
tree AS MATERIALIZED (
    SELECT link.ancestor_id, link.descendant_id
    FROM given_place
    CROSS JOIN LATERAL (
        SELECT ancestor_id, descendant_id FROM facilities_ancestry
        WHERE descendant_id = given_place.place_id AND valid @> %(last_day)s::date
        OFFSET 0
    ) AS link
),
covered AS MATERIALIZED (
    SELECT tree.descendant_id AS place_id, tree.ancestor_id AS upper_id, upper.code
    FROM tree
    JOIN facilities_facility AS facility ON facility.id = tree.ancestor_id
    CROSS JOIN in_force
    CROSS JOIN LATERAL (
        SELECT code FROM reporting_target
        WHERE set_id = in_force.id AND place_id = tree.ancestor_id AND code = ANY(%(codes)s)
        OFFSET 0
    ) AS upper
    WHERE tree.ancestor_id <> tree.descendant_id
      AND facility.kind IN ('puskesmas', 'desa', 'posyandu')
),
told AS (  -- a number that a place above hides gets a second line that says so
    SELECT ancestor_id, place_id, code, max(value) AS value, max(kind) AS kind,
           bool_or(is_hidden) AS is_hidden
    FROM (
        SELECT link.ancestor_id, given.place_id, given.code, given.value, facility.kind,
               false AS is_hidden
        FROM tree AS link
        JOIN facilities_facility AS facility ON facility.id = link.descendant_id
        JOIN given ON given.place_id = link.descendant_id
        WHERE link.ancestor_id = ANY(%(places)s)
        UNION ALL
        SELECT link.ancestor_id, covered.place_id, covered.code, NULL, NULL, true
        FROM covered JOIN tree AS link ON link.descendant_id = covered.upper_id
        WHERE link.ancestor_id = ANY(%(places)s)
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
