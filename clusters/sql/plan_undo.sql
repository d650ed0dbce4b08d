-- What becomes of the visits of which an upload said something, once it is (or is not) taken back.
-- What shows of a visit is the last that was said of it by an upload that stands, down to what a form
-- said; a visit of which nothing is left does not stand.
-- in   asked (id, ours)     temporary table of visits; not ours: of uploads put back, which may stand
--                           in place of ours
--      {table}, {not_said}  the service's table; its columns that are no part of what is set aside
--      %(upload)s, %(stands)s, %(service)s
-- out  plan (id, ours, person_id, facility_id, home_id, seen_on, what, why, said,
--      said_at)  temporary table
--      what: cancel, restore, stand, or NULL where why says the reason to leave it as it is
-- The steps are tables with statistics: estimates alone make the planner loop over visits.
CREATE TEMP TABLE layers ON COMMIT DROP AS
SELECT aside.visit_id, aside.upload_id, aside.id AS depth, aside.said
FROM clusters_setaside AS aside JOIN asked ON asked.id = aside.visit_id
WHERE aside.service = %(service)s;
ANALYZE layers;
-- What shows and was never set aside is the newest.
INSERT INTO layers
SELECT visit.id, visit.upload_id, 9223372036854775807, NULL
FROM {table} AS visit JOIN asked ON asked.id = visit.id
LEFT JOIN layers ON layers.visit_id = visit.id AND layers.upload_id = visit.upload_id
WHERE visit.upload_id IS NOT NULL AND layers.visit_id IS NULL;
ANALYZE layers;

CREATE TEMP TABLE forms ON COMMIT DROP AS  -- below what a form said nothing shows any more
SELECT DISTINCT ON (visit_id) visit_id, depth, said
FROM layers WHERE upload_id IS NULL ORDER BY visit_id, depth DESC;
ANALYZE forms;

CREATE TEMP TABLE tops ON COMMIT DROP AS
SELECT DISTINCT ON (layers.visit_id) layers.visit_id, layers.upload_id, layers.said,
       upload.finished_at AS said_at
FROM layers
LEFT JOIN forms ON forms.visit_id = layers.visit_id
LEFT JOIN clusters_upload AS upload ON upload.id = layers.upload_id
WHERE layers.depth >= coalesce(forms.depth, 0)
  AND CASE WHEN layers.upload_id = %(upload)s THEN %(stands)s
           ELSE upload.status IS DISTINCT FROM 'cancelled' END
ORDER BY layers.visit_id, layers.depth DESC;
ANALYZE tops;

CREATE TEMP TABLE plan ON COMMIT DROP AS
WITH kept AS MATERIALIZED (
    SELECT DISTINCT visit_id FROM layers WHERE depth < 9223372036854775807
),
state AS (
    SELECT asked.id, asked.ours, visit.person_id, visit.facility_id, visit.home_id, visit.seen_on,
           visit.upload_id, visit.cancelled_at IS NULL AS standing, tops.visit_id IS NOT NULL AS remains,
           tops.upload_id IS NOT DISTINCT FROM visit.upload_id AS shows, tops.said, tops.said_at,
           CASE WHEN visit.cancelled_at IS NOT NULL
                THEN visit.extra ->> 'cancelled_because' IS NOT DISTINCT FROM 'upload'
                WHEN visit.upload_id IS NOT NULL THEN true
                ELSE forms.said IS NOT DISTINCT FROM to_jsonb(visit) - {not_said}
           END AS untouched,
           -- changed by an upload from before there was anything set aside
           visit.recorded_at < shown.created_at
               AND kept.visit_id IS NULL AS unknown
    FROM asked
    JOIN {table} AS visit ON visit.id = asked.id
    LEFT JOIN forms ON forms.visit_id = visit.id
    LEFT JOIN tops ON tops.visit_id = visit.id
    LEFT JOIN kept ON kept.visit_id = visit.id
    LEFT JOIN clusters_upload AS shown ON shown.id = visit.upload_id
),
decided AS (
    SELECT *, CASE
        WHEN NOT untouched OR unknown THEN NULL
        WHEN standing AND NOT remains THEN 'cancel'
        WHEN standing AND NOT shows THEN 'restore'
        WHEN NOT standing AND remains THEN 'stand'
    END AS what
    FROM state
)
SELECT id, ours, person_id, facility_id, home_id, seen_on, what,
       CASE WHEN what IS NOT NULL THEN NULL
            WHEN NOT untouched AND NOT standing THEN 'cancelled'
            WHEN standing AND (NOT untouched OR unknown OR upload_id IS DISTINCT FROM %(upload)s)
            THEN 'changed'
       END AS why,
       CASE WHEN NOT shows THEN said END AS said, said_at
FROM decided;
ANALYZE plan;
DROP TABLE layers, forms, tops;
