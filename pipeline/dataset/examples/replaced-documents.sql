-- vi: Văn bản bị thay thế, bãi bỏ
-- en: Documents that others replace or repeal
SELECT
    r.doc_type,
    r.number,
    r.issued_on,
    d.number AS replaced_by,
    d.issued_on AS replaced_on,
    d.issuer,
    r.replaced_document_id,
    c.surface,
    r.document_id,
    place_of(d.path, c.source_line, c.source_page, c.source_element) AS place
FROM replacements r
JOIN documents d USING (document_id)
JOIN citations c USING (document_id, citation_id)
ORDER BY d.issued_on, r.document_id, c.span_start
