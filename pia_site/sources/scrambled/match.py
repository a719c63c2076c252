"""What scrambled pages left open: places without a value and values without a place, brought together.

Only where one answer is possible: words that another copy of the part holds, letter for letter, in the very place
that is open; words that a declared change says stand there; one open place and one piece; as many places as
pieces that all say the same; labels and risks each followed by their own stretch of prose.
May import: raw_pieces, raw_rows, raw_witness, raw_text, changes, labels, forms, text.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence

from pia_site.forms import Block, Item, Kind
from pia_site.sources.filling.changes import Row
from pia_site.sources.scrambled.pieces import NAME, Enclosed, Loose, Open, Spot, Store, is_prose
from pia_site.sources.scrambled.rows import is_twin, settle_rows
from pia_site.sources.scrambled.witness import Witnesses
from pia_site.text.cleaning import drop_spaces, is_dash, matching_key

_NAMED = frozenset({Kind.NAME, Kind.TEXT, Kind.DATE})
_FILES = "特定個人情報ファイル名"
_FILE = "ファイル"


def match_open(pages: Sequence[Open], store: Store, changes: Iterable[Row]) -> None:
    """Bring together what can be. The places that stay open are lost, or blank where no words are left for them."""
    witnesses = Witnesses(changes)
    steps: tuple[Callable[[Open, Store], None], ...] = (
        _match_files,
        _match_prose,
        _match_twins,
        _match_parentheses,
        _match_only_prose,
        _match_last,
    )
    open_before = -1
    while (still := sum(len(page.spots) for page in pages)) != open_before:
        open_before = still
        for step in steps[:3]:
            for page in pages:
                step(page, store)
        witnesses.match(pages, store)
        for step in steps[3:]:
            for page in pages:
                step(page, store)
    settle_rows(pages, store)
    for page in pages:
        for spot in page.spots:
            # Where nothing is left that could be its value, a printed label has none.
            blank = not page.pool and spot.slot.item.kind not in (Kind.CHOICE, Kind.COUNT)
            store.printed(spot, 0).lost = not blank


def _match_files(page: Open, store: Store) -> None:
    """Names of files are told by their form."""
    for spot in [one for one in page.spots if one.slot.item.key == _FILES]:
        found = [p for p in page.pool if all(name.endswith(_FILE) for name in p.text.split("、"))]
        if len(found) == 1:
            page.settle(spot, found, store, sure=True)


def _match_twins(page: Open, store: Store) -> None:
    """Words that another copy holds in the very place that is open here, or every other member does."""
    for spot in list(page.spots):
        others = [one for one in store.gathered.values() if one.pieces and one.slot.item is spot.slot.item]
        twins = [one for one in others if is_twin(one.slot, spot.slot)]
        siblings = [one for one in others if one.slot.part is spot.slot.part and spot.entry.group]
        known = {_key(one.text) for one in twins or siblings}
        if len(known) == 1:
            found = _run_of(page.pool, known.pop())
            if found:
                page.settle(spot, found, store)


def _run_of(pool: list[Loose], key: str) -> list[Loose]:
    """The pieces, one after the other, that say just this."""
    for start in range(len(pool)):
        said = ""
        for end in range(start, len(pool)):
            said += _key(pool[end].text)
            if said == key:
                return pool[start : end + 1]
            if not key.startswith(said):
                break
    return []


def _match_prose(page: Open, store: Store) -> None:
    """A label or risk whose place is certain, with prose as the very next thing on the page."""
    marks = page.marks
    stretches: dict[int, list[Loose]] = {}
    for stretch in page.stretches():
        above = bisect(marks, stretch[0].first) - 1
        beside = [one for one in page.pool if above >= 0 and marks[above] < one.first < stretch[0].first]
        if above >= 0 and not beside and is_prose(stretch[0]):
            stretches[marks[above]] = stretch
    risks = {_first_item(entry.node): line for entry, line in page.read.blocks}
    spots = sorted(page.worded(store), key=lambda spot: spot.position)
    if len(page.prose()) > len(spots):
        return  # the layer tore a cell apart, or its label is not on this page
    found: list[tuple[int, Spot, list[Loose]]] = []
    for index, spot in enumerate(spots):
        heading = risks.get(spot.slot.item, -1) if spot.entry.path else -1
        own = stretches.get(page.labels.get(spot.slot.address, heading))
        if own is not None:
            found.append((index, spot, own))
    if page.is_even(store) and len(found) < len(spots):
        # As many cells as stretches, and not every label beside its own: the form's order has to say the same.
        in_order = page.prose()
        found = [(index, spot, stretch) for index, spot, stretch in found if in_order[index][0] is stretch[0]]
    for _, spot, stretch in found:
        page.settle(spot, stretch, store)


def _first_item(node: object) -> Item | None:
    """The item that a risk begins with; what follows a risk's heading is its."""
    first = node.nodes[0] if isinstance(node, Block) and node.titles and node.nodes else None
    return first if isinstance(first, Item) else None


def _match_only_prose(page: Open, store: Store) -> None:
    """One open place for prose on the page, and one stretch of it."""
    spots = page.worded(store)
    if len(spots) == 1 and page.is_even(store):
        page.settle(spots[0], page.prose()[0], store)


def _match_parentheses(page: Open, store: Store) -> None:
    """Words in parentheses that the layer tore from their box, and the only box that misses such words."""
    spots = [spot for spot in page.spots if spot.slot.item.fill_of is not None]
    torn = [piece for piece in page.pool if piece.enclosed not in (None, Enclosed.NOT)]
    shapes = (
        ([s for s in spots if not page.parens.get(s.slot.address)], Enclosed.WHOLE),
        ([s for s in spots if page.parens.get(s.slot.address)], Enclosed.END),
    )
    for places, shape in shapes:
        pieces = [piece for piece in torn if piece.enclosed is shape]
        if len(places) == len(pieces) == 1:
            page.settle(places[0], pieces, store)
            return
    if len(spots) == len(torn) == 1:
        page.settle(spots[0], torn, store)


def _match_last(page: Open, store: Store) -> None:
    """One open place and one short piece; or as many as there are places, all the same."""
    spots = [s for s in page.spots if s.slot.item.kind in _NAMED and s.slot.item.fill_of is None]
    pieces = [piece for piece in page.pool if _is_name(piece)]
    texts = {drop_spaces(piece.text) for piece in pieces}
    if spots and len(spots) == len(pieces) and (len(spots) == 1 or len(texts) == 1):
        for spot, piece in zip(spots, pieces, strict=True):
            page.settle(spot, [piece], store)


def _is_name(piece: Loose) -> bool:
    if piece.enclosed is not None or piece.written is not None:
        return False
    return is_dash(piece.text) or (len(piece.text) <= NAME and "。" not in piece.text)


def _key(text: str) -> str:
    return matching_key(text.strip("[]［］ 　()（）件"))
