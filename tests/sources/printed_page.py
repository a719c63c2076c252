"""Prints an invented 評価書 as a page in the layout of the printed form, for the readers of HTML and of PDF.

Ordinary ruled tables: a label beside its value, row headings over several rows (再委託, 使用の主体), an empty
strip before the labels below a label, full-width rows for sections and risks. Choices stand in brackets beside
their list, boxes several in a row. Values are what `printed_form` takes: a text, an option, ticked options.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from pia_site.documents.slots import Place, section_place
from pia_site.forms import Block, Form, Group, Item, Kind, Part, Section

COLUMNS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
SHEETS = (1, 5, 10, 15, 20)
"""The last member on each sheet of systems, 委託事項 and so on: 1, 2～5, 6～10 …"""

STYLE = """
@page { size: A4; margin: 14mm 12mm 16mm }
body { margin: 0; font: 9pt/1.45 "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", sans-serif }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0 0 4mm }
td, th { border: 0.6pt solid #000; padding: 1.2mm 1.6mm; text-align: left; font-weight: normal;
  vertical-align: middle; overflow-wrap: anywhere }
h1 { font-size: 16pt; text-align: center }
h2 { font-size: 12pt; break-before: page; break-after: avoid }
tr { break-inside: auto }
.head td { background: #ddd }
.strip { border-top: none }
.above { border-bottom: none }
.upright { text-align: center; width: 1.2em }
.choice { display: flex; gap: 6mm; align-items: center }
.chosen { flex: 0 0 38%; display: flex; justify-content: space-between; align-items: center }
.options span, .boxes span { display: inline-block; margin-right: 4mm }
.boxes span { min-width: 29%; white-space: nowrap }
.boxes .filled { display: block; white-space: normal }
.revision { text-align: right }
.changes { font-size: 7.5pt }
"""


def page(
    form: Form,
    values: Mapping[str, object],
    copies: Mapping[str, int],
    members: Mapping[str, int],
    records: Mapping[str, Sequence[str]],
    changes: Sequence[Sequence[str]],
) -> str:
    """The whole document as HTML. `records` holds the lines of each annex by the address of its section, `changes`
    the six cells of each row; a line break in a value is printed as one."""
    printed = _Page(form, values, copies, members, records, changes)
    body = "\n".join(printed.parts())
    return (
        f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>{escape(form.name)}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


@dataclass(frozen=True)
class _Row:
    """A row under construction. `label` None: `value` goes over the whole width.

    `strip`: the label stands a little to the right, below the label of the item it belongs to. `side` is the row
    heading it stands under.
    """

    label: str | None
    value: str
    head: bool = False
    strip: bool = False
    side: str = ""
    opens: bool = False
    """A strip follows below: the rule between is left out under it."""


@dataclass(frozen=True)
class _Page:
    form: Form
    values: Mapping[str, object]
    copies: Mapping[str, int]
    members: Mapping[str, int]
    records: Mapping[str, Sequence[str]]
    changes: Sequence[Sequence[str]] = field(default_factory=list)

    def parts(self) -> Iterator[str]:
        for part in self.form.parts:
            if part.role == "cover":
                yield from self._cover(part)
            elif part.role == "changes":
                if self.changes:
                    yield from (_heading(part), self._changes())
            else:
                for copy in range(1, self.copies.get(part.step, 1) + 1):
                    yield _heading(part)
                    yield from self._part(part, copy if part.repeats else None)

    # --- the cover and the annexes ---

    def _cover(self, part: Part) -> Iterator[str]:
        number, title, *others = part.sections[0].nodes
        assert isinstance(number, Item)
        assert isinstance(title, Item)
        place = section_place(part, part.sections[0], None)
        yield f"<h1>{escape(part.title)}</h1>"
        yield (
            f'<table><tr class="head"><td style="width: 20%">{escape(number.label)}</td>'
            f"<td>{escape(title.label)}</td></tr>\n"
            f"<tr><td>{self._said(number, place)}</td><td>{self._said(title, place)}</td></tr></table>"
        )
        for item in others:
            assert isinstance(item, Item)
            if item.label != "様式":
                yield _framed(escape(item.label), self._said(item, place))
        yield f'<p class="revision">[{self.form.revision} {self.form.number}]</p>'
        yield "<h2>項目一覧</h2>"
        yield _framed(*(_title(one) for one in self.form.parts[1:]))

    def _changes(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in COLUMNS)
        rows = "\n".join(
            f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in self.changes
        )
        widths = "".join(f'<col style="width: {width}%">' for width in (11, 16, 28, 28, 7, 10))
        return (
            f'<table class="changes"><colgroup>{widths}</colgroup>\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>{rows}</tbody></table>"
        )

    def _part(self, part: Part, copy: int | None) -> Iterator[str]:
        for section in part.sections:
            place = section_place(part, section, copy)
            if part.role == "records":
                yield _framed(_lines("\n".join(self.records.get(place.address, []))))
            elif section.number is None:
                for node in section.nodes:
                    assert isinstance(node, Item)
                    label = "" if node.heading_is_label else escape(node.label)
                    yield _framed(*filter(None, [label]), self._said(node, place))
            else:
                yield _table([self._section_row(section, place), *self._rows(section.nodes, place)])

    # --- the rows of a section ---

    def _section_row(self, section: Section, place: Place) -> _Row:
        first = section.nodes[0]
        boxes = self._said(first, place) if isinstance(first, Item) and first.step == "0" else ""
        number = (section.number or "").translate(_WIDE)
        return _Row(None, f"{number}．{escape(section.title or '')}{_star(section.star)}{boxes}", head=True)

    def _rows(self, nodes: Iterable[object], place: Place) -> Iterator[_Row]:
        for node in nodes:
            if isinstance(node, Item):
                yield from self._item(node, place)
            elif isinstance(node, Block):
                yield from self._block(node, place)
            elif isinstance(node, Group):
                yield from self._group(node, place)

    def _group(self, group: Group, place: Place) -> Iterator[_Row]:
        size = self.members.get(place.members_prefix(group), 0)
        named = any(isinstance(one, Item) and not one.step for one in group.nodes)
        for number in range(1, size + 1):
            if number - 1 in SHEETS:
                end = SHEETS[SHEETS.index(number - 1) + 1]
                yield _Row(None, f"{group.label}{number}～{end}", head=True)
            inner = place.into_member(group, number)
            label = f"{group.label}{number}"
            if named:
                yield _Row(label, _lines(str(self.values.get(inner.address, ""))))
            else:
                yield _Row(None, label, head=True)
            yield from self._rows(group.nodes, inner)

    def _block(self, block: Block, place: Place) -> Iterator[_Row]:
        inner = place.into_block(block)
        if block.titles:
            named = f"{block.label}： " if len(block.titles) == 1 else ""
            yield _Row(None, named + "<br>".join(map(escape, block.titles)), head=True)
            yield from self._rows(block.nodes, inner)
            return
        side = f"{block.number or ''}{block.label}"
        for row in self._rows(block.nodes, inner):
            yield _Row(row.label, row.value, side=side)

    def _item(self, item: Item, place: Place, *, strip: bool = False) -> Iterator[_Row]:
        if not item.step or item.step == "0" or item.kind is Kind.COUNT:
            return
        said = self._said(item, place)
        opens = bool(item.children) and not strip
        if place.section.lone_item is item:
            yield _Row(None, said)
        elif item.heading_is_label:
            yield from (_Row(None, escape(item.label), head=True), _Row(None, said))
        else:
            yield _Row(f"{escape(item.printed)}{_star(item.star)}", said, strip=strip, opens=opens)
        for child in item.children:
            yield from self._item(child, place, strip=True)

    # --- what is said ---

    def _said(self, item: Item, place: Place) -> str:
        address = place.slot(item).address
        value = self.values.get(address, "")
        if item.kind is Kind.CHOICE:
            return self._choice(item, str(value), self.values.get(f"{address}-o1"))
        if item.kind is Kind.CHECKS:
            assert isinstance(value, set) or not value
            ticked = value if isinstance(value, set) else set()
            return "".join(self._boxes(item, ticked, place))
        return _lines(str(value))

    def _choice(self, item: Item, value: str, count: object) -> str:
        listed = " ".join(
            f"<span>{number}) {escape(option)}</span>" for number, option in enumerate(item.options, start=1)
        )
        tail = f'<div class="count">( {count} ) 件</div>' if count is not None else ""
        return (
            f'<div class="choice"><div class="chosen"><span>[</span> <span>{escape(value)}</span> <span>]</span></div>'
            f' <div class="options">＜選択肢＞<br>{listed}</div></div>{tail}'
        )

    def _boxes(self, item: Item, ticked: set[str], place: Place) -> Iterator[str]:
        under = {option: name for name, options in item.option_groups for option in options}
        for name, options in groupby(item.options, key=lambda option: under.get(option, "")):
            heading = f"<div>・{escape(name)}</div>" if name else ""
            boxes = " ".join(self._box(item, option, option in ticked, place) for option in options)
            yield f'{heading}<div class="boxes">{boxes}</div>'

    def _box(self, item: Item, option: str, ticked: bool, place: Place) -> str:
        sign = "○" if ticked else "　"
        fill = next((one for one in item.fills if one.fill_of == option), None)
        if fill is None:
            return f"<span>[ {sign} ] {escape(option)}</span>"
        inside = escape(str(self.values.get(place.slot(fill).address, "")))
        unit = " 件" if fill.kind is Kind.COUNT else ""
        return f'<span class="filled">[ {sign} ] {escape(option)} ( {inside} ){unit}</span>'


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _title(part: Part) -> str:
    printed = f"（{part.printed.translate(_WIDE)}）" if part.printed.startswith("別添") else part.printed
    return f"{printed}　{escape(part.title)}{_star(part.star)}"


def _heading(part: Part) -> str:
    return f"<h2>{_title(part)}</h2>"


def _star(star: bool) -> str:
    return " ※" if star else ""


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _framed(*cells: str) -> str:
    """A table of one column: a heading and what it is for, one below the other."""
    rows = "\n".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    return f"<table>{rows}</table>"


def _table(rows: list[_Row]) -> str:
    """Rows of four columns: the side heading, the strip or the rest of the label, the label, the value."""
    widths = "".join(f'<col style="width: {width}%">' for width in (5, 4, 23, 68))
    lines = []
    for side, together in groupby(rows, key=lambda row: row.side):
        for index, row in enumerate(under := list(together)):
            lines.append(_row(row, len(under) if side and index == 0 else 0))
    return f"<table><colgroup>{widths}</colgroup>\n" + "\n".join(lines) + "</table>"


def _row(row: _Row, height: int) -> str:
    """One row; `height` is the number of rows its side heading goes over, where it begins here."""
    kind = ' class="head"' if row.head else ""
    if row.label is None:
        return f'<tr{kind}><td colspan="4">{row.value}</td></tr>'
    if row.side:
        narrow = len(row.side) < 4
        side = "<br>".join(row.side) if narrow else escape(row.side)
        cell = f'<td rowspan="{height}" colspan="{1 if narrow else 2}">{side}</td>' if height else ""
        return f'<tr>{cell}<td colspan="{2 if narrow else 1}">{row.label}</td><td>{row.value}</td></tr>'
    if row.strip:
        return f'<tr><td class="strip"></td><td colspan="2">{row.label}</td><td>{row.value}</td></tr>'
    style = ' class="above"' if row.opens else ""
    return f'<tr><td colspan="3"{style}>{row.label}</td><td>{row.value}</td></tr>'
