-- Mark every cell that written visits changed, and remember whose visits they were.
-- in   written (person_id, facility_id, home_id, seen_on), homes_before (home_id, seen_on)
--      %(programme)s
-- out  facilities_changedcell; temporary table touched (person_id)
INSERT INTO facilities_changedcell (place_id, month, programme)
SELECT DISTINCT place_id, date_trunc('month', seen_on)::date, %(programme)s
FROM (
    SELECT facility_id AS place_id, seen_on FROM written
    UNION ALL SELECT home_id, seen_on FROM written
    UNION ALL SELECT home_id, seen_on FROM homes_before WHERE EXISTS (SELECT FROM written)
) AS cell
WHERE place_id IS NOT NULL;

CREATE TEMP TABLE touched ON COMMIT DROP AS SELECT DISTINCT person_id FROM written;
