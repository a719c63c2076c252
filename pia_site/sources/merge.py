"""Importing again: what the officer changed stays, what the source changed is proposed, never mixed silently.

Three readings of every place are compared: what the last import wrote (its fingerprint, in the sidecar), what
stands in the YAML now, and what the source says now. A place only the source changed can be taken over; a place
that both changed is the officer's. Where a list of copies or members has another length, it is compared as one,
because behind a new member every address means something else.
May import: imprint, abstract, documents, forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pia_site.documents.answers import Answer, State
from pia_site.documents.edition import Annex, ChangeText, DeclaredChange, Edition
from pia_site.documents.slots import walk
from pia_site.documents.write import leaf
from pia_site.sources.abstract import REMARK
from pia_site.sources.imprint import annex_imprint, imprint, row_imprint


@dataclass(frozen=True, slots=True)
class Proposal:
    """One place where the source says something else than it did at the last import.

    `yours` and `theirs` are what the YAML and the source say now, as one string; for a list of copies or
    members, how many. `both`: the YAML was changed there, too, and is kept.
    """

    address: str
    label: str
    yours: str
    theirs: str
    both: bool
    line: int = 0
    """Where the place stands in the YAML."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`edition` is the present one with every proposal taken over that nobody else changed."""

    edition: Edition
    proposals: tuple[Proposal, ...]
    stale: tuple[str, ...]
    """Addresses whose 要約 was written for a wording that has changed."""


def merge(current: Edition, imported: Edition, base: Mapping[str, str], new: Mapping[str, str]) -> Merged:
    """Bring the edition as it stands together with a new import of its source, on the same form.

    `imported` is abridged where `current` is. `base` holds the fingerprints of the last import, `new` those of
    this one, by address.
    """
    return _Merger(current, imported, base, new).run()


