-- What lies above a place, as the tree stood on a day.
-- in   %(place)s, %(day)s
-- out  (id)
SELECT ancestor_id
FROM facilities_ancestry
WHERE descendant_id = %(place)s AND ancestor_id <> %(place)s AND valid @> %(day)s::date;
