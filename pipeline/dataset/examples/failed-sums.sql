-- vi: Bảng kinh phí có tổng không khớp
-- en: Budgets whose sums do not come out
SELECT
    b.failed_checks,
    b.checks,
    b.caption,
    b.unit,
    d.number,
    d.issuer,
    b.document_id,
    b.budget_id,
    place_of(d.path, b.source_line, b.source_page, b.source_element) AS place
FROM budgets b
JOIN documents d USING (document_id)
WHERE b.failed_checks > 0
ORDER BY b.failed_checks DESC, b.document_id, b.budget_id
