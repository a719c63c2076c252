"""Where in the form a reader stands, and which of several equal labels a source means next.

Sources print the form in order, with pages missing, headings lost and sections exchanged. So the nearest label
ahead is the likeliest, in the same member of a group, then in the section, then in a later one; going back
takes better evidence. May import: labels, documents, forms.
"""

from __future__ import annotations

from pia_site.documents.slots import Place, join, section_place
from pia_site.forms import Block, Form, Group, Item, Part, Section
from pia_site.sources.filling.labels import Entry, Found, Outline, Rank, label_key, outlines

SHORT = 6
"""Labels of fewer characters (方法, 結果, 期間) are ordinary words too."""


class Cursor:
    """A position: part, copy, section, member of a group, and the order of the last thing met."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._outlines = outlines(form)
        self.part: Part = form.parts[0]
        self.copy: int | None = None
        self.section: Section | None = None
        self.group: Group | None = None
        self.member = 0
        self.order = -1
        self.copies: dict[str, int] = {}
        self.members: dict[str, int] = {}
        self.inferred: dict[str, Group] = {}
        """Addresses of members whose heading was lost: where they begin is told by their items."""
        self._places: dict[tuple[Entry, int | None, int], Place] = {}
        self._met: set[str] = set()
        """Addresses of the sections and items met so far."""
        self.enter_part(self.part)

    @property
    def outline(self) -> Outline:
        return self._outlines[self.part.step]

    # --- moving ---

    def enter_part(self, part: Part) -> None:
        self.part = part
        self.copy = None
        if part.repeats:
            self.copy = self.copies.get(part.step, 0)
            if not self._is_untouched(part):
                self.copy += 1
            self.copies[part.step] = self.copy
        self.section = part.sections[0] if part.sections and part.sections[0].number is None else None
        self._leave_group(-1)

    def _is_untouched(self, part: Part) -> bool:
        """Whether the last copy is no more than a heading: a list of contents prints each heading once."""
        prefix = f"{part.step}{self.copy}-"
        has_headings = part.sections[0].number is not None
        return bool(self.copy and has_headings) and not any(one.startswith(prefix) for one in self._met)

    def enter_section(self, section: Section) -> None:
        address = self._section_address(section)
        first = self.part.sections[0]
        if self.part.repeats and section is first and (address in self._met or self.order >= 0):
            # The heading of the part was lost between two copies.
            self.enter_part(self.part)
            address = self._section_address(section)
        self._met.add(address)
        self.section = section
        entries = self.outline.of_section(section)
        self._leave_group(entries[0].order - 1 if entries else self.order)

    def enter_group(self, group: Group) -> None:
        """At a group's own heading without a member (委託事項2～5)."""
        self._follow(self.outline.section_of(group))
        self._leave_group(next(e.order for e in self.outline.entries if e.node is group))

    def enter_member(self, group: Group, number: int) -> Entry | None:
        """At the `number`-th member; the entry of its name, where the group has one."""
        self.enter_group(group)
        self.group, self.member = group, number
        self._count_member()
        name = next((e for e in self.outline.entries if e.group is group and isinstance(e.node, Item)), None)
        if name is None or name.item.step:
            return None
        self.order = name.order
        return name

    def enter_block(self, entry: Entry) -> None:
        behind = entry.group is not None and entry.group is self.group and entry.order < self.order
        self._follow(entry.section)
        self._into_group(entry)
        # A row heading that a page break repeats within a member: its items tell where they go on.
        if not behind:
            self.order = entry.order

    def enter_item(self, entry: Entry) -> None:
        if self._is_met_behind(entry):
            self.member += 1
            self._infer()
        self.enter_block(entry)
        self.order = entry.order
        self._met.add(self.address(entry))

    def _follow(self, section: Section) -> None:
        if section is not self.section:
            self.section = section
            self._met.add(self._section_address(section))
            self.group, self.member = None, 0

    def _leave_group(self, order: int) -> None:
        self.group, self.member, self.order = None, 0, order

    def _into_group(self, entry: Entry) -> None:
        group = entry.group
        if group is None:
            self.group, self.member = None, 0
            return
        if group is not self.group:
            # The heading of the member was lost: the next one that nothing is known of.
            self.group, self.member = group, self.members.get(self._prefix(group), 0) + 1
            self._infer()
        self._count_member()

    def _infer(self) -> None:
        assert self.group is not None
        self.inferred.setdefault(f"{self._prefix(self.group)}{self.member}", self.group)

    def is_inferred(self, entry: Entry) -> bool:
        """Whether an entry stands in a member whose heading was lost."""
        return entry.group is not None and f"{self._prefix(entry.group)}{self.member or 1}" in self.inferred

    def _is_met_behind(self, entry: Entry) -> bool:
        """An item that this member has had: the heading of the next member was lost."""
        same = entry.group is not None and entry.group is self.group
        return same and entry.order < self.order and self.has_met(entry)

    def _count_member(self) -> None:
        assert self.group is not None
        prefix = self._prefix(self.group)
        self.members[prefix] = max(self.members.get(prefix, 0), self.member)

    # --- addresses ---

    def _section_address(self, section: Section) -> str:
        return join(f"{self.part.step}{self.copy or ''}", section.step)

    def _prefix(self, group: Group) -> str:
        return join(self._section_address(self.outline.section_of(group)), group.step)

    def place(self, entry: Entry) -> Place:
        """Where an entry stands in the present copy and member."""
        key = (entry, self.copy, self.member if entry.group else 0)
        if key not in self._places:
            self._places[key] = self._find_place(entry)
        return self._places[key]

    def _find_place(self, entry: Entry) -> Place:
        place = section_place(self.part, entry.section, self.copy)
        for node in entry.path:
            if isinstance(node, Block):
                place = place.into_block(node)
            else:
                place = place.into_member(node, self.member or 1)
        return place

    def address(self, entry: Entry) -> str:
        return self.place(entry).slot(entry.item).address

    def has_met(self, entry: Entry) -> bool:
        return self.address(entry) in self._met

    # --- choosing ---

    def best(self, found: list[Found], *, loose: bool = False) -> Found | None:
        """The occurrence of a label that a source means here, if any can be meant.

        `loose` says that the words stand alone on a line, where a short one is likelier prose.
        """
        ranked = [
            (
                one.rank >= Rank.SIMILAR,
                self._nearness(one.entry),
                one.rank,
                abs(one.entry.order - self.order),
                one,
            )
            for one in found
            if self._is_possible(one, loose)
        ]
        return min(ranked, key=lambda row: row[:4])[4] if ranked else None

    def _nearness(self, entry: Entry) -> int:
        ahead = entry.order > self.order
        if entry.section is self.section:
            if entry.group is self.group:
                return 0 if ahead else 2
            return 1 if ahead else 3
        return 4 if ahead else 5

    def _is_possible(self, found: Found, loose: bool) -> bool:
        entry, rank = found.entry, found.rank
        nearness = self._nearness(entry)
        if not isinstance(entry.node, Item):
            return nearness < 4 or rank < Rank.SIMILAR
        length = len(label_key(entry.item.label))
        certain = rank is Rank.EXACT and entry.item.number is not None
        if loose and not certain and (rank > Rank.SIMILAR or length < (20 if rank else SHORT)):
            return self.part.role in ("cover", "work") and rank is Rank.EXACT
        if nearness <= 1:
            return True
        if nearness <= 3:
            return rank <= Rank.SIMILAR
        return rank <= Rank.UNNUMBERED and (certain or length >= SHORT) and (nearness == 4 or not loose)

    def section_heading(self, text: str) -> tuple[Part, Section] | None:
        """The section a text heads: one of this part, else of the next part that has it."""
        parts = self.form.parts
        here = parts.index(self.part)
        for part in (self.part, *parts[here + 1 :], *parts[:here]):
            section = self._outlines[part.step].section(text)
            if section is not None:
                return part, section
        return None
