-- The district that this installation serves: the first of the registry.
-- out  (name), or nothing
SELECT name FROM facilities_facility WHERE kind = 'dinas' ORDER BY id LIMIT 1;
