"""Scans: pictures made here, with known words, lines and turns, and what is seen in them."""

from __future__ import annotations

import io
import os
import stat
import time
from pathlib import Path

import numpy as np
import prefect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import UnreadableInputError
from pipeline.read.pages.page import Page, Word
from pipeline.read.pages.text_layer import valid_share
from pipeline.read.scan import rendering, tesseract
from pipeline.read.scan.cache import PageCache
from pipeline.read.scan.cleaned_picture import cleaned
from pipeline.read.scan.drawn_lines import drawn_lines
from pipeline.read.scan.line_reader import levelled, without_noise
from pipeline.read.scan.page import mean_confidence, recognise
from pipeline.read.scan.recognise import poor_pages, recognise_pages
from pipeline.read.scan.rendering import PagePicture, frames_of, render_page, render_picture
from pipeline.read.scan.ruled_cells import ruled_tables
from pipeline.read.scan.seals import without_seals
from pipeline.read.scan.straightening import skew_of
from pipeline.read.scan.tesseract import Limits, RecognitionError, Seen, Tesseract, find_tesseract, require_tesseract

FONT = Path(prefect.__file__).parent / "server" / "ui-v2" / "fonts" / "Geist-VariableFont_wght.ttf"
PROSE = (
    "Sở Tài chính chủ trì, phối hợp với các cơ quan",
    "liên quan tham mưu Ủy ban nhân dân tỉnh bố trí",
    "kinh phí thực hiện Kế hoạch này theo quy định.",
    "Các huyện, thành phố báo cáo kết quả trước ngày",
    "15 tháng 12 hằng năm để tổng hợp, trình Ủy ban",
    "nhân dân tỉnh xem xét, quyết định.",
)
TABLE = (
    ("STT", "Nhiệm vụ", "Cơ quan", "Kinh phí"),
    ("1", "Rà soát quy hoạch", "Sở Xây dựng", "1.200.000"),
    ("2", "Tập huấn cán bộ", "Sở Nội vụ", "350.000"),
    ("3", "Tuyên truyền", "Sở Y tế", "2.075.500"),
    ("4", "Kiểm tra, giám sát", "Thanh tra tỉnh", "48.000"),
)
COLUMNS = (150, 320, 900, 1450, 1950)
ROW = 110


def has_vietnamese() -> bool:
    found = find_tesseract()
    return found is not None and "vie" in found.languages


needs_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(not has_vietnamese(), reason="tesseract with its Vietnamese model is not installed"),
]
needs_font = pytest.mark.skipif(not FONT.is_file(), reason="no font with Vietnamese letters where Prefect ships one")


def sheet(width: int = 2480, height: int = 1750, shade: int = 255) -> Image.Image:
    return Image.new("L", (width, height), shade)


def written(lines: tuple[str, ...] = PROSE, *, size: int = 52, onto: Image.Image | None = None) -> Image.Image:
    picture = onto or sheet()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), size)
    for at, line in enumerate(lines):
        draw.text((250, 250 + at * 2 * size), line, fill=0, font=font)
    return picture


def ruled(picture: Image.Image, xs: tuple[int, ...], ys: tuple[int, ...], width: int = 4) -> Image.Image:
    draw = ImageDraw.Draw(picture)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=0, width=width)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=0, width=width)
    return picture


def table() -> Image.Image:
    ys = tuple(300 + row * ROW for row in range(len(TABLE) + 1))
    picture = ruled(sheet(), COLUMNS, ys)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 46)
    for row, cells in enumerate(TABLE):
        for column, text in enumerate(cells):
            draw.text((COLUMNS[column] + 20, ys[row] + 22), text, fill=0, font=font)
    return picture


def as_page(picture: Image.Image) -> PagePicture:
    target = io.BytesIO()
    picture.save(target, "PNG")
    return PagePicture(target.getvalue(), picture.width * 72 / 300, picture.height * 72 / 300)


def as_file(*pictures: Image.Image, form: str = "PNG", **options: object) -> bytes:
    target = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(target, form, **more, **options)
    return target.getvalue()


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def dark(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture) < 160


# Straightening


@needs_font
@pytest.mark.parametrize("angle", [-4.8, -2.3, -0.6, -0.1, 0.0, 0.25, 1.0, 3.4, 5.0])
def test_skew_is_found(angle: float) -> None:
    picture = written(PROSE * 2).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255).reduce(2)
    assert skew_of(np.asarray(picture) < 200) == pytest.approx(angle, abs=0.11)


