-- Put down what approved reports of a programme give.
-- in   %(reporters)s, %(reported)s   places, and as text an array for each; NULL is not given
-- out  reported (place_id, numbers)   temporary table, made empty before
WITH emptied AS (DELETE FROM reported)
INSERT INTO reported
SELECT place_id, numbers::int[]
FROM unnest(%(reporters)s::bigint[], string_to_array(%(reported)s, ';'))
    AS line (place_id, numbers);
