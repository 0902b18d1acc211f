-- vi: Báo cáo định kỳ phải nộp trong từng tháng
-- en: Recurring reports due in each month of a year
-- $year = 2026: the year
WITH recurring AS (
    SELECT
        t.document_id,
        t.task_id,
        t.position,
        t.text,
        t.leads,
        t.source_line,
        t.source_page,
        t.source_element,
        dl.recurrence,
        dl.surface,
        dl.start,
        dl."end",
        regexp_extract(dl.recurrence, 'FREQ=(\w+)', 1) AS freq,
        try_cast(regexp_extract(dl.recurrence, 'INTERVAL=(\d+)', 1) AS INTEGER) AS step,
        string_split(regexp_extract(dl.recurrence, 'BYMONTH=([\d,]+)', 1), ',') AS months
    FROM tasks t
    JOIN task_deadlines td USING (document_id, task_id)
    JOIN deadlines dl USING (document_id, deadline_id)
    WHERE t.recurrence IS NOT NULL AND dl.recurrence IS NOT NULL AND t.text ILIKE '%báo cáo%'
)
SELECT
    $year::INTEGER AS year,
    m.month,
    r.surface AS said,
    r.recurrence,
    array_to_string(r.leads, '; ') AS leads,
    r.text,
    r.document_id,
    r.task_id,
    place_of(d.path, r.source_line, r.source_page, r.source_element) AS place
FROM recurring r
JOIN documents d USING (document_id)
JOIN range(1, 13) m(month) ON CASE
    WHEN r.months <> [''] THEN list_contains(r.months, m.month::VARCHAR)
    WHEN r.freq = 'MONTHLY' THEN m.month % coalesce(r.step, 1) = 0
    WHEN r.freq = 'YEARLY' THEN m.month = 12
    ELSE true
END
WHERE coalesce(r.start, d.issued_on, make_date($year::INTEGER, 1, 1)) <= make_date($year::INTEGER, m.month::INTEGER, 28)
    AND coalesce(r."end", make_date($year::INTEGER, 12, 31)) >= make_date($year::INTEGER, m.month::INTEGER, 1)
ORDER BY m.month, r.document_id, r.position
LIMIT 1000