class _Merger:
    def __init__(
        self, current: Edition, imported: Edition, base: Mapping[str, str], new: Mapping[str, str]
    ) -> None:
        self._current = current
        self._imported = imported
        self._base = base
        self._new = new
        self._proposals: list[Proposal] = []
        self._stale: list[str] = []
        self._answers = dict(current.answers)
        self._copies = dict(current.copies)
        self._groups = dict(current.groups)
        self._files = dict(current.covered_files)

    def run(self) -> Merged:
        lists = self._lists()
        for prefix in lists:
            self._list(prefix)
        for address in dict.fromkeys([*self._imported.answers, *self._current.answers]):
            if not any(_within(address, prefix) for prefix in lists):
                self._place(address)
        changes = self._changes()
        annexes = self._annexes()
        slots = walk(
            self._current.form,
            lambda part: self._copies.get(part.step, 0),
            lambda prefix: self._groups.get(prefix, 0),
        )
        edition = replace(
            self._current,
            answers={
                slot.address: self._answers[slot.address] for slot in slots if slot.address in self._answers
            },
            copies=self._copies,
            groups=self._groups,
            covered_files=self._files,
            changes=changes,
            annexes=annexes,
        )
        order = {slot: number for number, slot in enumerate(edition.answers)}
        self._proposals.sort(key=lambda one: order.get(one.address, len(order)))
        return Merged(edition, tuple(self._proposals), tuple(self._stale))

    # --- one place ---

    def _place(self, address: str) -> None:
        mine, theirs = self._current.answers.get(address), self._imported.answers.get(address)
        if not self._source_changed(address) or _same(mine, theirs):
            return
        both = self._officer_changed(address)
        self._propose(address, mine, theirs, both)
        if not both:
            self._take(address, mine, theirs)

    def _take(self, address: str, mine: Answer | None, theirs: Answer | None) -> None:
        if theirs is None:
            self._answers.pop(address, None)
            return
        if mine is not None and mine.summary is not None and theirs.state is not State.LOST:
            self._stale.append(address)
        ours = (mine.summary, mine.memo) if mine is not None else (None, None)
        self._answers[address] = replace(theirs, summary=ours[0], memo=ours[1])

    def _propose(self, address: str, mine: Answer | None, theirs: Answer | None, both: bool) -> None:
        known = mine or theirs
        assert known is not None
        label = " ".join(filter(None, [known.slot.part.key, known.slot.group, known.item.row_label]))
        line = mine.line if mine is not None else 0
        self._proposals.append(Proposal(address, label, _said(mine), _said(theirs), both, line))

    def _source_changed(self, address: str) -> bool:
        """Whether the source says something else now. Of a place without a base nobody knows: it may."""
        return address not in self._base or self._base[address] != self._new.get(address)

    def _officer_changed(self, address: str) -> bool:
        mine = self._current.answers.get(address)
        if mine is None:
            return address in self._base
        if mine.state is State.WITHHELD or REMARK in mine.omitted:
            return address not in self._base
        return self._base.get(address) != imprint(mine)

    # --- lists of copies and members ---

    def _lists(self) -> list[str]:
        """Prefixes of the lists that are longer or shorter now, the outermost of them."""
        mine, theirs = _sizes(self._current), _sizes(self._imported)
        uneven = sorted(prefix for prefix in {*mine, *theirs} if mine.get(prefix, 0) != theirs.get(prefix, 0))
        return [
            prefix
            for prefix in uneven
            if not any(_within(prefix, other) for other in uneven if other != prefix)
        ]

    def _list(self, prefix: str) -> None:
        mine, theirs = _sizes(self._current).get(prefix, 0), _sizes(self._imported).get(prefix, 0)
        known = self._base_size(prefix)
        addresses = [a for a in {*self._base, *self._new} if _within(a, prefix)]
        if theirs == known and not any(map(self._source_changed, addresses)):
            return
        both = mine != known or any(
            self._officer_changed(a) for a in self._current.answers if _within(a, prefix)
        )
        label = self._list_label(prefix)
        self._proposals.append(Proposal(prefix, label, f"{mine} 件", f"{theirs} 件", both))
        if both:
            return
        for address in [a for a in self._answers if _within(a, prefix)]:
            del self._answers[address]
        for address, answer in self._imported.answers.items():
            if _within(address, prefix):
                self._take(address, self._current.answers.get(address), answer)
        for ours, new in ((self._copies, self._imported.copies), (self._groups, self._imported.groups)):
            for key in [key for key in ours if key == prefix or _within(key, prefix)]:
                del ours[key]
            ours |= {key: size for key, size in new.items() if key == prefix or _within(key, prefix)}
        self._files |= {a: names for a, names in self._imported.covered_files.items() if _within(a, prefix)}

    def _base_size(self, prefix: str) -> int:
        numbers = (_number_after(address, prefix) for address in self._base)
        return max((number for number in numbers if number), default=0)

    def _list_label(self, prefix: str) -> str:
        for edition in (self._current, self._imported):
            for answer in edition.answers.values():
                if _within(answer.address, prefix):
                    group = re.sub(r"\d+\Z", "", answer.slot.group or "")
                    return " ".join(filter(None, [answer.slot.part.key, group]))
        return prefix

    # --- change rows and annexes, each as one ---

    def _changes(self) -> tuple[DeclaredChange, ...]:
        mine, theirs = self._current.changes, self._imported.changes
        base = [mark for address, mark in self._base.items() if _is_row(address)]
        new = [mark for address, mark in self._new.items() if _is_row(address)]
        if base == new or list(map(_bare, mine)) == list(map(_bare, theirs)):
            return mine
        both = not self._rows_untouched(len(base))
        label = self._current.form.parts_by_role["changes"].key
        step = self._current.form.parts_by_role["changes"].step
        self._proposals.append(Proposal(step, label, f"{len(mine)} 行", f"{len(theirs)} 行", both))
        return mine if both else tuple(self._with_summaries(theirs))

    def _rows_untouched(self, known: int) -> bool:
        if len(self._current.changes) != known:
            return False
        for row in self._current.changes:
            sides = {"before": row.before, "after": row.after}
            for name, side in sides.items():
                if side.text is None and side.fingerprint != self._base.get(f"{row.address}-{name}"):
                    return False
            whole = all(side.text is not None for side in sides.values())
            if whole and not row.reason and f"{row.address}-reason" in self._base:
                continue
            if whole and self._base.get(row.address) != row_imprint(row):
                return False
        return True

    def _with_summaries(self, rows: Iterable[DeclaredChange]) -> Iterator[DeclaredChange]:
        """New rows with the 要約 that were written for the same wording."""
        known = {
            side.fingerprint: side.summary
            for row in self._current.changes
            for side in (row.before, row.after)
            if side.fingerprint is not None and side.summary is not None
        }

        def written(side: ChangeText) -> ChangeText:
            return replace(side, summary=known.get(side.fingerprint)) if side.fingerprint else side

        for row in rows:
            yield replace(row, before=written(row.before), after=written(row.after))

    def _annexes(self) -> tuple[Annex, ...]:
        mine, theirs = self._current.annexes, self._imported.annexes
        base = {address: mark for address, mark in self._base.items() if address.startswith("annex")}
        new = {annex.address: annex_imprint(annex) for annex in theirs}
        if base == new or [annex_imprint(one) for one in mine] == list(new.values()):
            return mine
        both = {one.address: annex_imprint(one) for one in mine} != base
        self._proposals.append(Proposal("annex1", "別紙", f"{len(mine)} 件", f"{len(theirs)} 件", both))
        return mine if both else theirs


def _within(address: str, prefix: str) -> bool:
    """Whether an address lies below a member or copy of a list (`ii1-4-c2-3` below `ii1-4-c`)."""
    return _number_after(address, prefix) is not None


def _number_after(address: str, prefix: str) -> int | None:
    match = re.match(r"(\d+)(?:-|\Z)", address.removeprefix(prefix)) if address.startswith(prefix) else None
    return int(match[1]) if match else None


def _sizes(edition: Edition) -> dict[str, int]:
    repeating = {part.step for part in edition.form.parts if part.repeats}
    return {**edition.groups, **{step: size for step, size in edition.copies.items() if step in repeating}}


def _is_row(address: str) -> bool:
    return re.fullmatch(r"changes-\w+-\d+", address) is not None


def _bare(row: DeclaredChange) -> DeclaredChange:
    """A row without what is our own."""
    before, after = (replace(side, summary=None) for side in (row.before, row.after))
    return replace(row, before=before, after=after, line=0)


def _same(mine: Answer | None, theirs: Answer | None) -> bool:
    if mine is None or theirs is None or State.WITHHELD in (mine.state, theirs.state):
        return False
    bare = (leaf(replace(one, summary=None, omitted=(), memo=None)) for one in (mine, theirs))
    return next(bare) == next(bare)


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "（記載なし）"
    words = {State.WITHHELD: "（文章）", State.BLANK: "（空欄）", State.LOST: "（欠落）"}
    return words.get(answer.state) or answer.as_text() or "（選択なし）"
