-- Sasaran and registers of places as they stood when their months were released.
-- in   %(releases)s, %(places)s   arrays
-- out  (place_id, month, numbers): empty for a place that was not there yet
SELECT DISTINCT ON (link.descendant_id, release.id)
       link.descendant_id, release.month, coalesce(frozen.numbers, '{}')::text
FROM reporting_release AS release
JOIN facilities_ancestry AS link
  ON link.ancestor_id = release.district_id AND link.descendant_id = ANY(%(places)s)
 AND link.valid @> (release.month + interval '1 month' - interval '1 day')::date
LEFT JOIN reporting_releasedfigures AS frozen
  ON frozen.release_id = release.id AND frozen.place_id = link.descendant_id
WHERE release.id = ANY(%(releases)s)
ORDER BY link.descendant_id, release.id;
