-- vi: Nhiệm vụ quá hạn tại một ngày
-- en: Tasks whose last day had passed at a date
-- $as_of = today: the day
-- $lead = '': part of the name of a lead agency, with or without diacritics
SELECT
    t.due_on,
    date_diff('day', t.due_on, $as_of::DATE) AS days_over,
    array_to_string(t.leads, '; ') AS leads,
    t.text,
    d.number,
    t.document_id,
    t.task_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM tasks t
JOIN documents d USING (document_id)
WHERE t.due_on < $as_of::DATE
    AND ($lead = '' OR fold(array_to_string(t.leads, ';')) LIKE '%' || fold($lead) || '%')
ORDER BY t.due_on, t.document_id, t.position
LIMIT 1000
