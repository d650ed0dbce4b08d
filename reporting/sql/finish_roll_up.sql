-- Remove what no longer holds anything, where approved reports were added up.
-- in   affected, changing, reported   temporary tables
--      %(month)s, %(programme)s, %(zeros)s
-- out  reporting_total
DELETE FROM reporting_total AS kept
USING affected
WHERE kept.month = %(month)s::date AND kept.programme = %(programme)s
  AND kept.place_id = affected.place_id
  AND kept.own = %(zeros)s::int[]
  AND kept.total = %(zeros)s::int[]  -- else something lies below: spares looking for it
  AND NOT EXISTS (
      SELECT FROM reported
      JOIN facilities_ancestry AS link ON link.descendant_id = reported.place_id
      WHERE link.ancestor_id = kept.place_id
        AND link.valid @> (kept.month + interval '1 month - 1 day')::date
  )
  AND NOT EXISTS (
      SELECT FROM facilities_ancestry AS link
      JOIN reporting_total AS below
        ON below.place_id = link.descendant_id AND below.month = kept.month
       AND below.programme = kept.programme AND below.own <> %(zeros)s::int[]
      WHERE link.ancestor_id = kept.place_id
        AND link.valid @> (kept.month + interval '1 month - 1 day')::date
  );
