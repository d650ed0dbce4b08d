-- Mark every cell that written visits changed, and whose visits they were.
-- in   written (person_id, facility_id, home_id, seen_on), known (person_id, facility_id, seen_on, home_id)
--      as they were before         temporary tables
--      %(programme)s
-- out  facilities_changedcell, clusters_touchedperson
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT DISTINCT place_id, date_trunc('month', seen_on)::date, %(programme)s, false
FROM (  -- days first: a file has few, and taking the month of each row costs more than all else
    SELECT facility_id AS place_id, seen_on FROM written
    UNION SELECT home_id, seen_on FROM written
    UNION
    SELECT known.home_id, seen_on FROM known JOIN written USING (person_id, facility_id, seen_on)
) AS cell
WHERE place_id IS NOT NULL;

INSERT INTO clusters_touchedperson (person_id, service)
SELECT DISTINCT person_id, %(programme)s FROM written;
