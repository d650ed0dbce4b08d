-- Keep the totals of a district's month as they stand now.
-- in   %(release)s, %(district)s, %(month)s, %(last_day)s
-- out  reporting_releasedtotal
INSERT INTO reporting_releasedtotal (release_id, place_id, programme, own, total)
SELECT %(release)s, kept.place_id, kept.programme, kept.own, kept.total
FROM reporting_total AS kept
WHERE kept.month = %(month)s
  AND kept.place_id IN (
      SELECT descendant_id FROM facilities_ancestry
      WHERE ancestor_id = %(district)s AND valid @> %(last_day)s::date
  );
