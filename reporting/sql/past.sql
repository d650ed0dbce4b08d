-- What the place of a report said on the same form before: for each of its last reports the month,
-- the week, whether it was sent, and the numbers by "element|part". One text, to be read as JSON.
-- Numbers are looked up report by report: read together, all that anybody ever reported was sorted.
SELECT json_agg(json_build_array(earlier.month, earlier.week, earlier.sent, told.numbers))::text
FROM (
    SELECT other.id, other.month, other.week, other.sent_at IS NOT NULL AS sent
    FROM reporting_report AS report
    JOIN reporting_report AS other
        ON other.facility_id = report.facility_id AND other.form_code = report.form_code
        AND (other.month, other.week) < (report.month, report.week)
    WHERE report.id = %(report)s
    ORDER BY other.month DESC, other.week DESC
    LIMIT %(most)s
) AS earlier
CROSS JOIN LATERAL (
    SELECT json_object_agg(cell.element || '|' || cell.part, cell.value) AS numbers
    FROM reporting_reportvalue AS cell
    WHERE cell.report_id = earlier.id AND cell.text = ''
    OFFSET 0
) AS told
WHERE told.numbers IS NOT NULL
