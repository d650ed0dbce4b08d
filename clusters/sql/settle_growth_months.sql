-- Work out anew how each touched child stood at the end of each month in which it was seen.
-- in   touched (person_id)   temporary table
--      %(kbm)s               json: the least gain, [{sex, age_months, grams, since, until}]
-- out  clusters_growthmonth, facilities_changedcell (programme growth)
-- A child counts where and as old as it was at the last weighing of the month (without one, at its
-- last visit); of each measure the last value of the month. Acted on: confirmed by staff, and given
-- food or advice, within the month. N gained at least the least gain for its
-- age since the month before, T did not, O was not weighed the month before or has no least gain, B
-- was never weighed before or is not yet a month old: clusters.growth.weighing says the same.
-- The steps are tables with statistics: estimates alone make the planner loop over children.
ANALYZE touched;
CREATE TEMP TABLE monthly ON COMMIT DROP AS
    SELECT person_id, date_trunc('month', seen_on)::date AS month,
           (array_agg(id ORDER BY weight IS NULL, seen_on DESC, id DESC))[1] AS visit_id,
           (array_agg(facility_id ORDER BY weight IS NULL, seen_on DESC, id DESC))[1]
               AS facility_id,
           (array_agg(home_id ORDER BY weight IS NULL, seen_on DESC, id DESC))[1] AS home_id,
           (array_agg(sex ORDER BY weight IS NULL, seen_on DESC, id DESC))[1] AS sex,
           (array_agg(age_months ORDER BY weight IS NULL, seen_on DESC, id DESC))[1] AS age_months,
           (array_agg(weight ORDER BY seen_on DESC, id DESC)
               FILTER (WHERE weight IS NOT NULL))[1] AS weight,
           (array_agg(waz_class ORDER BY seen_on DESC, id DESC)
               FILTER (WHERE waz_class IS NOT NULL))[1] AS waz_class,
           (array_agg(haz_class ORDER BY seen_on DESC, id DESC)
               FILTER (WHERE haz_class IS NOT NULL))[1] AS haz_class,
           (array_agg(whz_class ORDER BY seen_on DESC, id DESC)
               FILTER (WHERE whz_class IS NOT NULL))[1] AS whz_class,
           coalesce(bool_or(confirmed) AND bool_or(extra_food IS TRUE OR education IS TRUE), false)
               AS acted_on
    FROM clusters_growth
    WHERE cancelled_at IS NULL AND person_id IN (SELECT person_id FROM touched)
    GROUP BY person_id, date_trunc('month', seen_on)::date;
ANALYZE monthly;

CREATE TEMP TABLE labelled ON COMMIT DROP AS
WITH least AS (
    SELECT * FROM jsonb_to_recordset(%(kbm)s::jsonb)
        AS (sex text, age_months int, grams numeric, since date, until date)
),
weighed AS (
    SELECT person_id, month, sex, age_months, weight, lag(weight) OVER months AS weight_before,
           lag(month) OVER months AS month_before
    FROM monthly WHERE weight IS NOT NULL
    WINDOW months AS (PARTITION BY person_id ORDER BY month)
)
SELECT weighed.person_id, weighed.month,
       CASE
           WHEN month_before IS NULL OR weighed.age_months < 1 THEN 'B'
           WHEN month_before < (weighed.month - interval '1 month')::date THEN 'O'
           WHEN least.grams IS NULL THEN 'O'
           WHEN (weighed.weight - weight_before) * 1000 >= least.grams THEN 'N'
           ELSE 'T'
       END AS label
FROM weighed
LEFT JOIN least ON least.sex = weighed.sex AND least.age_months = weighed.age_months
     AND least.since <= weighed.month AND (least.until IS NULL OR weighed.month < least.until);
ANALYZE labelled;

CREATE TEMP TABLE state ON COMMIT DROP AS
WITH lengths AS (
    SELECT person_id, month, haz_class IN ('pendek', 'sangat_pendek') AS stunted,
           lag(haz_class IN ('pendek', 'sangat_pendek')) OVER months AS stunted_before
    FROM monthly WHERE haz_class IS NOT NULL
    WINDOW months AS (PARTITION BY person_id ORDER BY month)
)
SELECT monthly.person_id, monthly.month, monthly.facility_id, monthly.home_id, monthly.sex,
       monthly.age_months, coalesce(labelled.label, '') AS label,
       coalesce(labelled.label = 'T' AND before.label = 'T', false) AS twice_t,
       coalesce(monthly.waz_class = 'sangat_kurang', false) AS below_red_line,
       monthly.waz_class, monthly.haz_class, monthly.whz_class,
       CASE WHEN NOT lengths.stunted_before THEN lengths.stunted END AS newly_stunted,
       monthly.acted_on, monthly.visit_id
FROM monthly
LEFT JOIN labelled USING (person_id, month)
LEFT JOIN labelled AS before
       ON before.person_id = monthly.person_id
      AND before.month = (monthly.month - interval '1 month')::date
LEFT JOIN lengths ON lengths.person_id = monthly.person_id AND lengths.month = monthly.month;
ANALYZE state;

WITH gone AS (
    DELETE FROM clusters_growthmonth AS old
    WHERE old.person_id IN (SELECT person_id FROM touched)
      AND NOT EXISTS (
          SELECT FROM state AS new
          WHERE new.person_id = old.person_id AND new.month = old.month
            AND (new.facility_id, new.home_id, new.sex, new.age_months, new.label, new.twice_t,
                 new.below_red_line, new.waz_class, new.haz_class, new.whz_class,
                 new.newly_stunted, new.acted_on, new.visit_id)
                IS NOT DISTINCT FROM
                (old.facility_id, old.home_id, old.sex, old.age_months, old.label, old.twice_t,
                 old.below_red_line, old.waz_class, old.haz_class, old.whz_class,
                 old.newly_stunted, old.acted_on, old.visit_id)
      )
    RETURNING old.facility_id, old.home_id, old.month
)
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT DISTINCT place_id, month, 'growth', false
FROM gone CROSS JOIN LATERAL unnest(ARRAY[facility_id, home_id]) AS place (place_id)
WHERE place_id IS NOT NULL;

WITH added AS (
    INSERT INTO clusters_growthmonth
        (person_id, month, facility_id, home_id, sex, age_months, label, twice_t, below_red_line,
         waz_class, haz_class, whz_class, newly_stunted, acted_on, visit_id)
    SELECT person_id, month, facility_id, home_id, sex, age_months, label, twice_t,
           below_red_line, waz_class, haz_class, whz_class, newly_stunted, acted_on, visit_id
    FROM state
    ON CONFLICT (person_id, month) DO NOTHING
    RETURNING facility_id, home_id, month
)
INSERT INTO facilities_changedcell (place_id, month, programme, whole)
SELECT DISTINCT place_id, month, 'growth', false
FROM added CROSS JOIN LATERAL unnest(ARRAY[facility_id, home_id]) AS place (place_id)
WHERE place_id IS NOT NULL;

DROP TABLE monthly, labelled, state;
