"""Pages: routes, views without markup, and templates that make Markdown of them.

`render_site` is the one way in; nothing here knows MkDocs.
May import: catalogue, documents, forms, text, problems.
"""

from pia_site.pages.assemble import render_site
from pia_site.pages.output import RenderedPage, RenderedSite, SearchEntry, SiteSettings

__all__ = ["RenderedPage", "RenderedSite", "SearchEntry", "SiteSettings", "render_site"]
