"""The sentences of the report page in Vietnamese and English."""

from __future__ import annotations

from pipeline.register.words import Language

WORDS: dict[str, dict[Language, str]] = {
    "title": {"vi": "Kế hoạch: bộ dữ liệu bằng hình", "en": "Plans: the dataset in pictures"},
    "title_one": {"vi": "Kế hoạch bằng hình", "en": "A plan in pictures"},
    "documents": {"vi": "văn bản", "en": "documents"},
    "tasks": {"vi": "nhiệm vụ", "en": "tasks"},
    "dated": {"vi": "nhiệm vụ có ngày hết hạn", "en": "tasks with a last day"},
    "targets": {"vi": "mục tiêu, chỉ tiêu", "en": "targets"},
    "budgets": {"vi": "bảng và khoản kinh phí", "en": "budgets"},
    "diagnostics": {"vi": "lưu ý khi đọc", "en": "remarks of the reading"},
    "reviewed": {"vi": "đã rà soát", "en": "reviewed"},
    "hint": {
        "vi": "Bấm vào một hình hoặc chọn trong danh sách để xem các bản ghi với câu gốc.",
        "en": "Click a mark, or choose from the list, to see its records with their sentences.",
    },
    "choose": {"vi": "Chọn để xem bản ghi …", "en": "Choose to see records …"},
    "listed": {"vi": "Hiện {shown} trong {count} bản ghi.", "en": "{shown} of {count} records shown."},
    "listed_all": {"vi": "{count} bản ghi.", "en": "{count} records."},
    "text": {"vi": "Câu trong văn bản", "en": "Sentence"},
    "who": {"vi": "Cơ quan, bảng", "en": "Agency, table"},
    "when": {"vi": "Thời hạn, giá trị", "en": "When, how much"},
    "document": {"vi": "Văn bản", "en": "Document"},
    "place": {"vi": "Nguồn", "en": "Source"},
    "line": {"vi": "dòng", "en": "line"},
    "page": {"vi": "trang", "en": "page"},
    "no_script": {
        "vi": "Trình duyệt không chạy được mã của trang nên không vẽ được hình.",
        "en": "The browser does not run the scripts of this page, so that no charts are drawn.",
    },
    "made": {
        "vi": "Máy đọc từ văn bản; mọi con số dẫn về câu gốc, hãy đối chiếu trước khi dùng.",
        "en": "Read by machine; every figure leads back to its sentence: check it before use.",
    },
    "records": {"vi": "Tất cả bản ghi", "en": "All records"},
    "deadlines_head": {"vi": "Thời hạn theo cơ quan chủ trì", "en": "Deadlines by lead agency"},
    "deadlines_note": {
        "vi": "15 cơ quan có nhiều nhiệm vụ có thời hạn nhất; mỗi hình tròn là một quý. Nhiệm vụ định kỳ không có ngày"
        " cuối nên không vẽ; nhiệm vụ có nhiều cơ quan chủ trì được vẽ cho từng cơ quan.",
        "en": "The 15 agencies with most tasks that have a last day; each circle is a quarter. Recurring tasks have no"
        " last day and are not drawn; a task with several lead agencies is drawn for each.",
    },
    "deadlines_empty": {
        "vi": "Không có nhiệm vụ nào vừa nêu cơ quan chủ trì vừa có ngày hết hạn.",
        "en": "No task has both a lead agency and a last day.",
    },
    "months_head": {"vi": "Nhiệm vụ theo tháng đến hạn", "en": "Tasks by month due"},
    "months_note": {
        "vi": "Thời hạn ghi theo năm hoặc quý được tính vào tháng cuối, vì thế tháng 12 thường đậm nhất.",
        "en": "A deadline given as a year or a quarter counts in its last month; hence the dark Decembers.",
    },
    "months_empty": {"vi": "Không có nhiệm vụ nào có ngày hết hạn.", "en": "No task has a last day."},
    "budgets_head": {"vi": "Kinh phí theo nguồn và năm (tỷ đồng)", "en": "Budgets by source and year (billion đồng)"},
    "budgets_note": {
        "vi": "Cộng các dòng nêu nguồn vốn; bảng không nêu nguồn thì lấy dòng tổng lớn nhất. Các khoản lồng nhau giữa"
        " các bảng có thể bị cộng trùng: xem từng dòng trước khi dùng số tổng.",
        "en": "Lines that name a source are added up; of a table that names none its greatest total is taken. Amounts"
        " that recur in several tables may be counted twice: see the lines before using a sum.",
    },
    "budgets_empty": {"vi": "Không có khoản kinh phí nào.", "en": "There are no budgets."},
    "targets_head": {"vi": "Chỉ tiêu được nêu nhiều nhất", "en": "The most frequent indicators"},
    "targets_note": {
        "vi": "Mỗi điểm là giá trị một văn bản đặt ra cho một năm; đường nối các năm trong cùng văn bản. Chỉ tính chỉ"
        " tiêu có năm và có ít nhất hai giá trị.",
        "en": "Each point is what a document promises for a year; lines join the years of one document. Only indicators"
        " with a year and at least two values.",
    },
    "targets_empty": {
        "vi": "Không có chỉ tiêu nào có năm và có ít nhất hai giá trị.",
        "en": "No indicator has a year and at least two values.",
    },
    "coverage_head": {"vi": "Bộ dữ liệu gồm những gì", "en": "What the dataset covers"},
    "coverage_note": {"vi": "Số văn bản.", "en": "Numbers of documents."},
    "coverage_empty": {"vi": "Không có văn bản.", "en": "There are no documents."},
    "diagnostics_head": {"vi": "Lưu ý khi đọc văn bản", "en": "Remarks of the reading"},
    "diagnostics_note": {
        "vi": "Những chỗ máy đọc được nhưng người nên xem lại.",
        "en": "What was read, and yet a person should look at.",
    },
    "diagnostics_empty": {"vi": "Không có lưu ý nào.", "en": "There are no remarks."},
}