def test_a_table_without_text_is_straightened_by_its_lines() -> None:
    picture = ruled(sheet(), COLUMNS, (300, 500, 700, 900)).rotate(-1.5, fillcolor=255).reduce(2)
    assert skew_of(np.asarray(picture) < 200) == pytest.approx(1.5, abs=0.11)


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 700)])
def test_nothing_to_straighten(size: tuple[int, int]) -> None:
    assert skew_of(np.zeros(size, dtype=bool)) == 0
    assert skew_of(np.ones(size, dtype=bool)) == 0


# Lines and cells


def test_lines_of_a_table_are_found_where_they_are() -> None:
    picture = ruled(sheet(1240, 900), (100, 400, 900), (200, 300, 500), width=3)
    lines = drawn_lines(dark(picture), per_inch=150)
    across = sorted(box for box in lines.boxes if box[2] - box[0] > box[3] - box[1])
    down = sorted(box for box in lines.boxes if box[2] - box[0] < box[3] - box[1])
    assert [round((box[1] + box[3]) / 2) for box in sorted(across, key=lambda box: box[1])] == [200, 300, 500]
    assert [round((box[0] + box[2]) / 2) for box in down] == [100, 400, 900]
    assert all(abs(box[0] - 100) <= 2 and abs(box[2] - 900) <= 3 for box in across)


def test_a_line_with_small_gaps_is_one() -> None:
    picture = ruled(sheet(1240, 900), (100, 900), (200, 400), width=3)
    shades = np.array(picture)
    shades[:, 150:900:70] = 255
    shades[:, 151:900:70] = 255
    lines = drawn_lines(shades < 160, per_inch=150)
    assert len([box for box in lines.boxes if box[2] - box[0] > 700]) == 2


@needs_font
def test_letters_and_blots_are_no_lines() -> None:
    picture = written(tuple(line.upper() for line in PROSE), size=80).reduce(2)
    ImageDraw.Draw(picture).rectangle((0, 0, 60, 800), fill=0)
    assert drawn_lines(dark(picture), per_inch=150).boxes == ()


def test_hostile_pictures_have_lines_in_time() -> None:
    stripes = np.zeros((1750, 1240), dtype=bool)
    stripes[::2] = True
    noise = np.random.default_rng(0).random((1750, 1240)) < 0.5
    start = time.perf_counter()
    for each in (stripes, stripes.T, noise, ~np.zeros_like(stripes), np.zeros((0, 0), dtype=bool)):
        ruled_tables(drawn_lines(each, per_inch=150).boxes, close=6)
    assert time.perf_counter() - start < 20


