-- Tell the districts that their numbers changed, so that no kept page is served.
-- in   affected (place_id)   temporary table
-- out  facilities_dataversion
INSERT INTO facilities_dataversion AS version (district_id, number)
SELECT id, 1 FROM facilities_facility JOIN affected ON place_id = id WHERE kind = 'dinas'
ORDER BY id
ON CONFLICT (district_id) DO UPDATE SET number = version.number + 1, changed_at = now();
