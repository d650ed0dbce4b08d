-- What registers say at places and below them, month by month.
-- in   %(places)s, %(months)s   arrays; months by their first days
--      %(codes)s                the registers wanted
--      %(life_cycle)s           services that a Posyandu for all ages gives in a month
--      %(deadlines)s            json: [{district, form, kind, month, week, until}], every report
--                               that is due, week 0 for those of a month, district 0 for places
--                               without rules; selectors/deadlines.py has worked them out
--      %(longer)s               json: [{place, form, month, until}]
--      %(zone)s                 in which the day of sending is told
--      %(uci)s, %(idl)s         UCI's percentage in each of the months; slots of who is complete
--      %(basis)s                of the sasaran that it is measured by
-- out  (place_id, month, code, value)
WITH wanted AS MATERIALIZED (
    SELECT month::date, (month + interval '1 month - 1 day')::date AS last_day, uci
    FROM unnest(%(months)s::date[], %(uci)s::float[]) AS asked (month, uci)
),
below AS MATERIALIZED (
    SELECT link.ancestor_id AS place_id, wanted.month, wanted.last_day, facility.id, facility.kind
    FROM wanted
    JOIN facilities_ancestry AS link
      -- valid @> last_day in two halves: the planner takes the whole for one row in hundreds and
      -- then joins all that follows row by row, which took minutes in a large district.
      ON link.ancestor_id = ANY(%(places)s)
     AND coalesce(lower(link.valid), '-infinity') <= wanted.last_day
     AND coalesce(upper(link.valid), 'infinity') > wanted.last_day
    JOIN facilities_facility AS facility
      ON facility.id = link.descendant_id AND facility.opened_on <= wanted.last_day
     AND (facility.closed_on IS NULL OR facility.closed_on > wanted.last_day)
    WHERE facility.kind IN ('puskesmas', 'pustu', 'posyandu', 'desa')
),
kinds AS (
    SELECT place_id, month, 'F_' || upper(kind) AS code, count(*) AS value
    FROM below GROUP BY 1, 2, 3
),
launched AS (
    SELECT below.place_id, below.month, 'F_' || upper(below.kind) || '_ILP' AS code,
           count(*) FILTER (WHERE status.state IN ('berjalan', 'terverifikasi')) AS value
    FROM below
    LEFT JOIN LATERAL (
        SELECT state FROM facilities_ilpstatus
        WHERE facility_id = below.id AND cancelled_at IS NULL AND since <= below.last_day
        ORDER BY since DESC LIMIT 1
    ) AS status ON true
    WHERE below.kind IN ('puskesmas', 'pustu')
      AND 'F_' || upper(below.kind) || '_ILP' = ANY(%(codes)s)
    GROUP BY 1, 2, 3
),
served AS (
    SELECT below.place_id, below.month, below.id,
           array_agg(kept.programme::text) FILTER (WHERE kept.place_id IS NOT NULL) AS services
    FROM below
    LEFT JOIN (
        SELECT visit.place_id, visit.month, visit.programme
        FROM reporting_total AS visit
        JOIN unnest(%(visits)s::text[], %(slots)s::int[]) AS slot (programme, number)
          ON slot.programme = visit.programme AND visit.own[slot.number] > 0
        WHERE visit.month = ANY(%(months)s::date[])
    ) AS kept ON kept.place_id = below.id AND kept.month = below.month
    WHERE below.kind = 'posyandu'
      AND ARRAY['F_POSYANDU_AKTIF', 'F_POSYANDU_SIKLUS'] && %(codes)s::text[]
    GROUP BY 1, 2, 3
),
lively AS (
    SELECT served.place_id, served.month, said.code, count(*) FILTER (WHERE said.holds) AS value
    FROM served
    CROSS JOIN LATERAL (VALUES
        ('F_POSYANDU_AKTIF', services IS NOT NULL),
        ('F_POSYANDU_SIKLUS', coalesce(services @> %(life_cycle)s::text[], false))
    ) AS said (code, holds)
    GROUP BY 1, 2, 3
),
last_days AS MATERIALIZED (
    SELECT said.district, said.form, said.kind, said.month, said.week, said.until
    FROM jsonb_to_recordset(%(deadlines)s::jsonb)
        AS said (district bigint, form text, kind text, month date, week int, until date)
),
longer AS MATERIALIZED (
    SELECT said.place, said.form, said.month, said.until
    FROM jsonb_to_recordset(%(longer)s::jsonb)
        AS said (place bigint, form text, month date, until date)
),
ruled AS MATERIALIZED (  -- the district whose rules a place goes by
    SELECT wanted.month, link.descendant_id AS id, min(link.ancestor_id) AS district
    FROM wanted
    JOIN facilities_ancestry AS link
      ON link.ancestor_id IN (SELECT district FROM last_days WHERE district > 0)
     AND coalesce(lower(link.valid), '-infinity') <= wanted.last_day  -- as below
     AND coalesce(upper(link.valid), 'infinity') > wanted.last_day
    GROUP BY 1, 2
),
due AS (  -- a place that is closed at the end of the month counts on no side
    SELECT below.place_id, below.month, report.id,
           report.sent_at IS NOT NULL AND report.status IN ('sent', 'verified', 'approved') AS sent,
           (report.sent_at AT TIME ZONE %(zone)s)::date
               <= greatest(last_days.until, longer.until) AS in_time
    FROM below
    LEFT JOIN ruled ON ruled.id = below.id AND ruled.month = below.month
    JOIN last_days
      ON last_days.district = coalesce(ruled.district, 0)
     AND last_days.kind = below.kind AND last_days.month = below.month
    LEFT JOIN longer
           ON longer.place = below.id AND longer.form = last_days.form
          AND longer.month = below.month
    LEFT JOIN reporting_report AS report
           ON report.facility_id = below.id AND report.month = below.month
          AND report.form_code = last_days.form AND report.week = last_days.week
    WHERE ARRAY['F_LAPORAN_WAJIB', 'F_LAPORAN_MASUK', 'F_LAPORAN_TEPAT'] && %(codes)s::text[]
),
reports AS (
    SELECT due.place_id, due.month, said.code, count(*) FILTER (WHERE said.holds) AS value
    FROM due
    CROSS JOIN LATERAL (VALUES
        ('F_LAPORAN_WAJIB', true),
        ('F_LAPORAN_MASUK', coalesce(sent, false)),
        ('F_LAPORAN_TEPAT', coalesce(sent AND in_time, false))
    ) AS said (code, holds)
    GROUP BY 1, 2, 3
),
villages AS MATERIALIZED (
    SELECT DISTINCT below.id, below.month, below.last_day FROM below
    WHERE below.kind = 'desa' AND 'F_DESA_UCI' = ANY(%(codes)s)
),
complete AS (
    SELECT village.id, village.month, sum(kept.total[slot]) AS given
    FROM villages AS village
    JOIN reporting_total AS kept
      ON kept.place_id = village.id AND kept.programme = 'immunisation'
     AND kept.month BETWEEN date_trunc('year', village.month)::date AND village.month
    CROSS JOIN unnest(%(idl)s::int[]) AS slot
    GROUP BY 1, 2
),
in_force AS (
    SELECT DISTINCT ON (wanted.month, made.district_id) wanted.month, made.id
    FROM wanted
    JOIN reporting_targetset AS made
      ON made.year = extract(year FROM wanted.month) AND made.since <= wanted.month
     AND made.basis = %(basis)s
    WHERE 'F_DESA_UCI' = ANY(%(codes)s)
    ORDER BY wanted.month, made.district_id, made.since DESC, made.version DESC
),
expected AS (  -- a village's own number, else the sum of its Posyandu
    SELECT village.id, village.month,
           coalesce(max(target.value) FILTER (WHERE target.place_id = village.id),
                    sum(target.value) FILTER (WHERE inside.kind = 'posyandu')) AS infants
    FROM villages AS village
    JOIN facilities_ancestry AS link
      ON link.ancestor_id = village.id AND link.valid @> village.last_day
    JOIN facilities_facility AS inside ON inside.id = link.descendant_id
    JOIN in_force ON in_force.month = village.month
    JOIN reporting_target AS target
      ON target.set_id = in_force.id AND target.place_id = inside.id AND target.code = 'S_SI'
    GROUP BY 1, 2
),
immunised AS (
    SELECT below.place_id, below.month, 'F_DESA_UCI' AS code,
           count(*) FILTER (
               WHERE expected.infants > 0 AND complete.given * 1200
                     >= wanted.uci * extract(month FROM below.month) * expected.infants
           ) AS value
    FROM below
    JOIN villages AS village ON village.id = below.id AND village.month = below.month
    JOIN wanted ON wanted.month = below.month
    LEFT JOIN complete ON complete.id = below.id AND complete.month = below.month
    LEFT JOIN expected ON expected.id = below.id AND expected.month = below.month
    GROUP BY 1, 2
),
provinces AS (
    SELECT link.descendant_id AS place_id, wanted.month, 'F_PROVINSI' AS code,
           min(substring(above.code FROM '^\d\d')::int) AS value
    FROM wanted
    JOIN facilities_ancestry AS link
      ON link.descendant_id = ANY(%(places)s) AND link.valid @> wanted.last_day
    JOIN facilities_facility AS above
      ON above.id = link.ancestor_id AND above.kind IN ('dinas', 'provinsi')
    WHERE 'F_PROVINSI' = ANY(%(codes)s)
    GROUP BY 1, 2
)
SELECT place_id, month, code, value::int
FROM (
    SELECT * FROM kinds
    UNION ALL SELECT * FROM launched
    UNION ALL SELECT * FROM lively
    UNION ALL SELECT * FROM reports
    UNION ALL SELECT * FROM immunised
    UNION ALL SELECT * FROM provinces
) AS found
WHERE code = ANY(%(codes)s);
