-- Two rows of a file may turn out to be about one person, place and day, because their persons were
-- merged: the renamed row is left out, and its sender is told.
-- in   staged, renamed (ordinal)   temporary tables
--      %(first)s                   the number of the first row to look at
--      %(every)s                   true, or false to look at rows without a home only
-- out  (ordinal, what is wrong) of the rows left out
DELETE FROM staged
USING renamed
WHERE renamed.ordinal = staged.ordinal AND staged.ordinal >= %(first)s
  AND (%(every)s OR staged.home_id IS NULL)
  AND EXISTS (
      SELECT FROM staged AS other
      WHERE other.identity = staged.identity AND other.facility_id = staged.facility_id
        AND other.seen_on = staged.seen_on AND other.ordinal <> staged.ordinal
        AND (other.ordinal < staged.ordinal
             OR NOT EXISTS (SELECT FROM renamed AS r WHERE r.ordinal = other.ordinal))
  )
RETURNING staged.ordinal, 'name'
