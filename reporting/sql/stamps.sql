-- The last release of each district's months.
-- out  (id, district_id, month, number, released_on)
SELECT DISTINCT ON (district_id, month) id, district_id, month, number, released_on
FROM reporting_release
ORDER BY district_id, month, number DESC;
