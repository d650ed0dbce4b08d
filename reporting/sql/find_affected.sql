-- Find the changing places and all that lies above them, as the tree stood at month's end.
-- in   changing (place_id)     temporary table
--      %(last_day)s            of the month
--      upward (place_id, changing_id), affected (place_id)   temporary tables, empty
-- out  upward: each changing place below itself and below everything above it; affected: its places
INSERT INTO upward
SELECT ancestor_id, descendant_id
FROM facilities_ancestry
JOIN changing ON changing.place_id = descendant_id
WHERE valid @> %(last_day)s::date AND ancestor_id <> descendant_id
UNION ALL
SELECT place_id, place_id FROM changing;
ANALYZE upward;

INSERT INTO affected SELECT DISTINCT place_id FROM upward;
ANALYZE affected;
