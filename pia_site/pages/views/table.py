"""Plain tables: a caption that says how many rows there are, columns, rows of cells.

May import: pages.routes, views.chrome, views.item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.pages.views.chrome import Link
from pia_site.pages.views.item import NameView

_FILTERED_FROM = 8  # rows; a shorter table is read faster than it is filtered


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The places of one document, or of one role."""

    head: NameView
    links: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with or without a link, and names or links below them."""

    words: str = ""
    href: str | None = None
    names: tuple[NameView, ...] = ()
    groups: tuple[LinkGroup, ...] = ()
    badges: tuple[str, ...] = ()
    note: str = ""
    kind: str = ""
    """`number`, `date`, or "" for words."""


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell names the row."""

    cells: tuple[Cell, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    filter: str | None = None
    """What the field that filters the rows is called; None for a table too short to be filtered."""
    numbers: frozenset[int] = frozenset()
    """The columns that hold numbers."""


def table(what: str, columns: tuple[str, ...], rows: Iterable[Row], *, counter: str = "件") -> Table:
    """A table captioned 「システム（12件）」."""
    found = tuple(rows)
    numbers = frozenset(
        at for at in range(len(columns)) if found and all(row.cells[at].kind == "number" for row in found)
    )
    return Table(
        caption=f"{what}（{len(found)}{counter}）",
        columns=columns,
        rows=found,
        filter=f"{what}を絞り込む" if len(found) >= _FILTERED_FROM else None,
        numbers=numbers,
    )


def linked(link: Link, *, note: str = "", badges: tuple[str, ...] = ()) -> Cell:
    return Cell(link.label, link.href, note=note, badges=badges)


def number(count: int) -> Cell:
    return Cell(f"{count:,}", kind="number")


def listed(links: Iterable[Link | NameView], *, none: str = "") -> Cell:
    """Names or links one below the other; `none` where there is none."""
    names = tuple(
        one if isinstance(one, NameView) else NameView(one.label, one.href) for one in dict.fromkeys(links)
    )
    return Cell(names=names) if names else Cell(none)
