-- How often the numbers have changed of each district that holds the places or lies below them.
-- in   %(places)s   array; NULL for every district
-- out  (district_id, number); first (0, the edition of the forms that Dinas made, 0 without any)
SELECT 0, coalesce(max(edition), 0) FROM reporting_formversion
UNION ALL
SELECT version.district_id, version.number
FROM facilities_dataversion AS version
WHERE %(places)s::bigint[] IS NULL
   OR EXISTS (
       SELECT FROM facilities_ancestry
       WHERE ancestor_id = version.district_id AND descendant_id = ANY(%(places)s::bigint[])
   )
   OR EXISTS (
       SELECT FROM facilities_ancestry
       WHERE descendant_id = version.district_id AND ancestor_id = ANY(%(places)s::bigint[])
   )
ORDER BY 1;
