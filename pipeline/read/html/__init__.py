"""HTML pages: `read_html(data)` finds the document in a saved page and gives its paragraphs and tables.

A page is parsed to a tree (`page`), the element that holds the document is chosen by what is known of the site
(`sites`, its profiles in `sites.toml`) or by where the text is dense (`density`), and that element is walked into
blocks (`walk`, with `lists`, `grid`, `paths`). What holds no document is refused with what it is (`kinds`).
"""

from pipeline.read.html.reader import read_html

__all__ = ["read_html"]
