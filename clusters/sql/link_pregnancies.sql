-- Put the antenatal visits of the touched persons into pregnancies and count tablets within each.
-- in   touched (person_id)   temporary table
--      %(gap)s               days between two estimates of the last period that make two pregnancies
-- Estimates are laid side by side in their own order, not the visits': one that was typed wrong is
-- then a pregnancy by itself, and does not cut the one in which it was typed in two.
-- out  clusters_antenatal: pregnancy_on, tablets_so_far, tablets_taken_so_far
WITH estimated AS (
    SELECT id, person_id, seen_on, lmp_estimate_on, tablets, tablets_taken,
           lmp_estimate_on - lag(lmp_estimate_on) OVER estimates AS gap
    FROM clusters_antenatal
    WHERE cancelled_at IS NULL AND lmp_estimate_on IS NOT NULL
      AND person_id IN (SELECT person_id FROM touched)
    WINDOW estimates AS (PARTITION BY person_id ORDER BY lmp_estimate_on)
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE gap > %(gap)s)
              OVER (PARTITION BY person_id ORDER BY lmp_estimate_on) AS pregnancy
    FROM estimated
),
linked AS (
    SELECT id,
           first_value(lmp_estimate_on) OVER so_far AS pregnancy_on,
           coalesce(sum(tablets) OVER so_far, 0) AS tablets_so_far,
           coalesce(sum(tablets_taken) OVER so_far, 0) AS tablets_taken_so_far
    FROM numbered
    WINDOW so_far AS (
        PARTITION BY person_id, pregnancy ORDER BY seen_on, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
)
UPDATE clusters_antenatal AS visit
SET pregnancy_on = linked.pregnancy_on,
    tablets_so_far = linked.tablets_so_far,
    tablets_taken_so_far = linked.tablets_taken_so_far
FROM linked
WHERE visit.id = linked.id
  AND (visit.pregnancy_on, visit.tablets_so_far, visit.tablets_taken_so_far)
      IS DISTINCT FROM
      (linked.pregnancy_on, linked.tablets_so_far::int, linked.tablets_taken_so_far::int);
