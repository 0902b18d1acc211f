-- vi: Cơ quan có nhiều nhiệm vụ phối hợp nhất
-- en: Agencies with most coordination duties
WITH duties AS (
    SELECT
        agency_now_id,
        count(*) FILTER (role = 'partner') AS coordinates,
        count(*) FILTER (role = 'lead') AS leads,
        count(DISTINCT document_id) AS documents,
        min((document_id, task_id)) FILTER (role = 'partner') AS first
    FROM task_agencies
    WHERE NOT collective
    GROUP BY agency_now_id
    ORDER BY coordinates DESC, agency_now_id
    LIMIT 50
)
SELECT
    coalesce(n.name, s.name) AS agency_now,
    u.coordinates,
    u.leads,
    u.documents,
    t.text AS first_task,
    t.document_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM duties u
LEFT JOIN agencies n ON n.agency_id = u.agency_now_id
LEFT JOIN (SELECT agency_now_id, any_value(name_now) AS name FROM agencies GROUP BY ALL) s ON s.agency_now_id = u.agency_now_id
LEFT JOIN tasks t ON t.document_id = u.first[1] AND t.task_id = u.first[2]
LEFT JOIN documents d ON d.document_id = t.document_id
ORDER BY u.coordinates DESC, u.agency_now_id
