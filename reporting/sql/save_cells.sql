-- The changed cells of a report in one statement, and what was asked of them is answered.
WITH gone AS (
    DELETE FROM reporting_reportvalue WHERE id = ANY(%(gone)s::bigint[])
), kept AS (
    INSERT INTO reporting_reportvalue
        (report_id, element, part, value, absent, text, version, reason, counted)
    SELECT %(report)s, cell.*
    FROM unnest(
        %(elements)s::text[], %(parts)s::text[], %(values)s::int[], %(absents)s::text[],
        %(texts)s::text[], %(versions)s::int[], %(reasons)s::text[], %(counted)s::int[]
    ) AS cell
    ON CONFLICT (report_id, element, part) DO UPDATE SET
        value = EXCLUDED.value, absent = EXCLUDED.absent, text = EXCLUDED.text,
        version = EXCLUDED.version, reason = EXCLUDED.reason,
        counted = EXCLUDED.counted
), answered AS (
    UPDATE reporting_reportcomment AS comment SET is_open = false
    FROM reporting_reportevent AS event,
        unnest(%(changed_elements)s::text[], %(changed_parts)s::text[]) AS changed (element, part)
    WHERE event.id = comment.event_id AND event.report_id = %(report)s AND comment.is_open
        AND comment.element = changed.element AND comment.part IN (changed.part, '')
)
UPDATE reporting_report SET version = %(version)s WHERE id = %(report)s
