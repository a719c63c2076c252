"""Edition YAML → `Edition`, with every problem of structure, choices and dates collected.

A problem names file, line and item; what can be read is read, so that one mistake does not hide
the next. May import: answers, edition, keys, leaf, slots, forms, text, problems.
"""

from __future__ import annotations

import re
from pathlib import Path

from pia_site.documents import keys
from pia_site.documents.answers import Answer, Date
from pia_site.documents.edition import (
    UNDATED,
    Annex,
    ChangeText,
    DeclaredChange,
    Edition,
    OfficialSource,
    Overview,
    ShortAnswer,
)
from pia_site.documents.leaf import Fields, LeafReader, date_problem, leaf_keys
from pia_site.documents.slots import Place, section_place, walk
from pia_site.forms import Block, Form, Group, Item, Part, Section, all_forms, find_form
from pia_site.forms import Node as FormNode
from pia_site.problems import Location, PiaSiteError, Problem
from pia_site.text.cleaning import is_dash
from pia_site.text.marked_yaml import Mapping, Node, Scalar, Sequence, parse_marked, read_text
from pia_site.text.wareki import Precision

_ROOT = "ファイルのいちばん外側"
_MANY = 20  # how often what could not be counted is taken to stand in a file


def read_edition(path: Path, content: Path) -> tuple[Edition | None, list[Problem]]:
    """Read one file below `<content>/jimu/`; None where nothing can be made of it."""
    try:
        root, problems = parse_marked(read_text(path), path)
    except PiaSiteError as error:
        return None, list(error.problems)
    reader = _EditionReader(path)
    reader.problems += problems
    folder, place = (content / "jimu").absolute(), path.absolute()
    parts = place.relative_to(folder).parts if place.is_relative_to(folder) else ()
    if len(parts) != 3:
        reader.report("S013", None)
        return None, reader.problems
    return reader.read(root, body=parts[0], number=parts[1]), reader.problems


