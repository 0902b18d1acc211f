-- vi: Nhiệm vụ có thời hạn nhưng không rõ cơ quan chủ trì
-- en: Tasks with a last day and no lead agency
SELECT
    t.due_on,
    t.text,
    array_to_string(t.partners, '; ') AS partners,
    array_to_string(t.section_path, ' / ') AS section,
    d.number,
    t.document_id,
    t.task_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM tasks t
JOIN documents d USING (document_id)
WHERE t.due_on IS NOT NULL AND len(t.leads) = 0
ORDER BY t.due_on, t.document_id, t.position
LIMIT 1000
