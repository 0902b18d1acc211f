-- vi: Kinh phí theo nguồn vốn và năm (khoản nêu nhiều lần tính một lần)
-- en: Budgets by funding source and year (money said more than once counts once)
SELECT
    CASE l.source
        WHEN 'central' THEN 'Ngân sách trung ương'
        WHEN 'local' THEN 'Ngân sách địa phương'
        WHEN 'state' THEN 'Ngân sách nhà nước'
        WHEN 'loans' THEN 'Vốn vay, viện trợ'
        WHEN 'private' THEN 'Xã hội hóa'
        ELSE 'Không nêu nguồn'
    END AS source,
    l.year,
    sum(l.amount_vnd) AS amount_vnd,
    count(*) AS lines,
    count(DISTINCT l.document_id) AS documents,
    arg_max(l.label, (l.amount_vnd, l.document_id, l.position)) AS largest_line,
    arg_max(l.document_id, (l.amount_vnd, l.document_id, l.position)) AS document_id,
    arg_max(place_of(d.path, b.source_line, b.source_page, b.source_element), (l.amount_vnd, l.document_id, l.position))
        AS place
FROM budget_lines l
JOIN budgets b USING (document_id, budget_id)
JOIN documents d USING (document_id)
WHERE l.counts
GROUP BY ALL
ORDER BY source, year
