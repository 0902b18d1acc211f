-- vi: Nhiệm vụ cần kiểm tra trước hết (độ tin cậy thấp nhất)
-- en: Tasks to review first, the least certain on top
SELECT
    t.confidence,
    t.rule,
    t.text,
    array_to_string(t.leads, '; ') AS leads,
    t.due_on,
    t.document_id,
    t.task_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM tasks t
JOIN documents d USING (document_id)
WHERE NOT d.reviewed
ORDER BY t.confidence NULLS FIRST, t.document_id, t.position
LIMIT 200
