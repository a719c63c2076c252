"""Edition → canonical YAML text.

Canonical form: the modeline, the header, the parts in form order, one list element a line, `|` for
several lines. Loading what this writes and writing it again gives the same bytes.
May import: answers, edition, keys, slots, forms, text.
"""

from __future__ import annotations

from pathlib import Path

from pia_site.documents import keys
from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    Records,
    State,
    Text,
)
from pia_site.documents.edition import Annex, ChangeText, DeclaredChange, Edition, Overview
from pia_site.documents.slots import Place, section_place
from pia_site.forms import Block, Form, Group, Item, Kind, Node, Part, Section
from pia_site.problems import Location, PiaSiteError, problem
from pia_site.text.marked_yaml import Number, Writable, comment_lines, dump_yaml, read_text

Tree = dict[str, Writable]


def modeline(form: Form) -> str:
    """The editor's hint to the JSON Schema, relative to jimu/<body>/<number>/."""
    return f"yaml-language-server: $schema=../../../schema/{form.id}.json"


def save_edition(edition: Edition, path: Path) -> None:
    """Write the canonical YAML; raises `PiaSiteError` (S015) rather than drop a comment, and (F007)
    where the file cannot be written."""
    if path.exists():
        lines = comment_lines(read_text(path))
        if lines:
            where = Location(path, lines[0])
            raise PiaSiteError([problem("S015", where, lines="、".join(map(str, lines)))])
    # Beside the file first: a disk that is full or a kill leaves the old file whole.
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(dump_edition(edition), encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        raise PiaSiteError([problem("F007", Location(path), detail=error.strerror or "")]) from None


def dump_edition(edition: Edition) -> str:
    tree: Tree = {
        keys.FORM: edition.form.name,
        keys.REVISION: edition.revision_written,
        keys.COVERAGE: keys.ABRIDGED if edition.abridged else keys.COMPLETE,
        keys.OFFICIAL: {
            keys.OFFICIAL_NAME: edition.official.name,
            keys.OFFICIAL_URL: edition.official.url,
        },
    }
    if edition.overview.sentences or edition.overview.answers:
        tree[keys.OVERVIEW] = _overview(edition.overview)
    for part in edition.form.parts:
        written = _part(edition, part)
        if written is not None:
            tree[part.key] = written
    if edition.annexes:
        tree[keys.ANNEXES] = [_annex(annex) for annex in edition.annexes]
    if edition.memo is not None:
        tree[keys.MEMO] = edition.memo
    return dump_yaml(tree, modeline=modeline(edition.form))


def _overview(overview: Overview) -> Tree:
    return {
        keys.SENTENCES: list(overview.sentences),
        keys.QUESTIONS: {
            short.question: {
                keys.ANSWER_SHORT: short.answer,
                keys.BASIS: short.basis[0] if len(short.basis) == 1 else list(short.basis),
            }
            for short in overview.answers
        },
    }


def _annex(annex: Annex) -> Tree:
    tree: Tree = {keys.ANNEX_NAME: annex.name, keys.ANNEX_TITLE: annex.title}
    if annex.summary is not None:
        tree[keys.SUMMARY] = annex.summary
    tree[keys.ANNEX_ENTRIES] = list(annex.entries)
    return tree


def _part(edition: Edition, part: Part) -> Writable | None:
    if part.role == "changes":
        present = edition.changes or part.step in edition.copies
        return [_change(row) for row in edition.changes] if present else None
    if not part.repeats:
        return _copy(edition, part, None) or None
    copies = edition.copies.get(part.step)
    if copies is None:
        return None
    return [_copy(edition, part, number) for number in range(1, copies + 1)]


def _copy(edition: Edition, part: Part, copy: int | None) -> Tree:
    tree: Tree = {}
    files = edition.covered_files.get(f"{part.step}{copy or ''}")
    if files is not None:
        tree[keys.FILES] = list(files)
    for section in part.sections:
        place = section_place(part, section, copy)
        if section.key is None:
            tree |= _nodes(edition, section.nodes, place)
        else:
            _add_section(edition, tree, section, place)
    return tree


def _add_section(edition: Edition, tree: Tree, section: Section, place: Place) -> None:
    assert section.key is not None
    lone = section.lone_item
    if lone is not None:
        written = _item(edition, lone, place)
    elif section.lone_group is not None:
        written = _group(edition, section.lone_group, place)
    else:
        written = _nodes(edition, section.nodes, place) or None
    if written is not None:
        tree[section.key] = written


def _nodes(edition: Edition, nodes: tuple[Node, ...], place: Place) -> Tree:
    tree: Tree = {}
    for node in nodes:
        if isinstance(node, Item):
            written = _item(edition, node, place)
            if written is not None:
                tree[node.key] = written
        elif isinstance(node, Block):
            below = _nodes(edition, node.nodes, place.into_block(node))
            if below:
                tree[node.key] = below
        else:
            written_group = _group(edition, node, place)
            if written_group is not None:
                tree[node.key] = written_group
    return tree


def _group(edition: Edition, group: Group, place: Place) -> Writable | None:
    size = edition.groups.get(place.members_prefix(group))
    if size is None:
        return None
    return [_nodes(edition, group.nodes, place.into_member(group, number)) for number in range(1, size + 1)]


def _item(edition: Edition, item: Item, place: Place) -> Writable | None:
    answer = edition.answers.get(place.slot(item).address)
    written = _answer(edition, answer, place) if answer is not None else None
    if not item.children:
        return written
    tree: Tree = {} if written is None else {keys.ANSWER: written}
    return tree | _nodes(edition, item.children, place) or None


def _answer(edition: Edition, answer: Answer, place: Place) -> Writable:
    """One answer; the parentheses of tick boxes stand in the mapping of the boxes."""
    fills = _nodes(edition, answer.item.fills, place)
    written = leaf(answer)
    if not fills:
        return written
    return {**written, **fills} if isinstance(written, dict) else {keys.ANSWER: written, **fills}


def leaf(answer: Answer) -> Writable:
    """What stands for one answer in the YAML, its children and parentheses left out."""
    extras: Tree = {}
    if answer.summary is not None:
        extras[keys.SUMMARY] = answer.summary
    elif answer.state is State.WITHHELD:
        extras[keys.SUMMARY] = keys.SUMMARY_MISSING
    if answer.omitted:
        extras[keys.OMITTED] = list(answer.omitted)
    citations = answer.value.citations if isinstance(answer.value, Law) else ()
    if citations or (answer.item.kind is Kind.LAW and answer.state is State.WITHHELD):
        extras[keys.CITATIONS] = [_citation(cited) for cited in citations]
    if answer.memo is not None:
        extras[keys.MEMO] = answer.memo
    if answer.state is State.LOST:
        return {keys.STATE: keys.LOST, **extras}
    if answer.state is State.WITHHELD:
        return extras
    if isinstance(answer.value, Checks):
        return {
            keys.TICKED: list(answer.value.ticked),
            keys.UNKNOWN: list(answer.value.unknown),
            **extras,
        }
    plain = _plain(answer)
    return {keys.TEXT: plain, **extras} if extras else plain


def _citation(cited: CitedLaw) -> Tree:
    return {keys.LAW: cited.law, keys.PLACE: cited.place}


def _plain(answer: Answer) -> Writable:
    match answer.value:
        case Text(text):
            return text
        case Names(names):
            return names[0] if len(names) == 1 else list(names)
        case Choice(option):
            return option if option is not None else keys.UNKNOWN
        case Count(written, number):
            return Number(written) if written == str(number) else written
        case Date(written):
            return written
        case Law(text):
            return text or ""
        case Records(groups):
            return [{keys.HEADING: group.heading or "", keys.FIELDS: list(group.fields)} for group in groups]
        case _:
            return answer.written


def _change(row: DeclaredChange) -> Tree:
    return {
        keys.CHANGE_DATE: row.date.written,
        keys.CHANGE_ITEM: row.item,
        keys.BEFORE: _change_text(row.before),
        keys.AFTER: _change_text(row.after),
        keys.TIMING: row.timing,
        keys.REASON: row.reason,
    }


def _change_text(side: ChangeText) -> Writable:
    tree: Tree = {}
    if side.text is not None:
        tree[keys.TEXT] = side.text
    if side.summary is not None or side.text is None:
        tree[keys.SUMMARY] = side.summary if side.summary is not None else keys.SUMMARY_MISSING
    if side.fingerprint is not None:
        tree[keys.FINGERPRINT] = side.fingerprint
    return side.text if side.text is not None and len(tree) == 1 else tree
