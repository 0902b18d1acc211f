-- vi: Nhiệm vụ đến hạn theo quý và cơ quan chủ trì
-- en: Tasks due per quarter and lead agency
SELECT
    year(t.due_on) || '-Q' || quarter(t.due_on) AS quarter,
    any_value(coalesce(n.name_now, a.name)) AS agency_now,
    count(DISTINCT (t.document_id, t.task_id)) AS tasks,
    min(t.due_on) AS first_due,
    arg_min(t.text, (t.due_on, t.document_id, t.position)) AS first_task,
    arg_min(t.document_id, (t.due_on, t.document_id, t.position)) AS document_id,
    arg_min(place_of(d.path, t.source_line, t.source_page, t.source_element), (t.due_on, t.document_id, t.position)) AS place
FROM tasks t
JOIN task_agencies a ON a.document_id = t.document_id AND a.task_id = t.task_id AND a.role = 'lead'
JOIN agencies n ON n.agency_id = a.agency_id
JOIN documents d ON d.document_id = t.document_id
WHERE t.due_on IS NOT NULL
GROUP BY quarter, a.agency_now_id
ORDER BY quarter, tasks DESC, a.agency_now_id
