-- vi: Văn bản theo tỉnh (trước và sau sáp nhập) và năm
-- en: Documents by province (before and since the mergers) and year
SELECT
    coalesce(province_now, '(trung ương)') AS province_now,
    coalesce(province, '(trung ương)') AS province,
    year,
    count(*) AS documents,
    sum(tasks)::BIGINT AS tasks,
    sum(targets)::BIGINT AS targets,
    round(avg(mean_confidence), 3) AS mean_confidence,
    arg_min(title, (issued_on, document_id)) AS first_title,
    arg_min(document_id, (issued_on, document_id)) AS document_id,
    arg_min(path, (issued_on, document_id)) AS place
FROM documents
GROUP BY ALL
ORDER BY province_now, province, year
