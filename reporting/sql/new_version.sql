-- Tell a district that its numbers changed without a roll-up, so that no kept page is served.
-- in   %(district)s   id
-- out  facilities_dataversion
INSERT INTO facilities_dataversion AS version (district_id, number)
VALUES (%(district)s, 1)
ON CONFLICT (district_id) DO UPDATE SET number = version.number + 1, changed_at = now();
