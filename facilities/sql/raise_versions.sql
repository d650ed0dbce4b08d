-- Tell districts that what is shown of them changed, so that no kept page is served. When their
-- numbers were last counted stays as it is.
-- in   %(place)s   tells all districts that it has ever belonged to; NULL tells every district
-- out  facilities_dataversion
-- In one order, as others raise several at once.
INSERT INTO facilities_dataversion AS version (district_id, number, changed_at)
SELECT id, 1, NULL
FROM facilities_facility
WHERE kind = 'dinas'
  AND (%(place)s::bigint IS NULL
       OR id IN (SELECT ancestor_id FROM facilities_ancestry WHERE descendant_id = %(place)s))
ORDER BY id
ON CONFLICT (district_id) DO UPDATE SET number = version.number + 1;
