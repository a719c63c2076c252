"""The sidecar of an import: where in the source every item stands, how sure that is, what was withheld.

May import: reading, abstract, imprint, assemble, extract, documents.
"""

from __future__ import annotations

from pia_site import __version__
from pia_site.documents.provenance import (
    INFERRED,
    SURE,
    UNDECIDED,
    ItemOrigin,
    Provenance,
    SourceFile,
    line_ranges,
)
from pia_site.sources.abstract import Withheld
from pia_site.sources.extract import Extract
from pia_site.sources.filling.assemble import Origin
from pia_site.sources.imprint import imprints
from pia_site.sources.reading import Reading

_SIDES = ("before", "after", "reason")


def trace(read: Reading, withheld: dict[str, Withheld]) -> Provenance:
    """The provenance of a reading; `withheld` is what the abstract of its edition leaves out."""
    edition, extract, origins = read.edition, read.extract, read.origins
    items = {address: ItemOrigin(label=printed) for address, printed in read.damaged.items()}
    for address, mark in imprints(edition).items():
        length = withheld[address].length if address in withheld else None
        known = origins.get(address)
        items[address] = (_place(known, extract) if known else ItemOrigin()).model_copy(
            update={"label": known.label if known else None, "length": length, "fingerprint": mark}
        )
        for side in (f"{address}-{side}" for side in _SIDES):
            if side in withheld:
                kept = withheld[side]
                items[side] = ItemOrigin(length=kept.length, fingerprint=kept.fingerprint)
    return Provenance(
        source=SourceFile(name=extract.source, sha256=extract.sha256),
        importer=f"pia-site {__version__}",
        items=items,
    )


def _place(origin: Origin, extract: Extract) -> ItemOrigin:
    blocks = [extract.by_line[line] for line in origin.lines if line in extract.by_line]
    certainty = UNDECIDED if origin.undecided else SURE if origin.sure else INFERRED
    sheet = next((block.sheet for block in blocks if block.sheet is not None), None)
    if sheet is not None:
        cell = (origin.cell or 1) - 1
        cells = (block.refs[cell] for block in dict.fromkeys(blocks) if cell < len(block.refs))
        return ItemOrigin(sheet=sheet, cells=tuple(dict.fromkeys(cells)), certainty=certainty)
    pages = line_ranges(block.page for block in blocks if block.page is not None)
    if pages is not None:
        return ItemOrigin(pages=pages, cell=origin.cell, certainty=certainty)
    return ItemOrigin(lines=line_ranges(origin.lines), cell=origin.cell, certainty=certainty)
