"""The web application for reviewers: `kehoach review output/` opens it.

    make_app(Site(out=Path("output"), reviewer="An"))  →  an ASGI application

Pages are rendered on the server and work offline; their scripts only select, ask and show. What a person decides goes
through `pipeline.review`, and the page says "saved" when the line is on the disk.
"""

from pipeline.review_web.app import make_app
from pipeline.review_web.site import Site

__all__ = ["Site", "make_app"]
