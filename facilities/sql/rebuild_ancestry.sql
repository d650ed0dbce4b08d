-- Rebuild facilities_ancestry whole, from opening dates and placements. No parameters.
-- A link holds while every placement along its way holds; links of one pair that touch or
-- overlap (two ways up, a renewed placement) become one range.
-- Where a building stands says nothing about those whom it supervises: they lie where they lie.
-- So "area" and "label" are inherited through regions only; "network" is inherited always.
DELETE FROM facilities_ancestry;

WITH RECURSIVE link (descendant_id, ancestor_id, valid) AS (
    SELECT id, id, daterange(opened_on, closed_on)
    FROM facilities_facility
    UNION
    SELECT link.descendant_id, placement.parent_id, link.valid * placement.valid
    FROM link
    JOIN facilities_facility AS ancestor
      ON ancestor.id = link.ancestor_id
    JOIN facilities_placement AS placement
      ON placement.facility_id = link.ancestor_id AND placement.valid && link.valid
    WHERE placement.axis = 'network'
       OR ancestor.kind IN ('desa', 'kecamatan')
       OR link.descendant_id = link.ancestor_id
)
INSERT INTO facilities_ancestry (ancestor_id, descendant_id, valid)
SELECT ancestor_id, descendant_id, unnest(range_agg(valid))
FROM link
GROUP BY ancestor_id, descendant_id;
