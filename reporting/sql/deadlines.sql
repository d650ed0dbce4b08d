-- What is needed to say until when the places hand in their reports of the months.
-- in   %(places)s      array; %(first)s, %(last)s   the months, by their first days
--      %(before)s      the month before them: its rule says where the first begins
--      %(last_off)s    the last day that may be a day off in between
-- out  one row: homes, rules, holidays, extensions; each an array of arrays
SELECT
    (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
                   link.descendant_id, link.ancestor_id, lower(link.valid), upper(link.valid)
               ) ORDER BY link.ancestor_id), '[]')
        FROM facilities_ancestry AS link
        JOIN facilities_facility AS district
          ON district.id = link.ancestor_id AND district.kind = 'dinas'
        WHERE link.descendant_id = ANY(%(places)s)
          AND EXISTS (SELECT FROM reporting_deadline AS rule WHERE rule.district_id = district.id)
    ),
    (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
                   district_id, form_code, kind, since, until, day, days_after, grace_days,
                   to_workday, source, closes_on, opens_after
               )), '[]')
        FROM reporting_deadline
        WHERE since <= %(last)s AND (until IS NULL OR until > %(before)s)
    ),
    (
        SELECT coalesce(jsonb_agg(jsonb_build_array(district_id, day)), '[]')
        FROM reporting_holiday
        WHERE day BETWEEN %(first)s AND %(last_off)s
    ),
    (
        SELECT coalesce(jsonb_agg(jsonb_build_array(facility_id, form_code, month, until)), '[]')
        FROM reporting_extension
        WHERE cancelled_at IS NULL AND month BETWEEN %(first)s AND %(last)s
          AND (%(places)s::bigint[] = '{}' OR facility_id = ANY(%(places)s))
    );
