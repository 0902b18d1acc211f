#!/usr/bin/env python3
"""Count which verbs begin a predicate rather than say what a body is for, and write the table of them.

    build_predicates.py DIRECTORY [DIRECTORY ...] [--without NAMES]

`các doanh nghiệp treo cờ` acts and `các doanh nghiệp vận tải` is a kind of body: both words are verbs. What tells them
apart is where they stand in all texts: behind `phải`, `đã`, `chủ động`, at the head of an order, or behind `đơn vị`,
`người`, `tàu`. Which words are verbs says underthesea, of every ninth text, since tagging is slow. Only words leave
this script; same texts and same version of underthesea, same file, byte for byte. NAMES is a file with names of
texts to leave out, one a line.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import chain
from pathlib import Path

import extractors
from pipeline.store import write_whole

TAGGED_EACH = 9
LINE_LENGTHS = range(30, 600)
# A verb is one in this share of its places; a word of one syllable must have been seen alone more often.
LEAST_VERB_SHARE = 0.6
# Words of two syllables that are no nouns although they begin with a verb: `ghi hình`.
MOST_VERBS_OF_A_NOUN = 0.1
LEAST_SEEN = {1: 4, 2: 2}
# Places where it begins a predicate, at least; their share of all its places, and how many of them come to one behind a
# kind of body.
LEAST_PLACES = 3
LEAST_SHARE = {1: 0.03, 2: 0.02}
LEAST_RATIO = 1.0


def listed(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in words.split(","))


# Verbs that say what is done to somebody or where he is, or begin a phrase of time or place.
NO_PREDICATES = listed(
    "được, bị, qua, theo, có, là, đang, thuộc, kể, từ, bao gồm, gồm, đáng, tùy, so, trừ, hết, nằm, kèm"
)
# Words that the tagger takes for verbs, or that tell bodies apart which laws seldom name.
NO_VERBS = listed(
    """hữu hạn, thành niên, thư ký, toàn thể, địa danh, mệnh giá, mẫu vật, kiểu dáng, thể thức, tổng giá, hàm lượng,
    dư nợ, chủ hộ, liên ngành, công nhiên, băng phim, thường lệ, tự nguyện, tự chủ, vô ý, phụ thuộc, phù hợp, có mặt,
    có thai, sinh sống, cư trú, đơn phương, ảnh hưởng, cấp nước, xây lắp, nuôi trồng, tổ chức, trùng lặp, chồng chéo,
    chuyển đổi, định hướng, chiến đấu, sáng tạo, kiểm dịch, cấp cứu, phòng vệ, chế tạo, lưu trữ, trung thành,
    tốt nghiệp, trúng tuyển, công khai, thành, thông, sơn, sa, thương, diễn, phạm, yêu, khỏe, phục, trùng, đập, quyết,
    kết, tiến, tiếp, thúc, xuất, tính, sinh, ăn, đạt, vượt, xảy, biết, nuôi, phạt"""
)
# A verb of one syllable with the next one is another word where this holds: `giữ xe`, `phát điện`.
KIND_OF_BODY = 5
MOST_RATIO_OF_KIND = 0.5

WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d+|\n")
CANDIDATE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")
BEFORE_PREDICATES = listed("phải, sẽ, hãy, nhằm, đã, để, đang, không, chưa")
PAIRS_BEFORE_PREDICATES = listed(
    """chủ động, kịp thời, khẩn trương, tiếp tục, tích cực, thường xuyên, trách nhiệm, nghiêm túc, nhiệm vụ, trực tiếp,
    tập trung, phối hợp"""
)
BODIES = listed(
    """hộ, người, tàu, xe, nhà, máy, đất, nước, bên, chủ, đội, ban, phòng, viện, vốn, phí, giá, nghề, ngành, vùng,
    rừng"""
)
PAIRS_OF_BODIES = listed(
    """doanh nghiệp, đơn vị, cơ quan, tổ chức, cơ sở, cá nhân, lực lượng, công ty, trung tâm, cán bộ, chức danh,
    hội đồng, hoạt động, dịch vụ, công tác, hợp đồng, kinh doanh, sản xuất, thiết bị, phương tiện, nhà máy, khu vực"""
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("--without", type=Path, help="a file with names of texts to leave out")
    arguments = parser.parse_args()
    left_out = set(arguments.without.read_text(encoding="utf-8").split()) if arguments.without else set()
    found = chain.from_iterable(directory.rglob("*.txt") for directory in arguments.directories)
    paths = sorted(path for path in found if path.name not in left_out)
    if not paths:
        sys.exit("No text (*.txt) stands below these directories: name others.")
    texts = [unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="replace")) for path in paths]
    verbs, longer, nouns = tagged_verbs(texts[::TAGGED_EACH])
    rows = table(verbs, longer, nouns, *places(texts, verbs, longer))
    target = Path(str(files(extractors) / "data" / "predicates.tsv"))
    write_whole(target, (HEADER + "".join("\t".join(row) + "\n" for row in rows)).encode())
    print(f"{len(texts)} texts, {len(verbs)} verbs, {len(rows)} begin predicates")


def tagged_verbs(texts: list[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of one or two syllables that mostly are verbs; all words of two, and those that hardly ever are verbs."""
    from underthesea import pos_tag

    seen: Counter[str] = Counter()
    verbs: Counter[str] = Counter()
    for line in dict.fromkeys(line.strip() for text in texts for line in text.splitlines()):
        if len(line) in LINE_LENGTHS:
            for word, tag in pos_tag(line):
                seen[word] += 1
                verbs[word] += tag == "V"
    return mostly_verbs(verbs, seen), *longer_words(verbs, seen)