class _EditionReader(LeafReader):
    """One file being read. Collects answers while walking the form and the YAML side by side."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._answers: dict[str, Answer] = {}
        self._copies: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._covered: dict[str, tuple[str, ...]] = {}
        self._changes: tuple[DeclaredChange, ...] = ()

    def read(self, root: Mapping, *, body: str, number: str) -> Edition | None:
        form = self._form(root)
        fields = Fields(root)
        if form is not None:
            allowed = [*keys.HEADER, *form.parts_by_key, keys.ANNEXES, keys.MEMO]
            fields = self.check_keys(root, allowed, _ROOT)
        revision, abridged, official = self._revision(fields), self._coverage(fields), self._official(fields)
        if form is None:
            return None
        for part in form.parts:
            node = fields.get(part.key)
            if node is None:
                self._report_missing(fields, part.key, part.key, None)
            elif part.role == "changes":
                self._changes = self._read_changes(node, part)
            else:
                self._read_part(node, part)
        edition = Edition(
            body=body,
            number=number,
            published=self.path.stem if self.path else UNDATED,
            form=form,
            revision_written=revision,
            abridged=abridged,
            official=official,
            overview=self._overview(fields.get(keys.OVERVIEW)),
            answers=self._answers,
            copies=self._copies,
            groups=self._groups,
            covered_files=self._covered,
            changes=self._changes,
            annexes=self._annexes(fields.get(keys.ANNEXES)),
            memo=self.text_of(root, keys.MEMO),
            path=self.path,
        )
        self._check_file_name(edition)
        self._check_basis(edition)
        return edition

    def _report_missing(self, fields: Fields, key: str, label: str, address: str | None) -> None:
        if fields.lacks(key):
            self.report("S005", fields.node, address, label=label)

    # --- header ---

    def _header(self, fields: Fields, key: str, where: str = _ROOT) -> str | None:
        """The text of a key that has to be there; None, and a problem, where it is not."""
        if fields.lacks(key):
            self.report("S002", fields.node, key=key, where=where)
        return self.text_of(fields.node, key)

    def _form(self, root: Mapping) -> Form | None:
        """The form's definition, told by name and revision; a file that leaves the revision out (不明 is
        not that) is read on only where the name alone decides."""
        name = self._header(Fields(root), keys.FORM)
        revision = root.entries.get(keys.REVISION)
        if name is None or isinstance(revision, Mapping | Sequence):
            return None
        named = [form for form in all_forms() if name in (form.name, form.number)]
        if revision is None and named:
            return named[0] if len(named) == 1 else None
        written = revision.text if revision else None
        form = find_form(name, written)
        if form is None:
            wrong = revision if named else root.entries[keys.FORM]
            listed = "、".join(f"{one.name}（{one.revision}）" for one in named or all_forms())
            self.report("S004", wrong, form=name, revision=written or "版の記載なし", known=listed)
        elif written not in (form.revision, keys.UNKNOWN):
            self.report("S016", revision, form=name, revision=written, used=form.revision)
        return form

    def _revision(self, fields: Fields) -> str:
        return self._header(fields, keys.REVISION) or keys.UNKNOWN

    def _coverage(self, fields: Fields) -> bool:
        written = self._header(fields, keys.COVERAGE)
        known = (keys.COMPLETE, keys.ABRIDGED)
        if written is not None and written not in known:
            node = fields.get(keys.COVERAGE)
            self.report("V001", node, label=keys.COVERAGE, value=written, options="、".join(known))
        return written != keys.COMPLETE

    def _official(self, fields: Fields) -> OfficialSource:
        node = fields.get(keys.OFFICIAL)
        if node is None:
            self._header(fields, keys.OFFICIAL)
            return OfficialSource(keys.UNKNOWN, keys.UNKNOWN)
        known = [keys.OFFICIAL_NAME, keys.OFFICIAL_URL]
        official = self.fields(node, keys.OFFICIAL, known, expected=f"{known[0]} と {known[1]}")
        if official is None:
            return OfficialSource(keys.UNKNOWN, keys.UNKNOWN)
        name = self._header(official, keys.OFFICIAL_NAME, keys.OFFICIAL)
        return OfficialSource(
            name or keys.UNKNOWN, self.text_of(official.node, keys.OFFICIAL_URL) or keys.UNKNOWN
        )

    def _overview(self, node: Node | None) -> Overview:
        known = [keys.SENTENCES, keys.QUESTIONS]
        fields = self.fields(node, keys.OVERVIEW, known) if node else None
        if fields is None:
            return Overview()
        questions = fields.get(keys.QUESTIONS)
        asked = self.fields(questions, keys.QUESTIONS, keys.QUESTION_NAMES) if questions else None
        shorts = []
        for question, child in asked.node.entries.items() if asked else ():
            short = self.fields(child, question, [keys.ANSWER_SHORT, keys.BASIS])
            if short is not None:
                answer = self.text_of(short.node, keys.ANSWER_SHORT) or ""
                basis = self.texts(short.get(keys.BASIS), keys.BASIS)
                shorts.append(ShortAnswer(question, answer, basis, child.line))
        return Overview(self.texts(fields.get(keys.SENTENCES), keys.SENTENCES), tuple(shorts))

    def _annexes(self, node: Node | None) -> tuple[Annex, ...]:
        annexes = []
        for number, child in enumerate(self.mappings(node, keys.ANNEXES) or [], start=1):
            known = [keys.ANNEX_NAME, keys.ANNEX_TITLE, keys.SUMMARY, keys.ANNEX_ENTRIES]
            self.check_keys(child, known, keys.ANNEXES)
            annexes.append(
                Annex(
                    address=f"annex{number}",
                    name=self.text_of(child, keys.ANNEX_NAME) or "",
                    title=self.text_of(child, keys.ANNEX_TITLE) or "",
                    summary=self.text_of(child, keys.SUMMARY),
                    entries=self.texts(child.entries.get(keys.ANNEX_ENTRIES), keys.ANNEX_ENTRIES),
                )
            )
        return tuple(annexes)

    # --- parts ---

    def _read_part(self, node: Node, part: Part) -> None:
        if not part.repeats:
            self._read_copy(node, part, None)
            return
        copies = self.mappings(node, part.key)
        if copies is not None:
            self._copies[part.step] = len(copies)
        for number, child in enumerate(copies or [], start=1):
            self._read_copy(child, part, number)

    def _read_copy(self, node: Node, part: Part, copy: int | None) -> None:
        allowed = [keys.FILES] if part.role == "records" else []
        for section in part.sections:
            allowed += [section.key] if section.key else [below.key for below in section.nodes]
        fields = self.fields(node, part.key, allowed)
        if fields is None:
            return
        files = fields.get(keys.FILES)
        if files is not None:
            self._covered[f"{part.step}{copy or ''}"] = self.texts(files, keys.FILES)
        for section in part.sections:
            place = section_place(part, section, copy)
            if section.key is None:
                self._read_nodes(fields, section.nodes, place)
            else:
                self._read_section(fields, section.key, section, place)

    def _read_section(self, above: Fields, key: str, section: Section, place: Place) -> None:
        node = above.get(key)
        if node is None:
            self._report_missing(above, key, f"{place.part.key} {key}", place.address)
        elif section.lone_item is not None:
            self._read_item(node, section.lone_item, place)
        elif section.lone_group is not None:
            self._read_group(node, section.lone_group, place)
        else:
            self._read_below(node, key, section.nodes, place)

    def _read_below(self, node: Node, label: str, below: tuple[FormNode, ...], place: Place) -> None:
        fields = self.fields(node, label, [one.key for one in below], place.address)
        if fields is not None:
            self._read_nodes(fields, below, place)

    def _read_nodes(self, fields: Fields, below: tuple[FormNode, ...], place: Place) -> None:
        for form_node in below:
            node = fields.get(form_node.key)
            if node is None:
                address = place.slot(form_node).address if isinstance(form_node, Item) else place.address
                self._report_missing(fields, form_node.key, form_node.key, address)
            elif isinstance(form_node, Item):
                self._read_item(node, form_node, place)
            elif isinstance(form_node, Block):
                self._read_below(node, form_node.key, form_node.nodes, place.into_block(form_node))
            else:
                self._read_group(node, form_node, place)

    def _read_group(self, node: Node, group: Group, place: Place) -> None:
        members = self.mappings(node, group.key, place.address)
        if members is not None:
            self._groups[place.members_prefix(group)] = len(members)
        for number, child in enumerate(members or [], start=1):
            self._read_below(child, f"{group.key}{number}", group.nodes, place.into_member(group, number))

    def _read_item(self, node: Node, item: Item, place: Place) -> None:
        """An item with further items below it is a mapping of its 回答 and theirs."""
        address, child_keys = place.slot(item).address, [child.key for child in item.children]
        if not (isinstance(node, Mapping) and child_keys and node.entries.keys() - set(leaf_keys(item))):
            self._read_answer(node, item, place)
            if child_keys and not isinstance(node, Sequence):
                self.report("S005", node, address, label=f"{item.label} {'、'.join(child_keys)}")
            return
        fields = self.check_keys(node, [keys.ANSWER, *child_keys], item.label, address)
        answer = fields.get(keys.ANSWER)
        if answer is None:
            self._report_missing(fields, keys.ANSWER, f"{item.label}の{keys.ANSWER}", address)
        else:
            self._read_answer(answer, item, place)
        for below in item.children:
            child = fields.get(below.key)
            if child is None:
                label = f"{item.label} {below.label}"
                self._report_missing(fields, below.key, label, place.slot(below).address)
            else:
                self._read_item(child, below, place)

    def _read_answer(self, node: Node, item: Item, place: Place) -> None:
        """The answer itself; the parentheses of tick boxes stand in the mapping of the boxes."""
        slot = place.slot(item)
        if not (item.fills and isinstance(node, Mapping)):
            self._answers[slot.address] = self.answer(node, slot)
            return
        answer: Node = node
        if keys.ANSWER in node.entries:
            self.check_keys(node, [keys.ANSWER, *(fill.key for fill in item.fills)], item.label, slot.address)
            answer = node.entries[keys.ANSWER]
        self._answers[slot.address] = self.answer(answer, slot)
        for fill in item.fills:
            if fill.key in node.entries:
                self._read_answer(node.entries[fill.key], fill, place)

    # --- 変更箇所 ---

    def _read_changes(self, node: Node, part: Part) -> tuple[DeclaredChange, ...]:
        known = [
            keys.CHANGE_DATE,
            keys.CHANGE_ITEM,
            keys.BEFORE,
            keys.AFTER,
            keys.TIMING,
            keys.REASON,
        ]
        self._copies[part.step] = 1
        rows: list[DeclaredChange] = []
        seen: dict[str, int] = {}
        for child in self.mappings(node, part.key) or []:
            fields = self.check_keys(child, known, part.key)
            written = self.text_of(child, keys.CHANGE_DATE) or ""
            date = Date.read(written)
            day = date.date.iso.replace("-", "") if date.date and date.date.iso else UNDATED
            seen[day] = seen.get(day, 0) + 1
            address = f"{part.step}-{day}-{seen[day]}"
            for key in (keys.CHANGE_DATE, keys.CHANGE_ITEM):
                self._report_missing(fields, key, f"{part.key} {key}", address)
            if written and written != keys.UNKNOWN and not is_dash(written):
                where = self.where(fields.get(keys.CHANGE_DATE), address)
                self.add(date_problem(date, keys.CHANGE_DATE, where))
            timing = self.text_of(child, keys.TIMING) or ""
            if timing not in ("", "事前", "事後"):
                self.report("V006", fields.get(keys.TIMING), address, label=part.key, value=timing)
            rows.append(
                DeclaredChange(
                    address=address,
                    date=date,
                    item=self.text_of(child, keys.CHANGE_ITEM) or "",
                    before=self._change_text(fields, keys.BEFORE, address),
                    after=self._change_text(fields, keys.AFTER, address),
                    timing=timing,
                    reason=self.text_of(child, keys.REASON) or "",
                    line=child.line,
                )
            )
        return tuple(rows)

    def _change_text(self, fields: Fields, key: str, address: str) -> ChangeText:
        node = fields.get(key)
        if isinstance(node, Mapping):
            self.check_keys(node, [keys.TEXT, keys.SUMMARY, keys.FINGERPRINT], key, address)
            summary = self.text_of(node, keys.SUMMARY)
            return ChangeText(
                self.text_of(node, keys.TEXT),
                None if summary == keys.SUMMARY_MISSING else summary,
                self.text_of(node, keys.FINGERPRINT),
            )
        if isinstance(node, Sequence):
            return ChangeText("\n".join(self.texts(node, key)))
        return ChangeText(node.text if isinstance(node, Scalar) else "")

    # --- what only the whole edition can tell ---

    def _check_file_name(self, edition: Edition) -> None:
        """`<published>` is the ISO date of 公表日, `undated` when unknown (design.md); a 公表日 that is
        missing or no date has been reported as such."""
        answer = edition.answer_to("公表日", "cover")
        written = answer.value.written if answer and isinstance(answer.value, Date) else keys.UNKNOWN
        date = edition.published_on
        if answer is None or (date is None and written != keys.UNKNOWN):
            return
        expected = (date.iso if date else None) or UNDATED
        # 2015-01-13 is a day, never the thirteenth edition of 2015-01.
        whole = date is None or date.precision is Precision.DAY
        second = "-(?:[2-9]|[1-9][0-9]+)" if whole else "-[2-9]"
        if not re.fullmatch(f"{expected}(?:{second})?", edition.published):
            where = Location(self.path, answer.line, answer.address)
            self.report_at("S008", where, name=edition.published, written=written, expected=expected)

    def _check_basis(self, edition: Edition) -> None:
        if not any(short.basis for short in edition.overview.answers):
            return
        known = self._prefixes(edition)
        for short in edition.overview.answers:
            for address in short.basis:
                if address not in known:
                    self.report_at("S014", Location(self.path, short.line or None), target=address)

    def _prefixes(self, edition: Edition) -> set[str]:
        """Every address of the edition, groups and sections included. What is missing from the file has
        been reported once and counts as if it were there."""
        slots = walk(
            edition.form,
            lambda part: self._copies.get(part.step, _MANY),
            lambda prefix: self._groups.get(prefix, _MANY),
        )
        steps = [slot.address.split("-") for slot in slots]
        steps += [row.address.split("-") for row in edition.changes]
        prefixes = {"-".join(one[:length]) for one in steps for length in range(1, len(one) + 1)}
        return prefixes | {annex.address for annex in edition.annexes}
