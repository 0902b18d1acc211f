-- vi: Chỉ tiêu về một nội dung ở các tỉnh
-- en: Targets of one indicator across provinces
-- $indicator = 'dịch vụ công trực tuyến': words of the indicator, with or without diacritics
SELECT
    d.province,
    d.province_now,
    m.comparator,
    m.value,
    m.value_max,
    m.unit,
    m."end" AS by_day,
    t.indicator,
    t.text,
    d.number,
    t.document_id,
    t.target_id,
    place_of(d.path, t.source_line, t.source_page, t.source_element) AS place
FROM targets t
JOIN measures m USING (document_id, target_id)
JOIN documents d USING (document_id)
WHERE fold(t.indicator) LIKE '%' || fold($indicator) || '%'
ORDER BY d.province NULLS FIRST, by_day, t.document_id, t.position, m.position
LIMIT 1000
