-- vi: Văn bản được nhiều văn bản triển khai thực hiện nhất
-- en: Documents that most documents implement
SELECT
    g.doc_type,
    g.number,
    max(g.issued_on) AS issued_on,
    any_value(g.issuer) AS issuer,
    count(DISTINCT g.document_id) AS documents,
    count(DISTINCT d.province) AS provinces,
    max(g.implemented_document_id) AS implemented_document_id,
    min(g.document_id) AS document_id,
    arg_min(place_of(v.path, c.source_line, c.source_page, c.source_element), g.document_id) AS place
FROM genealogy g
JOIN documents d ON d.document_id = g.document_id
JOIN documents v ON v.document_id = g.via_document_id
JOIN citations c ON c.document_id = g.via_document_id AND c.citation_id = g.citation_id
WHERE g.number IS NOT NULL
GROUP BY g.doc_type, g.number, year(g.issued_on)
ORDER BY documents DESC, g.number
LIMIT 100
