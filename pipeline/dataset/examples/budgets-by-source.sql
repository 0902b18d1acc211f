-- vi: Kinh phí theo nguồn vốn và năm (không tính dòng tổng)
-- en: Budgets by funding source and year (totals left out)
WITH amounts AS (
    SELECT
        CASE
            WHEN regexp_matches(fold(l.label), 'trung uong|von tw|nstw|ngan sach nha nuoc cap') THEN 'Ngân sách trung ương'
            WHEN regexp_matches(fold(l.label), '\boda\b|nuoc ngoai|vien tro') THEN 'Vốn nước ngoài'
            WHEN regexp_matches(fold(l.label), 'vay|tin dung|trai phieu') THEN 'Vốn vay'
            WHEN regexp_matches(fold(l.label), 'xa hoi hoa|huy dong|doanh nghiep|nha dau tu|ngoai ngan sach|dong gop') THEN 'Xã hội hóa'
            WHEN regexp_matches(fold(l.label), 'dia phuong|cap (tinh|huyen|xa)|ngan sach (tinh|thanh pho|huyen|quan|thi xa|xa|phuong)|nsdp|xo so|su dung dat') THEN 'Ngân sách địa phương'
            WHEN regexp_matches(fold(l.label), 'ngan sach|nsnn|von su nghiep|von dau tu') THEN 'Ngân sách nhà nước'
            ELSE 'Không nêu nguồn'
        END AS source,
        coalesce(l.year, d.year) AS year,
        l.amount_vnd,
        l.label,
        l.document_id,
        l.position,
        place_of(d.path, b.source_line, b.source_page, b.source_element) AS place
    FROM budget_lines l
    JOIN budgets b USING (document_id, budget_id)
    JOIN documents d USING (document_id)
    WHERE NOT l.is_total AND (l.period IS NULL OR l.year IS NOT NULL)
)
SELECT
    source,
    year,
    sum(amount_vnd) AS amount_vnd,
    count(*) AS lines,
    count(DISTINCT document_id) AS documents,
    arg_max(label, (amount_vnd, document_id, position)) AS largest_line,
    arg_max(document_id, (amount_vnd, document_id, position)) AS document_id,
    arg_max(place, (amount_vnd, document_id, position)) AS place
FROM amounts
GROUP BY source, year
ORDER BY source, year
