-- Tell districts that what is shown of them changed, so that no kept page is served.
-- in   %(place)s     of the districts that it has ever belonged to
--      %(every)s     of all districts instead
--      %(numbers)s   whether numbers changed too, and not names or maps or the tree alone
-- out  facilities_dataversion
-- In one order, as others raise several at once.
INSERT INTO facilities_dataversion AS version (district_id, number, changed_at)
SELECT id, 1, CASE WHEN %(numbers)s THEN now() END
FROM facilities_facility
WHERE kind = 'dinas'
  AND (%(every)s
       OR id IN (SELECT ancestor_id FROM facilities_ancestry WHERE descendant_id = %(place)s))
ORDER BY id
ON CONFLICT (district_id) DO UPDATE SET
    number = version.number + 1,
    changed_at = coalesce(excluded.changed_at, version.changed_at);