def grid(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[tuple[float, float, float, float]]:
    return [(xs[0], y, xs[-1], y + 1) for y in ys] + [(x, ys[0], x + 1, ys[-1]) for x in xs]


def test_cells_of_a_grid() -> None:
    (cells,) = ruled_tables(grid((0, 100, 300), (0, 50, 90, 140)), close=4)
    assert len(cells) == 6
    assert cells[0] == pytest.approx((0.5, 0.5, 100.5, 50.5), abs=1)


def test_fields_without_a_line_between_them_are_one_cell() -> None:
    rules = [rule for rule in grid((0, 100, 300), (0, 50, 90)) if rule[:2] != (100, 0)]
    (cells,) = ruled_tables([*rules, (100, 50, 101, 90)], close=4)
    assert [round(cell[2] - cell[0], -1) for cell in cells] == [300, 100, 200]


def test_two_tables_and_a_frame_around_the_page() -> None:
    upper, lower = grid((20, 100, 300), (20, 50, 90)), grid((20, 150, 300), (400, 450, 500))
    frame = grid((0, 600), (0, 900))
    assert [len(cells) for cells in ruled_tables([*lower, *frame, *upper], close=4)] == [4, 4]


def test_a_frame_of_two_lines_is_no_table_and_none_lies_over_another() -> None:
    inner = grid((20, 100, 300), (20, 50, 90))
    assert ruled_tables([*grid((0, 10, 590, 600), (0, 10, 890, 900)), *inner], close=4) == ruled_tables(inner, close=4)
    askew = grid((30, 310), (30, 60, 95))
    assert len(ruled_tables([*askew, *inner], close=4)) == 1


def test_what_winds_around_others_is_no_cell() -> None:
    corner = [(0.0, 80.0, 200.0, 81.0), (200.0, 0.0, 201.0, 81.0), (0.0, 90.0, 210.0, 91.0), (210.0, 0.0, 211.0, 91.0)]
    assert ruled_tables([*corner, (190.0, 85.0, 215.0, 86.0)], close=4) == []


def test_a_table_open_at_its_sides_is_closed_by_the_ends_of_its_lines() -> None:
    rules = [(0.0, y, 300.0, y + 1) for y in (0.0, 50.0, 90.0)] + [(100.0, 0.0, 101.0, 90.0)]
    (cells,) = ruled_tables(rules, close=4)
    assert len(cells) == 4


@given(st.lists(st.tuples(*[st.integers(0, 300)] * 4), max_size=40))
def test_any_lines_give_cells_within_them(corners: list[tuple[int, int, int, int]]) -> None:
    rules = [(float(min(a, c)), float(min(b, d)), float(max(a, c)), float(max(b, d))) for a, b, c, d in corners]
    for cells in ruled_tables(rules, close=4):
        assert all(0 <= left < right <= 300 and 0 <= top < bottom <= 300 for left, top, right, bottom in cells)


# Cleaning


@needs_font
def test_cleaning_takes_lines_and_specks_out_and_leaves_the_letters() -> None:
    plain = written()
    spoiled = ruled(plain.copy(), (100, 2300), (120, 1600))
    for x in range(50, 2400, 90):
        ImageDraw.Draw(spoiled).rectangle((x, 1680, x + 1, 1681), fill=0)
    clean = cleaned(spoiled, dots_an_inch=300)
    assert len(clean.rules) == 4
    left = np.asarray(clean.picture)
    assert left[1650:].min() == 255
    assert np.array_equal(left[230:1500, 200:2200], np.asarray(plain)[230:1500, 200:2200])


@needs_font
def test_a_seal_is_taken_off_and_what_is_under_it_stays() -> None:
    page = written().convert("RGB")
    draw = ImageDraw.Draw(page)
    for radius in (170, 200, 210):
        draw.ellipse((900 - radius, 450 - radius, 900 + radius, 450 + radius), outline=(225, 40, 45), width=9)
    black = np.asarray(written())
    shades = np.asarray(without_seals(page))
    assert shades[(black > 200)].min() > 200
    hidden = (np.asarray(page.convert("L")) == black) & (black < 60)
    assert shades[hidden].max() < 100


@needs_font
def test_a_line_in_red_is_content_and_stays() -> None:
    page = Image.new("RGB", (2480, 1750), "white")
    ImageDraw.Draw(page).text((250, 400), "HẠN CHÓT", fill=(220, 30, 30), font=ImageFont.truetype(str(FONT), 60))
    assert np.asarray(without_seals(page)).min() < 130


def test_pictures_too_small_for_a_seal() -> None:
    assert without_seals(Image.new("RGB", (3, 2), (255, 0, 0))).size == (3, 2)


# Pictures of pages


def blank_pdf(width: float, height: float, rotate: int = 0) -> bytes:
    head = f"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Rotate {rotate}>> endobj
trailer <</Root 1 0 R>>
"""
    return head.encode()


def test_a_page_is_drawn_at_300_dots_an_inch() -> None:
    page = render_page(blank_pdf(144, 72), 1)
    assert (page.width, page.height) == (144, 72)
    assert Image.open(io.BytesIO(page.png)).size == (600, 300)


def test_a_page_is_drawn_as_it_is_turned() -> None:
    page = render_page(blank_pdf(144, 72, rotate=90), 1)
    assert (page.width, page.height) == (72, 144)


def test_a_huge_sheet_is_drawn_smaller() -> None:
    page = render_page(blank_pdf(14400, 14400), 1)
    width, height = Image.open(io.BytesIO(page.png)).size
    assert width * height <= rendering.MOST_DOTS * 1.01


@pytest.mark.parametrize(("data", "number"), [(b"%PDF-1.4 nothing", 1), (b"", 1), (blank_pdf(72, 72), 2)])
def test_what_cannot_be_drawn_is_told(data: bytes, number: int) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        render_page(data, number)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "L"), ("PNG", "1"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("TIFF", "1")]
)
def test_picture_files_are_pages(form: str, mode: str) -> None:
    page = render_picture(as_file(sheet(620, 877).convert(mode), form=form, dpi=(150, 150)), 1)
    assert page.width == pytest.approx(620 * 72 / 150, abs=0.5)
    assert Image.open(io.BytesIO(page.png)).mode == "L"


def test_a_picture_that_does_not_say_its_size_is_a_sheet_of_a4() -> None:
    assert render_picture(as_file(sheet(1654, 2339)), 1).width == pytest.approx(595, abs=1)


def test_frames_of_a_tiff() -> None:
    data = as_file(sheet(300, 400), sheet(400, 300), form="TIFF")
    assert frames_of(data) == 2
    assert render_picture(data, 2).width > render_picture(data, 2).height
    with pytest.raises(UnreadableInputError, match="no whole picture"):
        render_picture(data, 3)


def test_transparent_is_white() -> None:
    page = render_picture(as_file(Image.new("RGBA", (100, 100), (0, 0, 0, 0))), 1)
    assert np.asarray(Image.open(io.BytesIO(page.png))).min() == 255


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", as_file(sheet(300, 400))[:200], b"GIF89a" + bytes(50)])
def test_broken_pictures_are_told(data: bytes) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        render_picture(data, 1)
    assert caught.value.code == "damaged"


def test_a_bomb_of_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        render_picture(as_file(Image.new("1", (20_000, 20_000))), 1)
    assert caught.value.code == "too-large"


# Back to the page


@pytest.mark.parametrize("turned", [0.0, 1.5, -3.0, 90.0, 180.0, 270.0])
def test_seen_leads_back_to_the_page(turned: float) -> None:
    upright = Image.new("L", (1000, 1400), 255)
    ImageDraw.Draw(upright).rectangle((600, 300, 640, 320), fill=0)
    viewed = upright.rotate(turned, Image.Resampling.NEAREST, expand=turned % 90 == 0, fillcolor=255)
    rows, columns = np.nonzero(np.asarray(viewed) < 128)
    page = Page(1, 1000, 1400, (), turned=turned)
    left, top, right, bottom = page.seen((600, 300, 640, 320))
    assert (left + right) / 2 == pytest.approx(columns.mean(), abs=1.5)
    assert (top + bottom) / 2 == pytest.approx(rows.mean(), abs=1.5)


# Noise


def seen(text: str, confidence: float = 0.95) -> Seen:
    return Seen(text, 0, 0, 10, 10, confidence, (1, 1, 1), 10)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ([("-", 0.4), ("Sở", 0.9)], "- Sở"),
        ([("_", 0.9), ("Sở", 0.9), ("|", 0.9)], "Sở"),
        ([("2021", 0.9), ("-", 0.1), ("2025", 0.9)], "2021 - 2025"),
        ([("Sở", 0.9), ("-", 0.3)], "Sở"),
        ([("ỉề", 0.1), ("W", 0.0)], ""),
        ([("2.552.000", 0.0)], "2.552.000"),
        ([("2.552.000", 0.0), ("W", 0.1)], "2.552.000 W"),
        ([("ghi", 0.1), ("chú", 0.8)], "ghi chú"),
        ([(";", 0.3)], ""),
    ],
)
def test_noise(line: list[tuple[str, float]], kept: str) -> None:
    """Words of one line, close to one another."""
    assert " ".join(word.text for word in without_noise([seen(*word) for word in line])) == kept


def test_a_doubtful_stretch_away_from_the_line_goes() -> None:
    stamp = [seen("LGữlG", 0.0), seen("tôn", 0.2)._replace(left=15, right=25)]
    heading = [seen("NGHỊ")._replace(left=80, right=100), seen("ĐỊNH", 0.1)._replace(left=105, right=120)]
    assert [word.text for word in without_noise([*stamp, *heading])] == ["NGHỊ", "ĐỊNH"]


def test_words_of_a_line_are_level() -> None:
    line = [seen("các")._replace(top=10, bottom=40), seen("lập")._replace(top=0, bottom=52), seen("-")]
    line += [seen("bộ")._replace(top=0, bottom=52), seen("động")._replace(top=0, bottom=90)]
    assert {(word.top, word.bottom) for word in levelled(line)} == {(0, 52)}
    assert {word.line_height for word in levelled([*line, *line[:3]])} == {52}


# Without tesseract


def test_without_tesseract_the_advice_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_tesseract() is None
    with pytest.raises(UnreadableInputError, match="tesseract-ocr-vie") as caught:
        recognise_pages(blank_pdf(72, 72), [1], cache=None, jobs=1)
    assert caught.value.code == "needs_ocr"


def script(tmp_path: Path, body: str) -> Tesseract:
    """A program in place of tesseract."""
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Tesseract(str(program), "0", frozenset({"vie"}))


def test_without_the_vietnamese_model_it_needs_ocr_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script(tmp_path, 'case $1 in --version) echo "tesseract 5.0";; *) printf "List:\\neng\\nosd\\n";; esac')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = find_tesseract()
    assert found is not None
    assert (found.version, found.languages) == ("5.0", {"eng", "osd"})
    with pytest.raises(UnreadableInputError) as caught:
        require_tesseract()
    assert caught.value.code == "needs_ocr"


def test_a_page_that_takes_too_long_is_ended_with_all_its_processes(tmp_path: Path) -> None:
    slow = script(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    start = time.perf_counter()
    with pytest.raises(RecognitionError, match=r"more than 0\.5 seconds"):
        tesseract.read_pictures(slow, [sheet(90, 90)], layout=6, dots_an_inch=300, limits=Limits(seconds=0.5))
    assert time.perf_counter() - start < 10
    child = int((tmp_path / "child").read_text())
    time.sleep(0.2)
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_crash_is_told_with_its_last_words(tmp_path: Path) -> None:
    broken = script(tmp_path, "cat > /dev/null; echo 'no such model' >&2; exit 3")
    with pytest.raises(RecognitionError, match="ended with 3: no such model"):
        tesseract.read_pictures(broken, [sheet(90, 90)], layout=6, dots_an_inch=300)


def test_odd_rows_of_tesseract_are_passed_over(tmp_path: Path) -> None:
    rows = ["level\tpage_num", "4\t1\t1\t1\t1\t0\t10\t20\t90\t12\t-1\t", "5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tKế"]
    rows += ["5\t9\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\txa", "x\t1", "5\t1\t1\t1\t1\t2\t50\t20\t30\t12\t-1\t "]
    table_file = tmp_path / "table"
    table_file.write_text("\n".join(rows) + "\n")
    odd = script(tmp_path, f"cat > /dev/null; cat {table_file}")
    (words,) = tesseract.read_pictures(odd, [sheet(90, 90)], layout=6, dots_an_inch=300)
    assert words == [Seen("Kế", 10, 20, 40, 32, 0.965, (1, 1, 1), 12)]


# Recognised pages


@pytest.fixture(scope="module")
def program() -> Tesseract:
    return require_tesseract()


def ocr(function: object) -> object:
    for mark in [*needs_tesseract, needs_font]:
        function = mark(function)
    return function


@ocr
def test_prose_is_read_with_its_places(program: Tesseract) -> None:
    page = recognise(as_page(written()), 7, program)
    assert (page.number, page.origin) == (7, "ocr")
    assert valid_share(text_of(page)) > 0.97
    read, wanted = text_of(page).split(), " ".join(PROSE).split()
    assert sum(word in read for word in wanted) >= 0.95 * len(wanted)
    first = page.words[0]
    assert first.text == "Sở"
    assert first.left == pytest.approx(250 * 0.24, abs=3)
    assert first.bottom == pytest.approx((250 + 52) * 0.24, abs=4)
    assert first.size == pytest.approx(52 * 0.24, rel=0.35)
    assert mean_confidence(page.words) > 0.85


@ocr
@pytest.mark.parametrize("angle", [-3.0, 1.2])
def test_a_page_askew_has_level_lines_and_leads_back(program: Tesseract, angle: float) -> None:
    straight = recognise(as_page(written()), 1, program)
    askew = recognise(as_page(written().rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)), 1, program)
    assert askew.turned == pytest.approx(-angle, abs=0.15)
    wanted = {word.text: word for word in straight.words}
    for word in askew.words:
        if word.text in wanted and text_of(straight).split().count(word.text) == 1:
            other = wanted[word.text]
            assert (word.left, word.top) == pytest.approx((other.left, other.top), abs=3)
    seen_box = askew.seen(askew.words[-1][1:5])
    page = Page(1, askew.width, askew.height, (), turned=-askew.turned)
    assert page.seen(seen_box) == pytest.approx(askew.words[-1][1:5], abs=0.1)


@ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(program: Tesseract, turn: int) -> None:
    page = recognise(as_page(written(PROSE * 2).rotate(turn, expand=True)), 1, program)
    assert round(page.turned) % 360 == turn
    assert valid_share(text_of(page)) > 0.95
    assert page.width > page.height


@ocr
def test_cells_are_read_one_by_one(program: Tesseract) -> None:
    page = recognise(as_page(table()), 1, program)
    assert len(page.rules) == len(COLUMNS) + len(TABLE) + 1
    cells = {}
    for row in range(len(TABLE)):
        for column in range(len(COLUMNS) - 1):
            left, right, top = COLUMNS[column] * 0.24, COLUMNS[column + 1] * 0.24, (300 + row * ROW) * 0.24
            inside = [word for word in page.words if left <= word.left < right and top <= word.top < top + ROW * 0.24]
            cells[row, column] = " ".join(word.text for word in inside)
    for row, texts in enumerate(TABLE):
        assert cells[row, 0] == texts[0]
        assert cells[row, 3] == texts[3]
    read = sum(cells[row, column] == text for row, texts in enumerate(TABLE) for column, text in enumerate(texts))
    assert read >= 18


@ocr
def test_a_bare_page_has_no_words(program: Tesseract) -> None:
    assert recognise(as_page(sheet()), 1, program).words == ()


@ocr
def test_memory_is_bounded(program: Tesseract) -> None:
    with pytest.raises(RecognitionError):
        recognise(as_page(written()), 1, program, limits=Limits(memory=40 << 20))


@ocr
def test_pages_come_in_order_once_and_are_kept(tmp_path: Path) -> None:
    data = as_file(written(PROSE[:1]), written(PROSE[1:2]), written(PROSE[2:3]), form="TIFF")
    drawn: list[int] = []
    done: list[int] = []

    def render(content: bytes, number: int) -> PagePicture:
        drawn.append(number)
        return render_picture(content, number)

    first = recognise_pages(
        data, [3, 1, 2], cache=PageCache(tmp_path), jobs=2, render=render, advanced=lambda number: done.append(number)
    )
    assert [page.number for page in first.pages] == [3, 1, 2]
    assert "tham mưu" in text_of(first.pages[2])
    assert sorted(drawn) == sorted(done) == [1, 2, 3]
    second = recognise_pages(data, [3, 1, 2], cache=PageCache(tmp_path), jobs=2, render=render)
    assert second == first
    assert len(drawn) == 3
    recognise_pages(data + b"\0", [1], cache=PageCache(tmp_path), jobs=1, render=render)
    assert len(drawn) == 4


@ocr
def test_a_page_that_cannot_be_finished_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = as_file(written(PROSE[:1]), form="PNG")
    outcome = recognise_pages(
        data, [1], cache=PageCache(tmp_path), jobs=1, render=render_picture, limits=Limits(seconds=0.001)
    )
    assert outcome.pages[0].words == ()
    assert [(each.code, each.severity) for each in outcome.diagnostics] == [("unrecognised-page", "error")]
    assert not list(tmp_path.rglob("*.json"))


@ocr
def test_an_error_of_the_renderer_ends_the_reading() -> None:
    def render(content: bytes, number: int) -> PagePicture:
        raise UnreadableInputError("damaged", f"has a broken page {number}")

    with pytest.raises(UnreadableInputError, match="broken page"):
        recognise_pages(b"", range(1, 50), cache=None, jobs=2, render=render)


@pytest.mark.parametrize(
    ("words", "confidence", "codes"),
    [
        ("Kế hoạch triển khai thực hiện", 0.95, []),
        ("Kế hoạch triển khai thực hiện", 0.5, ["poor-recognition"]),
        ("Kê'ht hqach trïên khäi", 0.95, ["poor-recognition"]),
        ("", 0.0, []),
    ],
)
def test_poor_pages_are_told(words: str, confidence: float, codes: list[str]) -> None:
    page = Page(4, 595, 842, tuple(Word(text, 0, 0, 9, 9, 9, confidence) for text in words.split()), (), "ocr")
    found = list(poor_pages([page]))
    assert [each.code for each in found] == codes
    assert all(each.source_spans[0].page == 4 for each in found)
