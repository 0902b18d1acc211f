"""The page: one HTML file with its style, its scripts and its data, and a policy that forbids everything else.

The scripts are named by their hashes in the content security policy, Vega runs its expressions without `eval`, and
nothing may be loaded. Words of documents come in as data (`<` written `\\u003c`) and go onto the page as text.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from markupsafe import Markup

from pipeline.pictures.charts import Section, sections
from pipeline.pictures.gather import Gathered
from pipeline.pictures.looks import Drawn
from pipeline.pictures.marks import Shown, page_share
from pipeline.pictures.page_words import WORDS
from pipeline.templates import new_environment

HERE = Path(__file__).parent


def render_page(gathered: Gathered) -> str:
    """The page of all that was gathered; the same input gives the same page."""
    found = sections(gathered)
    library, script = _library(), (HERE / "report.js").read_text(encoding="utf-8")
    environment = new_environment()
    environment.filters["number"] = lambda count, language: f"{count:,}".replace(",", "." if language == "vi" else ",")
    return environment.from_string((HERE / "report.html.jinja").read_text(encoding="utf-8")).render(
        words=WORDS,
        gathered=gathered,
        single=len(gathered.documents) == 1 and any(gathered.lists.values()),
        sections=found,
        policy=f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src 'unsafe-inline';"
        " img-src data:; base-uri 'none'; form-action 'none'",
        style=Markup((HERE / "report.css").read_text(encoding="utf-8")),
        library=Markup(library),
        script=Markup(script),
        data=Markup(script_json(_data(gathered, found))),
    )


def script_json(value: Any) -> str:
    r"""JSON that cannot end its script element.

    >>> script_json({"text": "</script><b>"})
    '{"text":"\\u003c/script\\u003e\\u003cb\\u003e"}'
    """
    text = orjson.dumps(value).decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


class _Pool(NamedTuple):
    """Records, each once; marks point to them by number."""

    records: list[Shown]
    numbers: dict[Shown, int]

    def number(self, record: Shown) -> int:
        if record not in self.numbers:
            self.numbers[record] = len(self.records)
            self.records.append(record)
        return self.numbers[record]


def _data(gathered: Gathered, found: list[Section]) -> dict[str, Any]:
    drawn = [mark.mark for section in found for panel in section.panels for mark in panel.marks]
    share, pool = page_share(drawn), _Pool([], {})
    shown = [
        {
            "name": section.name,
            "panels": [
                {"spec": panel.spec, "marks": [_mark(mark, share, pool) for mark in panel.marks]}
                for panel in section.panels
            ],
        }
        for section in found
    ]
    return {
        "sections": shown,
        "records": list(map(tuple, pool.records)),
        "documents": list(map(tuple, gathered.documents)),
        "words": WORDS,
    }


def _mark(drawn: Drawn, share: int, pool: _Pool) -> dict[str, Any]:
    records = [pool.number(record) for record in drawn.mark.records[:share]]
    return {"name": drawn.name, "count": drawn.mark.count, "records": records}


@cache
def _library() -> str:
    """Vega, Vega-Lite and vega-embed with all that they need, as vl-convert ships them."""
    import vl_convert

    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub forgets that there is a default
    library = str(bundle)
    assert "</script" not in library.lower()
    return library


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
