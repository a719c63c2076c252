"""What surrounds the content of every page: title, path, the foot with who answers for the page.

May import: pages.routes, pages.output.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.pages.output import SiteSettings
from pia_site.pages.routes import HOME, Page, Target, href

SEPARATOR = " – "
"""Between the steps of a page title, from the particular to the general."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one page shows it: the words, and the address relative to that page."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path; `href` is None for the page itself."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Foot:
    """Who is responsible, where the data lie, how an error is reported; None where unset."""

    publisher: str | None
    report: Link | None
    report_written: str | None
    """What is to be shown where the setting is no address that can be linked."""
    data: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Chrome:
    page: Page
    title: str
    """The words of the <title>, e.g. 「Ⅱ4 委託 – 後期高齢者医療事務 – いわき市」."""
    description: str
    heading: str
    """The page's h1."""
    breadcrumb: tuple[Crumb, ...]
    foot: Foot
    heading_id: str | None = None
    """The h1's id, where the page itself is an item address ("ii1")."""


def chrome(
    page: Page,
    settings: SiteSettings,
    *,
    heading: str,
    path: tuple[tuple[str, Page], ...] = (),
    description: str = "",
    title: str | None = None,
    data: tuple[tuple[str, Target], ...] = (),
    heading_id: str | None = None,
) -> Chrome:
    """The chrome of a page below `path` (words and page of each step, home left out).

    The title runs from the heading up through the path unless it is given.
    """
    steps = (*(words for words, _ in path), heading)
    return Chrome(
        page=page,
        title=title if title is not None else SEPARATOR.join(reversed(steps)),
        description=description,
        heading=heading,
        breadcrumb=(
            Crumb("目録", href(page, HOME)),
            *(Crumb(words, href(page, target)) for words, target in path),
            Crumb(heading, None),
        ),
        foot=_foot(page, settings, data),
        heading_id=heading_id,
    )


def _foot(page: Page, settings: SiteSettings, data: tuple[tuple[str, Target], ...]) -> Foot:
    written = settings.report_to.strip() if settings.report_to else ""
    address = report_address(written)
    return Foot(
        publisher=(settings.publisher or "").strip() or None,
        report=Link(written, address) if address else None,
        report_written=written or None if not address else None,
        data=tuple(Link(words, href(page, target)) for words, target in data),
    )


def report_address(written: str) -> str | None:
    """The address behind `report_to`: a URL or an e-mail address; None for anything else."""
    if written.startswith(("https://", "http://", "mailto:")):
        return written
    name, at, host = written.partition("@")
    plain = at and name and "." in host and not set(written) & set(" \t\"'<>()")
    return f"mailto:{written}" if plain else None
