-- In how many rows the totals of a district's month differ from a release of it.
-- in   %(release)s, %(district)s, %(month)s, %(last_day)s
-- out  (number): a row on one side only counts; zeros at the end of an array are no difference,
--      as a slot that is younger than the row is read as zero
WITH now AS (
    SELECT place_id, programme, own, total
    FROM reporting_total
    WHERE month = %(month)s
      AND place_id IN (
          SELECT descendant_id FROM facilities_ancestry
          WHERE ancestor_id = %(district)s AND valid @> %(last_day)s::date
      )
),
before AS (
    SELECT place_id, programme, own, total FROM reporting_releasedtotal
    WHERE release_id = %(release)s
),
both_sides AS (
    SELECT array_to_string(now.own, ',') || ';' || array_to_string(now.total, ',') AS here,
           array_to_string(before.own, ',') || ';' || array_to_string(before.total, ',') AS there
    FROM now FULL JOIN before USING (place_id, programme)
)
SELECT count(*) FROM both_sides
WHERE regexp_replace(here, '(,0)+(;|$)', '\2', 'g')
      IS DISTINCT FROM regexp_replace(there, '(,0)+(;|$)', '\2', 'g');
