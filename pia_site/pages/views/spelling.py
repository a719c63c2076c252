"""How the documents write a name, each spelling with the places where it stands so.

May import: catalogue, text, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.catalogue.resolve import Mention
from pia_site.pages.routes import Page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Link
from pia_site.text.cleaning import collapse_spaces


@dataclass(frozen=True, slots=True)
class SpellingView:
    written: str
    branch: str
    """The branch of a company, as written; "" where none is named."""
    evidence: tuple[Link, ...]


def spellings(atlas: Atlas, page: Page, mentions: Iterable[Mention]) -> tuple[SpellingView, ...]:
    """Every spelling in the order of its first appearance."""
    found: dict[tuple[str, str], list[Link]] = {}
    for mention in mentions:
        written = collapse_spaces(mention.written)
        if written:
            found.setdefault((written, mention.branch or ""), []).append(atlas.evidence(page, mention))
    return tuple(
        SpellingView(written, branch, tuple(dict.fromkeys(links)))
        for (written, branch), links in found.items()
    )
