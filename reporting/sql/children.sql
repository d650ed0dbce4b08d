-- Places of a kind below a place, as the tree stood on a day, by name.
-- in   %(place)s, %(kind)s, %(day)s
-- out  (id, code, name, kind)
SELECT id, code, name, kind
FROM facilities_facility
WHERE kind = %(kind)s AND id <> %(place)s AND id IN (
    SELECT descendant_id FROM facilities_ancestry
    WHERE ancestor_id = %(place)s AND valid @> %(day)s::date
)
ORDER BY name, code;
