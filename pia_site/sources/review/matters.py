"""What an officer has to look at after an import, most urgent first, each place once.

A matter is one thing to look at and to tick: a proposal, lost items that stand side by side, an item with an
undecided box, what is left over. Its spots put rows of the source beside what was made of them.
May import: review_desk and the modules below it, merge, extract, documents, problems, text.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from pia_site.documents.answers import Answer, State
from pia_site.documents.edition import DeclaredChange
from pia_site.problems import Problem
from pia_site.sources.extract import Leftover, shown
from pia_site.sources.merge import Proposal
from pia_site.sources.review.desk import Desk, Matter, Remnant, Spot, Urgency, Versions
from pia_site.sources.review.result import AnswerView, Heading, Place
from pia_site.sources.review.rows import LEFT, NEAR, Marks, RowView
from pia_site.text.cleaning import drop_spaces, fingerprint

_SAID_PLACE_BY_PLACE = frozenset({"I001", "I004", "I006"})
"""Problems of a reading whose kind of matter says the same."""
_STALE = "要約は、変わる前の文章に合わせたものです。今の文章に合うか確かめてください。"
_INFERRED = "置き場所は、前後の並びから決めました。"
_JOINED = "行のつながりや列の境は、並びから決めました。"
_ROWS_OF_A_GAP = 6
_ROWS_OF_A_PASSAGE = 16
"""Leftovers that stand close together are one passage, up to so many rows."""
_NEIGHBOURS = 2


def matters(
    desk: Desk,
    proposals: Sequence[Proposal],
    *,
    taken: bool = False,
    stale: Collection[str] = (),
) -> tuple[Matter, ...]:
    """Everything to look at. `taken`: what only the source changed stands in the YAML already; `stale` are the
    addresses of 要約 that were written for another wording."""
    order = list(Urgency)
    found = _Finder(desk, proposals, taken, stale).find()
    return tuple(sorted(found, key=lambda one: order.index(one.urgency)))


class _Finder:
    def __init__(
        self, desk: Desk, proposals: Sequence[Proposal], taken: bool, stale: Collection[str]
    ) -> None:
        self._desk = desk
        self._proposals = proposals
        self._taken = taken
        self._stale = stale
        self._shown = {one.address for one in proposals}
        """Addresses that a matter is about already."""
        self._told: defaultdict[str, list[Problem]] = defaultdict(list)
        """Problems of items, by the address of their place."""
        self._others: list[Problem] = []
        for one in dict.fromkeys(desk.read.problems):
            self._sort(one)

    def find(self) -> Iterator[Matter]:
        yield from map(self._proposal, self._proposals)
        for one in self._others:
            yield from self._problem(one)
        yield from self._of_places()
        yield from self._headings()
        yield from self._change_rows()
        yield from self._leftovers()

    def _sort(self, one: Problem) -> None:
        address = one.location.address or ""
        place = self._desk.place_of.get(address)
        if one.code in _SAID_PLACE_BY_PLACE:
            return
        if place is None or self._members(address):
            self._others.append(one)
        elif self._desk.is_as_read(address):
            self._told[place.address].append(one)

    # --- proposals ---

    def _proposal(self, one: Proposal) -> Matter:
        place = self._desk.place_of.get(one.address)
        notes = []
        if self._taken and not one.both:
            notes.append("原本に合わせて、評価書を書き換えました。")
        if one.address in self._stale:
            notes.append(_STALE)
        answer = self._desk.edition.answers.get(one.address)
        line = answer.line if answer is not None else one.line
        rows, answers = self._proposed(one, place)
        title = one.label
        if place is not None:
            own = place.label_of(one.address)
            title = own if one.address == place.address else f"{place.label} {own}"
        return Matter(
            key=one.address,
            urgency=Urgency.BOTH if one.both else Urgency.PROPOSED,
            crumbs=place.crumbs if place is not None else (),
            title=title,
            spots=(Spot(rows, answers, versions=_versions(one, line)),),
            notes=tuple(notes),
            addresses=(one.address,),
        )

    def _proposed(
        self, one: Proposal, place: Place | None
    ) -> tuple[tuple[RowView, ...], tuple[AnswerView, ...]]:
        """The rows of an item; of change rows, those that only one side has; of another list, its members'."""
        desk = self._desk
        part = desk.edition.form.parts_by_role.get("changes")
        if part is not None and one.address == part.step:
            return self._proposed_changes()
        if place is not None and desk.origin(place) is not None:
            return desk.rows_of(place), ()
        heads: dict[str, int] = {}
        for address, origin in desk.read.origins.items():
            indexes = desk.rows.indexes(origin.lines) if address.startswith(one.address) else []
            if indexes:
                heads.setdefault(address.removeprefix(one.address).partition("-")[0], indexes[0])
        return tuple(desk.rows.row(at) for at in sorted(set(heads.values()))), ()

    def _proposed_changes(self) -> tuple[tuple[RowView, ...], tuple[AnswerView, ...]]:
        desk = self._desk
        whole = not desk.edition.abridged
        mine = {row.address: _told(row, whole=whole) for row in desk.edition.changes}
        theirs = {row.address: _told(row, whole=whole) for row in desk.read.edition.changes}
        new = (address for address, told in theirs.items() if told not in mine.values())
        lines = (line for address in new for line in desk.read.origins[address].lines)
        gone = (row for row in desk.edition.changes if mine[row.address] not in theirs.values())
        answers = (
            AnswerView(row.address, "原本にない行", row.line, text=f"{row.date.written} {row.item}")
            for row in gone
        )
        return tuple(desk.rows.row(at) for at in desk.rows.indexes(lines)), tuple(answers)

    # --- problems that are not about one item ---

    def _problem(self, one: Problem) -> Iterator[Matter]:
        """A problem, with the items that it explains where nothing more urgent is said of them."""
        desk, address, line = self._desk, one.location.address, one.location.line
        about = [place for place in self._members(address) if self._urgency(place) is Urgency.INFERRED]
        if self._members(address) and not about:
            return  # settled since, or told item by item
        spots = [Spot(desk.rows_of(place), desk.answers(place)) for place in about]
        inside = tuple(slot.address for place in about for slot in place.slots)
        self._shown.update(inside)
        rows = desk.near(self._around(desk.rows.indexes([line or 0])))
        if rows and not spots:
            spots.append(Spot(rows))
        yield Matter(
            key=f"{one.code}-{address or line or ''}-{fingerprint(one.message)[:8]}",
            urgency=Urgency.PROBLEM,
            crumbs=about[0].crumbs if about else (),
            title=one.message,
            spots=tuple(spots),
            notes=(one.hint,),
            addresses=inside,
        )

    def _members(self, address: str | None) -> list[Place]:
        """The places of a member of a group, if the address is one's."""
        return [one for one in self._desk.places if address and one.slot.group_address == address]

    # --- places of the form ---

    def _of_places(self) -> Iterator[Matter]:
        """Lost places that stand side by side in one section are one matter."""
        gap: list[int] = []
        for at, place in enumerate(self._desk.places):
            urgency = self._urgency(place)
            if gap and not (urgency is Urgency.LOST and self._goes_on(gap[-1], place)):
                yield self._gap(gap)
                gap = []
            if urgency is Urgency.LOST:
                gap.append(at)
            elif urgency is not None:
                yield self._matter(urgency, place)
        if gap:
            yield self._gap(gap)

    def _goes_on(self, at: int, place: Place) -> bool:
        """Whether two lost places are one gap: in the same section, and both with or both without a row."""
        last = self._desk.places[at]
        same = last.slot.section_address == place.slot.section_address
        return same and bool(self._desk.indexes(last)) == bool(self._desk.indexes(place))

    def _urgency(self, place: Place) -> Urgency | None:
        answers = self._answers(place)
        if not answers:
            return None
        if any(one.address in self._stale for one in answers):
            return Urgency.STALE
        if any(one.undecided for one in answers):
            return Urgency.UNDECIDED
        if any(one.state is State.LOST for one in answers):
            return Urgency.LOST
        if place.address in self._told:
            return Urgency.PROBLEM
        if any(map(self._is_inferred, answers)):
            return Urgency.INFERRED
        return Urgency.DAMAGED if self._printed_label(place) else None

    def _answers(self, place: Place) -> list[Answer]:
        """The answers of a place that no other matter is about."""
        found = (self._desk.edition.answers.get(slot.address) for slot in place.slots)
        return [one for one in found if one is not None and one.address not in self._shown]

    def _is_inferred(self, answer: Answer) -> bool:
        origin = self._desk.read.origins.get(answer.address)
        return origin is not None and not origin.sure and self._desk.is_as_read(answer.address)

    def _printed_label(self, place: Place) -> str | None:
        origin = self._desk.read.origins.get(place.address)
        return origin.label if origin is not None else None

    def _why(self, place: Place, urgency: Urgency) -> Iterator[str]:
        """What the kind of a matter does not say."""
        if any(one.address in self._stale for one in self._answers(place)):
            yield _STALE
        for known in self._told.get(place.address, ()):
            yield f"{known.message}{known.hint}"
        if urgency is not Urgency.INFERRED and any(map(self._is_inferred, self._answers(place))):
            yield _INFERRED
        printed = self._printed_label(place)
        if printed:
            yield f"原本の見出しは「{shown(printed)}」、様式の見出しは「{place.slot.item.printed}」です。"

    def _matter(self, urgency: Urgency, place: Place) -> Matter:
        left = {one.address for one in self._answers(place)}
        answers = tuple(one for one in self._desk.answers(place) if one.address in left)
        return Matter(
            key=place.address,
            urgency=urgency,
            crumbs=place.crumbs,
            title=place.label,
            spots=(Spot(self._desk.rows_of(place), answers),),
            notes=tuple(self._why(place, urgency)),
            addresses=tuple(one.address for one in answers),
        )

    # --- lost places ---

    def _gap(self, gap: list[int]) -> Matter:
        """Lost places, beside their row or those between the items before and after them."""
        desk = self._desk
        lost = [desk.places[at] for at in gap]
        answers = tuple(self._lost_answers(lost))
        keys = _common([one.keys[:-1] for one in answers]) if len(answers) > 1 else ()
        inside = tuple(replace(one, keys=one.keys[len(keys) :]) for one in answers)
        rows = tuple(dict.fromkeys(row for place in lost for row in desk.rows_of(place)))
        spot = Spot(rows) if rows else self._between(gap[0], gap[-1])
        first, last = answers[0].label, answers[-1].label
        return Matter(
            key=answers[0].address,
            urgency=Urgency.LOST,
            crumbs=lost[0].crumbs[:2],
            title=first if len(answers) == 1 else f"{first} ～ {last}（{len(answers)} 項目）",
            spots=(replace(spot, answers=inside, keys=keys),),
            notes=tuple(note for place in lost for note in self._why(place, Urgency.LOST)),
            addresses=tuple(one.address for one in answers),
        )

    def _lost_answers(self, lost: Iterable[Place]) -> Iterator[AnswerView]:
        for place in lost:
            for one in self._desk.answers(place):
                if one.is_open and one.address not in self._shown:
                    above = place.label if one.address != place.address else None
                    yield replace(one, label=" ".join(filter(None, (place.slot.group, above, one.label))))

    def _between(self, first: int, last: int) -> Spot:
        """The rows behind the item before a gap, up to the item after it."""
        desk = self._desk
        before = next(filter(None, map(desk.indexes, reversed(desk.places[:first]))), [])[-1:]
        after = next(filter(None, map(desk.indexes, desk.places[last + 1 :])), [])[:1]
        if before and after and after < before:  # the order of the source is not that of the form
            after = []
        rows = desk.rows.between(before, after, _ROWS_OF_A_GAP)
        around = (*desk.near(before), *(desk.rows.row(at) for at in rows), *desk.near(after))
        return Spot(around, gap_at=None if rows else len(before))

    # --- headings, change rows ---

    def _headings(self) -> Iterator[Matter]:
        """Damaged headings; one that several copies of a part print in the same way is one matter."""
        alike: dict[tuple[str, str], list[str]] = {}
        for address, printed in self._desk.read.damaged.items():
            if address in self._desk.headings:
                key = unicodedata.normalize("NFKC", drop_spaces(printed))
                alike.setdefault((self._desk.headings[address].words, key), []).append(address)
        for (words, _), addresses in alike.items():
            yield Matter(
                key=f"heading-{addresses[0]}",
                urgency=Urgency.DAMAGED,
                crumbs=("見出し",),
                title=words,
                spots=tuple(self._heading(self._desk.headings[address]) for address in addresses),
                addresses=tuple(addresses),
            )

    def _heading(self, heading: Heading) -> Spot:
        """A heading beside the form's: the last row with its words above the items that it heads."""
        desk = self._desk
        below = (desk.indexes(one) for one in desk.places if one.address.startswith(f"{heading.address}-"))
        first = next((indexes[0] for indexes in below if indexes), len(desk.rows) - 1)
        printed = desk.read.damaged[heading.address]
        words = drop_spaces(printed)
        at = next((at for at in range(first, -1, -1) if words in drop_spaces(desk.rows.words_at(at))), None)
        row = () if at is None else (desk.rows.row(at, marks=Marks([shown(printed)])),)
        label = " › ".join((*heading.crumbs, "様式の見出し"))
        return Spot(row, (AnswerView(heading.address, label, 0, text=heading.words),))

    def _change_rows(self) -> Iterator[Matter]:
        desk = self._desk
        part = desk.edition.form.parts_by_role.get("changes")
        if part is None or part.step in self._shown:
            return
        for row in desk.edition.changes:
            origin = desk.read.origins.get(row.address)
            if origin is None or origin.sure:
                continue
            sides = (("変更前", row.before), ("変更後", row.after))
            answers = tuple(
                AnswerView(row.address, name, row.line, text=side.text or side.summary or "")
                for name, side in sides
            )
            yield Matter(
                key=row.address,
                urgency=Urgency.INFERRED,
                crumbs=(part.key,),
                title=f"{row.date.written} {row.item}".strip(),
                spots=(Spot(tuple(desk.rows.row(at) for at in desk.rows.indexes(origin.lines)), answers),),
                notes=(_JOINED,),
                addresses=(row.address,),
            )

    # --- leftovers ---

    def _leftovers(self) -> Iterator[Matter]:
        """Leftovers that stand close together, as one passage."""
        passage: list[Leftover] = []
        span: list[int] = []
        for one in self._desk.read.leftovers:
            indexes = self._desk.rows.indexes(range(one.first, one.last + 1))
            if span and indexes:
                is_near = indexes[0] <= span[-1] + _NEIGHBOURS
                joins = is_near and indexes[-1] - span[0] < _ROWS_OF_A_PASSAGE
            else:
                joins = bool(passage) and one.first <= passage[-1].last
            if passage and not joins:
                yield self._passage(passage, span)
                passage, span = [], []
            passage.append(one)
            span = sorted({*span, *indexes})
        if passage:
            yield self._passage(passage, span)

    def _passage(self, leftovers: list[Leftover], span: list[int]) -> Matter:
        desk = self._desk
        marks = Marks(line for one in leftovers for line in one.text.split("\n"))
        rows = tuple(
            desk.rows.row(at, LEFT, marks=marks) if at in span else desk.rows.row(at, NEAR)
            for at in self._around(span)
        )
        remnants = tuple(Remnant(self._place(one), one.text, one.reason or "") for one in leftovers)
        return Matter(
            key=f"line-{leftovers[0].first}",
            urgency=Urgency.LEFTOVER,
            crumbs=(),
            title=desk.rows.place_of(span) or remnants[0].place,
            spots=(Spot(rows, remnants=remnants, beside=tuple(self._items_beside(span))),),
        )

    def _place(self, one: Leftover) -> str:
        indexes = self._desk.rows.indexes(range(one.first, one.last + 1))
        return self._desk.rows.place_of(indexes) or f"{one.first}行"

    def _around(self, span: list[int]) -> range:
        if not span:
            return range(0)
        return range(max(0, span[0] - _NEIGHBOURS), min(len(self._desk.rows), span[-1] + _NEIGHBOURS + 1))

    def _items_beside(self, span: list[int]) -> Iterator[tuple[str, AnswerView]]:
        """The item of the same row, or those before and after a passage: where its words may belong."""
        owners = self._desk.owners
        found: list[tuple[str, Place]] = []
        if span and span[0] in owners:
            found = [("同じ行の項目", owners[span[0]])]
        elif span:
            before = next((owners[at] for at in range(span[0], -1, -1) if at in owners), None)
            after = next((owners[at] for at in range(span[-1], len(self._desk.rows)) if at in owners), None)
            sides = (
                [("前の項目", before), ("後の項目", after)]
                if before is not after
                else [("前後の項目", before)]
            )
            found = [(name, place) for name, place in sides if place is not None]
        for name, place in found:
            for one in self._desk.answers(place)[:1]:
                yield name, replace(one, label=" ".join((*place.crumbs, one.label)))


def _common(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The steps with which all paths begin."""
    alike = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in alike)


def _told(row: DeclaredChange, *, whole: bool) -> tuple[str | None, ...]:
    """What tells a change row, in an abstract edition without the words that it withholds."""
    sides = (row.before.text, row.after.text) if whole else ()
    return row.date.written, row.item, row.timing, *sides


def _versions(one: Proposal, line: int) -> Versions:
    """Both wordings, cut where they begin and cease to differ."""
    yours, theirs = one.yours, one.theirs
    most = min(len(yours), len(theirs))
    head = next((n for n in range(most) if yours[n] != theirs[n]), most)
    tail = next((n for n in range(most - head) if yours[-1 - n] != theirs[-1 - n]), most - head)
    return Versions(one.address, line, _cut(yours, head, tail), _cut(theirs, head, tail))


def _cut(text: str, head: int, tail: int) -> tuple[str, str, str]:
    end = len(text) - tail
    return text[:head], text[head:end], text[end:]
