-- Rows under the identity of a record that was merged into another are about the other's person.
-- in   staged      temporary table of rows to be written
--      %(first)s   the number of the first row to look at
-- out  staged.identity; renamed (ordinal), temporary table
WITH found AS (
    UPDATE staged SET identity = kept.identity
    FROM clusters_person AS gone
    JOIN clusters_person AS kept ON kept.id = gone.merged_into_id
    WHERE gone.merged_into_id IS NOT NULL AND gone.identity = staged.identity
      AND staged.ordinal >= %(first)s
    RETURNING staged.ordinal
)
INSERT INTO renamed SELECT ordinal FROM found
