-- vi: Văn bản triển khai thực hiện một văn bản
-- en: Documents that implement a given document, also through another
-- $number = '57-NQ/TW': its number and symbol
SELECT
    g.depth,
    d.doc_type,
    d.number,
    d.issued_on,
    d.issuer,
    d.title,
    g.issued_on AS implemented_issued_on,
    g.document_id,
    c.surface AS cited_as,
    place_of(v.path, c.source_line, c.source_page, c.source_element) AS place
FROM genealogy g
JOIN documents d ON d.document_id = g.document_id
JOIN documents v ON v.document_id = g.via_document_id
JOIN citations c ON c.document_id = g.via_document_id AND c.citation_id = g.citation_id
WHERE replace(upper(g.number), ' ', '') = replace(upper($number), ' ', '')
ORDER BY d.issued_on, g.document_id, g.depth
