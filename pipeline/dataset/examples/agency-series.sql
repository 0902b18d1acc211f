-- vi: Nhiệm vụ của một cơ quan qua các năm, kể cả trước khi sáp nhập
-- en: Tasks of one agency over the years, its predecessors included
-- $agency = 'Sở Khoa học và Công nghệ': part of its name today, with or without diacritics
SELECT
    a.agency_now_id,
    any_value(n.name_now) AS agency_now,
    list(DISTINCT a.name ORDER BY a.name) AS named,
    d.year,
    count(*) FILTER (a.role = 'lead') AS leads,
    count(*) FILTER (a.role = 'partner') AS coordinates,
    arg_min(t.text, (t.document_id, t.position)) AS first_task,
    min(t.document_id) AS document_id,
    arg_min(place_of(d.path, t.source_line, t.source_page, t.source_element), (t.document_id, t.position)) AS place
FROM task_agencies a
JOIN agencies n ON n.agency_id = a.agency_id
JOIN tasks t ON t.document_id = a.document_id AND t.task_id = a.task_id
JOIN documents d ON d.document_id = a.document_id
WHERE fold(n.name_now) LIKE '%' || fold($agency) || '%'
GROUP BY a.agency_now_id, d.year
ORDER BY a.agency_now_id, d.year
