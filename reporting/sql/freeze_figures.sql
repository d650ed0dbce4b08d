-- Keep what indicators of places take from elsewhere than totals.
-- in   %(release)s
--      %(places)s, %(numbers)s   pairwise: the place, {code: number} as json
-- out  reporting_releasedfigures
INSERT INTO reporting_releasedfigures (release_id, place_id, numbers)
SELECT %(release)s, place_id, numbers::jsonb
FROM unnest(%(places)s::bigint[], %(numbers)s::text[]) AS given (place_id, numbers);
