-- vi: Nhiệm vụ của cấp xã theo tỉnh
-- en: What communes have to do, by province
SELECT
    d.province_now,
    a.name AS commune,
    count(*) FILTER (a.role = 'lead') AS as_lead,
    count(*) FILTER (a.role = 'partner') AS as_partner,
    count(*) FILTER (t.due_on IS NOT NULL) AS dated,
    count(*) FILTER (t.recurrence IS NOT NULL) AS recurring,
    count(DISTINCT a.document_id) AS documents,
    arg_min(t.text, (t.document_id, t.position)) AS first_task,
    min(t.document_id) AS document_id,
    arg_min(place_of(d.path, t.source_line, t.source_page, t.source_element), (t.document_id, t.position)) AS place
FROM task_agencies a
JOIN tasks t ON t.document_id = a.document_id AND t.task_id = a.task_id
JOIN documents d ON d.document_id = a.document_id
WHERE a.level = 'commune'
GROUP BY d.province_now, a.agency_id, a.name
ORDER BY as_lead + as_partner DESC, a.agency_id, a.name
LIMIT 200
