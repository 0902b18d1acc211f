-- vi: Nhiệm vụ đến hạn trong những ngày tới
-- en: Tasks due within the next days
-- $as_of = today: the first day
-- $days = 30: how many days
SELECT
    t.due_on,
    date_diff('day', $as_of::DATE, t.due_on) AS days_left,
    array_to_string(t.leads, '; ') AS leads,
    array_to_string(t.partners, '; ') AS partners,
    t.text,
    d.number,
    t.document_id,
    t.task_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM tasks t
JOIN documents d USING (document_id)
WHERE t.due_on BETWEEN $as_of::DATE AND $as_of::DATE + $days::INTEGER
ORDER BY t.due_on, t.document_id, t.position
LIMIT 1000
