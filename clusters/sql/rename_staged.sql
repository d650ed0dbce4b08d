-- Rows under the identity of a record that was merged into another are about the other's person.
-- in   staged, who   temporary tables of rows to be written and of their persons
--      %(first)s     the number of the first row to look at
-- out  staged.identity, who.person_id; renamed (ordinal), temporary table
WITH found AS (
    UPDATE staged SET identity = kept.identity
    FROM who
    JOIN clusters_person AS gone ON gone.id = who.person_id
    JOIN clusters_person AS kept ON kept.id = gone.merged_into_id
    WHERE who.ordinal = staged.ordinal AND NOT who.is_new AND gone.merged_into_id IS NOT NULL
      AND who.ordinal >= %(first)s
    RETURNING staged.ordinal, kept.id AS person_id
),
corrected AS (
    UPDATE who SET person_id = found.person_id FROM found WHERE found.ordinal = who.ordinal
)
INSERT INTO renamed SELECT ordinal FROM found
