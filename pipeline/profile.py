"""Propose a site profile from what the documents of one directory share.

A line such as `Lượt truy cập: 120` that stands in most pages of a site is the site's; one that stands in a few is the
law's. The proposal is for a person to read: legal phrases that every decree has (`QUYẾT ĐỊNH:`) are left out, yet no
list of them is complete.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.clean.marks import is_bullet, is_rule, is_type_line, label_of, stands_alone


def propose_profile(texts: Iterable[tuple[str, str]], *, least_share: float = 0.5) -> str:
    """TOML of a profile made of the lines in at least *least_share* of *texts*, pairs of a name and a text.

    >>> pages = [(f"{n}.txt", f"Trang chủ\\nBài {chr(65 + n)} về nông thôn\\nLượt xem: {n}") for n in range(4)]
    >>> print(propose_profile(pages))
    name = "new site"
    known_by = ['^Trang chủ$']
    <BLANKLINE>
    [drop]
    lines = [
        "Trang chủ",  # 4 of 4
    ]
    patterns = [
        'Lượt xem: \\d+',  # 4 of 4
    ]
    <BLANKLINE>
    """
    counts: Counter[str] = Counter()
    exact: dict[str, Counter[str]] = {}
    total = 0
    for _, text in texts:
        total += 1
        forms = {line: re.sub(r"\d+", "0", line) for line in map(str.strip, text.splitlines()) if _may_be_chrome(line)}
        counts.update(set(forms.values()))
        for line, form in forms.items():
            exact.setdefault(form, Counter())[line] += 1
    shared = [form for form, count in counts.most_common() if count >= max(2, least_share * total)]
    fixed = [form for form in shared if len(exact[form]) == 1]
    varied = [form for form in shared if len(exact[form]) > 1]
    known_by = [f"'^{_pattern(_only(exact[fixed[0]]))}$'"] if fixed else []
    rows = ['name = "new site"', f"known_by = [{', '.join(known_by)}]", "", "[drop]", "lines = ["]
    rows += [f"    {_quoted(_only(exact[form]))},  # {counts[form]} of {total}" for form in fixed]
    rows += ["]", "patterns = ["]
    rows += [f"    '{_pattern(form)}',  # {counts[form]} of {total}" for form in varied]
    return "\n".join([*rows, "]", ""])


def _may_be_chrome(line: str) -> bool:
    """Lines of law that all documents share are no chrome: type words, the nation's name, labels, bullets, bases."""
    if not 3 < len(line) < 200 or not any(map(str.isalpha, line)):
        return False
    if is_rule(line) or is_type_line(line) or stands_alone(line) or is_bullet(line) or label_of(line):
        return False
    return not (line.isupper() or line.startswith(("|", "Căn cứ", "Theo đề nghị", "Xét đề nghị")))


def _only(lines: Counter[str]) -> str:
    return next(iter(lines))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _pattern(form: str) -> str:
    escaped = re.escape(form).replace("\\ ", " ").replace("'", ".")
    return re.sub(r"(?<!\\)\b0\b", r"\\d+", escaped)
