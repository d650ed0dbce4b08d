-- Find the changing places and all that lies above them, as the tree stood at month's end.
-- in   changing (place_id)     temporary table
--      %(last_day)s            of the month
--      affected (place_id), below (place_id, below_id)   temporary tables, empty
-- out  affected; below: each affected place with itself and everything below it
INSERT INTO affected
SELECT DISTINCT ancestor_id AS place_id
FROM facilities_ancestry
JOIN changing ON changing.place_id = descendant_id
WHERE valid @> %(last_day)s::date
UNION
SELECT place_id FROM changing;
ANALYZE affected;

INSERT INTO below
SELECT ancestor_id, descendant_id
FROM affected JOIN facilities_ancestry ON ancestor_id = affected.place_id
WHERE valid @> %(last_day)s::date AND ancestor_id <> descendant_id
UNION ALL
SELECT place_id, place_id FROM affected;
ANALYZE below;