def longer_words(verbs: Counter[str], seen: Counter[str]) -> tuple[frozenset[str], frozenset[str]]:
    """All words of two syllables, and those that hardly ever are verbs."""
    longer = {word: count for word, count in seen.items() if " " in word and CANDIDATE.fullmatch(word) and count > 1}
    nouns = (word.lower() for word, count in longer.items() if verbs[word] <= MOST_VERBS_OF_A_NOUN * count)
    return frozenset(map(str.lower, longer)), frozenset(nouns)


def mostly_verbs(verbs: Counter[str], seen: Counter[str]) -> frozenset[str]:
    """The words that are verbs often enough, and in most of their places."""
    return frozenset(
        word
        for word, count in verbs.items()
        if CANDIDATE.fullmatch(word)
        and word.islower()
        and count >= LEAST_SEEN[len(word.split())]
        and count >= LEAST_VERB_SHARE * seen[word]
    )


def places(
    texts: list[str], verbs: frozenset[str], longer: frozenset[str]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each verb, or a pair that begins with one, stands anywhere, begins a predicate, tells a body apart."""
    everywhere: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    firsts = {verb.split()[0] for verb in verbs}
    for text in texts:
        words = WORD.findall(text)
        low = [word.lower() for word in words]
        for at in range(2, len(low) - 1):
            if low[at] not in firsts or not low[at + 1].isalpha():
                continue
            before, pair, found = low[at - 1], f"{low[at - 2]} {low[at - 1]}", [f"{low[at]} {low[at + 1]}"]
            if found[0] not in longer and f"{before} {low[at]}" not in longer:
                found.append(low[at])
            everywhere.update(found)
            opens = before in {"\n", "-", "+", ")"} and words[at][0].isupper() and words[at + 1][0].islower()
            if opens or before in BEFORE_PREDICATES or pair in PAIRS_BEFORE_PREDICATES:
                acts.update(found)
            elif before in BODIES or pair in PAIRS_OF_BODIES:
                kinds.update(found)
    return everywhere, acts, kinds


def table(
    verbs: frozenset[str],
    longer: frozenset[str],
    nouns: frozenset[str],
    everywhere: Counter[str],
    acts: Counter[str],
    kinds: Counter[str],
) -> list[tuple[str, str, str]]:
    """The verbs that begin predicates, each with the syllables before and behind which it is part of another word."""
    of_bodies = {
        pair
        for pair, count in kinds.items()
        if " " in pair and count >= KIND_OF_BODY and acts[pair] < MOST_RATIO_OF_KIND * count
    }
    chosen = [
        verb
        for verb in sorted(verbs - NO_PREDICATES - NO_VERBS)
        if acts[verb] >= LEAST_PLACES
        and acts[verb] >= LEAST_SHARE[len(verb.split())] * everywhere[verb]
        and acts[verb] >= LEAST_RATIO * (kinds[verb] + 1)
    ]
    before, behind = defaultdict(set), defaultdict(set)
    for first, second in map(str.split, nouns | of_bodies):
        if f"{first} {second}" not in chosen:
            before[first].add(second)
    for first, second in map(str.split, longer):
        behind[second].add(first)
    return [(verb, " ".join(sorted(before[verb])), " ".join(sorted(behind[verb]))) for verb in chosen]


HEADER = """\
# Verbs that begin a predicate where they follow a body (`các doanh nghiệp treo cờ`), and the syllables before and
# behind which they are part of another word. Learnt by scripts/build_predicates.py; do not edit.
word\tbefore\tbehind
"""

if __name__ == "__main__":
    main()
