-- Put all places on the to-do list for every month of a span.
-- in   %(first)s, %(last)s   first days of months
-- out  facilities_changedcell
INSERT INTO facilities_changedcell (place_id, month, programme)
SELECT id, month::date, '*'
FROM facilities_facility
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS month
RETURNING id;
