"""What the pages say, in Vietnamese and English.

    words("vi").accept  →  "Duyệt"

Vietnamese is the default; messages of the machine (diagnostics, causes of quarantine) have a Vietnamese heading where
their code is known and stay English otherwise.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from pipeline.register.words import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")


@cache
def words(language: Language) -> SimpleNamespace:
    """All words in one language, as attributes."""
    return SimpleNamespace(**{key: pair[LANGUAGES.index(language)] for key, pair in WORDS.items()})


def script_words(language: Language) -> dict[str, str]:
    """The words that scripts put onto the page."""
    return {key: WORDS[key][LANGUAGES.index(language)] for key in SCRIPT_WORDS}


def told(message: str, language: Language) -> str:
    """A message of the application in *language*; one without a translation as it is."""
    return REFUSALS.get(message, message) if language == "vi" else message


WORDS: dict[str, tuple[str, str]] = {
    "app": ("Rà soát kế hoạch", "Review of plans"),
    "skip": ("Đến nội dung chính", "Skip to the content"),
    "other_language": ("English", "Tiếng Việt"),
    "other_code": ("en", "vi"),
    "reviewer": ("Người rà soát", "Reviewer"),
    "change_name": ("Đổi tên", "Change the name"),
    "help": ("Trợ giúp", "Help"),
    "close": ("Đóng", "Close"),
    "save": ("Lưu", "Save"),
    "cancel": ("Hủy", "Cancel"),
    "logout": ("Đăng xuất", "Log out"),
    "login": ("Đăng nhập", "Log in"),
    "password": ("Mật khẩu", "Password"),
    "wrong_password": ("Mật khẩu không đúng; thử lại sau một giây.", "Wrong password; try again in a second."),
    "needs_script": ("Trang này cần JavaScript.", "This page needs JavaScript."),
    # the documents page
    "documents": ("Văn bản", "Documents"),
    "progress": ("Tiến độ", "Progress"),
    "records_decided": ("mục đã rà soát", "records reviewed"),
    "of": ("trên", "of"),
    "documents_done": ("văn bản xong", "documents done"),
    "documents_begun": ("đang làm", "begun"),
    "documents_open": ("chưa làm", "not begun"),
    "still_reading": (
        "văn bản đang được đọc; tải lại trang để xem đủ.",
        "documents are still being read; load the page again to see all.",
    ),
    "search": ("Tìm", "Search"),
    "search_hint": ("số, trích yếu, cơ quan, tên tệp", "number, title, issuer, file name"),
    "type": ("Loại", "Type"),
    "all_types": ("Mọi loại", "All types"),
    "state": ("Tình trạng", "State"),
    "state_any": ("Mọi tình trạng", "Any state"),
    "state_open": ("Chưa rà soát", "Not begun"),
    "state_begun": ("Đang rà soát", "Begun"),
    "state_done": ("Đã xong", "Done"),
    "state_problem": ("Không đọc được", "Cannot be read"),
    "state_remarks": ("Có lưu ý", "With diagnostics"),
    "number": ("Số, ký hiệu", "Number"),
    "title": ("Trích yếu", "Title"),
    "issuer": ("Cơ quan ban hành", "Issued by"),
    "issued_on": ("Ngày ban hành", "Issued on"),
    "effective_on": ("Ngày hiệu lực", "Effective on"),
    "place": ("Nơi ban hành", "Place"),
    "doc_type": ("Loại văn bản", "Type of document"),
    "annexed_title": ("Tên kế hoạch kèm theo", "Title of the attached plan"),
    "signers": ("Người ký", "Signed by"),
    "recipients": ("Nơi nhận", "Recipients"),
    "tasks": ("Nhiệm vụ", "Tasks"),
    "targets": ("Chỉ tiêu", "Targets"),
    "deadlines": ("Thời hạn", "Deadlines"),
    "budgets": ("Kinh phí", "Budgets"),
    "tables": ("Bảng", "Tables"),
    "sections": ("Đề mục", "Sections"),
    "citations": ("Viện dẫn", "Citations"),
    "diagnostics": ("Lưu ý", "Diagnostics"),
    "history": ("Nhật ký", "Log"),
    "metadata": ("Thông tin văn bản", "Document"),
    "task": ("Nhiệm vụ", "Task"),
    "target": ("Chỉ tiêu", "Target"),
    "deadline": ("Thời hạn", "Deadline"),
    "budget": ("Kinh phí", "Budget"),
    "table": ("Bảng", "Table"),
    "section": ("Mục", "Section"),
    "citation": ("Viện dẫn", "Citation"),
    "repair": ("Chữ được khôi phục", "Restored word"),
    "reviewed_share": ("Đã rà soát", "Reviewed"),
    "lowest": ("Tin cậy thấp nhất", "Lowest confidence"),
    "severity_info": ("thông tin", "info"),
    "severity_warning": ("cảnh báo", "warning"),
    "severity_error": ("lỗi", "error"),
    "file": ("Tệp", "File"),
    "nothing_found": ("Không có văn bản nào phù hợp.", "No document fits."),
    "no_documents": (
        "Chưa có văn bản nào. Hãy chạy: kehoach run THƯ-MỤC --out",
        "There are no documents yet. Run: kehoach run DIRECTORY --out",
    ),
    "previous_page": ("Trang trước", "Previous page"),
    "next_page": ("Trang sau", "Next page"),
    "page_of": ("Trang", "Page"),
    "quarantined": ("Không đọc được", "Quarantined"),
    "cause": ("Nguyên nhân", "Cause"),
    "untitled": ("(không có trích yếu)", "(no title)"),
    # the document page
    "outline": ("Đề cương", "Outline"),
    "text": ("Toàn văn", "Text"),
    "original": ("Bản gốc", "Original"),
    "records": ("Kết quả đọc", "Records"),
    "lead": ("Chủ trì", "Lead"),
    "leads": ("Cơ quan chủ trì", "Lead agencies"),
    "partners": ("Cơ quan phối hợp", "Partners"),
    "partner": ("Phối hợp", "Partners"),
    "condition": ("Điều kiện", "Condition"),
    "in_section": ("Thuộc mục", "In section"),
    "no_section": ("(ngoài các mục)", "(outside of sections)"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "unknown": ("không rõ", "not known"),
    "rule": ("Quy tắc", "Rule"),
    "line": ("dòng", "line"),
    "page": ("trang", "page"),
    "indicator": ("Chỉ số", "Indicator"),
    "measures": ("Mức phải đạt", "Measures"),
    "caption": ("Tên bảng", "Caption"),
    "unit": ("Đơn vị", "Unit"),
    "sum_failed": ("Tổng không khớp", "Sums do not come out"),
    "legal_basis": ("căn cứ", "legal basis"),
    "none_of_kind": ("Không có mục nào.", "There are none."),
    "by_doubt": ("Kém tin cậy trước", "Least sure first"),
    "by_text": ("Theo văn bản", "In the order of the text"),
    "only_open": ("Ẩn mục đã rà soát", "Hide what is reviewed"),
    "accept": ("Duyệt", "Accept"),
    "reject": ("Bác bỏ", "Reject"),
    "edit": ("Sửa", "Edit"),
    "add": ("Thêm nhiệm vụ", "Add a task"),
    "split": ("Tách", "Split"),
    "merge": ("Gộp", "Merge"),
    "comment": ("Ghi chú", "Comment"),
    "undo": ("Hoàn tác", "Undo"),
    "redo": ("Làm lại", "Redo"),
    "bulk": ("Duyệt hàng loạt", "Accept many"),
    "bulk_do": ("Duyệt tất cả", "Accept all"),
    "bulk_hint": (
        "Duyệt mọi mục chưa rà soát của thẻ này có độ tin cậy từ",
        "Accept all records of this tab that nobody has reviewed, with a confidence of at least",
    ),
    "verdict_accepted": ("Đã duyệt", "Accepted"),
    "verdict_rejected": ("Đã bác bỏ", "Rejected"),
    "verdict_edited": ("Đã sửa", "Edited"),
    "verdict_added": ("Đã thêm", "Added"),
    "verdict_split": ("Đã tách", "Split"),
    "verdict_merged": ("Đã gộp", "Merged"),
    "verdict_superseded": ("Đã thay", "Superseded"),
    "use_selection": ("Lấy đoạn đang chọn", "Take the selection"),
    "span": ("Đoạn văn bản", "Words"),
    "agency_hint": ("Gõ tên cơ quan, có thể không dấu", "Type a name, with or without diacritics"),
    "deadline_hint": ("Gõ thời hạn, ví dụ: trước ngày 30/6/2025", "Type a phrase, such as: trước ngày 30/6/2025"),
    "split_hint": (
        "Đặt con trỏ vào chỗ cần tách rồi nhấn Enter; mỗi dòng thành một nhiệm vụ.",
        "Put the cursor where to split and press Enter; each line becomes a task.",
    ),
    "merge_hint": ("Gộp với các nhiệm vụ được đánh dấu:", "Merge with the ticked tasks:"),
    "add_hint": (
        "Chọn đoạn văn bản bên trái trước, rồi thêm nhiệm vụ.",
        "Select the words of the task in the text first.",
    ),
    "value": ("giá trị", "value"),
    "value_max": ("đến", "to"),
    "denominator": ("mẫu số", "of"),
    "comparator": ("so sánh", "comparison"),
    "start": ("từ ngày", "from"),
    "end": ("đến ngày", "until"),
    "raw": ("nguyên văn", "as written"),
    "add_measure": ("Thêm mức", "Add a measure"),
    "remove": ("Bỏ", "Remove"),
    "unfit": ("Quyết định không còn khớp với bản đọc mới", "Decisions that no longer fit this reading"),
    "damaged": ("Dòng hỏng trong nhật ký", "Damaged lines of the log"),
    "undone": ("đã hoàn tác", "undone"),
    "no_decisions": ("Chưa có quyết định nào.", "There are no decisions yet."),
    "no_original": ("Không xem được bản gốc", "The original cannot be shown"),
    "original_text": (
        "Bản gốc là tệp văn bản; vị trí của từng mục ghi theo số dòng.",
        "The original is a text; each record names its line.",
    ),
    "read_again": (
        "Văn bản vừa được đọc lại. Tải lại trang trước khi quyết định.",
        "The document has been read anew. Load the page again, then decide.",
    ),
    "conflict": (
        "Chưa lưu: văn bản này vừa được sửa ở nơi khác.",
        "Not saved: somebody else has decided about this document meanwhile.",
    ),
    "conflict_do": (
        "Tải lại trang để xem, rồi quyết định lại. Phần đang nhập được giữ nguyên.",
        "Load the page again to see it, then decide. What you have typed is kept.",
    ),
    "reload": ("Tải lại trang", "Load the page again"),
    "newer": ("Văn bản này đã được sửa ở nơi khác.", "This document has been changed elsewhere."),
    "saved": ("Đã lưu", "Saved"),
    "saving": ("Đang lưu…", "Saving…"),
    "not_saved": (
        "Chưa lưu được: máy chủ không trả lời. Nhấn lại để thử lại.",
        "Not saved: the server does not answer. Press again to try again.",
    ),
    "log_in_again": (
        "Chưa lưu: phiên làm việc đã hết. Đăng nhập ở cửa sổ khác rồi thử lại.",
        "Not saved: the session has ended. Log in in another window, then try again.",
    ),
    "no_more": ("Không còn mục nào chưa chắc chắn.", "Nothing unsure is left."),
    "select_first": ("Hãy chọn một mục trước.", "Choose a record first."),
    "select_words": ("Hãy chọn đoạn văn bản bên trái trước.", "Select words in the text first."),
    "only_tasks": ("Chỉ nhiệm vụ mới tách hoặc gộp được.", "Only tasks can be split or merged."),
    "draft_restored": ("Đã khôi phục phần đang nhập dở.", "What you had typed is back."),
    "no_reading": ("Không hiểu là thời hạn", "Not read as a deadline"),
    "repaired_from": ("Bản gốc ghi", "The input has"),
    "select_words_key": ("Chọn từng từ bằng bàn phím trong văn bản", "Select word by word in the text"),
    # the help sheet
    "keys": ("Phím tắt", "Keys"),
    "key_next": ("mục sau", "next record"),
    "key_previous": ("mục trước", "previous record"),
    "key_first": ("mục đầu, mục cuối", "first, last record"),
    "key_accept": ("duyệt, sang mục sau", "accept, go on"),
    "key_reject": ("bác bỏ, sang mục sau", "reject, go on"),
    "key_unsure": ("mục chưa rà soát kém tin cậy nhất kế tiếp", "next unsure record that nobody has reviewed"),
    "key_edit": ("sửa", "edit"),
    "key_lead": ("sửa cơ quan chủ trì", "edit the lead agencies"),
    "key_partner": ("sửa cơ quan phối hợp", "edit the partners"),
    "key_deadline": ("sửa thời hạn", "edit the deadlines"),
    "key_words": ("sửa đoạn văn bản", "edit the words"),
    "key_split": ("tách nhiệm vụ", "split the task"),
    "key_merge": ("gộp nhiệm vụ", "merge tasks"),
    "key_comment": ("ghi chú", "comment"),
    "key_add": ("thêm nhiệm vụ từ đoạn đang chọn", "add a task from the selection"),
    "key_select": (
        "vào văn bản tại mục này; phím mũi tên chuyển từ, Shift để chọn",
        "into the text at this record; arrows move by word, with Shift they select",
    ),
    "key_undo": ("hoàn tác", "undo"),
    "key_redo": ("làm lại", "redo"),
    "key_bulk": ("duyệt hàng loạt", "accept many"),
    "key_order": ("đổi thứ tự", "change the order"),
    "key_open": ("ẩn/hiện mục đã rà soát", "hide or show what is reviewed"),
    "key_tabs": ("các thẻ", "tabs"),
    "key_original": ("văn bản / bản gốc", "text / original"),
    "key_save": ("lưu phần đang sửa", "save the edit"),
    "key_cancel": ("bỏ phần đang sửa, đóng", "leave the edit, close"),
    "key_pick": (
        "trong ô tìm: chọn; ⌫ khi ô trống: bỏ cái cuối",
        "in a search box: choose; ⌫ in an empty box: remove the last",
    ),
    "key_help": ("bảng này", "this sheet"),
    "key_documents": ("về danh sách văn bản", "to the list of documents"),
    "key_search": ("tìm văn bản", "search"),
    "key_enter": ("mở văn bản", "open the document"),
    # actions in the log
    "did_accept": ("duyệt", "accepted"),
    "did_reject": ("bác bỏ", "rejected"),
    "did_edit": ("sửa", "edited"),
    "did_add": ("thêm nhiệm vụ", "added a task"),
    "did_split": ("tách", "split"),
    "did_merge": ("gộp", "merged"),
    "did_comment": ("ghi chú", "commented"),
    "did_undo": ("hoàn tác", "undid"),
    "did_redo": ("làm lại", "did again"),
}
SCRIPT_WORDS = (
    *("saved", "saving", "not_saved", "log_in_again", "conflict", "conflict_do", "reload", "newer", "no_more"),
    *("select_first", "select_words", "only_tasks", "draft_restored", "no_reading", "remove", "add_hint", "close"),
)
REFUSALS = {
    "There is no such document.": "Không có văn bản này.",
    "There is nothing of yours to undo.": "Không có quyết định nào của bạn để hoàn tác.",
    "There is nothing of yours to redo.": "Không có quyết định nào của bạn để làm lại.",
    "Nothing has been changed.": "Không có gì thay đổi.",
    "Choose a record first.": "Hãy chọn một mục trước.",
    "Choose at least two tasks to merge.": "Hãy chọn ít nhất hai nhiệm vụ để gộp.",
    "Break the task into at least two parts.": "Hãy tách nhiệm vụ thành ít nhất hai phần.",
    "The parts must have all words of the task.": "Các phần phải có đủ mọi từ của nhiệm vụ.",
    "Only break the task into lines; do not change its words.": "Chỉ ngắt nhiệm vụ thành dòng; không sửa chữ.",
    "Only tasks can be split.": "Chỉ nhiệm vụ mới tách được.",
    "only tasks can be merged": "Chỉ nhiệm vụ mới gộp được.",
    "These words are not in the text.": "Đoạn này không có trong văn bản.",
    "Select the words of the new task in the text first.": "Hãy chọn đoạn văn bản của nhiệm vụ mới trước.",
    "Only PDFs and scans have pages.": "Chỉ tệp PDF và bản quét mới có trang.",
    "The results do not say where their inputs are. Name them with --originals.": (
        "Kết quả không cho biết tệp gốc ở đâu. Chỉ ra thư mục bằng --originals."
    ),
    "The original is no longer where it was read. Name its directory with --originals.": (
        "Tệp gốc không còn ở chỗ cũ. Chỉ ra thư mục bằng --originals."
    ),
    "The original has changed since it was read. Read it again.": "Tệp gốc đã thay đổi sau khi đọc. Hãy đọc lại.",
}
